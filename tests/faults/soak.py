"""Thousands of calls and uploads while a fifth of all requests fails, for all clients at once.

    python tests/faults/soak.py [seconds]

Round after round each driver makes calls at once under a random plan. Then the plan is lifted, and what the emulator
holds is compared with what the calls said: a success is there, a create is there once at most, stored bytes are the
file's, and a failure is an error of ours. Memory, threads and descriptors of each driver must not grow on the way.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from stage import CLIENTS, Driver, Emulator, Json

# Of all requests, so many fail.
SHARE = 0.2
AT_ONCE = 64
CALLS = ["get", "put", "post", "delete", "upload"]
SIZES = [0, 1_000, 70_000, 700_000, 3_000_000]
LOG = b"CaseId,Activity,StartTime\n1,Order,2025-01-01T08:00:00Z\n"
UNLIMITED = 1_000_000
# A call under faults ends after its waits; one that takes longer hangs. In seconds.
PATIENCE = 180
# What a process may take more at most in its later rounds than in its earlier ones, the first left out, in which it
# warms up. Allocators and idle connections have their play; what leaks a little with every call is far above it.
MAY_GROW = {"mebibytes": 24, "threads": 8, "descriptors": 16}
# Calls at once may have a thread each for what blocks, and it is kept for some seconds: whether it is seen is chance.
ARE_FINE = {"mebibytes": 0, "threads": AT_ONCE + 16, "descriptors": 0}
FEWEST_ROUNDS = 7


@dataclass(frozen=True)
class Use:
    """What a process has taken."""

    mebibytes: int
    threads: int
    descriptors: int

    @classmethod
    def of(cls, pid: int) -> "Use":
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        resident = int(status["VmRSS"].split()[0]) // 1024
        return cls(resident, int(status["Threads"]), len(list(Path(f"/proc/{pid}/fd").iterdir())))


def plan(tenant: str, dice: random.Random) -> list[Json]:
    """Faults of every kind, by chance, that together hit the share."""
    anywhere: list[Json] = [
        *({"kind": "status", "status": status} for status in (408, 500, 502, 503, 504)),
        {"kind": "status", "status": 503, "retry_after": 0},
        {"kind": "status", "status": 429, "retry_after": 0},
        *({"kind": "reset", "at": f"{dice.random() * 100:.3f}%"} for _ in range(8)),
        {"kind": "cut"},
        {"kind": "cut", "at": dice.randrange(200)},
        {"kind": "delay", "seconds": 0.2},
        {"kind": "slow", "bytes_per_second": 2_000_000},
    ]
    kinds = {
        f"/tenant/{tenant}/": [*anywhere, {"kind": "truncate"}, {"kind": "stall"}],
        f"/processmind-uploads/{tenant}/": anywhere,
    }
    faults = [(path, fault) for path, faults in kinds.items() for fault in faults]
    # These are drawn beside the others, by requests of their own.
    faults += [(f"/processmind-uploads/{tenant}/", {"kind": "corrupt"})]
    faults += [(f"/processmind-uploads/{tenant}/", {"kind": "storage_error", "code": "SlowDown"})]
    faults += [(f"/tenant/{tenant}/datatable/", {"kind": "expire"})]
    # The first that is drawn is played: of n with this chance each, one is with the share's.
    chance = 1 - (1 - SHARE) ** (1 / (len(anywhere) + 2))
    return [
        {"path": path, "count": UNLIMITED, "share": chance, "seed": dice.randrange(2**32), "fault": fault}
        for path, fault in faults
    ]


class Soak:
    """One client under faults."""

    def __init__(self, client: str, emulator: Emulator, driver: Driver, files: list[Path], seed: int) -> None:
        self.client, self.emulator, self.driver, self.files = client, emulator, driver, files
        self.dice = random.Random(seed)
        self.tenant = emulator.tenant_id
        self.tally: Counter[str] = Counter()
        self.problems: list[str] = []
        self.uses: list[Use] = []

    def run(self, until: float) -> None:
        while time.monotonic() < until or len(self.uses) < FEWEST_ROUNDS:
            self.round()
            self.uses.append(Use.of(self.driver.pid))
        self._compare_use()

    def round(self) -> None:
        table = self.emulator.datatable(self.tenant)
        cells = [self._cell(number, table) for number in range(AT_ONCE)]
        self.emulator.plan(plan(self.tenant, self.dice))
        deadline = time.monotonic() + PATIENCE
        asked = [(cell, self.driver.ask(cell)) for cell in cells]
        outcomes = [(cell, self.driver.outcome(answer, deadline)) for cell, answer in asked]
        left = self.emulator.call("GET", "/emulator/faults")
        self.emulator.call("DELETE", "/emulator/faults")
        self.tally["calls"] += len(cells)
        self.tally["faults"] += sum(UNLIMITED - fault["count"] for fault in left)
        self._check(outcomes)
        self._clean_up()

    def _cell(self, number: int, table: str) -> Json:
        call = self.dice.choice(CALLS)
        name = f"{len(self.uses)}-{number}"
        needs_process = call in ("get", "put", "delete")
        return {
            "id": name,
            "call": call,
            "client": self.emulator.options(timeout=2),
            "tenant": self.tenant,
            "name": name if call == "post" else f"{name}, renamed",
            "process": self.emulator.process(self.tenant, name) if needs_process else None,
            "file": str(self.dice.choice(self.files)),
            "datatable": self.emulator.datatable(self.tenant) if call == "upload" else table,
            "upload_timeout": None,
        }

    def _check(self, outcomes: list[tuple[Json, Json]]) -> None:
        processes = self.emulator.call("GET", f"/tenant/{self.tenant}/processes")
        names = Counter(process["displayName"] for process in processes)
        stored: dict[str, str] = {
            upload["datatableId"]: upload["sha256"] for upload in self.emulator.call("GET", "/emulator/uploads")
        }
        for cell, outcome in outcomes:
            if "foreign" in outcome:
                self._problem("foreign", cell, outcome["foreign"])
            elif "ok" in outcome:
                self.tally["succeeded"] += 1
                self._check_success(cell, outcome["ok"], names, stored)
            else:
                self.tally[outcome["error"]["code"]] += 1
            if names[cell["name"]] > 1:
                self._problem("duplicated", cell, f"is there {names[cell['name']]} times")

    def _check_success(self, cell: Json, ok: Json, names: Counter[str], stored: dict[str, str]) -> None:
        match cell["call"]:
            case "get":
                right = ok["name"] == cell["id"]
            case "put" | "post":
                right = names[cell["name"]] == 1
            case "delete":
                right = names[cell["id"]] == 0
            case _:
                self.tally["uploads"] += 1
                self.tally["bytes"] += ok["bytes"]
                good = sha256(Path(cell["file"]).read_bytes()).hexdigest()
                right = ok["verified"] == "crc64nvme" and stored.get(cell["datatable"]) == good
        if not right:
            self._problem("lost", cell, f"said {ok}, and the emulator holds something else")

    def _problem(self, kind: str, cell: Json, what: str) -> None:
        self.tally[kind] += 1
        self.problems.append(f"{self.client}: {cell['call']} {cell['id']}: {what}")

    def _clean_up(self) -> None:
        for kind in ("datasets", "processes"):
            for item in self.emulator.call("GET", f"/tenant/{self.tenant}/{kind}"):
                self.emulator.call("DELETE", f"/tenant/{self.tenant}/{kind}/{item['id']}")

    def _most(self, what: str) -> tuple[int, int]:
        """The most that was taken in the earlier rounds, and in the later ones."""
        taken = [getattr(use, what) for use in self.uses[1:]]
        half = len(taken) // 2
        return max(taken[:half]), max(taken[half:])

    def _compare_use(self) -> None:
        for what, allowed in MAY_GROW.items():
            early, late = self._most(what)
            if late > max(early + allowed, ARE_FINE[what]):
                self.tally["leaked"] += 1
                self.problems.append(f"{self.client}: from {early} to {late} {what}")

    def line(self) -> str:
        tally, mebibytes = self.tally, self.tally["bytes"] / 2**20
        figures = [
            f"{tally['calls']:,} calls",
            f"{tally['faults']:,} faults",
            f"{tally['succeeded']:,} succeeded, {tally['uploads']:,} of them uploads ({mebibytes:,.0f} MiB)",
            *(f"{what} {tally[what]}" for what in ("lost", "duplicated", "foreign", "leaked")),
            *("{} → {} {}".format(*self._most(what), what) for what in MAY_GROW),
        ]
        return f"{self.client + ':':16}{', '.join(figures)}"


def soak(client: str, seconds: float, files: list[Path], seed: int) -> Soak:
    with Emulator() as emulator, Driver(client) as driver:
        one = Soak(client, emulator, driver, files, seed)
        one.run(time.monotonic() + seconds)
        return one


def main(seconds: str = "600", seed: str = "1") -> int:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(CLIENTS)) as threads:
        files = [Path(folder, f"{size}.csv") for size in SIZES]
        for file, size in zip(files, SIZES, strict=True):
            file.write_bytes(LOG.ljust(size, b"\n"))
        soaked = list(threads.map(lambda client: soak(client, float(seconds), files, int(seed)), CLIENTS))
    problems = [problem for one in soaked for problem in one.problems]
    print(*(one.line() for one in soaked), *problems, sep="\n")
    return len(problems) > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
