"""Makes calls with a client of Python, and prints how long they took: `python.py CLIENT upload|get|list [FILE]`.

It imports nothing that the client may do without: the start is measured, too.
"""

import sys
import time

from python_clients import CLIENTS

NAME, CASE, *REST = sys.argv[1:]
FILES = [] if not REST or REST[0].startswith("--") else [REST[0]]


def option(name: str, otherwise: int) -> int:
    return int(REST[REST.index(name) + 1]) if name in REST else otherwise


TIMES, AT_ONCE, BEFORE = option("--times", 1), option("--at-once", 1), option("--before", 0)
OWN_CLIENTS = "--clients" in REST


def waited(client) -> tuple[float, float]:
    def call(_: int = 0) -> None:
        getattr(type(client)() if OWN_CLIENTS else client, CASE)(*FILES)

    for _ in range(BEFORE):
        call()
    begun = times()
    if AT_ONCE == 1:
        for _ in range(TIMES):
            call()
    elif hasattr(client, "upload_many"):
        client.upload_many(*FILES, TIMES, AT_ONCE)
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(call, range(TIMES)))
    return since(begun)


async def awaited(client) -> tuple[float, float]:
    import asyncio

    await client.open()
    slots = asyncio.Semaphore(AT_ONCE)

    async def call() -> None:
        async with slots:
            await getattr(client, CASE)(*FILES)

    for _ in range(BEFORE):
        await call()
    begun = times()
    if AT_ONCE == 1:
        for _ in range(TIMES):
            await call()
    elif hasattr(client, "upload_many"):
        await client.upload_many(*FILES, TIMES, AT_ONCE)
    else:
        await asyncio.gather(*(call() for _ in range(TIMES)))
    took = since(begun)
    await client.close()
    return took


def times() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def since(begun: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


made = CLIENTS[NAME]()
if hasattr(made, "awaited"):
    import asyncio

    seconds, cpu_seconds = asyncio.run(awaited(made))
else:
    seconds, cpu_seconds = waited(made)
print(f'{{"seconds": {seconds}, "cpu_seconds": {cpu_seconds}}}')
