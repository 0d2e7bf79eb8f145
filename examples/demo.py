"""The whole job in Python, Node and Rust against the emulator, and a table of what arrived.

Run by `make demo`, which builds what it needs; `make demo LOG=orders.csv MODEL=orders.bpmn` takes your own files.
Nothing leaves this machine.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from processmind import Client

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
JOBS: dict[str, list[str | Path]] = {
    "Python": [sys.executable, "examples/python/first_upload.py"],
    "Node": ["node", "examples/node/first-upload.mjs"],
    "Rust": [TARGET / "first-upload"],
}


def main() -> None:
    log, model = files(sys.argv[1:])
    emulator = subprocess.Popen([TARGET / "processmind-emulator", "--port", "0"], stdout=subprocess.PIPE)
    try:
        assert emulator.stdout is not None
        started = json.loads(emulator.stdout.readline())
        environment = {
            "PROCESSMIND_API_KEY": started["api_key"],
            "PROCESSMIND_TENANT_ID": started["tenant_id"],
            "PROCESSMIND_BASE_URL": started["url"],
        }
        os.environ.update(environment)
        seconds = {language: run(language, [*command, log, model]) for language, command in JOBS.items()}
        show(log, uploads(started), seconds)
    finally:
        emulator.terminate()
        emulator.wait()


def files(given: list[str]) -> tuple[Path, Path]:
    """The log and the model: the caller's own, or made up ones."""
    if given:
        log, model = given
        return Path(log).resolve(), Path(model).resolve()
    folder = ROOT / "demo-data"
    subprocess.run([sys.executable, "-B", ROOT / "examples/data/order_to_cash.py", folder], check=True)
    return folder / "order-to-cash.csv", folder / "order-to-cash.bpmn"


def run(language: str, command: list[str | Path]) -> float:
    """Runs a job as a user would, and gives its wall time in seconds."""
    print(f"\n== {language}", flush=True)
    before = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True)
    return time.perf_counter() - before


def uploads(started: dict[str, str]) -> list[dict[str, object]]:
    """What storage holds, read behind the API's back."""
    request = urllib.request.Request(f"{started['url']}/emulator/uploads", headers={"x-api-key": started["api_key"]})
    with urllib.request.urlopen(request) as answer:
        return list(json.load(answer))


def show(log: Path, stored: list[dict[str, object]], seconds: dict[str, float]) -> None:
    source = hashlib.sha256(log.read_bytes()).hexdigest()
    print("\nWhat arrived:\n")
    print(f"{'':8}{'rows':>9}{'bytes':>13}{'seconds':>9}  {'CRC64-NVME':13} stored bytes")
    client = Client()
    columns = []
    for language, upload in zip(seconds, stored, strict=True):
        table = client.get_datatable(str(upload["datatableId"]))
        columns.append([(column.name, column.type) for column in table.columns or []])
        same = "same sha256 as the file" if upload["sha256"] == source else "DIFFERENT from the file"
        print(
            f"{language:8}{table.row_count:>9,}{upload['bytes']:>13,}{seconds[language]:>9.2f}"
            f"  {upload['crc64nvme']:13} {same}"
        )
    print("\nColumns:", ", ".join(f"{name} ({kind})" for name, kind in columns[0]))
    if any(other != columns[0] for other in columns) or any(upload["sha256"] != source for upload in stored):
        sys.exit("The three languages did not store the same.")


if __name__ == "__main__":
    main()
