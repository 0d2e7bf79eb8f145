"""What an upload tells about itself, to programs and to people."""

from __future__ import annotations

import builtins
import io
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import Client, Datatable, Progress
from support import Emulator, MakeClient, StalledStorage


def test_the_phases_come_in_order_and_the_whole_comes_last(
    client: Client, datatable: Datatable, large_log: Path
) -> None:
    told: list[Progress] = []
    client.upload_file(large_log, datatable.id, on_progress=told.append)
    size = large_log.stat().st_size
    phases = list(dict.fromkeys(progress.phase for progress in told))
    assert phases == ["preparing", "sending", "verifying", "done"]
    assert all(progress.sent < size for progress in told if progress.phase == "sending")
    assert [progress.sent for progress in told] == sorted(progress.sent for progress in told)
    assert (told[-1].phase, told[-1].sent, told[-1].total, told[-1].attempt) == ("done", size, size, 1)


def test_a_retry_starts_again(client: Client, emulator: Emulator, datatable: Datatable, large_log: Path) -> None:
    emulator.plan("/processmind-uploads/", "reset", at=20_000_000)
    told: list[Progress] = []
    upload = client.upload_file(large_log, datatable.id, on_progress=told.append)
    assert upload.attempts == told[-1].attempt == 2
    for attempt in (1, 2):
        sent = [progress.sent for progress in told if progress.attempt == attempt]
        assert sent == sorted(sent)


def test_nothing_is_done_that_was_not_confirmed(
    make_client: MakeClient, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    client = make_client(api_key=emulator.api_key, tenant_id=emulator.tenant_id, base_url=emulator.url, max_retries=0)
    emulator.plan("/processmind-uploads/", "status", status=503)
    told: list[Progress] = []
    with pytest.raises(processmind.UploadError):
        client.upload_file(log, datatable.id, on_progress=told.append)
    assert {progress.phase for progress in told} <= {"preparing", "sending"}


def test_the_listener_is_called_on_the_callers_thread(client: Client, datatable: Datatable, log: Path) -> None:
    threads = set()
    client.upload_file(log, datatable.id, on_progress=lambda _: threads.add(threading.get_ident()))
    assert threads == {threading.get_ident()}


def raise_when(phase: str) -> Callable[[Progress], None]:
    def listener(progress: Progress) -> None:
        if progress.phase == phase:
            raise ZeroDivisionError("enough")

    return listener


def test_what_a_listener_raises_ends_the_upload(
    make_client: MakeClient, stalled_storage: StalledStorage, large_log: Path
) -> None:
    client = make_client(api_key="k", tenant_id="t", base_url=stalled_storage.url)
    with pytest.raises(ZeroDivisionError, match="enough"):
        client.upload_file(large_log, "t", dataset_id="d", on_progress=raise_when("sending"))
    assert stalled_storage.is_left(1)


def test_what_a_listener_raises_at_the_start_keeps_it_from_starting(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    emulator.plan("/tenant", "delay", seconds=0.3)
    with pytest.raises(ZeroDivisionError, match="enough"):
        client.upload_file(log, datatable.id, on_progress=raise_when("preparing"))
    assert "storage" not in [request["origin"] for request in emulator.requests()]


def test_what_a_listener_raises_at_the_end_propagates_too(client: Client, datatable: Datatable, log: Path) -> None:
    with pytest.raises(ZeroDivisionError, match="enough"):
        client.upload_file(log, datatable.id, on_progress=raise_when("done"))


def test_a_listener_may_make_calls(emulator: Emulator, datatable: Datatable, log: Path) -> None:
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    seen = []
    client.upload_file(log, datatable.id, on_progress=lambda _: seen.append(client.get_tenant().id))
    assert set(seen) == {emulator.tenant_id}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Notebook(io.StringIO):
    """As the stream of Jupyter's kernel, which is no terminal and shows bars all the same."""

    __module__ = "ipykernel.iostream"


def show_on(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


@pytest.fixture(params=["tqdm", "line"])
def display(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With tqdm installed, and without."""
    if request.param == "line":
        find = builtins.__import__

        def without_tqdm(name: str, *args: Any, **kwargs: Any) -> Any:
            if name.startswith("tqdm"):
                raise ImportError(name)
            return find(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", without_tqdm)


@pytest.mark.usefixtures("display")
def test_people_see_it_on_stderr_alone(
    client: Client, datatable: Datatable, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Progress] = []
    client.upload_file(log, datatable.id, progress=True, on_progress=told.append)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "orders.csv" in shown.err
    assert "100" in shown.err
    assert told[-1].phase == "done", "the caller's own listener is called as well"


@pytest.mark.usefixtures("display")
def test_a_log_gets_one_line(
    client: Client, datatable: Datatable, large_log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.upload_file(large_log, datatable.id, progress=True)
    assert capsys.readouterr().err == "large.csv: 100 % of 33,554,432 bytes\n"


@pytest.mark.usefixtures("display")
def test_a_terminal_sees_it_move(
    client: Client, datatable: Datatable, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = show_on(Terminal(), monkeypatch)
    client.upload_file(log, datatable.id, progress=True)
    assert screen.getvalue().count("\r") > 1
    assert screen.getvalue().endswith("\n")


def test_a_notebook_has_a_bar(client: Client, datatable: Datatable, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = show_on(Notebook(), monkeypatch)
    client.upload_file(log, datatable.id, progress=True)
    assert "orders.csv: 100%" in page.getvalue()
    assert "\r" in page.getvalue()


@pytest.mark.usefixtures("display")
def test_a_missing_file_shows_nothing(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = show_on(Terminal(), monkeypatch)
    with pytest.raises(FileNotFoundError):
        client.upload_file(tmp_path / "missing.csv", "t", progress=True)
    assert screen.getvalue() == ""


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize("way", ["argument", "variable"])
def test_people_see_nothing_unless_they_want_to(
    client: Client,
    datatable: Datatable,
    log: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    monkeypatch.setenv("PROCESSMIND_PROGRESS", "0" if way == "variable" else "1")
    client.upload_file(log, datatable.id, progress=way == "variable")
    assert capsys.readouterr() == ("", "")


def test_a_process_without_stderr_uploads(
    client: Client, datatable: Datatable, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert client.upload_file(log, datatable.id, progress=True).verified
