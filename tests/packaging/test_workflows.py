"""The workflows that build and publish."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path

from conftest import DIST, ROOT

WORKFLOWS = ROOT / ".github/workflows"


def test_every_action_is_pinned_by_its_commit() -> None:
    for workflow in WORKFLOWS.glob("*.yml"):
        for used in re.findall(r"uses: (.*)", workflow.read_text("utf-8")):
            assert re.fullmatch(r"\./.*|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), f"{workflow.name}: {used}"


def test_nothing_in_them_is_open_to_attack() -> None:
    zizmor = Path(sysconfig.get_path("scripts"), "zizmor")
    result = subprocess.run(
        [zizmor, "--offline", "--min-severity", "medium", WORKFLOWS], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout


if os.name != "nt":  # Nothing is published from Windows.

    def test_npm_is_given_every_package_and_the_main_ones_last() -> None:
        script = [ROOT / "packaging/publish-npm.sh", DIST, "--dry-run"]
        result = subprocess.run(script, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        given = re.findall(r"^(?:\+ )?([\w-]+)@\d\S+(?: is there already)?$", result.stdout, re.MULTILINE)
        assert sorted(given[-2:]) == ["processmind", "processmind-emulator"]
        assert len(given) == len(list(DIST.glob("*.tgz")))
