"""What an upload reads: iterators and whatever else gives bytes, also what has to be awaited."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import pickle
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import AsyncClient, Client, Datatable, Progress, UploadFilesResult
from support import CSV, Emulator, MakeClient

LARGE = CSV.ljust(9 * 1024 * 1024, b"\n")


def pieces(content: bytes = CSV, size: int = 10) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]
        yield b""


async def awaited_pieces(content: bytes = CSV, size: int = 10) -> AsyncIterator[bytes]:
    for piece in pieces(content, size):
        await asyncio.sleep(0)
        yield piece


class AwaitedFile:
    """A file object whose `read` is awaited, as those of aiofiles and anyio are."""

    name = "folder/awaited.csv"

    def __init__(self, content: bytes = CSV) -> None:
        self._file = io.BytesIO(content)
        self._file.seek(7)

    async def read(self, size: int = -1) -> bytes:
        await asyncio.sleep(0)
        return self._file.read(size)


def check_stored(emulator: Emulator, datatable: Datatable, content: bytes) -> None:
    assert emulator.uploads(datatable.id)[-1]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    "give",
    [
        pieces,
        lambda: list(pieces()),
        lambda: pieces(size=len(CSV)),
        lambda: map(bytearray, pieces()),
        lambda: (memoryview(piece) for piece in pieces()),
    ],
    ids=["generator", "list", "one", "bytearray", "memoryview"],
)
def test_an_iterable_of_bytes_is_uploaded(
    client: Client, emulator: Emulator, datatable: Datatable, give: Callable[[], Any]
) -> None:
    upload = client.upload_file(give(), datatable.id, file_name="orders.csv")
    assert (upload.bytes, upload.verified) == (len(CSV), "crc64nvme")
    check_stored(emulator, datatable, CSV)


def test_a_pipe_is_uploaded(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    reading, writing = os.pipe()

    def write() -> None:
        with open(writing, "wb") as end:
            end.write(LARGE)

    writer = threading.Thread(target=write)
    writer.start()
    with open(reading, "rb") as end:
        client.upload_file(end, datatable.id, file_name="pipe.csv")
        assert not end.closed
    writer.join()
    check_stored(emulator, datatable, LARGE)


@pytest.mark.parametrize("fails", [0, 2])
def test_what_was_read_once_is_sent_again(client: Client, emulator: Emulator, datatable: Datatable, fails: int) -> None:
    if fails:
        emulator.plan("/processmind-uploads/", "reset", at=100_000, count=fails)
    upload = client.upload_file(pieces(LARGE, 500_000), datatable.id, file_name="orders.csv")
    assert upload.attempts == fails + 1
    check_stored(emulator, datatable, LARGE)


def test_what_is_read_is_read_as_the_caller(emulator: Emulator, datatable: Datatable) -> None:
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    threads = set()

    def chunks() -> Iterator[bytes]:
        for piece in pieces():
            threads.add(threading.get_ident())
            # What reads may make calls itself.
            client.get_tenant()
            yield piece

    client.upload_file(chunks(), datatable.id, file_name="orders.csv")
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize(("give", "content"), [(awaited_pieces, CSV), (AwaitedFile, CSV[7:])])
def test_what_has_to_be_awaited_is_uploaded(
    emulator: Emulator, datatable: Datatable, give: Callable[[], Any], content: bytes
) -> None:
    async def run() -> None:
        client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
        emulator.plan("/processmind-uploads/", "status", status=503)
        name = None if give is AwaitedFile else "awaited.csv"
        upload = await client.upload_file(give(), datatable.id, file_name=name)
        assert (upload.file_name, upload.bytes) == ("awaited.csv", len(content))
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())
    check_stored(emulator, datatable, content)


@pytest.mark.parametrize("give", [awaited_pieces, AwaitedFile])
def test_the_waiting_client_awaits_nothing(give: Callable[[], Any]) -> None:
    client = Client("k" * 12, "t", base_url="http://127.0.0.1:1")
    with pytest.raises(processmind.InvalidArgumentError, match="AsyncClient"):
        client.upload_file(give(), "t", file_name="orders.csv")


class Failing(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise ZeroDivisionError("enough")


def failing() -> Iterator[bytes]:
    yield CSV
    raise ZeroDivisionError("enough")


@pytest.mark.parametrize("give", [Failing, failing])
def test_what_reading_raises_propagates(client: Client, emulator: Emulator, give: Callable[[], Any]) -> None:
    with pytest.raises(ZeroDivisionError, match="enough") as caught:
        client.upload_file(give(), "t", file_name="orders.csv")
    assert caught.traceback[-1].name in ("read", "failing"), "the place is still to be seen"
    assert emulator.requests() == []


def test_what_an_awaited_source_raises_propagates(emulator: Emulator) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield CSV
        raise ZeroDivisionError("enough")

    async def run() -> None:
        client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
        with pytest.raises(ZeroDivisionError, match="enough"):
            await client.upload_file(chunks(), "t", file_name="orders.csv")

    asyncio.run(run())
    assert emulator.requests() == []


@pytest.mark.parametrize(
    ("give", "fix"),
    [
        (lambda: io.StringIO("a;b"), "'rb'"),
        (lambda: iter(["a;b"]), "'rb'"),
        (lambda: {"a": b"b"}, "bytes"),
        (lambda: 7, "path"),
        (lambda: None, "path"),
        (object, "path"),
    ],
)
def test_what_gives_no_bytes_is_refused_with_the_fix(
    client: Client, emulator: Emulator, give: Callable[[], Any], fix: str
) -> None:
    file = give()
    if hasattr(file, "write"):
        file.write("a;b")
        file.seek(0)
    with pytest.raises(processmind.InvalidArgumentError, match=fix) as caught:
        client.upload_file(file, "t", file_name="orders.csv")
    assert "nothing was sent" in str(caught.value)
    assert emulator.requests() == []
    getattr(file, "close", int)()


def test_nothing_is_read_where_the_options_can_not_be_right(client: Client) -> None:
    def unread() -> Iterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    with pytest.raises(processmind.UnsupportedFormatError):
        client.upload_file(unread(), "t", file_name="orders.parquet")
    with pytest.raises(processmind.InvalidArgumentError, match="file_name"):
        client.upload_file(unread(), "t")


# Many files.


def test_many_files_are_uploaded_and_one_failure_stops_no_other(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    to = {"datatable_id": datatable.id}
    items: list[Any] = [
        {"file": log, **to},
        {"file": log.with_name("missing.csv"), **to},
        {"file": io.BytesIO(CSV), **to, "file_name": "b.csv", "content_type": "text/plain"},
        {"file": failing(), **to, "file_name": "c.csv"},
        {"file": log},
        {"file": log, **to, "speed": "high"},
        {"file": log, **to, "timeout": "soon"},
        {"file": 7, **to},
        "orders.csv",
        {"file": pieces(), **to, "file_name": "d.csv"},
        {"file": log, "datatable_id": "no-such-table"},
        {"file": CSV, **to},
        {"file": log, "datatable": datatable.id},
        {"file": log, **to, "datatable": "Orders 2025"},
    ]
    outcome = client.upload_files(iter(items), concurrency=3)
    assert [(upload.index, upload.result.file_name) for upload in outcome.succeeded] == [
        (0, "orders.csv"),
        (2, "b.csv"),
        (9, "d.csv"),
        (12, "orders.csv"),
    ]
    assert [failed.index for failed in outcome.failed] == [1, 3, 4, 5, 6, 7, 8, 10, 11, 13]
    errors = {failed.index: failed.error for failed in outcome.failed}
    assert isinstance(errors[1], FileNotFoundError)
    assert errors[1].filename == str(log.with_name("missing.csv"))
    assert isinstance(errors[3], ZeroDivisionError)
    assert isinstance(errors[10], processmind.NotFoundError)
    words = {4: "datatable_id", 5: "'speed'", 6: "timeout", 7: "'int'", 8: "'str'", 11: "name", 13: "Both"}
    for index, word in words.items():
        assert isinstance(errors[index], processmind.InvalidArgumentError), index
        assert word in str(errors[index])
        assert "sent" in str(errors[index])
    assert len(emulator.uploads(datatable.id)) == 4


def test_what_is_no_list_of_items_is_refused(client: Client, emulator: Emulator, log: Path) -> None:
    for items in (7, None, "orders.csv", {"file": log, "datatable_id": "t"}):
        with pytest.raises(processmind.InvalidArgumentError, match="items"):
            client.upload_files(items)  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(processmind.InvalidArgumentError, match="concurrency"):
        client.upload_files([], concurrency=0)
    assert client.upload_files([]) == UploadFilesResult([], [])
    assert emulator.requests() == []


def test_many_awaited_files_are_uploaded(emulator: Emulator, datatable: Datatable) -> None:
    async def run() -> UploadFilesResult:
        client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
        to = datatable.id
        return await client.upload_files(
            [
                {"file": awaited_pieces(), "datatable_id": to, "file_name": "a.csv"},
                {"file": AwaitedFile(), "datatable_id": to},
                {"file": awaited_pieces(), "datatable_id": to, "file_name": "b.parquet"},
                {"file": pieces(), "datatable_id": to, "file_name": "c.csv"},
            ],
            concurrency=1,
        )

    outcome = asyncio.run(run())
    assert [upload.result.file_name for upload in outcome.succeeded] == ["a.csv", "awaited.csv", "c.csv"]
    assert [failed.index for failed in outcome.failed] == [2]


def test_a_listener_of_many_tells_them_apart(
    client: Client, datatable: Datatable, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / f"{name}.csv" for name in "abc"]
    for path in paths:
        path.write_bytes(CSV)
    told: list[Progress] = []
    items = [{"file": path, "datatable_id": datatable.id} for path in paths]
    client.upload_files(items, progress=True, on_progress=told.append)  # type: ignore[arg-type] # made in a loop
    assert {event.file_name for event in told if event.phase == "done"} == {"a.csv", "b.csv", "c.csv"}
    shown = capsys.readouterr()
    assert (shown.out, len(shown.err.splitlines())) == ("", 3)


def test_what_a_listener_of_many_raises_ends_them_all(
    make_client: MakeClient, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    client = make_client(api_key=emulator.api_key, tenant_id=emulator.tenant_id, base_url=emulator.url)

    def listener(_: Progress) -> None:
        raise ZeroDivisionError("enough")

    with pytest.raises(ZeroDivisionError, match="enough"):
        client.upload_files([{"file": log, "datatable_id": datatable.id}] * 99, concurrency=1, on_progress=listener)
    # Some were sent while the listener had yet to be called.
    assert len(emulator.uploads(datatable.id)) < 50


def test_what_became_of_many_is_a_value(client: Client, datatable: Datatable, log: Path) -> None:
    outcome = client.upload_files([{"file": log, "datatable_id": datatable.id}])
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    assert repr(outcome).startswith("UploadFilesResult(succeeded=[SucceededUpload(index=0, result=UploadResult(")
    failed = client.upload_files([{"file": log, "datatable_id": "no-such-table"}]).failed[0]
    twin = pickle.loads(pickle.dumps(failed))
    assert (twin.index, twin.file_name, str(twin.error)) == (0, "orders.csv", str(failed.error))
    assert twin != outcome
