"""Forks, process pools, pre-fork servers, and what is left after many clients and calls."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processmind import Datatable
from support import Emulator

POOL = """
import multiprocessing, os, sys
from processmind import AsyncClient, Client

client = Client()

def work(given):
    import asyncio
    own = client if sys.argv[1] == "fork" else given
    asyncio.run(AsyncClient().get_tenant())
    return os.getpid(), own.get_tenant().id, given.upload_file(sys.argv[2], sys.argv[3]).verified

if __name__ == "__main__":
    # The connections are warm, and the runtimes of both clients run.
    client.get_tenant()
    client.upload_file(sys.argv[2], sys.argv[3])
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        done = pool.map(work, [client] * 8)
    assert os.getpid() not in {pid for pid, _, _ in done}
    assert {tenant for _, tenant, _ in done} == {client.tenant_id}
    assert {verified for _, _, verified in done} == {"crc64nvme"}
    client.get_tenant()
"""


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_a_pool_of_processes_uses_a_client(
    emulator: Emulator, datatable: Datatable, log: Path, tmp_path: Path, method: str
) -> None:
    program = tmp_path / "pool.py"
    program.write_text(POOL)
    command = [sys.executable, "-W", "ignore::DeprecationWarning", str(program), method, str(log), datatable.id]
    subprocess.run(command, env=os.environ | emulator.environment, check=True, timeout=120)
    assert len(emulator.uploads(datatable.id)) == 9


LEAVES_A_READER = """
import asyncio, sys, time, types
import pyarrow
from processmind import AsyncClient

class Slow:
    def read(self, size):
        time.sleep(0.3)
        return b"a;b"

def slow_batches():
    while True:
        time.sleep(0.3)
        yield pyarrow.record_batch({"CaseId": ["1"]})

class Last:
    # The interpreter goes down meanwhile.
    def __del__(self, sleep=time.sleep):
        sleep(0.6)

# What is global here lives as long as the thread that reads does.
sys.modules["elsewhere"] = types.ModuleType("elsewhere")
sys.modules["elsewhere"].last = Last()

async def main():
    client = AsyncClient("k", "t", base_url="http://127.0.0.1:1")
    frame = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"CaseId": pyarrow.string()}), slow_batches())
    is_frame = sys.argv[1] == "frame"
    upload = client.upload_dataframe(frame, "t") if is_frame else client.upload_file(Slow(), "t", file_name="a.csv")
    try:
        async with asyncio.timeout(0.1):
            await upload
    except TimeoutError:
        print("cancelled")

asyncio.run(main())
"""


@pytest.mark.parametrize("what", ["file", "frame"])
def test_a_process_may_end_while_its_own_code_is_read_from(what: str) -> None:
    """The thread that reads must not come back to an interpreter that is gone: that aborts the process."""
    command = [sys.executable, "-c", LEAVES_A_READER, what]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "cancelled\n", "")


FORKS_WHILE_IT_READS = """
import asyncio, os, threading, time
from processmind import AsyncClient, EmptyFileError

reads, is_over = threading.Event(), threading.Event()

class Slow:
    def read(self, size):
        reads.set()
        is_over.wait(10)
        return b""

async def main():
    try:
        await AsyncClient("k", "t", base_url="http://127.0.0.1:1").upload_file(Slow(), "t", file_name="a.csv")
    except EmptyFileError:
        print("read")

thread = threading.Thread(target=asyncio.run, args=(main(),))
thread.start()
reads.wait()
child = os.fork()
if child != 0:
    begun = time.monotonic()
    os.waitpid(child, 0)
    print(time.monotonic() - begun)
    is_over.set()
    thread.join()
"""


def test_a_forked_child_waits_for_no_reader_of_its_parent() -> None:
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKS_WHILE_IT_READS]
    seconds, read = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.split()
    assert read == "read"
    assert float(seconds) < 0.7


BEGINS_AGAIN_MEANWHILE = """
import asyncio, atexit, threading
from processmind import AsyncClient

async def begin():
    AsyncClient("k", "t", base_url="http://127.0.0.1:1")

def register(function):
    thread = threading.Thread(target=asyncio.run, args=(begin(),))
    thread.start()
    thread.join()

atexit.register = register
asyncio.run(begin())
"""


def test_threads_begin_at_the_same_time() -> None:
    # Python's code, in which the interpreter may turn to another thread: here it is made to.
    subprocess.run([sys.executable, "-c", BEGINS_AGAIN_MEANWHILE], check=True, timeout=30)


SERVED = """
import os
from processmind import Client

client = Client()
client.get_tenant()

def application(environment, start_response):
    start_response("200 OK", [("content-type", "text/plain")])
    return [f"{os.getpid()} {client.get_tenant().id}".encode()]
"""


def test_a_server_that_forks_its_workers_uses_a_warm_client(emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / "served.py").write_text(SERVED)
    socket = tmp_path / "socket"
    command = [sys.executable, "-m", "gunicorn", "--preload", "--workers", "2", "--bind", f"unix:{socket}"]
    # A worker that hangs is ended by this, and its request fails.
    command += ["--timeout", "10", "--log-level", "warning", "served:application"]
    environment = os.environ | emulator.environment
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as server:
        try:
            answers = [get(socket).split() for _ in range(20)]
        finally:
            server.terminate()
    assert {tenant for _, tenant in answers} == {emulator.tenant_id}
    assert str(server.pid) not in {pid for pid, _ in answers}


def get(path: Path) -> str:
    """What a server on a Unix socket answers, once it is there."""
    import http.client
    import socket

    deadline = time.monotonic() + 30
    connection = http.client.HTTPConnection("localhost", timeout=30)
    while True:
        connection.sock = socket.socket(socket.AF_UNIX)
        try:
            connection.sock.connect(str(path))
            break
        except (FileNotFoundError, ConnectionRefusedError):
            connection.sock.close()
            assert time.monotonic() < deadline
            time.sleep(0.05)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()
    finally:
        connection.close()


LEFT = """
import asyncio, gc, os, sys
from processmind import AsyncClient, Client

AT_ONCE = 10

def held():
    gc.collect()
    status = open("/proc/self/status").read().split("VmRSS:")[1].split()[0]
    return len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd")), int(status)

def opened(count):
    for _ in range(count):
        with Client() as client:
            client.tenant_id
    async def awaited():
        for _ in range(count):
            async with AsyncClient() as client:
                client.tenant_id
    asyncio.run(awaited())

def called(count):
    client = Client()
    for _ in range(count):
        client.get_tenant()
    async def awaited():
        client = AsyncClient()
        for _ in range(count // AT_ONCE):
            await asyncio.gather(*(client.get_tenant() for _ in range(AT_ONCE)))
    asyncio.run(awaited())

def sent(count):
    client = Client()
    for _ in range(count):
        client.upload_file(sys.argv[1], sys.argv[2])

for work, first, count in ((opened, 200, 1000), (called, 100, 200), (sent, 20, 50)):
    work(first)
    threads, descriptors, kilobytes = held()
    work(count)
    now = held()
    print(work.__name__, (threads, descriptors, kilobytes), now)
    # One that handed over an answer is kept for the next.
    assert now[0] <= threads + (AT_ONCE if work is called else 0), "threads"
    assert now[1] <= descriptors, "descriptors"
    assert now[2] <= kilobytes + 4096, "memory"
"""


def test_nothing_grows(emulator: Emulator, datatable: Datatable, log: Path) -> None:
    command = [sys.executable, "-c", LEFT, str(log), datatable.id]
    ran = subprocess.run(command, env=os.environ | emulator.environment, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr


WITHOUT_THREADS = """
import resource
from processmind import AsyncClient, Client, InternalError

client = Client()
size = int(open("/proc/self/status").read().split("VmSize:")[1].split()[0])
# Less than the stack of a thread.
resource.setrlimit(resource.RLIMIT_AS, (1024 * (size + 1536),) * 2)

def fails(call):
    try:
        call()
    except InternalError as error:
        assert "thread" in error.message, error
    else:
        raise AssertionError("there was a thread")

# One to ask for the address of a name, and one for a runtime beside the caller.
fails(client.get_tenant)
fails(lambda: client.upload_file(b"CaseId\\n1\\n", "t", file_name="orders.csv"))
fails(AsyncClient)
"""


def test_a_panic_is_an_error(emulator: Emulator) -> None:
    """Where the system has no thread left the runtime panics."""
    url = emulator.url.replace("127.0.0.1", "localhost")
    environment = os.environ | emulator.environment | {"PROCESSMIND_BASE_URL": url}
    command = [sys.executable, "-c", WITHOUT_THREADS]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
    assert ran.returncode == 0, ran.stderr
    # That the runtime says so itself shows that it was a panic.
    assert ran.stderr.count("panicked") == 3, ran.stderr
    assert emulator.api_key not in ran.stderr
