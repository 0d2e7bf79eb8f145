"""Logs and models through check, publish and read back, in every language and by the command line.

`run.py [LOG[=MODEL] …]`, by default with the project's own data and model. The four have to give the same report of the
log and the same steps, storage the bytes of the file, and the datatable the rows and columns of the report.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from processmind.testing import Emulator

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
LOGS = ROOT / "tests/contract/eventlogs"
MODEL = ROOT / "examples/data/order-to-cash.bpmn"

DRIVERS: dict[str, list[str | Path]] = {
    "Python": [sys.executable, HERE / "driver.py"],
    "Node": ["node", HERE / "driver.mjs"],
    "Rust": [TARGET / "round-trip"],
    "CLI": ["bash", HERE / "driver.sh"],
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="processmind-") as folder, emulator() as server:
        given = [pair(argument) for argument in sys.argv[1:]]
        print(f"{'':26}{'':8}{'rows':>8}{'cases':>8}{'columns':>9}{'problems':>10}  {'verified':10} steps")
        for log, model in given or own(Path(folder)):
            trip(server, log, model)


def emulator() -> Emulator:
    return Emulator(command=os.environ.get("PROCESSMIND_EMULATOR", str(TARGET / "processmind-emulator")))


def pair(argument: str) -> tuple[Path, Path]:
    log, _, model = argument.partition("=")
    return Path(log).resolve(), Path(model).resolve() if model else MODEL


def own(folder: Path) -> list[tuple[Path, Path]]:
    """A log with its model, and one of every other kind."""
    command: list[str | Path] = [
        sys.executable,
        "-B",
        ROOT / "examples/data/order_to_cash.py",
        folder,
        "--cases",
        "300",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    kinds = ["clean.csv", "utf-16.tsv", "windows-1252.txt", "events.xlsx", "events.xlsb", "events.xls", "events.xes"]
    return [(folder / "order-to-cash.csv", MODEL), *((LOGS / name, MODEL) for name in kinds)]


def trip(server: Emulator, log: Path, model: Path) -> None:
    told = {language: drive(language, server, log, model) for language in DRIVERS}
    first = told["Python"]
    source = hashlib.sha256(log.read_bytes()).hexdigest()
    for language, one in told.items():
        (upload,) = server.uploads(one["datatableId"])
        report = one["report"]
        print(
            f"{log.name:26}{language:8}{report['rows']:>8,}{report['cases'] or 0:>8,}{len(report['columns']):>9}"
            f"{len(report['problems']):>10}  {one['verified']:10} {', '.join(one['steps'])}",
            flush=True,
        )
        columns = [(column["name"], column["type"]) for column in one["columns"]]
        for what, this, other in [
            ("the stored bytes", upload["sha256"], source),
            ("the report", report, first["report"]),
            ("the steps", one["steps"], first["steps"]),
            ("the rows", one["rowCount"], report["rows"]),
            ("the columns", columns, [(column["name"], column["type"]) for column in report["columns"]]),
        ]:
            if this != other:
                sys.exit(f"{log.name}, {language}: {what} should be {other}, but is {this}")


def drive(language: str, server: Emulator, log: Path, model: Path) -> dict[str, Any]:
    """What a language tells of its trip."""
    name = f"{log.name} with {model.name} by {language}"
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | server.environment | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    command = [*DRIVERS[language], log, model, name]
    output = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
    documents = [json.loads(line) for line in output.splitlines()]
    told: dict[str, Any] = of_documents(*documents) if language == "CLI" else documents[0]
    return told


def of_documents(report: dict[str, Any], done: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    """What the command line's three documents say, as the other drivers put it."""
    return {
        "report": report,
        "steps": [f"{step['kind']} {step['action']}" for step in done["steps"]],
        "datatableId": done["datatableId"],
        "verified": done["upload"]["verified"],
        "rowCount": table["rowCount"],
        "columns": table["columns"],
    }


if __name__ == "__main__":
    main()
