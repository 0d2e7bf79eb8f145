"""`processmind.testing`, as users' own tests use it."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import subprocess
import sys
import sysconfig
import textwrap
from pathlib import Path

import pytest
from processmind import Client, ConnectionFailedError, ServerError
from processmind.testing import Emulator


def test_a_client_finds_the_fixture_by_itself(processmind_emulator: Emulator, log: Path) -> None:
    with Client() as client:
        datatable = client.create_datatable(client.create_dataset("Sales").id, "Orders")
        client.upload_file(log, datatable.id)
        assert client.get_datatable(datatable.id).row_count == 3
    assert [upload["bytes"] for upload in processmind_emulator.uploads(datatable.id)] == [log.stat().st_size]
    assert processmind_emulator.uploads("another") == []


@pytest.mark.parametrize("_time", [1, 2])
def test_every_test_has_an_emulator_of_its_own(processmind_client: Client, _time: int) -> None:
    processmind_client.create_dataset("Sales")
    assert len(processmind_client.get_datasets()) == 1


def test_a_fault_is_played_until_it_is_forgotten(processmind_emulator: Emulator) -> None:
    client = processmind_emulator.client(max_retries=0)
    processmind_emulator.plan("/tenant", "status", status=503, count=2)
    with pytest.raises(ServerError):
        client.get_datasets()
    processmind_emulator.reset()
    client.get_datasets()
    assert [request["status"] for request in processmind_emulator.requests()] == [200]


def test_a_fault_may_hit_by_chance(processmind_emulator: Emulator) -> None:
    client = processmind_emulator.client(max_retries=0)
    processmind_emulator.plan("/tenant", "status", status=503, count=100, share=0.5, seed=7)
    for _ in range(20):
        with contextlib.suppress(ServerError):
            client.get_datasets()
    assert {request["status"] for request in processmind_emulator.requests()} == {200, 503}


def test_a_fault_that_there_is_not_is_told(processmind_emulator: Emulator) -> None:
    with pytest.raises(RuntimeError, match=r"answered 400: .*no-such-fault"):
        processmind_emulator.plan("/tenant", "no-such-fault")


async def _count(emulator: Emulator) -> int:
    async with emulator.async_client() as client:
        return len(await client.get_datasets())


def test_there_is_a_client_to_await(processmind_emulator: Emulator) -> None:
    assert asyncio.run(_count(processmind_emulator)) == 0


def test_the_example_runs() -> None:
    _, example = (inspect.getdoc(Emulator) or "").split("Example::\n")
    exec(textwrap.dedent(example), {})


def test_it_ends_with_its_block_and_keeps_its_data_dir(tmp_path: Path) -> None:
    with Emulator(data_dir=tmp_path) as emulator, emulator.client(max_retries=0) as client:
        client.create_dataset("Sales")
        emulator.stop()
        with pytest.raises(ConnectionFailedError):
            client.get_datasets()
    with Emulator(data_dir=tmp_path) as again, again.client() as client:
        assert [dataset.display_name for dataset in client.get_datasets()] == ["Sales"]


def test_no_proxy_stands_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Emulator() as emulator:
        assert emulator.requests() == []


def test_a_fork_leaves_it_running() -> None:
    code = """
import os
from processmind.testing import Emulator
emulator = Emulator()
child = os.fork()
if child == 0:
    emulator.stop()
    raise SystemExit
os.waitpid(child, 0)
print(emulator.requests())
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_an_emulator_that_is_not_there_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PROCESSMIND_EMULATOR")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sysconfig, "get_path", lambda *_: str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r'pip install "processmind\[emulator\]"'):
        Emulator()


def test_an_emulator_that_does_not_start_says_why(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    with pytest.raises(RuntimeError, match=r"did not start: processmind-emulator: .*file"):
        Emulator(data_dir=taken)
