"""What `packaging/dist.py` built, and empty places to install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Or what was downloaded from a release.
DIST = Path(os.environ.get("DIST", ROOT / "dist")).resolve()
Run = Callable[..., str]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"

# Every kind of Python that has a wheel of its own, of those that are here.
INTERPRETERS = [sys.executable, *filter(None, [shutil.which("python3.14t")])]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in an empty folder, with nothing of this project in its environment."""

    def command(*words: str | Path, **environment: str) -> str:
        kept = ("HOME", "LANG", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "CARGO_HOME", "RUSTUP_HOME")
        names = [name for name in os.environ if name in kept or name.startswith(("PIP_", "npm_config_", "NPM_CONFIG_"))]
        env = {name: os.environ[name] for name in names} | environment
        words = tuple(str(word) for word in words)
        result = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, shell=os.name == "nt")
        assert result.returncode == 0, f"{words}\n{result.stdout}\n{result.stderr}"
        return result.stdout

    return command


@pytest.fixture(params=INTERPRETERS, ids=lambda interpreter: Path(interpreter).name)
def python(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> Path:
    """A clean Python."""
    run(request.param, "-m", "venv", tmp_path / "venv")
    return tmp_path / "venv" / SCRIPTS / "python"
