"""CPU time, wall time and peak memory of checking a large event log, against reading it with pandas and polars.

`make bench-check` builds the release package and runs it: `benches/check.py [rows] [rounds]`. Every reading is a
process of its own, and they take turns; the smallest of each is shown. The log has a million cases, dates, text in
quotes with line breaks, and empty values. pandas and polars parse no dates here and find no problems.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS, ROUNDS = 10_000_000, 3
SEED = 11
ACTIVITIES = ["Order", "Check credit", "Pick goods", "Pack goods", "Ship goods", "Send invoice", "Receive payment"]
NOTES = ["plain", "with, comma", 'a "quoted" word', "two\nlines", "Grüße, 保険", "semicolon; and more"]

READERS = {
    "processmind": """
from processmind import check_event_log
report = check_event_log(path)
assert report.rows == rows and report.ok, str(report)
""",
    "pandas": """
import pandas
assert len(pandas.read_csv(path)) == rows
""",
    "polars": """
import polars
assert polars.read_csv(path).height == rows
""",
}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory(prefix="processmind-bench-") as folder:
        path = Path(folder) / "orders.csv"
        write(path, rows)
        print(f"{path.stat().st_size:,} bytes, {rows:,} rows\n")
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in READERS}
        for _ in range(rounds):
            for name, code in READERS.items():
                found[name].append(measure(code, path, rows))
        show(found)


def write(path: Path, rows: int) -> None:
    """A log whose cases overlap, in the order of time: a tenth as many cases as rows."""
    chance = random.Random(SEED)
    cases = max(rows // 10, 1)
    start = 1_704_067_200
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("CaseId,Activity,StartTime,Resource,Amount,Qty,Comment\n")
        for first in range(0, rows, 10_000):
            lines = []
            for row in range(first, min(first + 10_000, rows)):
                case = (row // 10 + chance.randrange(500)) % cases
                at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(start + row * 3))
                luck = chance.random()
                note = "" if luck < 0.28 else NOTES[chance.randrange(6)] if luck < 0.33 else f"note {row % 977}"
                note = '"' + note.replace('"', '""') + '"' if any(c in note for c in ',"\n') else note
                qty = "" if luck > 0.9 else str(row % 50)
                lines.append(
                    f"case-{case:07},{ACTIVITIES[row % 7]},{at}.{row % 1_000_000:06}+00:00,"
                    f"user{chance.randrange(400)},{chance.random() * 1000:.2f},{qty},{note}\n"
                )
            file.write("".join(lines))


def measure(code: str, path: Path, rows: int) -> tuple[float, float, float]:
    """Seconds of CPU, seconds, and MiB at most."""
    command = [sys.executable, "-c", f"import sys; path, rows = sys.argv[1], int(sys.argv[2])\n{code}", path, str(rows)]
    before = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - before
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{code} failed")
    return usage.ru_utime + usage.ru_stime, seconds, peak(usage)


def peak(usage: resource.struct_rusage) -> float:
    """The largest resident set in MiB (Linux counts in KiB, macOS in bytes)."""
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def show(found: dict[str, list[tuple[float, float, float]]]) -> None:
    print(f"{'':14}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}{'CPU of ours':>13}")
    ours = min(cpu for cpu, _, _ in found["processmind"])
    for name, runs in found.items():
        cpu, wall, memory = (min(values) for values in zip(*runs, strict=True))
        print(f"{name:14}{cpu:>8.2f}{wall:>8.2f}{memory:>10.0f}{ours / cpu:>12.0%}")


if __name__ == "__main__":
    main()
