"""Measures the clients of every language against those that people use otherwise: `make bench`.

The clients of a case take turns, so that what else the machine does falls on all of them. Every byte has to arrive.
Writes `target/bench/speed.md` and `speed.svg`.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import growth
import report
from cases import CASES, WAN, Case
from commands import STARTS, command
from measure import BUILT, ROOT, Failed, Sink, Took

MIB = 1024**2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a sixteenth of the bytes and calls, in one round")
    parser.add_argument("--docs", action="store_true", help="put the tables and the plot into docs/, too")
    parser.add_argument("--only", help="the names of the cases to run, with commas")
    parser.add_argument("--clients", help="the clients to run, with commas")
    parser.add_argument("--rounds", type=int, help="how often, instead of what each case says")
    options = parser.parse_args()
    kept = BUILT / "results.json"
    # Cases that are run alone take their places among those of before.
    results = json.loads(kept.read_text()) if options.only and kept.is_file() else {"cases": {}}
    with tempfile.TemporaryDirectory(prefix="processmind-bench-", dir=memory()) as folder:
        for part in run(options, Path(folder)):
            results |= part | {"cases": results["cases"] | part.get("cases", {})}
            kept.write_text(json.dumps(results, indent=1))
    report.write(results, BUILT)
    print(f"\nWritten: {BUILT}/speed.md, {BUILT}/speed.svg")
    if options.docs:
        report.publish(BUILT, ROOT / "docs")


def memory() -> str | None:
    """Where files cost no disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def run(options: argparse.Namespace, folder: Path) -> Iterator[dict]:
    """What was measured, part by part."""

    def wanted(name: str) -> bool:
        return options.only is None or name in options.only.split(",")

    with Sink() as sink:
        for case in CASES:
            if wanted(case.name):
                yield {"cases": {case.name: measured(sink, case, options, folder)}}
        if wanted("starts"):
            yield {"starts": starts(sink, 1 if options.quick else options.rounds or 9)}
        if wanted("memory"):
            yield {"memory": growth.memory(sink, folder, options.quick)}
        if wanted("growth"):
            yield {"growth": growth.calls(sink, folder, options.quick)}
    if wanted(WAN.name):
        with Sink("--latency", "40", "--bandwidth", "1000") as sink:
            yield {"cases": {WAN.name: measured(sink, WAN, options, folder)}}


def measured(sink: Sink, case: Case, options: argparse.Namespace, folder: Path) -> dict:
    """The values of a case by client: each a list with one number a round, or what went wrong."""
    size, times = case.size, case.times
    if options.quick:
        size, times = (size // 16 if size > 16 * MIB else size), max(times // 16, 1)
    path = filled(folder, size) if case.call == "upload" else None
    clients = [client for client in case.clients if options.clients is None or client in options.clients.split(",")]

    def calls_of(client: str) -> int:
        # A process for each call: a few tell enough.
        return max(times // 20, 1) if client == "curl" and path is None else times

    print(f"\n{case.title}", flush=True)
    runs: dict[str, list[Took]] = {client: [] for client in clients}
    failures: dict[str, str] = {}
    for client in turns(clients, 1 if options.quick else options.rounds or case.rounds):
        if client in failures:
            continue
        made = times if client != "curl" else max(times // 20, 1) if case.call != "upload" else times
        arguments = {"times": made, "at_once": case.at_once, "before": case.before}
        files = [path] if path else []
        try:
            took = sink.run(
                command(client, case.call, *files, **arguments), case.kind, case.scheme, size * made if path else 0
            )
        except Failed as failure:
            failures[client] = str(failure)
            print(f"  {client}: {failure}", flush=True)
            continue
        runs[client].append(took)
    values = {
        client: {value.title: [value.of(took, calls_of(client)) for took in tooks] for value in case.values}
        for client, tooks in runs.items()
        if tooks
    }
    for client, by_title in values.items():
        shown = ", ".join(f"{title} {median(numbers):.3f}" for title, numbers in by_title.items())
        print(f"  {client:14} {shown}", flush=True)
    return {"values": values, "failures": failures}


def turns(clients: list[str], rounds: int) -> Iterator[str]:
    """Each client once a round, from another one on in every round."""
    for start in range(rounds):
        first = start * len(clients) // rounds
        yield from clients[first:] + clients[:first]


def filled(folder: Path, size: int) -> Path:
    """A file of random bytes, made once."""
    path = folder / f"orders-{size}.csv"
    if not path.exists():
        with path.open("wb") as file:
            block = os.urandom(min(size, MIB))
            for _ in range(max(size // MIB, 1)):
                file.write(block)
    return path


def starts(sink: Sink, rounds: int) -> dict[str, list[float]]:
    print("\nStarts, ms", flush=True)
    values: dict[str, list[float]] = {name: [] for name in STARTS}
    for name in turns(list(STARTS), rounds):
        values[name].append(sink.run(STARTS[name]).seconds * 1000)
    for name, numbers in values.items():
        print(f"  {name:28} {median(numbers):.1f}", flush=True)
    return values


if __name__ == "__main__":
    main()
