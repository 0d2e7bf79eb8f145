"""A canary key and a canary signature are hunted through all that an error, an event or a log line shows."""

from __future__ import annotations

import base64
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
from urllib.parse import quote

import processmind
import pytest
from processmind import AsyncClient, Client, Progress
from support import BPMN, ROOT, Emulator, MakeClient

KEY = "canary-api-key-0123456789abcdef"
SIGNATURE = "canary0signature0123456789abcdef"
SECRETS = (KEY, SIGNATURE, "X-Amz-Signature")


ECHOES = json.loads((ROOT / "tests/contract/echoes.json").read_text("utf-8"))


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


def notations(secret: str) -> Iterator[str]:
    """The ways to write a secret, of the long ones a part."""
    yield secret
    yield quote(secret, safe="")
    yield "".join(f"\\u{ord(letter):04x}" for letter in secret[:8])
    # Wherever it begins in what is encoded.
    for before in range(3):
        yield base64.b64encode(bytes(before) + secret.encode())[4:20].decode()


def check_hidden(texts: list[str], secrets: list[str]) -> None:
    assert texts
    for written in (form for secret in secrets for form in notations(secret)):
        for text in texts:
            assert written not in text


def seen(call: Callable[[], object]) -> list[str]:
    """All that can be seen of what a call gives or fails with."""
    try:
        result = call()
    except processmind.ProcessMindError as error:
        return list(shown(error.with_traceback(ours(error.__traceback__))))
    listed = result if isinstance(result, list) else [result]
    texts = [repr(result), pickle.dumps(result).decode("latin-1")]
    return texts + [json.dumps(item.to_dict(), default=str) for item in listed if hasattr(item, "to_dict")]


@pytest.mark.parametrize("echo", ECHOES["api"], ids=json.dumps)
def test_a_key_that_the_api_repeats_is_hidden(
    make_client: MakeClient, emulator: Emulator, caplog: pytest.LogCaptureFixture, echo: dict[str, Any], log: Path
) -> None:
    caplog.set_level(1, "processmind")
    account = {"api_key": emulator.api_key, "tenant_id": emulator.tenant_id, "base_url": emulator.url}
    client = make_client(max_retries=1, **account)
    name = client.get_tenant().display_name or ""
    calls: list[Callable[[], object]] = [
        client.get_tenant,
        client.get_processes,
        client.get_tenant_users,
        client.get_tenant_statistics,
        lambda: client.get_datatable("nope"),
        lambda: client.create_dataset("D"),
        lambda: client.create_process("P"),
        lambda: client.update_tenant(name),
        lambda: client.delete_dataset("nope"),
        lambda: client.request("GET", f"/tenant/{client.tenant_id}/users"),
        lambda: client.upload_file(log, datatable="Orders"),
        lambda: client.publish(dataset="D", datatable="T", process="P"),
    ]
    for call in calls:
        emulator.reset()
        emulator.plan("/tenant", count=9, **echo)
        check_hidden(seen(call), [emulator.api_key])
    check_hidden([record.getMessage() + repr(vars(record)) for record in caplog.records], [emulator.api_key])


@pytest.mark.parametrize("echo", ECHOES["storage"], ids=json.dumps)
def test_a_signature_that_storage_repeats_is_hidden(
    make_client: MakeClient, emulator: Emulator, caplog: pytest.LogCaptureFixture, echo: dict[str, Any], log: Path
) -> None:
    caplog.set_level(1, "processmind")
    account = {"api_key": emulator.api_key, "tenant_id": emulator.tenant_id, "base_url": emulator.url}
    client = make_client(max_retries=1, **account)
    table = client.create_datatable(client.create_dataset("D").id, "T")
    emulator.plan("/processmind-uploads", count=9, **echo)
    texts = seen(lambda: client.upload_file(log, table.id))
    puts = [request["query"] for request in emulator.requests() if request["origin"] == "storage"]
    signatures = [query.partition("X-Amz-Signature=")[2].partition("&")[0] for query in puts]
    assert signatures
    assert all(signatures)
    texts += [record.getMessage() + repr(vars(record)) for record in caplog.records]
    check_hidden(texts, [*puts, *signatures])


def test_a_pickle_holds_no_key_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCESSMIND_API_KEY", KEY)
    monkeypatch.setenv("PROCESSMIND_TENANT_ID", "t")
    for kind in (Client, AsyncClient):
        client = kind(timeout=7)
        pickled = pickle.dumps(client)
        assert KEY.encode() not in pickled
        check([repr(client.__getstate__()), repr(client.__reduce_ex__(4))])
        twin = pickle.loads(pickled)
        assert repr(twin) == repr(client) == repr(copy.copy(client))
        monkeypatch.setenv("PROCESSMIND_API_KEY", f"another-{KEY[:-4]}wxyz")
        assert "****wxyz" in repr(pickle.loads(pickled))
        monkeypatch.delenv("PROCESSMIND_API_KEY")
        with pytest.raises(processmind.ConfigurationError, match="PROCESSMIND_API_KEY"):
            pickle.loads(pickled)
        # An open client keeps the key that it has.
        assert repr(client).endswith("api_key='****cdef')")
        monkeypatch.setenv("PROCESSMIND_API_KEY", KEY)
