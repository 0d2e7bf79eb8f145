"""Counts what the clients use, and fails where it is more than `budget.toml` allows: `make budget`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from measure import ROOT, RUST, Sink

MIB = 1024**2
CLIENT = str(RUST / "client")
PYTHON = [sys.executable, str(ROOT / "benches/clients/python.py"), "processmind"]
NODE = ["node", str(ROOT / "benches/clients/node.mjs"), "processmind"]


def main() -> None:
    budget = tomllib.loads((ROOT / "benches/budget.toml").read_text())
    with Sink() as sink, tempfile.TemporaryDirectory() as folder:
        counted = counts(sink, Path(folder))
    over = 0
    print(f"{'':34}{'counted':>12}{'at most':>12}")
    for group, limits in budget.items():
        for name, most in limits.items():
            count = counted[group].get(name)
            over += count is not None and count > most
            note = "  no valgrind" if count is None else "  TOO MUCH" if count > most else ""
            shown = "–" if count is None else f"{count:,.1f}"
            print(f"{group + '.' + name:34}{shown:>12}{most:>12,}{note}")
    if over:
        sys.exit(f"\n{over} above the budget: see benches/budget.toml.")


def counts(sink: Sink, folder: Path) -> dict[str, dict[str, float | None]]:
    get = rust(sink, "get", "--before", "10", "--times", "100")
    few, many = (rust(sink, "list", "--before", "2", tenant=f"of-{objects}") for objects in (1000, 2000))
    small, large, huge = (sparse(folder, size * MIB) for size in (16, 48, 256))
    of_small, of_large = (rust(sink, "upload", str(path), "--before", "1") for path in (small, large))
    upload_each_mib = slope(of_small, of_large, 32)
    return {
        "upload_each_mib": upload_each_mib,
        "upload_each_file": {name: count - 16 * upload_each_mib[name] for name, count in of_small.items()},
        "upload_peak": {
            "rust_mib": above_one_get(sink, [CLIENT], huge),
            "python_mib": above_one_get(sink, PYTHON, huge),
            "node_mib": above_one_get(sink, NODE, huge),
        },
        "get": {name: count / 100 for name, count in get.items()}
        | {"instructions": instructions(sink, 100, ["get"], ["get", "--times", "101"])},
        "list_each_object": slope(few, many, 1000)
        | {"instructions": instructions(sink, 1000, ["list"], ["list"], tenants=("of-1000", "of-2000"))},
        "client": {name: count / 20 for name, count in rust(sink, "get", "--times", "20", "--clients").items()},
        "import": {
            "python_modules": python_modules(),
            "node_modules": node_modules(),
        },
    }


def rust(sink: Sink, *arguments: str, tenant: str = "bench") -> dict[str, float]:
    """What the calls of the crate count."""
    expected = 2 * os.path.getsize(arguments[1]) if arguments[0] == "upload" else 0
    counts = sink.run(["env", f"PROCESSMIND_TENANT_ID={tenant}", CLIENT, *arguments], expected=expected).counts
    names = {"syscr": "reads", "syscw": "writes", "allocations": "allocations", "allocated_bytes": "allocated_bytes"}
    return {name: counts[kernels] for kernels, name in names.items()}


def slope(few: dict[str, float], many: dict[str, float], apart: int) -> dict[str, float]:
    """What one more costs."""
    return {name: (many[name] - few[name]) / apart for name in few}


def above_one_get(sink: Sink, client: list[str], path: Path) -> float:
    """How many MiB an upload takes above a process that made one GET."""
    idle = sink.run([*client, "get"]).peak_bytes
    return (sink.run([*client, "upload", str(path)], expected=path.stat().st_size).peak_bytes - idle) / MIB


def instructions(
    sink: Sink, apart: int, few: list[str], many: list[str], tenants: tuple[str, str] = ("bench", "bench")
) -> float | None:
    """What one more costs in instructions, so that the start is not in it."""
    if not shutil.which("valgrind"):
        return None
    totals = []
    for arguments, tenant in zip((few, many), tenants, strict=True):
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", CLIENT, *arguments]
        environment = sink.environment(sink.urls["raw"]["http"]) | {"PROCESSMIND_TENANT_ID": tenant}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        collected = re.search(r"Collected : (\d+)", run.stderr)
        assert collected is not None
        totals.append(int(collected[1]))
    return (totals[1] - totals[0]) / apart


def python_modules() -> float:
    script = "import sys; bare = len(sys.modules); import processmind; print(len(sys.modules) - bare)"
    return float(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)


def node_modules() -> float:
    """Files of ours and parts of Node's own."""
    script = """
    const bare = process.moduleLoadList.length;
    require('processmind');
    console.log(JSON.stringify([process.moduleLoadList.length - bare, Object.keys(require.cache).length]));
    """
    run = subprocess.run(["node", "-e", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return sum(json.loads(run.stdout))


def sparse(folder: Path, size: int) -> Path:
    """A file of zeros that takes no space."""
    path = folder / f"zeros-{size}.csv"
    with path.open("wb") as file:
        file.truncate(size)
    return path


if __name__ == "__main__":
    main()
