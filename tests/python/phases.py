"""The phases of a call in which it may be left, each held still until it is."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from support import CSV, ROOT, StalledStorage

PHASES = ["dns", "connect", "answer", "backoff", "reading", "body", "verifying"]


def always(_: float) -> bool:
    return True


@dataclass
class Scene:
    """Where a call goes, what it sends if it is an upload, and what is seen from outside."""

    url: str
    file: Path | int | None = None
    environment: dict[str, str] = field(default_factory=dict)
    is_reached: Callable[[], bool] = lambda: True
    is_left: Callable[[float], bool] = always


@contextlib.contextmanager
def scene(phase: str) -> Iterator[Scene]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        log = folder / "orders.csv"
        log.write_bytes(CSV)
        yield SCENES[phase](stack, folder)


def dns(stack: contextlib.ExitStack, folder: Path) -> Scene:
    library, asked = folder / "dns.so", folder / "asked"
    source = ROOT / "tests/data/slow_dns.c"
    subprocess.run([shutil.which("cc") or "cc", "-shared", "-fPIC", "-o", library, source], check=True)
    environment = {"LD_PRELOAD": str(library), "DNS_ASKED": str(asked)}
    return Scene("https://api.example.org", environment=environment, is_reached=asked.exists)


def connect(stack: contextlib.ExitStack, folder: Path) -> Scene:
    """A listener that takes no more: the system lets further connections wait."""
    listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
    address = listener.getsockname()
    for _ in range(4):
        waiting = stack.enter_context(socket.socket())
        waiting.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            waiting.connect(address)
    return Scene(f"http://127.0.0.1:{address[1]}", is_reached=lambda: is_connecting(address[1]))


def is_connecting(port: int) -> bool:
    """Whether more connections wait than the test's own."""
    waiting = Path("/proc/net/tcp").read_text().count(f":{port:04X} 02 ")
    return waiting > 3


def answer(stack: contextlib.ExitStack, folder: Path) -> Scene:
    listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    asked, left = threading.Event(), threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            asked.set()
            with contextlib.suppress(ConnectionError):
                connection.recv(65536)
            left.set()

    threading.Thread(target=serve, daemon=True).start()
    return Scene(url_of(listener), is_reached=asked.is_set, is_left=left.wait)


def backoff(stack: contextlib.ExitStack, folder: Path) -> Scene:
    asked = threading.Event()
    listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(
                b"HTTP/1.1 503 Busy\r\nretry-after: 30\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        asked.set()

    threading.Thread(target=serve, daemon=True).start()
    return Scene(url_of(listener), is_reached=asked.is_set)


def reading(stack: contextlib.ExitStack, folder: Path) -> Scene:
    """A pipe that gives enough for a temporary file, and then nothing."""
    end, writing = os.pipe()
    stack.callback(os.close, end)
    # Closed first, so that who still reads there comes to the end.
    stack.callback(os.close, writing)
    given = threading.Event()

    def give() -> None:
        for _ in range(9 * 16):
            os.write(writing, b"\n" * 65536)
        given.set()

    threading.Thread(target=give, daemon=True).start()
    return Scene("http://127.0.0.1:1", file=end, is_reached=lambda: given.is_set() and is_empty(end))


def is_empty(pipe: int) -> bool:
    import select

    return not select.select([pipe], [], [], 0)[0]


def body(stack: contextlib.ExitStack, folder: Path) -> Scene:
    storage = StalledStorage()
    stack.callback(storage.close)
    log = folder / "orders.csv"
    log.write_bytes(CSV.ljust(32 * 1024 * 1024, b"\n"))
    return Scene(storage.url, file=log, is_reached=storage.stalled.is_set, is_left=storage.is_left)


def verifying(stack: contextlib.ExitStack, folder: Path) -> Scene:
    """A storage that states an MD5 alone, and a file that can't be read again to compute it."""
    log = folder / "orders.csv"
    listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    answered = threading.Event()

    def serve() -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            with connection:
                head = connection.recv(65536)
                if head.startswith(b"GET"):
                    url = f"{url_of(listener)}/bucket/key?X-Amz-Signature=canary"
                    send(connection, "", json.dumps({"PreSignedUploadUrl": url}))
                    continue
                while not head.endswith(CSV):
                    head += connection.recv(65536)
                log.unlink()
                os.mkfifo(log)
                send(connection, f'etag: "{"0" * 32}"\r\n', "")
        answered.set()

    def release() -> None:
        with contextlib.suppress(OSError):
            os.close(os.open(log, os.O_WRONLY | os.O_NONBLOCK))

    stack.callback(release)
    threading.Thread(target=serve, daemon=True).start()
    return Scene(url_of(listener), file=log, is_reached=answered.is_set)


def send(connection: socket.socket, headers: str, body: str) -> None:
    head = f"HTTP/1.1 200 OK\r\n{headers}connection: close\r\ncontent-length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body.encode())


def url_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


SCENES: dict[str, Callable[[contextlib.ExitStack, Path], Scene]] = {
    "dns": dns,
    "connect": connect,
    "answer": answer,
    "backoff": backoff,
    "reading": reading,
    "body": body,
    "verifying": verifying,
}
