"""Connections that nobody uses are closed after 30 s, though nothing drives the runtime of a client that waits."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

from processmind import Client
from support import Emulator


def descriptors() -> int:
    return len(os.listdir("/dev/fd"))


emulator = Emulator()
client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
before = descriptors()
with ThreadPoolExecutor(50) as pool:
    list(pool.map(lambda _: client.get_tenant(), range(50)))
time.sleep(1)
kept = descriptors()
assert before < kept <= before + 20, (before, kept)
time.sleep(25)
client.get_tenant()
time.sleep(25)
assert descriptors() > before, "a connection was not kept for the next call"
time.sleep(12)
# The runtime itself has a few.
assert descriptors() <= before + 6, (before, descriptors())
client.get_tenant()
emulator.stop()
