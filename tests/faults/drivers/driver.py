"""Makes the calls that stdin asks for and says on stdout what became of them, one JSON document a line.

    python driver.py sync | async

The other drivers speak the same lines: `../stage.py` says what is in them.
"""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from processmind import AsyncClient, Client, ProcessMindError

# As many calls at once as there are cells in the matrix.
AT_ONCE = 512


def answer(cell: dict[str, Any], outcome: dict[str, Any]) -> None:
    # One write a line: threads share the pipe.
    sys.stdout.write(json.dumps({"id": cell["id"], **outcome}) + "\n")
    sys.stdout.flush()


def failed(error: BaseException) -> dict[str, Any]:
    if not isinstance(error, ProcessMindError):
        return {"foreign": repr(error)}
    shown = {"code": error.code, "attempts": error.attempts, "retry_after": error.retry_after, "text": str(error)}
    return {"error": shown}


def succeeded(cell: dict[str, Any], result: Any) -> dict[str, Any]:
    match cell["call"]:
        case "get":
            return {"ok": {"name": result.display_name}}
        case "post":
            return {"ok": {"id": result.id}}
        case "upload":
            return {"ok": {"attempts": result.attempts, "verified": result.verified, "bytes": result.bytes}}
        case _:
            return {"ok": {}}


def call(client: Any, cell: dict[str, Any]) -> Any:
    """Makes the call of a cell; with the awaited client the result is yet to come."""
    tenant = cell["tenant"]
    match cell["call"]:
        case "get":
            return client.get_process(cell["process"], tenant_id=tenant)
        case "put":
            return client.update_process(cell["process"], display_name=cell["name"], tenant_id=tenant)
        case "post":
            return client.create_process(cell["name"], tenant_id=tenant)
        case "delete":
            return client.delete_process(cell["process"], tenant_id=tenant)
        case _:
            limit = cell["upload_timeout"]
            return client.upload_file(cell["file"], cell["datatable"], timeout=limit, tenant_id=tenant)


def run_sync() -> None:
    client = cache(Client)

    def play(cell: dict[str, Any]) -> None:
        try:
            outcome = succeeded(cell, call(client(**cell["client"]), cell))
        except BaseException as error:
            outcome = failed(error)
        answer(cell, outcome)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for line in sys.stdin:
            threads.submit(play, json.loads(line))


async def run_async() -> None:
    client = cache(AsyncClient)

    async def play(cell: dict[str, Any]) -> None:
        try:
            outcome = succeeded(cell, await call(client(**cell["client"]), cell))
        except BaseException as error:
            outcome = failed(error)
        answer(cell, outcome)

    async with asyncio.TaskGroup() as tasks:
        while line := await asyncio.to_thread(sys.stdin.readline):
            tasks.create_task(play(json.loads(line)))


if __name__ == "__main__":
    if sys.argv[1] == "sync":
        run_sync()
    else:
        asyncio.run(run_async())
