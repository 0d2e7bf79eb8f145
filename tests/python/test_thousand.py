"""A thousand uploads at once, where a process may have 256 files open; and what stays open after it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from processmind import Client, ConfigurationError, Datatable
from support import CSV, Emulator

FILES = 1000

COMMON = """
import asyncio, os, sys, time
from concurrent.futures import ThreadPoolExecutor
from processmind import AsyncClient, Client

datatable, folder = sys.argv[1:]
paths = [f"{folder}/log-{number}.csv" for number in range(1000)]

def descriptors():
    return len(os.listdir("/dev/fd"))

def settles(before, seconds=5):
    limit = time.monotonic() + seconds
    while descriptors() > before and time.monotonic() < limit:
        time.sleep(0.02)
    return descriptors() <= before
"""

# What a runtime has for itself is open from its first call on.
AWAITED = f"""{COMMON}
async def main():
    async with AsyncClient() as client:
        await client.get_tenant()
    assert settles(descriptors())
    before = descriptors()
    async with AsyncClient() as client:
        results = await asyncio.gather(*(client.upload_file(path, datatable) for path in paths))
        assert descriptors() <= before + 40, descriptors() - before
    assert {{result.verified for result in results}} == {{"crc64nvme"}}
    assert settles(before), descriptors() - before

asyncio.run(main())
"""

WAITING = f"""{COMMON}
with Client() as client:
    client.upload_file(paths[0], datatable)
before = descriptors()
with Client() as client, ThreadPoolExecutor(1000) as pool:
    results = list(pool.map(lambda path: client.upload_file(path, datatable), paths[1:]))
    assert descriptors() <= before + 40, descriptors() - before
assert {{result.verified for result in results}} == {{"crc64nvme"}}
assert settles(before), descriptors() - before
"""

# Each of many threads has a connection, which no call drives when its own is over.
MANY_CALLS = f"""{COMMON}
with Client() as client:
    client.get_tenant()
before = descriptors()
client = Client()
with ThreadPoolExecutor(300) as pool:
    assert len(set(pool.map(lambda _: client.get_tenant().id, range(300)))) == 1
assert settles(before + 20, 1), descriptors() - before
client.__exit__()
assert settles(before, 1), descriptors() - before
"""


def run_limited(program: str, emulator: Emulator, *arguments: str, limit: int = 256) -> None:
    command = ["sh", "-c", f'ulimit -n {limit} && exec "$0" "$@"', sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, env=os.environ | emulator.environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("program", [AWAITED, WAITING], ids=["asyncio", "threads"])
def test_a_thousand_uploads_arrive(program: str, emulator: Emulator, datatable: Datatable, tmp_path: Path) -> None:
    for number in range(FILES):
        (tmp_path / f"log-{number}.csv").write_bytes(CSV)
    run_limited(program, emulator, datatable.id, str(tmp_path))
    assert len(emulator.uploads(datatable.id)) == FILES


def test_close_closes_the_connections_of_threads(emulator: Emulator) -> None:
    run_limited(MANY_CALLS, emulator, "-", "-")


# With one connection a callback would wait for the call that waits for it.
CALLS_BACK = """
import sys
from processmind import Client

client = Client(max_connections=1)
calls = []

class Feed:
    left = 3
    def read(self, size):
        client.get_tenant()
        Feed.left -= 1
        return b"CaseId;Activity" if Feed.left else b""

def told(progress):
    calls.append(client.get_tenant().id)

client.upload_file(Feed(), sys.argv[1], file_name="a.csv", on_progress=told)
client.upload_file(sys.argv[2], sys.argv[1], on_progress=told)
assert len(calls) > 2
"""


def test_what_is_called_back_may_call_though_one_connection_is_allowed(
    emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    run_limited(CALLS_BACK, emulator, datatable.id, str(log))


FORKS = """
import os, warnings
from processmind import Client

warnings.simplefilter("error")
client = Client()
client.get_tenant()
child = os.fork()
if child == 0:
    client.get_tenant()
    client.__exit__()
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
client.get_tenant()
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="it is Linux that Python warns on")
def test_a_fork_beside_idle_connections_is_not_warned_of(emulator: Emulator) -> None:
    run_limited(FORKS, emulator)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_is_at_least_one(limit: int, emulator: Emulator) -> None:
    with pytest.raises(ConfigurationError, match="`max_connections` must be at least 1"):
        Client(emulator.api_key, emulator.tenant_id, max_connections=limit)
