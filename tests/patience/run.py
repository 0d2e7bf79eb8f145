"""Runs what has to wait for real, all of it at the same time: `make test-patience`.

A program is a file here, `*.py` or `*.mjs`, or in src/bin, `*.rs`. It starts what it needs, such as an emulator of its
own, and its exit code says whether what it waited for came.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "tests/python")}

LONGEST = 20 * 60
# What starts up and then waits takes less than a second or two of a processor.
MOST_CPU = 15


@dataclass
class Outcome:
    """What became of a program."""

    name: str
    code: int
    seconds: float
    cpu: float
    said: str

    def is_good(self) -> bool:
        return self.code == 0 and self.cpu <= MOST_CPU

    def __str__(self) -> str:
        mark = "ok  " if self.is_good() else "FAIL"
        line = f"{mark} {self.name:<32} {self.seconds:7.1f} s {self.cpu:7.1f} s of CPU"
        return line if self.is_good() else f"{line}, exit code {self.code}\n{self.said}"


def programs() -> dict[str, list[str]]:
    """The programs, and the command that runs each."""
    found = {path.name: [sys.executable, str(path)] for path in HERE.glob("*.py") if path.name != "run.py"}
    found |= {path.name: ["node", str(path)] for path in HERE.glob("*.mjs")}
    return found | {path.name: [str(TARGET / path.stem)] for path in HERE.glob("src/bin/*.rs")}


running: set[int] = set()


def run(name: str, command: list[str]) -> Outcome:
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        # A group of its own, so that what it started ends with it.
        program = subprocess.Popen(
            command, cwd=ROOT, env=ENVIRONMENT, stdout=output, stderr=output, start_new_session=True
        )
        running.add(program.pid)
        limit = threading.Timer(LONGEST, end, [program.pid])
        limit.start()
        _, status, used = os.wait4(program.pid, 0)
        limit.cancel()
        end(program.pid)
        running.remove(program.pid)
        program.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace")
    return Outcome(name, program.returncode, time.monotonic() - started, used.ru_utime + used.ru_stime, said)


def end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def main() -> int:
    outcomes: list[Outcome] = []

    def work(name: str, command: list[str]) -> None:
        outcome = run(name, command)
        outcomes.append(outcome)
        print(outcome, flush=True)

    threads = [threading.Thread(target=work, args=program) for program in sorted(programs().items())]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        # Also where it is told to stop: then nothing goes on waiting.
        for group in list(running):
            end(group)
    failed = sum(not outcome.is_good() for outcome in outcomes)
    print(f"{len(outcomes)} programs waited, {failed} failed")
    return int(failed > 0 or not outcomes)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to stop"))
    raise SystemExit(main())
