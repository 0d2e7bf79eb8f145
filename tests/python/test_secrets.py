"""A canary key and a canary signature are hunted through all that an error, an event or a log line shows."""

from __future__ import annotations

import copy
import gc
import json
import logging
import pickle
import socket
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import processmind
import pytest
from processmind import AsyncClient, Client, Progress
from support import BPMN, Emulator, MakeClient

KEY = "canary-api-key-0123456789abcdef"
SIGNATURE = "canary0signature0123456789abcdef"
SECRETS = (KEY, SIGNATURE, "X-Amz-Signature")


class Mirror:
    """An API and a storage that give back all that they are told, as a careless proxy would."""

    def __init__(self, storage_status: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._status = storage_status
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

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
        with connection, connection.makefile("rb") as stream:
            head = b"".join(iter(stream.readline, b"\r\n"))
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            stream.read(int(length or 0))
            if b"presignedurl" in head:
                url = f"{self.url}/bucket/key?X-Amz-Signature={SIGNATURE}&X-Amz-Expires=3600"
                answer(connection, 200, json.dumps({"PreSignedUploadUrl": url}))
            elif head.startswith(b"PUT /bucket"):
                text = f"<Error><Code>SignatureDoesNotMatch</Code><Message>No.</Message><S>{SIGNATURE}</S></Error>"
                answer(connection, self._status, text)
            else:
                answer(connection, 200, "{cut")


def answer(connection: socket.socket, status: int, body: str) -> None:
    head = f"HTTP/1.1 {status} So\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body.encode())


@pytest.fixture(params=[403, 503])
def mirror(request: pytest.FixtureRequest) -> Iterator[Mirror]:
    mirror = Mirror(request.param)
    yield mirror
    mirror.close()


def shown(error: BaseException) -> Iterator[str]:
    """All that can be seen of an error."""
    yield repr(error)
    yield str(error)
    yield repr(vars(error))
    yield "".join(traceback.format_exception(error))
    yield "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    yield pickle.dumps(error).decode("latin-1")
    yield repr(copy.copy(error).args)
    yield from of_frames(error.__traceback__)
    if error.__cause__ is not None:
        yield from shown(error.__cause__)


def of_frames(place: TracebackType | None) -> Iterator[str]:
    """The variables of our own frames."""
    while place is not None:
        if place.tb_frame.f_globals.get("__name__", "").startswith("processmind"):
            yield repr(place.tb_frame.f_locals)
        place = place.tb_next


def check(texts: list[str]) -> None:
    assert texts
    for text in texts:
        for secret in SECRETS:
            assert secret not in text


def test_no_error_log_or_event_shows_a_secret(
    make_client: MakeClient, mirror: Mirror, log: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1, "processmind")
    events: list[Progress] = []

    def client(**options: Any) -> Client:
        return make_client(**{"api_key": KEY, "tenant_id": "t", "base_url": mirror.url, "max_retries": 1, **options})

    def upload(name: str = "orders.csv") -> object:
        return client().upload_file(log, "t", dataset_id="d", file_name=name, on_progress=events.append)

    calls: list[Callable[[], object]] = [
        upload,
        lambda: upload("orders.parquet"),
        lambda: client().get_tenant(),
        lambda: client().upload_bpmn("p", BPMN),
        lambda: client().create_process("P"),
        lambda: client().get_datatable(".."),
        lambda: client(base_url="http://127.0.0.1:1").get_tenant(),
        lambda: client(base_url="http://127.0.0.1:1").upload_file(log, "t", dataset_id="d"),
        lambda: client(api_key=f"{KEY}\n"),
        lambda: client(base_url="http://example.org"),
        lambda: client(extra_headers={"x-api-key": KEY}),
        lambda: client(timeout=-1),
    ]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for call in calls:
            with pytest.raises(processmind.ProcessMindError) as caught:
                call()
            # The test's own frames hold what they like.
            error = caught.value.with_traceback(ours(caught.value.__traceback__))
            check(list(shown(error)))
        gc.collect()
    assert events
    check([repr(event) + repr(event.to_dict()) + str(pickle.dumps(event)) for event in events])
    check([record.getMessage() + repr(vars(record)) for record in caplog.records])
    assert any(record.levelno == logging.DEBUG for record in caplog.records)
    for warning in warned:
        check([str(warning.message)])


def ours(place: TracebackType | None) -> TracebackType | None:
    """A traceback from its first frame of ours on."""
    while place is not None and not place.tb_frame.f_globals.get("__name__", "").startswith("processmind"):
        place = place.tb_next
    return place


def test_a_mistyped_option_shows_no_secret() -> None:
    for kind in (Client, AsyncClient):
        with pytest.raises(TypeError) as caught:
            kind(KEY, "t", timeout="soon", extra_headers={"authorization": KEY})  # type: ignore[arg-type] # the mistake under test
        error = caught.value.with_traceback(ours(caught.value.__traceback__))
        check(["".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())])


def test_a_client_and_its_options_show_no_secret() -> None:
    for kind in (Client, AsyncClient):
        client = kind(KEY, "t", extra_headers={"authorization": KEY})
        check([repr(client), str(client), repr(vars(client)), repr(client._native), repr(client._native.options)])
        # It has to: this is how it gets to another process.
        assert KEY.encode() in pickle.dumps(client)


def test_a_presigned_url_is_for_the_caller_alone(
    emulator: Emulator, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1, "processmind")
    table = client.create_datatable(client.create_dataset("D").id, "T")
    options = {"file_name": "a.csv", "file_size": 1, "file_last_modified": 1}
    url = client.get_presigned_upload_url(table.id, **options)  # type: ignore[arg-type] # one dict for all of them
    assert "X-Amz-Signature=" in url
    check([record.getMessage() for record in caplog.records])
