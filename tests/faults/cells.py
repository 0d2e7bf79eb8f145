"""The cells of the matrix: what is planned for each, and whether what came of it is what the table says."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from network import Nowhere
from stage import HERE, Emulator, Json

METHODS = ["GET", "PUT", "POST", "DELETE", "storage PUT"]
CALLS = dict(zip(METHODS, ["get", "put", "post", "delete", "upload"], strict=True))
ROWS: list[Json] = json.loads((HERE / "table.json").read_text("utf-8"))

LOG = b"CaseId,Activity,StartTime\n1,Order,2025-01-01T08:00:00Z\n1,Ship,2025-01-02T09:30:00Z\n"
OLD, NEW = "Order to Cash", "O2C"
# More often than anything is tried.
ALWAYS = 1_000


@dataclass
class Cell:
    """A fault, a method, and whether the fault passes or lasts."""

    row: Json
    method: str
    passes: bool
    emulator: Emulator
    nowhere: Nowhere
    folder: Path
    tenant: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.row['fault']} at {self.method}, {'passing' if self.passes else 'lasting'}"

    @property
    def expected(self) -> str:
        return str(self.row[self.method])

    @property
    def is_upload(self) -> bool:
        return self.method == "storage PUT"

    @property
    def is_tried_again(self) -> bool:
        return self.expected.startswith("again")

    @property
    def code(self) -> str | None:
        """The error that is expected."""
        if self.expected == "ok" or (self.is_tried_again and self.passes):
            return None
        return self.expected.removeprefix("again, else ")

    @property
    def times(self) -> int:
        """How often the fault is played."""
        return int(self.row.get("times", 2)) if self.passes else ALWAYS

    @property
    def attempts(self) -> int:
        if not self.is_tried_again:
            return 1
        return self.times + 1 if self.passes else self.retries + 1

    @property
    def retries(self) -> int:
        """Of a lasting fault: waiting for more of them proves nothing more."""
        return int(self.row.get("retries", 1))

    @property
    def is_away(self) -> bool:
        """Whether the API itself is not where it should be."""
        return "origin" in self.row and not self.is_upload

    # Before

    def prepare(self, number: int) -> None:
        self.tenant = self.emulator.tenant(f"t{number}")
        if self.is_upload:
            self.ids["datatable"] = self.emulator.datatable(self.tenant)
        elif self.method != "POST":
            self.ids["process"] = self.emulator.process(self.tenant, OLD)

    def planned(self) -> list[Json]:
        if self.is_away:
            return []
        path, method = f"/tenant/{self.tenant}/processes", self.method
        fault = self.row.get("play")
        if self.is_upload:
            path, method = f"/processmind-uploads/{self.tenant}/", "PUT"
            fault = self.row.get("presign", fault)
            if fault is None or fault["kind"] in ("expire", "forge", "skew"):
                path, method = f"/tenant/{self.tenant}/datatable/{self.ids['datatable']}/uploads", "GET"
        if fault is None:
            url = f"{self.nowhere.origins[self.row['origin']]}/bucket/key?X-Amz-Signature=none"
            fault = {"kind": "status", "status": 200, "body": json.dumps({"PreSignedUploadUrl": url})}
        return [{"path": path, "method": method, "count": self.times, "fault": self._filled_in(fault)}]

    def _filled_in(self, value: Any) -> Any:
        """With dates for `in 2 s`, and the address of elsewhere."""
        if isinstance(value, dict):
            return {name: self._filled_in(part) for name, part in value.items()}
        if value == "elsewhere":
            return self.nowhere.elsewhere
        if isinstance(value, str) and value.startswith("in "):
            return formatdate(time.time() + int(value.split()[1]), usegmt=True)
        return value

    def asked(self) -> Json:
        """The cell as a driver takes it."""
        timeout = self.row.get("timeout")
        options = self.emulator.options(
            timeout=timeout or 60,
            max_retries=None if self.passes else self.retries,
            base_url=self.nowhere.origins[self.row["origin"]] if self.is_away else None,
        )
        return {
            "id": self.name,
            "call": CALLS[self.method],
            "client": options,
            "tenant": self.tenant,
            "name": NEW,
            "process": self.ids.get("process"),
            "datatable": self.ids.get("datatable"),
            "file": str(self.file) if self.is_upload else None,
            "upload_timeout": timeout,
        }

    @cached_property
    def file(self) -> Path:
        """A log, as long as the row wants it."""
        size = int(self.row.get("mebibytes", 0) * 2**20)
        path = self.folder / f"{size}.csv"
        if not path.exists():
            path.write_bytes(LOG.ljust(size, b"\n"))
        return path

    # After

    def problems(self, outcome: Json, requests: list[Json], stored: list[Json]) -> list[str]:
        """What is not as the table says."""
        found = [*self._outcome_problems(outcome), *self._request_problems(requests)]
        if self.emulator.api_key in json.dumps(outcome):
            found.append("the key is shown")
        found += self._storage_problems(stored) if self.is_upload else self._state_problems()
        return found

    def _outcome_problems(self, outcome: Json) -> list[str]:
        if self.code is None:
            ok = outcome.get("ok")
            if ok is None:
                return [f"failed: {outcome}"]
            wanted = ok
            if self.is_upload:
                wanted = {"attempts": self.attempts, "verified": "crc64nvme", "bytes": self.file.stat().st_size}
            elif self.method == "GET":
                wanted = {"name": OLD}
            return [] if ok == wanted else [f"gave {ok}, not {wanted}"]
        error = outcome.get("error")
        if error is None:
            return [f"did not fail with {self.code}: {outcome}"]
        wait = self.row.get("play", {}).get("retry_after")
        wanted = {"code": self.code, "attempts": self.attempts}
        if isinstance(wait, int) and self.code != "AMBIGUOUS_RESULT":
            wanted["retry_after"] = wait
        told = {name: error[name] for name in wanted}
        return [] if told == wanted else [f"told {told}, not {wanted}: {error['text']}"]

    def _request_problems(self, requests: list[Json]) -> list[str]:
        """Each attempt arrives once; an upload's each by a URL of its own."""
        puts = [request for request in requests if request["origin"] == "storage"]
        presigned = [request for request in requests if request["path"].endswith("/presignedurl")]
        if self.is_upload:
            missed = 0 if "origin" not in self.row else min(self.times, self.attempts)
            wanted = {"storage": self.attempts - missed, "URLs": self.attempts}
            arrived = {"storage": len({put["query"] for put in puts}), "URLs": len(presigned)}
        else:
            wanted = {self.method: 0 if self.is_away else self.attempts}
            arrived = {self.method: Counter(request["method"] for request in requests)[self.method]}
        leaks = [put["path"] for put in puts if put["hasApiKey"]]
        found = [] if arrived == wanted else [f"{arrived} arrived, not {wanted}"]
        return found + [f"the key went to storage: {path}" for path in leaks]

    @property
    def _is_done(self) -> bool:
        """Whether what was asked was carried out: by the request that the fault was played to, or by a later one."""
        return bool(self.row.get("done")) or (self.is_tried_again and self.passes)

    def _state_problems(self) -> list[str]:
        names = [process["displayName"] for process in self.emulator.call("GET", f"/tenant/{self.tenant}/processes")]
        done = self._is_done
        wanted = {
            "GET": [OLD],
            "PUT": [NEW if done else OLD],
            "POST": [NEW] if done else [],
            "DELETE": [] if done else [OLD],
        }[self.method]
        return [] if names == wanted else [f"there is {names}, not {wanted}"]

    def _storage_problems(self, stored: list[Json]) -> list[str]:
        if self.code is not None:
            return [] if self._is_done or not stored else ["something was stored"]
        if not stored:
            return ["nothing was stored"]
        # An attempt whose answer was lost has stored the same bytes; a later one replaces them.
        good = sha256(self.file.read_bytes()).hexdigest()
        found = [] if stored[-1]["sha256"] == good else ["other bytes were stored"]
        table = self.emulator.call("GET", f"/tenant/{self.tenant}/datatable/{self.ids['datatable']}")
        return found if table["rowCount"] == 2 else [*found, f"{table['rowCount']} rows, not 2"]
