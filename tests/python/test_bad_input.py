"""What can go wrong: the class, the code, a text that says what to do, and nothing half-sent."""

from __future__ import annotations

import errno
import functools
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import Client, Datatable, Process, Progress
from support import BPMN, CSV, Emulator, MakeClient


def check(error: processmind.ProcessMindError, code: str, *texts: str) -> None:
    assert error.code == code
    assert error.hint, "it says what to do"
    assert str(error) == f"{error.message}\n{error.hint}"
    assert len(str(error).splitlines()) <= 4
    for text in texts:
        assert text in str(error)


def check_unsent(emulator: Emulator) -> None:
    assert emulator.requests() == []


@pytest.mark.parametrize(
    ("options", "name", "variable"),
    [
        ({"tenant_id": "t"}, "api_key", "PROCESSMIND_API_KEY"),
        ({"api_key": "", "tenant_id": "t"}, "api_key", "PROCESSMIND_API_KEY"),
        ({"api_key": "k"}, "tenant_id", "PROCESSMIND_TENANT_ID"),
    ],
)
def test_no_key_or_no_tenant(make_client: MakeClient, options: dict[str, str], name: str, variable: str) -> None:
    with pytest.raises(processmind.ConfigurationError) as caught:
        make_client(**options)
    check(caught.value, "INVALID_CONFIGURATION", name, variable)
    assert isinstance(caught.value, ValueError)


def test_a_key_with_a_line_break(make_client: MakeClient) -> None:
    with pytest.raises(processmind.ConfigurationError) as caught:
        make_client(api_key="canary-key\r\nx-admin: 1", tenant_id="t")
    check(caught.value, "INVALID_CONFIGURATION", "line break")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://127.0.0.1", "https://user:secret@example.org", "nonsense"]
)
def test_a_base_url_that_would_leak_the_key(make_client: MakeClient, url: str) -> None:
    with pytest.raises(processmind.ConfigurationError) as caught:
        make_client(api_key="k", tenant_id="t", base_url=url)
    check(caught.value, "INVALID_CONFIGURATION")


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_a_timeout_that_is_none(make_client: MakeClient, timeout: float) -> None:
    with pytest.raises(processmind.ConfigurationError) as caught:
        make_client(api_key="k", tenant_id="t", timeout=timeout)
    check(caught.value, "INVALID_CONFIGURATION", "seconds")


def test_a_wrong_key(make_client: MakeClient, emulator: Emulator) -> None:
    client = make_client(api_key="wrong-key-0123456789", tenant_id=emulator.tenant_id, base_url=emulator.url)
    with pytest.raises(PermissionError) as caught:
        client.get_tenant()
    assert isinstance(caught.value, processmind.ApiStatusError)
    assert isinstance(caught.value, processmind.AuthenticationError | processmind.PermissionDeniedError)
    check(caught.value, caught.value.code, "PROCESSMIND_API_KEY")
    assert caught.value.status in (401, 403)
    assert caught.value.attempts == 1


@pytest.mark.parametrize("unusable", ["", ".", ".."])
def test_an_id_that_can_be_none(client: Client, emulator: Emulator, log: Path, unusable: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: client.get_dataset(unusable),
        lambda: client.get_datatable(unusable),
        lambda: client.get_process_mappings(unusable),
        lambda: client.upload_bpmn(unusable, BPMN),
        lambda: client.create_datatable(unusable, "T"),
        lambda: client.get_tenant(tenant_id=unusable),
        lambda: client.upload_file(log, unusable),
        lambda: client.get_presigned_upload_url(unusable, file=log, dataset_id="d"),
    ]
    for call in calls:
        with pytest.raises(processmind.InvalidArgumentError) as caught:
            call()
        check(caught.value, "INVALID_ARGUMENT", "othing was sent")
    check_unsent(emulator)


def test_a_missing_file(client: Client, emulator: Emulator, tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    for call in (
        lambda: client.upload_file(missing, "t"),
        lambda: client.upload_bpmn_file("p", missing),
        lambda: client.get_presigned_upload_url("t", file=missing),
    ):
        with pytest.raises(processmind.SourceError) as caught:
            call()
        check(caught.value, "SOURCE_UNREADABLE", str(missing), "Check the path")
        assert isinstance(caught.value, FileNotFoundError)
        assert type(caught.value).__name__ == "SourceNotFoundError"
        assert (caught.value.errno, caught.value.strerror) == (errno.ENOENT, os.strerror(errno.ENOENT))
        assert caught.value.filename == str(missing)
        assert isinstance(caught.value.__cause__, processmind.ErrorCause)
    check_unsent(emulator)


def test_the_path_of_a_missing_file_is_the_one_that_was_given(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError) as caught:
        client.upload_file("missing.csv", "t")
    assert caught.value.filename == "missing.csv"


def test_a_directory(client: Client, emulator: Emulator, tmp_path: Path) -> None:
    for call in (lambda: client.upload_file(tmp_path, "t"), lambda: client.upload_bpmn_file("p", tmp_path)):
        with pytest.raises(processmind.SourceError) as caught:
            call()
        check(caught.value, "SOURCE_UNREADABLE", str(tmp_path))
        assert isinstance(caught.value, IsADirectoryError)
    check_unsent(emulator)


def test_a_path_through_a_file(client: Client, emulator: Emulator, log: Path) -> None:
    with pytest.raises(NotADirectoryError) as caught:
        client.upload_file(log / "x.csv", "t")
    assert isinstance(caught.value, processmind.SourceError)
    check_unsent(emulator)


@pytest.fixture
def nobody() -> Iterator[None]:
    """To root nothing is forbidden: it becomes somebody else."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


@pytest.fixture
def unreadable() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file = Path(folder, "orders.csv")
        file.write_bytes(CSV)
        file.chmod(stat.S_IWUSR)
        yield file


@pytest.mark.usefixtures("nobody")
def test_a_file_that_may_not_be_read(client: Client, emulator: Emulator, unreadable: Path) -> None:
    with pytest.raises(PermissionError) as caught:
        client.upload_file(unreadable, "t")
    assert caught.value.errno == errno.EACCES
    assert isinstance(caught.value, processmind.SourceError)
    check(caught.value, "SOURCE_UNREADABLE", str(unreadable))
    check_unsent(emulator)


def test_a_pipe_is_no_file(client: Client, emulator: Emulator, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    calls: list[Callable[[], object]] = [
        lambda: client.upload_file(pipe, "t"),
        lambda: client.upload_bpmn_file("p", pipe),
    ]
    for call in calls:
        with pytest.raises(processmind.SourceError) as caught:
            call()
        check(caught.value, "SOURCE_UNREADABLE", "no regular file")
    check_unsent(emulator)


def test_an_empty_file(client: Client, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    log.write_bytes(b"")
    with pytest.raises(processmind.EmptyFileError) as caught:
        client.upload_file(log, datatable.id)
    check(caught.value, "EMPTY_FILE", "orders.csv", "allow_empty")
    check_unsent(emulator)


def test_an_unsupported_suffix(client: Client, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    renamed = log.rename(log.with_suffix(".parquet"))
    with pytest.raises(processmind.UnsupportedFormatError) as caught:
        client.upload_file(renamed, datatable.id)
    check(caught.value, "UNSUPPORTED_FORMAT", "orders.parquet", "csv", "allow_any_format")
    check_unsent(emulator)


def test_more_than_five_gibibytes(client: Client, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    os.truncate(log, 5 * 2**30 + 1)
    with pytest.raises(processmind.FileTooLargeError) as caught:
        client.upload_file(log, datatable.id)
    check(caught.value, "FILE_TOO_LARGE", "5 GiB", "Split")
    check_unsent(emulator)


@pytest.mark.parametrize("change", [1, -1], ids=["grows", "shrinks"])
def test_a_file_that_changes_while_it_is_sent(
    client: Client, emulator: Emulator, datatable: Datatable, large_log: Path, change: int
) -> None:
    size = large_log.stat().st_size
    # The change comes after the size was announced, and long before the last byte.
    emulator.plan(f"/tenant/{emulator.tenant_id}/datatable/", "delay", seconds=0.2)

    def listener(progress: Progress) -> None:
        if progress.phase == "preparing":
            os.truncate(large_log, size + change)

    with pytest.raises(processmind.SourceChangedError) as caught:
        client.upload_file(large_log, datatable.id, on_progress=listener)
    check(caught.value, "SOURCE_CHANGED", "changed", "nothing was stored")
    assert emulator.uploads(datatable.id) == []
    puts = [request for request in emulator.requests() if request["origin"] == "storage"]
    assert all(put["bytesReceived"] < size for put in puts), "the last byte was never sent"
    assert len(puts) <= 1, "it is not tried again; one that broke off before its first byte is not listed"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("case;activity\n1;a", "not XML"),
        ("<html/>", "<html>"),
        (BPMN.replace("<process ", "<other ").replace("</process>", "</other>"), "no <process>"),
        (BPMN.replace("?>", "?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"), "DTD"),
    ],
    ids=["csv", "html", "no process", "external entity"],
)
def test_what_is_no_model(client: Client, emulator: Emulator, tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "model.bpmn"
    path.write_text(text)
    calls: list[Callable[[], object]] = [
        lambda: client.upload_bpmn("p", text),
        lambda: client.upload_bpmn_file("p", path),
    ]
    for call in calls:
        with pytest.raises(processmind.InvalidBpmnError) as caught:
            call()
        check(caught.value, "INVALID_BPMN", why, "nothing was sent")
    check_unsent(emulator)


def test_an_unknown_datatable(client: Client, emulator: Emulator, log: Path) -> None:
    for call in (lambda: client.get_datatable("nope"), lambda: client.upload_file(log, "nope")):
        with pytest.raises(processmind.NotFoundError) as caught:
            call()
        check(caught.value, "NOT_FOUND", "nope", "get_datatables")
        error = caught.value
        assert isinstance(error, LookupError)
        assert (error.status, error.method, error.attempts) == (404, "GET", 1)
        assert error.url == f"{emulator.url}/tenant/{emulator.tenant_id}/datatable/nope"
        assert error.request_id
        assert error.body is not None
        assert "nope" in error.body
    assert emulator.uploads("nope") == []


def test_a_mapping_before_the_model(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    process: Process = client.create_process("P")
    with pytest.raises(processmind.ConflictError) as caught:
        client.create_process_mapping(process.id, datatable.id)
    check(caught.value, "CONFLICT", "upload_bpmn")
    assert client.get_process_mappings(process.id) == []


def test_a_web_page_instead_of_an_answer(client: Client, emulator: Emulator) -> None:
    emulator.plan("/tenant", "status", status=200, body="<!DOCTYPE html><html>Sign in", content_type="text/html")
    with pytest.raises(processmind.ResponseDecodeError) as caught:
        client.get_tenant()
    check(caught.value, "RESPONSE_DECODE_FAILED", "web page", "PROCESSMIND_BASE_URL")
    assert caught.value.status == 200


def test_a_web_page_instead_of_a_confirmation(client: Client, emulator: Emulator) -> None:
    process = client.create_process("P")
    emulator.plan("/tenant", "status", status=200, body="<html>", content_type="text/html")
    with pytest.raises(processmind.ResponseDecodeError):
        client.upload_bpmn(process.id, BPMN)


def test_a_gateways_page(make_client: MakeClient, emulator: Emulator) -> None:
    client = make_client(api_key=emulator.api_key, tenant_id=emulator.tenant_id, base_url=emulator.url, max_retries=0)
    emulator.plan("/tenant", "status", status=502, body="<html>Bad gateway</html>", content_type="text/html")
    with pytest.raises(processmind.ServerError) as caught:
        client.get_tenant()
    check(caught.value, "SERVER_ERROR", "502", "web page")
    assert caught.value.body == "<html>Bad gateway</html>"


def test_too_many_requests(client: Client, emulator: Emulator) -> None:
    emulator.plan("/tenant", "status", status=429, retry_after=90)
    with pytest.raises(processmind.RateLimitError) as caught:
        client.get_tenant()
    check(caught.value, "RATE_LIMITED", "429")
    assert caught.value.retry_after == 90.0


def test_a_lost_answer_to_a_create(client: Client, emulator: Emulator) -> None:
    emulator.plan("/tenant", "status", status=500)
    with pytest.raises(processmind.AmbiguousResultError) as caught:
        client.create_process("P")
    check(caught.value, "AMBIGUOUS_RESULT", "may exist")
    assert len(emulator.requests()) == 1
    assert isinstance(caught.value.__cause__, processmind.ErrorCause)


def test_no_server(make_client: MakeClient) -> None:
    client = make_client(api_key="k", tenant_id="t", base_url="http://127.0.0.1:1", max_retries=0)
    with pytest.raises(ConnectionError) as caught:
        client.get_tenant()
    assert isinstance(caught.value, processmind.ConnectionFailedError)
    check(caught.value, "CONNECTION_FAILED", "127.0.0.1:1")
    causes: list[BaseException] = [caught.value]
    while (cause := causes[-1].__cause__) is not None:
        causes.append(cause)
    assert len(causes) > 2
    assert "refused" in str(causes[-1])


def test_a_closed_client(client: Client, emulator: Emulator, log: Path) -> None:
    client.close()
    for call in (client.get_tenant, lambda: client.upload_file(log, "t", dataset_id="d")):
        with pytest.raises(processmind.ClientClosedError) as caught:
            call()
        check(caught.value, "CLIENT_CLOSED", "new client")
    check_unsent(emulator)


def test_a_text_mode_file(client: Client, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    with log.open() as file, pytest.raises(processmind.InvalidArgumentError) as caught:
        client.upload_file(file, datatable.id)  # type: ignore[arg-type] # the mistake under test
    check(caught.value, "INVALID_ARGUMENT", "text mode", "open(path, 'rb')")
    check_unsent(emulator)


@pytest.mark.parametrize("file", [None, 7, object()])
def test_what_is_no_file(client: Client, emulator: Emulator, datatable: Datatable, file: Any) -> None:
    with pytest.raises(processmind.InvalidArgumentError) as caught:
        client.upload_file(file, datatable.id)
    check(caught.value, "INVALID_ARGUMENT", type(file).__name__, "path")
    check_unsent(emulator)


def test_a_list_of_paths(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    with pytest.raises(processmind.InvalidArgumentError) as caught:
        client.upload_file(["a.csv"], datatable.id)  # type: ignore[list-item] # the mistake under test
    check(caught.value, "INVALID_ARGUMENT", "'str'", "path")
    check_unsent(emulator)


async def awaited(progress: Progress) -> None:
    raise AssertionError("nobody awaits it")


class Awaited:
    async def __call__(self, progress: Progress) -> None:
        await awaited(progress)


@pytest.mark.parametrize(
    ("listener", "why"),
    [
        (awaited, "`async def`"),
        (functools.partial(awaited), "`async def`"),
        (Awaited(), "`async def`"),
        (7, "of type 'int'"),
    ],
    ids=["function", "partial", "object", "number"],
)
def test_a_listener_that_can_not_be_called(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path, listener: Any, why: str
) -> None:
    with pytest.raises(processmind.InvalidArgumentError) as caught:
        client.upload_file(log, datatable.id, on_progress=listener)
    check(caught.value, "INVALID_ARGUMENT", "`on_progress`", why, "plain function", "nothing was sent")
    check_unsent(emulator)


def test_a_file_object_that_fails(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    class Failing:
        def read(self, size: int) -> bytes:
            raise OSError("the tape is torn")

    with pytest.raises(OSError, match="the tape is torn"):
        client.upload_file(Failing(), datatable.id, file_name="x.csv")
    check_unsent(emulator)


def test_bytes_without_a_name(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    with pytest.raises(processmind.InvalidArgumentError) as caught:
        client.upload_file(CSV, datatable.id)
    check(caught.value, "INVALID_ARGUMENT", "file_name")
    check_unsent(emulator)


def test_a_presigned_url_for_nothing(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    with pytest.raises(processmind.InvalidArgumentError) as caught:
        client.get_presigned_upload_url(datatable.id)
    check(caught.value, "INVALID_ARGUMENT", "`file_name`", "`file_size`", "`file_last_modified`")
    check_unsent(emulator)


def test_storage_that_refuses(client: Client, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    body = "<Error><Code>SignatureDoesNotMatch</Code><Message>The signature does not match.</Message></Error>"
    emulator.plan("/processmind-uploads/", "status", status=403, body=body, content_type="application/xml")
    with pytest.raises(processmind.UploadError) as caught:
        client.upload_file(log, datatable.id)
    check(caught.value, "UPLOAD_FAILED", "SignatureDoesNotMatch", "content_type")
    assert emulator.uploads(datatable.id) == []


def test_bytes_altered_on_the_way(make_client: MakeClient, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    client = make_client(api_key=emulator.api_key, tenant_id=emulator.tenant_id, base_url=emulator.url, max_retries=0)
    emulator.plan("/processmind-uploads/", "corrupt")
    with pytest.raises(processmind.ChecksumMismatchError) as caught:
        client.upload_file(log, datatable.id)
    check(caught.value, "CHECKSUM_MISMATCH", "CRC64-NVME")
