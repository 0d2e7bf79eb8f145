"""The emulator, and what stands in for the clients of both kinds."""

from __future__ import annotations

import asyncio
import fcntl
import inspect
import json
import os
import re
import select
import socket
import sys
import termios
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from processmind import AsyncClient, Client
from processmind.testing import Emulator as Emulator

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
# Where `Emulator` looks first.
os.environ.setdefault("PROCESSMIND_EMULATOR", str(TARGET / "debug" / "processmind-emulator"))

CSV = b"""CaseId,Activity,StartTime
order-1,Order,2025-01-01T08:00:00Z
order-1,Ship,2025-01-02T09:30:00Z
order-2,Order,2025-01-03T10:00:00Z
"""
BAD_CSV = b"CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,soon\n"
BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">
  <process id="p"><task id="t"/></process>
</definitions>
"""


def snake_case(name: str) -> str:
    """A name of the API's as Python has it."""
    joined = name.replace("dataTable", "datatable").replace("ProcessMind", "Processmind")
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", joined)


def in_snake_case(text: str) -> str:
    """The names in backticks as Python writes them."""
    return re.sub("`[^`]*`", lambda name: snake_case(name[0]), text)


class Waiting:
    """An `AsyncClient` that waits, so that a test can be written once: every call runs in an event loop of its own."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._client, name)
        if not inspect.iscoroutinefunction(attribute):
            return attribute
        return lambda *args, **kwargs: asyncio.run(attribute(*args, **kwargs))


def waiting(**options: Any) -> Client:
    """As `Client(**options)`, by way of the awaited client."""
    return cast("Client", Waiting(AsyncClient(**options)))


class StalledStorage:
    """An API whose presigned URL points to a storage that reads nothing of a file, ever."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        # Else the system may keep the whole file.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        # Nothing more goes into the connection.
        self.stalled = threading.Event()
        self._left = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def is_left(self, seconds: float) -> bool:
        """Whether the sender resets the connection."""
        return self._left.wait(seconds)

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(65536)
            if head.startswith(b"PUT"):
                self._stall(connection)
                return
            body = json.dumps({"PreSignedUploadUrl": f"{self.url}/bucket/key?X-Amz-Signature=canary"}).encode()
            head = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body)
            connection.sendall(head + body)

    def _stall(self, connection: socket.socket) -> None:
        # Asks for nothing: that a connection is gone is told all the same.
        state = select.poll()
        state.register(connection, 0)
        before, unread = -1, 0
        while not state.poll(50):
            before, unread = unread, unread_in(connection)
            if unread == before:
                self.stalled.set()
        self._left.set()


def unread_in(connection: socket.socket) -> int:
    """How many bytes the system keeps until somebody reads them."""
    return int.from_bytes(fcntl.ioctl(connection, termios.FIONREAD, bytes(4)), sys.byteorder)


MakeClient = Callable[..., Client]


class ClosingServer:
    """An API that closes every connection behind its first answer, without having said so."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.closed = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n" + b'{"id":"1"}')
            self.closed.set()
