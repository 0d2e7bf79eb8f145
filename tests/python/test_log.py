"""What is logged: by the logger `processmind`, on the caller's thread, and no secret."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import processmind
import pytest
from processmind import AsyncClient, Client, Datatable
from support import Emulator, MakeClient


class Records(logging.Handler):
    """Keeps what is logged, and the thread it was logged on."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, str]] = []
        self.threads: set[int] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append((record.levelname, record.getMessage()))
        self.threads.add(threading.get_ident())

    def levels(self) -> list[str]:
        return [level for level, _ in self.kept]


@pytest.fixture
def records() -> Iterator[Records]:
    """A handler of everything; it is up to a test to set a level."""
    logger, handler = logging.getLogger("processmind"), Records()
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_a_request_is_debug(client: Client, emulator: Emulator, records: Records) -> None:
    logging.getLogger("processmind").setLevel(logging.DEBUG)
    client.get_tenant()
    assert set(records.levels()) == {"DEBUG"}
    _, request = records.kept[0]
    assert request == f"request method=GET url={emulator.url}/tenant/{emulator.tenant_id} attempt=1"
    assert "status=200" in records.kept[-1][1]
    assert records.threads == {threading.get_ident()}


def test_a_retry_is_a_warning_with_reason_and_delay(client: Client, emulator: Emulator, records: Records) -> None:
    emulator.plan("/tenant", "status", status=503, retry_after=0, body='{"message": "Too busy"}')
    client.get_tenant()
    ((level, text),) = records.kept
    assert level == "WARNING"
    assert text.startswith("trying again method=GET url=http")
    assert "attempt=1 wait_ms=" in text
    assert text.endswith('was answered 503: Too busy."')


def test_success_is_silent_at_info(client: Client, datatable: Datatable, log: Path, records: Records) -> None:
    logging.getLogger("processmind").setLevel(logging.INFO)
    client.upload_file(log, datatable.id)
    assert records.kept == []


def test_an_upload_is_logged_in_order(client: Client, datatable: Datatable, log: Path, records: Records) -> None:
    logging.getLogger("processmind").setLevel(logging.DEBUG)
    client.upload_file(log, datatable.id, on_progress=lambda progress: logging.getLogger("processmind").debug(progress))
    texts = [text.split("(")[0].split()[0] for _, text in records.kept]
    assert texts.count("request") == 3
    assert texts.count("Progress") >= 3
    assert texts[0] == "Progress", "it is preparing before it asks for anything"
    assert "Progress" in texts[-1], "done comes last"


def test_only_what_is_ours_is_logged(client: Client, emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    logging.getLogger("processmind").setLevel(1)
    client.get_tenant()
    logging.getLogger("processmind").setLevel(logging.NOTSET)
    assert {record.name for record in caplog.records} - {"asyncio"} == {"processmind"}
    assert {record.getMessage().split()[0] for record in caplog.records if record.name == "processmind"} == {
        "request",
        "answer",
    }


def test_what_a_handler_raises_propagates(client: Client, emulator: Emulator, records: Records) -> None:
    def refuse(_: logging.LogRecord) -> bool:
        raise ZeroDivisionError("enough")

    records.addFilter(refuse)
    emulator.plan("/tenant", "status", status=503, retry_after=0)
    with pytest.raises(ZeroDivisionError, match="enough"):
        client.get_tenant()


def test_a_call_that_is_not_awaited_is_logged_in_its_own_context(emulator: Emulator, records: Records) -> None:
    import contextvars

    name = contextvars.ContextVar[str]("name")
    seen: set[str] = set()

    def note(record: logging.LogRecord) -> bool:
        seen.add(name.get())
        return True

    records.addFilter(note)
    logging.getLogger("processmind").setLevel(logging.DEBUG)
    client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)

    async def call(which: str) -> None:
        name.set(which)
        await client.get_tenant()

    async def both() -> None:
        await asyncio.gather(call("a"), call("b"))

    asyncio.run(both())
    assert seen == {"a", "b"}


def test_no_secret_is_logged(
    make_client: MakeClient, emulator: Emulator, client: Client, datatable: Datatable, log: Path, records: Records
) -> None:
    logging.getLogger("processmind").setLevel(1)
    canary = "canary-api-key-0123456789abcdef"
    emulator.plan("/processmind-uploads/", "status", status=503, retry_after=0)
    emulator.plan("/processmind-uploads/", "reset")
    client.upload_file(log, datatable.id)
    client.get_presigned_upload_url(datatable.id, file=log)
    with pytest.raises(processmind.PermissionDeniedError):
        make_client(api_key=canary, tenant_id="t", base_url=emulator.url).get_tenant()
    texts = " ".join(text for _, text in records.kept)
    assert texts.count("trying again") == 2
    for secret in (canary, emulator.api_key, "X-Amz", "Signature"):
        assert secret not in texts


QUIET = """
import sys
import processmind
assert "logging" not in sys.modules
client = processmind.Client(max_retries=1)
client.get_tenant()
assert "logging" not in sys.modules
import logging
client.get_tenant()
assert [type(handler).__name__ for handler in logging.getLogger("processmind").handlers] == ["NullHandler"]
"""


def test_without_a_handler_nothing_is_printed_or_imported(emulator: Emulator) -> None:
    emulator.plan("/tenant", "status", status=503, retry_after=0, count=1)
    ran = subprocess.run(
        [sys.executable, "-c", QUIET], env={**os.environ, **emulator.environment}, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
