"""The exceptions: their places among Python's own, their fields, and what they come from."""

from __future__ import annotations

import copy
import errno
import pickle
import traceback
from pathlib import Path

import processmind
import pytest
from processmind import Client, Datatable, ProcessMindError
from support import Emulator, MakeClient

# Who knows Python's own exceptions catches these.
BUILTINS = {
    ValueError: [
        "BadRequestError",
        "ConfigurationError",
        "EmptyFileError",
        "EventLogError",
        "FileTooLargeError",
        "InvalidArgumentError",
        "InvalidBpmnError",
        "ResponseDecodeError",
        "UnsupportedFormatError",
        "ValidationError",
    ],
    PermissionError: ["AuthenticationError", "PermissionDeniedError", "SourcePermissionError"],
    LookupError: ["NotFoundError"],
    ConnectionError: ["ConnectionFailedError", "RequestTimeoutError"],
    TimeoutError: ["RequestTimeoutError"],
    FileNotFoundError: ["SourceNotFoundError"],
    IsADirectoryError: ["SourceIsADirectoryError"],
    NotADirectoryError: ["SourceNotADirectoryError"],
    RuntimeError: ["InternalError"],
}
FIELDS = ["code", "message", "hint", "status", "request_id", "method", "url", "body", "attempts", "retry_after"]


@pytest.mark.parametrize("builtin", BUILTINS)
def test_an_error_is_also_pythons_own(builtin: type[Exception]) -> None:
    names = processmind.exceptions.__all__
    assert [name for name in names if issubclass(getattr(processmind, name), builtin)] == BUILTINS[builtin]


def test_an_answers_error_has_every_field(make_client: MakeClient, emulator: Emulator) -> None:
    client = make_client(api_key=emulator.api_key, tenant_id=emulator.tenant_id, base_url=emulator.url, max_retries=1)
    body = '{"message": "Slow down"}'
    emulator.plan("/tenant", "status", status=429, retry_after=0, body=body, count=2)
    with pytest.raises(processmind.RateLimitError) as caught:
        client.get_tenant()
    error = caught.value
    assert isinstance(error, processmind.ApiStatusError)
    assert (error.code, error.status, error.method, error.attempts) == ("RATE_LIMITED", 429, "GET", 2)
    assert error.url == f"{emulator.url}/tenant/{emulator.tenant_id}"
    assert error.body == body
    assert error.retry_after == 0.0
    assert error.hint
    assert str(error) == f"{error.message}\n{error.hint}"
    assert len(str(error).splitlines()) <= 4
    assert error.docs_url.endswith("/errors/RATE_LIMITED.html")
    assert traceback.format_exception_only(error)[-1].strip() == error.docs_url
    check_values(error)


def test_an_error_knows_the_servers_request(client: Client, emulator: Emulator) -> None:
    with pytest.raises(processmind.NotFoundError) as caught:
        client.get_dataset("nope")
    assert caught.value.request_id
    check_values(caught.value)


def test_a_broken_connection_comes_from_something(make_client: MakeClient) -> None:
    client = make_client(api_key="k" * 12, tenant_id="t", base_url="http://127.0.0.1:1", max_retries=0)
    with pytest.raises(ConnectionError) as caught:
        client.get_tenant()
    error = caught.value
    assert isinstance(error, ProcessMindError)
    assert (error.status, error.body, error.attempts) == (None, None, 1)
    assert error.errno == errno.ECONNREFUSED
    assert isinstance(error.__cause__, processmind.ErrorCause)
    deepest: BaseException = error
    while deepest.__cause__ is not None:
        deepest = deepest.__cause__
    assert "refused" in str(deepest)
    check_values(error)


def test_an_error_before_a_request_says_so(client: Client, datatable: Datatable, tmp_path: Path) -> None:
    with pytest.raises(processmind.SourceError) as caught:
        client.upload_file(tmp_path / "missing.csv", datatable.id)
    assert (caught.value.attempts, caught.value.status, caught.value.method) == (0, None, None)
    check_values(caught.value)


def check_values(error: ProcessMindError) -> None:
    """Nothing is lost on the way to another process."""
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        for name in FIELDS:
            assert getattr(twin, name) == getattr(error, name), name
        assert str(twin) == str(error)
        assert repr(twin.__cause__) == repr(error.__cause__)
