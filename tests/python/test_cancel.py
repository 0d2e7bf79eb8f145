"""Ctrl-C and asyncio's cancellation: they reach the socket, and nothing stays behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from processmind import AsyncClient, Client, Datatable
from support import Emulator, StalledStorage

INTERRUPTED = """
import os, sys, time
from processmind import Client

client = Client("k", "t", base_url=sys.argv[1])
try:
    if sys.argv[2] == "upload":
        client.upload_file(sys.argv[3], "t", dataset_id="d", timeout=30)
    else:
        client.get_tenant()
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.stdin.read()
"""


def readers(pid: int | str = "self") -> int:
    """How many threads read a file for an upload."""
    names = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        # One that ends meanwhile is none.
        with contextlib.suppress(OSError):
            names.append((task / "comm").read_text())
    return sum(name.startswith("processmind-rea") for name in names)


def holds(file: Path, pid: int | str = "self") -> bool:
    """Whether a process has the file open."""
    files = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            files.append(descriptor.readlink())
    return file in files


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def silent_server() -> tuple[str, threading.Event, threading.Event]:
    """An API that takes a request and never answers; whether it has one, and whether its client is left."""
    import socket

    listener = socket.create_server(("127.0.0.1", 0))
    asked, left = threading.Event(), threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with listener, connection:
            connection.recv(65536)
            asked.set()
            with contextlib.suppress(ConnectionError):
                connection.recv(65536)
            left.set()

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}", asked, left


def check_ctrl_c(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    before = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == b"interrupted\n"
    assert time.monotonic() - before < 0.3


def test_ctrl_c_ends_an_upload(stalled_storage: StalledStorage, large_log: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED, stalled_storage.url, "upload", str(large_log)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert stalled_storage.stalled.wait(10)
        assert holds(large_log, process.pid)
        check_ctrl_c(process)
        assert stalled_storage.is_left(1)
        assert eventually(lambda: readers(process.pid) == 0 and not holds(large_log, process.pid), 1)
    assert process.returncode == 0


def test_ctrl_c_ends_a_call() -> None:
    url, asked, left = silent_server()
    command = [sys.executable, "-c", INTERRUPTED, url, "call"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert asked.wait(10)
        check_ctrl_c(process)
        assert left.wait(0.3)
    assert process.returncode == 0


def test_cancelling_ends_an_upload(stalled_storage: StalledStorage, large_log: Path) -> None:
    async def run() -> None:
        client = AsyncClient("k", "t", base_url=stalled_storage.url)
        task = asyncio.ensure_future(client.upload_file(large_log, "t", dataset_id="d"))
        assert await asyncio.to_thread(stalled_storage.stalled.wait, 10)
        assert holds(large_log)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(stalled_storage.is_left, 1)

    asyncio.run(run())
    assert eventually(lambda: readers() == 0 and not holds(large_log), 1)


def test_a_timeout_ends_a_call() -> None:
    url, asked, left = silent_server()

    async def run() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await AsyncClient("k", "t", base_url=url).get_tenant()

    asyncio.run(run())
    assert asked.is_set()
    assert left.wait(0.1)


def test_cancelling_ends_the_reading_of_a_file_object() -> None:
    chunks = 0

    class Endless:
        def read(self, size: int) -> bytes:
            nonlocal chunks
            chunks += 1
            time.sleep(0.001)
            return b"a;b\n"

    async def run() -> None:
        client = AsyncClient("k", "t", base_url="http://127.0.0.1:1")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await client.upload_file(Endless(), "t", file_name="x.csv")

    asyncio.run(run())

    def stands_still() -> bool:
        before = chunks
        time.sleep(0.05)
        return chunks == before

    assert chunks
    assert eventually(stands_still, 2)


def test_one_awaited_client_works_in_many_loops(emulator: Emulator, datatable: Datatable, log: Path) -> None:
    client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)

    async def run() -> None:
        tenants = await asyncio.gather(*(client.get_tenant() for _ in range(8)))
        assert {tenant.id for tenant in tenants} == {emulator.tenant_id}
        await client.upload_file(log, datatable.id)

    for _ in range(3):
        asyncio.run(run())


def test_the_loop_runs_while_a_call_is_awaited(emulator: Emulator) -> None:
    emulator.plan("/tenant", "delay", seconds=0.2)

    async def run() -> int:
        client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
        call = asyncio.ensure_future(client.get_tenant())
        beats = 0
        while not call.done():
            await asyncio.sleep(0.01)
            beats += 1
        return beats

    assert asyncio.run(run()) > 5


def test_the_waiting_client_works_in_a_running_loop(emulator: Emulator) -> None:
    async def cell_of_a_notebook() -> str:
        return Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url).get_tenant().id

    assert asyncio.run(cell_of_a_notebook()) == emulator.tenant_id


def test_other_threads_run_while_a_call_waits(emulator: Emulator) -> None:
    emulator.plan("/tenant", "delay", seconds=0.2)
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    thread = threading.Thread(target=client.get_tenant)
    thread.start()
    beats = 0
    while thread.is_alive():
        time.sleep(0.01)
        beats += 1
    assert beats > 5


def test_many_threads_share_a_client(emulator: Emulator) -> None:
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                assert client.get_tenant().id == emulator.tenant_id
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_clients_leave_nothing_behind(emulator: Emulator) -> None:
    def use() -> None:
        with Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url) as client:
            client.get_tenant()

    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/task").iterdir())), len(list(Path("/proc/self/fd").iterdir()))

    use()
    before = held()
    for _ in range(200):
        use()
    assert held() == before


FORKED = """
import asyncio, os, signal, sys
from processmind import AsyncClient, Client

waiting, awaited = Client(), AsyncClient()
waiting.get_tenant()
asyncio.run(awaited.get_tenant())

def use():
    waiting.get_tenant()
    asyncio.run(awaited.get_tenant())
    waiting.upload_file(sys.argv[1], sys.argv[2])

def in_a_child(work):
    child = os.fork()
    if child == 0:
        signal.alarm(10)
        work()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, "the child hung or failed"

in_a_child(lambda: (use(), in_a_child(use)))
use()

waiting.close()
def closed():
    try:
        waiting.get_tenant()
    except Exception as error:
        assert error.code == "CLIENT_CLOSED"
    else:
        raise AssertionError("still open")
in_a_child(closed)
"""


def test_a_forked_child_uses_connections_of_its_own(emulator: Emulator, datatable: Datatable, log: Path) -> None:
    subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKED, str(log), datatable.id],
        env={**os.environ, **emulator.environment},
        check=True,
        timeout=30,
    )
    assert len(emulator.uploads(datatable.id)) == 3


LEAVES_AT_ONCE = """
import asyncio, sys
from processmind import AsyncClient
async def main():
    client = AsyncClient(sys.argv[1], sys.argv[2], base_url=sys.argv[3])
    await client.upload_file(b"CaseId\\n1\\n", sys.argv[4], file_name="orders.csv", on_progress=print)
asyncio.run(main())
"""


def test_a_process_may_end_as_soon_as_it_has_its_answer(emulator: Emulator, datatable: Datatable) -> None:
    """The thread that hands over the answer may still be in the interpreter."""
    arguments = [emulator.api_key, emulator.tenant_id, emulator.url, datatable.id]
    for _ in range(10):
        ended = subprocess.run([sys.executable, "-c", LEAVES_AT_ONCE, *arguments], capture_output=True, timeout=30)
        assert ended.returncode == 0, ended.stderr
