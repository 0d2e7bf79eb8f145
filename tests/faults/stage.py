"""What the matrix and the soak share: an emulator, and a driver for each client.

A driver reads cells and answers each with its outcome, in any order. A cell is

    {"id", "call": "get" | "put" | "post" | "delete" | "upload", "tenant",
     "client": {"api_key", "tenant_id", "base_url", "timeout", "max_retries"},
     "process", "name", "file", "datatable", "upload_timeout"}

and an outcome one of

    {"id", "ok": what came back}
    {"id", "error": {"code", "attempts", "retry_after", "text"}}
    {"id", "foreign": an error that is none of ours}
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
DRIVERS = HERE / "drivers"

CLIENTS = {
    "Rust": [str(BUILT / "fault-driver")],
    "Python": [sys.executable, str(DRIVERS / "driver.py"), "sync"],
    "Python asyncio": [sys.executable, str(DRIVERS / "driver.py"), "async"],
    "Node": ["node", str(DRIVERS / "driver.mjs")],
}

Json = dict[str, Any]


class Emulator:
    """A running emulator and the calls that prepare it and look behind it."""

    def __init__(self, *options: str) -> None:
        command = [str(BUILT / "processmind-emulator"), "--port", "0", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        started = json.loads(self._process.stdout.readline())
        self.url: str = started["url"]
        self.api_key: str = started["api_key"]
        self.tenant_id: str = started["tenant_id"]
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdout is not None
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()

    def call(self, method: str, path: str, body: object = None) -> Any:
        """A request that no fault is planned for."""
        if not hasattr(self._local, "connection"):
            self._local.connection = http.client.HTTPConnection(self.url.removeprefix("http://"))
        connection: http.client.HTTPConnection = self._local.connection
        headers = {"x-api-key": self.api_key, "content-type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{method} {path}: {answer.status} {text!r}")
        return json.loads(text)

    def tenant(self, name: str) -> str:
        body = {"shortName": name, "displayName": name}
        return str(self.call("POST", f"/tenant/{self.tenant_id}/organization/tenants", body)["id"])

    def process(self, tenant: str, name: str) -> str:
        return str(self.call("POST", f"/tenant/{tenant}/processes", {"displayName": name})["id"])

    def datatable(self, tenant: str) -> str:
        dataset = self.call("POST", f"/tenant/{tenant}/datasets", {"displayName": "Sales"})["id"]
        return str(
            self.call("POST", f"/tenant/{tenant}/datasets/{dataset}/datatables", {"displayName": "Orders"})["id"]
        )

    def plan(self, faults: list[Json]) -> None:
        self.call("POST", "/emulator/faults", faults)

    def options(self, *, timeout: float = 60, max_retries: int | None = None, base_url: str | None = None) -> Json:
        """The options of a client."""
        return {
            "api_key": self.api_key,
            "tenant_id": self.tenant_id,
            "base_url": base_url or self.url,
            "timeout": timeout,
            "max_retries": max_retries,
        }


class Driver:
    """A process that makes the calls of one client."""

    def __init__(self, client: str) -> None:
        self._process = subprocess.Popen(CLIENTS[client], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._asked: dict[str, Future[Json]] = {}
        self._lock = threading.Lock()
        self._hangs = False
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        failed = self._hangs or kind is not None
        if failed:
            self._process.kill()
        code = self._process.wait()
        if not failed and code != 0:
            raise AssertionError(f"the driver ended with {code}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, cell: Json) -> Future[Json]:
        """Has a call made."""
        assert self._process.stdin is not None
        with self._lock:
            outcome = self._asked[cell["id"]] = Future()
            self._process.stdin.write(json.dumps(cell) + "\n")
            self._process.stdin.flush()
        return outcome

    def outcome(self, answer: Future[Json], deadline: float) -> Json:
        """What became of a call, at the latest at this time of the monotonic clock."""
        try:
            return answer.result(max(0, deadline - time.monotonic()))
        except TimeoutError:
            self._hangs = True
            return {"foreign": "no outcome in time: the call hangs"}

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            outcome = json.loads(line)
            self._asked.pop(outcome["id"]).set_result(outcome)
        for left in list(self._asked.values()):
            left.set_exception(AssertionError("the driver ended before it answered"))
