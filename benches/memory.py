"""Peak memory and time of a large upload, against the way that reads the whole file first.

`make bench` builds the release packages and runs it: `benches/memory.py [GiB]`. Every upload is a process of its own
against the same emulator; the memory is the process's largest resident set.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GIB = 1024**3
LINE = b"case-0001,Receive order,2025-01-02T08:00:00Z,Ada,120.50,north\n"

PYTHON = """
import sys
from processmind import Client
result = Client().upload_file(sys.argv[1], sys.argv[2], file_name="big.csv")
assert result.verified == "crc64nvme" and result.bytes == int(sys.argv[3])
"""
PYTHON_READ_ALL = """
import sys, urllib.request
from processmind import Client
url = Client().get_presigned_upload_url(sys.argv[2], file=sys.argv[1], file_name="big.csv")
data = open(sys.argv[1], "rb").read()
urllib.request.urlopen(urllib.request.Request(url, data=data, method="PUT", headers={"Content-Type": "text/csv"}))
"""
NODE = """
import { Client } from "processmind";
const [filePath, datatableId, size] = process.argv.slice(1);
const result = await new Client().uploadFile({ filePath, datatableId, fileName: "big.csv" });
if (result.verified !== "crc64nvme" || result.bytes !== Number(size)) throw new Error("not proved");
"""
NODE_READ_ALL = """
import { readFileSync } from "node:fs";
import { Client } from "processmind";
const [filePath, datatableId] = process.argv.slice(1);
const url = await new Client().getPresignedUploadUrl({ filePath, datatableId, fileName: "big.csv" });
const body = readFileSync(filePath);
const answer = await fetch(url, { method: "PUT", headers: { "Content-Type": "text/csv" }, body });
if (!answer.ok) throw new Error(answer.statusText);
"""
WAYS = {
    "Python, processmind": [sys.executable, "-c", PYTHON],
    "Python, whole file read, urllib": [sys.executable, "-c", PYTHON_READ_ALL],
    "Node, processmind": ["node", "--input-type=module", "-e", NODE],
    "Node, whole file read, fetch": ["node", "--input-type=module", "-e", NODE_READ_ALL],
}


def main() -> None:
    gib = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    with tempfile.TemporaryDirectory(prefix="processmind-bench-") as folder:
        path = Path(folder) / "big.csv"
        write(path, int(gib * GIB))
        emulator = subprocess.Popen(
            [ROOT / "target/release/processmind-emulator", "--port", "0", "--data-dir", f"{folder}/store"],
            stdout=subprocess.PIPE,
        )
        try:
            datatable = prepare(emulator)
            print(f"{path.stat().st_size:,} bytes\n")
            print(f"{'':34}{'peak MiB':>10}{'seconds':>10}")
            for name, command in WAYS.items():
                print(f"{name:34}{measure([*command, str(path), datatable, str(path.stat().st_size)])}", flush=True)
        finally:
            emulator.terminate()
            emulator.wait()


def write(path: Path, size: int) -> None:
    block = LINE * (1024 * 1024 // len(LINE))
    with path.open("wb") as file:
        file.write(b"CaseId,Activity,StartTime,Resource,Amount,Region\n")
        while file.tell() + len(block) <= size:
            file.write(block)
        file.write(LINE * ((size - file.tell()) // len(LINE)))
        file.write(b"x" * (size - file.tell() - 1) + b"\n")


def prepare(emulator: "subprocess.Popen[bytes]") -> str:
    """Points the clients at the emulator and makes a datatable; gives its id."""
    from processmind import Client

    assert emulator.stdout is not None
    started = json.loads(emulator.stdout.readline())
    os.environ.update(
        PROCESSMIND_API_KEY=started["api_key"],
        PROCESSMIND_TENANT_ID=started["tenant_id"],
        PROCESSMIND_BASE_URL=started["url"],
    )
    client = Client()
    return client.create_datatable(client.create_dataset("Bench").id, "Bench").id


def measure(command: list[str]) -> str:
    before = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert child.stderr is not None
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - before
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        said = [line for line in errors.splitlines() if "Error" in line]
        return f"    fails: {said[0].strip() if said else child.returncode}"
    return f"{peak(usage):>10.0f}{seconds:>10.1f}"


def peak(usage: resource.struct_rusage) -> float:
    """The largest resident set in MiB (Linux counts in KiB, macOS in bytes)."""
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
