"""An answer that takes 310 s arrives, where `timeout` allows 400 s."""

import time

from processmind import Client
from support import Emulator

emulator = Emulator()
emulator.plan("/tenant", "delay", seconds=310)
client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url, timeout=400, max_retries=0)
started = time.monotonic()
assert client.get_tenant().id == emulator.tenant_id
assert time.monotonic() - started >= 310
emulator.stop()
