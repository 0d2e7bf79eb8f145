"""As header_delay.py, awaited."""

import asyncio
import time

from processmind import AsyncClient
from support import Emulator


async def main(emulator: Emulator) -> None:
    client = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url, timeout=400, max_retries=0)
    started = time.monotonic()
    assert (await client.get_tenant()).id == emulator.tenant_id
    assert time.monotonic() - started >= 310


emulator = Emulator()
emulator.plan("/tenant", "delay", seconds=310)
asyncio.run(main(emulator))
emulator.stop()
