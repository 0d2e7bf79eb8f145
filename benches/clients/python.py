"""Makes calls with a client of Python, and prints how long they took: `python.py CLIENT upload|get|list [FILE]`."""

import argparse
import asyncio
import inspect
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from python_clients import CLIENTS


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("client", choices=CLIENTS)
    parser.add_argument("case", choices=["upload", "get", "list"])
    parser.add_argument("file", nargs="*")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--before", type=int, default=0)
    parser.add_argument("--clients", action="store_true", help="a client of its own for every call")
    options = parser.parse_args()
    make = CLIENTS[options.client]
    measure = awaited if inspect.iscoroutinefunction(make.get) else waited
    seconds, cpu_seconds = measure(make(), options)
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds}))


def waited(client, options: argparse.Namespace) -> tuple[float, float]:
    def call(_: int = 0) -> None:
        getattr(type(client)() if options.clients else client, options.case)(*options.file)

    for _ in range(options.before):
        call()
    stop = stopwatch()
    if options.at_once == 1:
        for _ in range(options.times):
            call()
    elif hasattr(client, "upload_many"):
        client.upload_many(*options.file, options.times, options.at_once)
    else:
        with ThreadPoolExecutor(options.at_once) as pool:
            list(pool.map(call, range(options.times)))
    return stop()


def awaited(client, options: argparse.Namespace) -> tuple[float, float]:
    async def measured() -> tuple[float, float]:
        await client.open()
        slots = asyncio.Semaphore(options.at_once)

        async def call() -> None:
            async with slots:
                await getattr(client, options.case)(*options.file)

        for _ in range(options.before):
            await call()
        stop = stopwatch()
        if options.at_once == 1:
            for _ in range(options.times):
                await call()
        elif hasattr(client, "upload_many"):
            await client.upload_many(*options.file, options.times, options.at_once)
        else:
            await asyncio.gather(*(call() for _ in range(options.times)))
        took = stop()
        await client.close()
        return took

    return asyncio.run(measured())


def stopwatch() -> Callable[[], tuple[float, float]]:
    started, cpu = time.perf_counter(), time.process_time()
    return lambda: (time.perf_counter() - started, time.process_time() - cpu)


if __name__ == "__main__":
    main()
