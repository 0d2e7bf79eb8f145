"""CPU time and memory of `upload_dataframe`, against writing the frame as CSV with Polars and pandas and sending it.

`make bench-dataframe` builds the release package and runs it: `benches/dataframe.py [rows] [rounds]`. Every one is a
process of its own, which is measured from the frame in memory on; they take turns, and the smallest of each is shown.
A rival is compared with the line of ours above it.
Files and our temporary file are on the same disk. pandas writes a fifth of the rows, whose CPU is shown times five.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from check import write

ROWS, ROUNDS = 10_000_000, 3
PANDAS_SHARE = 5

READ = """
import json, os, sys, time
import polars
path, rows, url, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
frame = polars.read_csv(path, try_parse_dates=True, n_rows=rows)
assert frame.height == rows
"""
SEND = """
import requests
asked = requests.get(f"{url}/tenant/t/datatable/d/uploads/presignedurl", params={"filesize": os.path.getsize(written)})
with open(written, "rb") as file:
    requests.put(asked.json()["PreSignedUploadUrl"], data=file).raise_for_status()
os.unlink(written)
"""
OURS = """
client.upload_dataframe(frame, "d", dataset_id="d")
"""
# The file is written before a URL for it is asked for.
OURS_WRITTEN = """
try:
    client.upload_dataframe(frame, "refused", dataset_id="d")
except PermissionDeniedError:
    pass
"""
CLIENT = """
from processmind import Client, PermissionDeniedError
client = Client("bench-api-key", "t", base_url=url)
client.get_tenant()
"""
WRITTEN = 'written = os.path.join(folder, "written.csv")\n'
PANDAS = "frame = frame.to_pandas()\n"
# What is done before the clock starts, and what is measured.
JOBS = {
    "Polars: processmind": (CLIENT, OURS),
    "Polars: write_csv + requests": (WRITTEN + "import requests\n", "frame.write_csv(written)\n" + SEND),
    "Polars: processmind, only written": (CLIENT, OURS_WRITTEN),
    "Polars: write_csv": (WRITTEN, "frame.write_csv(written)\n"),
    "PyArrow: processmind": (CLIENT + "frame = frame.to_arrow()\n", OURS),
    "pandas: processmind": (CLIENT + PANDAS, OURS),
    "pandas: to_csv + requests": (
        WRITTEN + "import requests\n" + PANDAS,
        "frame.to_csv(written, index=False)\n" + SEND,
    ),
    "pandas: processmind, only written": (CLIENT + PANDAS, OURS_WRITTEN),
    "pandas: to_csv": (WRITTEN + PANDAS, "frame.to_csv(written, index=False)\n"),
}
# The peak is what the kernel saw since it was asked to forget.
MEASURED = """
import gc
gc.collect()
def memory(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024
with open("/proc/self/clear_refs", "w") as refs:
    refs.write("5")
before, cpu, wall = memory("VmRSS"), time.process_time(), time.perf_counter()
{job}
took = time.process_time() - cpu, time.perf_counter() - wall, memory("VmHWM") - before
print(json.dumps(took))
"""


class Sink(BaseHTTPRequestHandler):
    """An API and a storage that take all that comes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if "refused" in self.path:
            self.answer({}, 403)
            return
        host = f"http://127.0.0.1:{self.server.server_port}"
        self.answer({"PreSignedUploadUrl": f"{host}/bucket/key?X-Amz-Signature=s&X-Amz-Expires=3600", "id": "t"})

    def do_PUT(self) -> None:
        left = int(self.headers["content-length"])
        while left > 0:
            left -= len(self.rfile.read(min(left, 1024 * 1024)))
        self.answer({})

    def answer(self, body: object, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.send_header("etag", '"stored"')
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    sink = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="processmind-bench-") as folder:
        path = Path(folder) / "orders.csv"
        write(path, rows)
        print(f"{path.stat().st_size:,} bytes, {rows:,} rows\n")
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in JOBS}
        for _ in range(rounds):
            for name in JOBS:
                found[name].append(measure(name, path, rows, f"http://127.0.0.1:{sink.server_port}", folder))
        show(found)


def measure(name: str, path: Path, rows: int, url: str, folder: str) -> tuple[float, float, float]:
    """Seconds of CPU, seconds, and MiB beyond the frame."""
    before, job = JOBS[name]
    times = PANDAS_SHARE if "to_csv" in name else 1
    code = READ + before + MEASURED.replace("{job}", job)
    command = [sys.executable, "-c", code, str(path), str(rows // times), url, folder]
    environment = os.environ | {"TMPDIR": folder}
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout
    cpu, wall, memory = json.loads(output)
    return cpu * times, wall * times, memory


def show(found: dict[str, list[tuple[float, float, float]]]) -> None:
    print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'MiB beyond':>12}{'CPU of ours':>13}")
    ours = 0.0
    for name, runs in found.items():
        cpu, wall, memory = (min(values) for values in zip(*runs, strict=True))
        share = ""
        if "processmind" in name:
            ours = cpu
        else:
            share = f"{ours / cpu:.1%}"
        print(f"{name:34}{cpu:>8.2f}{wall:>8.2f}{memory:>12.0f}{share:>13}")


if __name__ == "__main__":
    main()
