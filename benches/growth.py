"""What must not grow: memory with the file, and the price of a call with how much there is."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from commands import command
from measure import Failed, Sink

MIB = 1024**2

# In MiB; one PUT holds at most 5 GiB.
SIZES = [64, 256, 1024, 2048, 5120]
MEMORY_CLIENTS = ["Rust", "Python", "Node", "curl", "requests", "node:http", "fetch"]
OURS = ["Rust", "Python", "Node"]


def memory(sink: Sink, folder: Path, quick: bool) -> dict:
    """Peak memory in MiB by client and size of the file in MiB; 0 is a client that made one GET."""
    print("\nPeak memory in MiB by size of the file in MiB", flush=True)
    sizes = SIZES[:2] if quick else SIZES
    peaks: dict[str, dict[str, float | None]] = {}
    for client in MEMORY_CLIENTS:
        peaks[client] = {"0": sink.run(command(client, "get")).peak_bytes / MIB}
        for size in sizes:
            try:
                run = sink.run(command(client, "upload", sparse(folder, size * MIB)), expected=size * MIB)
                peaks[client][str(size)] = run.peak_bytes / MIB
            except Failed:
                peaks[client][str(size)] = None
        print(f"  {client:10} {shown(peaks[client])}", flush=True)
    return peaks


def calls(sink: Sink, folder: Path, quick: bool) -> dict:
    """Milliseconds a call by client, for few and for many."""
    print("\nMilliseconds a call, for few and for many", flush=True)
    less = 10 if quick else 1
    growth: dict[str, dict[str, dict[str, float]]] = {}
    for client in OURS:
        growth[client] = {
            "files": {str(n): each(sink, client, n, "upload", sparse(folder, 4096)) for n in (10, 1000 // less)},
            "clients": {str(n): each(sink, client, n, "get", own_clients=True) for n in (10, 1000 // less)},
            "objects": {str(n): an_object(sink, client, n) for n in (100, 10_000, 100_000 // less)},
        }
        for what, by_count in growth[client].items():
            print(f"  {client:8} {what:8} {shown(by_count, 4)}", flush=True)
    return growth


def each(sink: Sink, client: str, times: int, case: str, *files: Path, own_clients: bool = False) -> float:
    arguments = command(client, case, *files, times=times, before=10) + (["--clients"] if own_clients else [])
    expected = sum(file.stat().st_size for file in files) * (times + 10)
    return median(sink.run(arguments, expected=expected).calls_seconds for _ in range(3)) * 1000 / times


def an_object(sink: Sink, client: str, objects: int) -> float:
    """Of a list: the time for one of its objects."""
    run = ["env", f"PROCESSMIND_TENANT_ID=of-{objects}", *command(client, "list", times=10, before=3)]
    return sink.run(run).calls_seconds * 1000 / 10 / objects


def sparse(folder: Path, size: int) -> Path:
    """A file of zeros that takes no space."""
    path = folder / f"sparse-{size}.csv"
    if not path.exists():
        with path.open("wb") as file:
            file.truncate(size)
    return path


def shown(by_key: dict[str, float | None], digits: int = 1) -> str:
    return ", ".join(f"{key}: {'fails' if value is None else f'{value:.{digits}f}'}" for key, value in by_key.items())
