"""The command line as pip installs it; `cli/tests` has the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processmind import Datatable
from support import Emulator

COMMAND = [sys.executable, "-m", "processmind"]


@pytest.fixture
def settings(emulator: Emulator) -> dict[str, str]:
    return os.environ | emulator.environment


def test_it_answers_as_the_command_does(emulator: Emulator, settings: dict[str, str]) -> None:
    done = subprocess.run([*COMMAND, "get-tenant", "--json"], env=settings, capture_output=True, check=True)
    assert json.loads(done.stdout)["id"] == emulator.tenant_id
    assert done.stderr == b""
    assert emulator.requests()[0]["headers"]["user-agent"].startswith("processmind-cli/")


def test_its_exit_code_is_the_commands(settings: dict[str, str]) -> None:
    for arguments, code in (["get-process"], 2), (["get-process", "unknown"], 4):
        done = subprocess.run([*COMMAND, *arguments], env=settings, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, "")
        assert "Traceback" not in done.stderr


def test_ctrl_c_ends_it_without_a_traceback(
    emulator: Emulator, settings: dict[str, str], datatable: Datatable, large_log: Path
) -> None:
    emulator.plan("/processmind-uploads", "stall", method="PUT")
    arguments = ["upload", str(large_log), "--datatable-id", datatable.id]
    process = subprocess.Popen([*COMMAND, *arguments], env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not any(request["path"].endswith("/presignedurl") for request in emulator.requests()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    assert (process.returncode, stdout, stderr) == (130, b"", b"")
    assert emulator.uploads(datatable.id) == []
