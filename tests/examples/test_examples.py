"""The scripts and the recipes of `examples/`, as their readers run them, against the emulator."""

from __future__ import annotations

import hashlib
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from processmind.testing import Emulator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
MODEL = EXAMPLES / "data/order-to-cash.bpmn"
os.environ.setdefault("PROCESSMIND_EMULATOR", str(TARGET / "debug/processmind-emulator"))

GOOD = "CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,2025-01-03T09:30:00Z\n"
BAD = "CaseId,Activity,StartTime\n1,Receive order,soon\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a log and its model, in which the command `processmind` is the one of this environment."""
    (tmp_path / "orders.csv").write_text(GOOD, "utf-8")
    shutil.copy(MODEL, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def run(*command: str | Path) -> str:
    """What a command says on stdout; it has to succeed."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, EXAMPLES / "python/first_upload.py"],
        ["node", EXAMPLES / "node/first-upload.mjs"],
        [TARGET / "debug/first-upload"],
    ],
    ids=["python", "node", "rust"],
)
def test_a_first_upload(processmind_emulator: Emulator, folder: Path, command: list[str | Path]) -> None:
    said = run(*command, folder / "orders.csv", folder / MODEL.name)
    assert "proved by crc64nvme" in said
    assert "ProcessMind reads 2 rows" in said
    (upload,) = processmind_emulator.uploads()
    assert upload["sha256"] == hashlib.sha256(GOOD.encode()).hexdigest()


def test_a_night_of_the_shell(processmind_emulator: Emulator, folder: Path) -> None:
    script = EXAMPLES / "shell/nightly.sh"
    for _ in range(2):
        said = run("bash", script, folder / "orders.csv", folder / MODEL.name)
        assert said.startswith("orders.csv: 2 rows, 1 case")
        assert said.count("Orders 2025") == 4  # The table, its data and its mapping; then the list.
    (folder / "orders.csv").write_text(BAD, "utf-8")
    refused = subprocess.run(["bash", script, folder / "orders.csv", MODEL], stdout=subprocess.DEVNULL)
    assert refused.returncode == 5
    assert len(processmind_emulator.uploads()) == 2


def test_a_folder_of_logs(processmind_emulator: Emulator, folder: Path) -> None:
    processmind_emulator.client().publish(dataset="Sales", datatable="Orders")
    (folder / "bad.csv").write_text(BAD, "utf-8")
    said = run("node", EXAMPLES / "node/upload-folder.cjs", folder, "Orders")
    assert "bad.csv: 1 rows, " in said
    assert "\n  error in line 2: The timestamp" in said
    assert "'crc64nvme'" in said
    assert [upload["fileName"] for upload in processmind_emulator.uploads()] == ["orders.csv"]


def test_the_rows_of_a_query(processmind_emulator: Emulator, tmp_path: Path) -> None:
    for package, path in [("processmind", ROOT), ("@types", ROOT / "node_modules/@types")]:
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        (tmp_path / "node_modules" / package).symlink_to(path)
    script = shutil.copy(EXAMPLES / "node/upload-query.mts", tmp_path)
    compiler = ROOT / "node_modules/typescript/bin/tsc"
    run("node", compiler, "--strict", "--module", "nodenext", "--target", "es2023", "--types", "node", script)
    processmind_emulator.client().publish(dataset="Sales", datatable="Orders")
    assert "proved by crc64nvme" in run("node", tmp_path / "upload-query.mjs", "Orders")
    (upload,) = processmind_emulator.uploads()
    assert upload["rowCount"] == 2000
    assert [column["name"] for column in upload["columns"]] == ["CaseId", "Activity", "StartTime", "Amount"]


def test_the_steps_of_github_actions(processmind_emulator: Emulator, folder: Path) -> None:
    workflow = yaml.safe_load((EXAMPLES / "github-actions/publish-log.yml").read_text("utf-8"))
    steps = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    summary = folder / "summary.md"
    for step in steps:
        if not step.startswith("pip install"):
            run("env", f"GITHUB_STEP_SUMMARY={summary}", "bash", "-eo", "pipefail", "-c", step)
    assert "Orders 2025" in summary.read_text("utf-8")
    assert [upload["rowCount"] for upload in processmind_emulator.uploads()] == [2]


class Failed(Exception):
    """What ends a task for good."""


def airflow() -> dict[str, ModuleType]:
    """Airflow's decorators without its scheduler: a task is called where it stands."""

    def decorator(*functions: Callable[..., Any], **_: Any) -> Any:
        return functions[0] if functions else lambda function: function

    sdk, exceptions = ModuleType("airflow.sdk"), ModuleType("airflow.exceptions")
    vars(sdk).update(dag=decorator, task=decorator)
    vars(exceptions).update(AirflowFailException=Failed)
    return {"airflow": ModuleType("airflow"), "airflow.sdk": sdk, "airflow.exceptions": exceptions}


def test_the_tasks_of_airflow(
    processmind_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, module in airflow().items():
        monkeypatch.setitem(sys.modules, name, module)
    runpy.run_path(str(EXAMPLES / "airflow/orders_to_processmind.py"))
    assert "data Orders: uploaded" in capsys.readouterr().out
    (upload,) = processmind_emulator.uploads()
    assert upload["rowCount"] == 1
