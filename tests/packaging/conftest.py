"""What `packaging/dist.py` built, and empty places to install it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Or what was downloaded from a release.
DIST = Path(os.environ.get("DIST", ROOT / "dist")).resolve()
Run = Callable[..., str]

# The names that the registries have for this machine.
NODE_ARCH = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64", "ARM64": "arm64"}[
    platform.machine()
]
NODE_SYSTEM = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def built(pattern: str) -> Path:
    """The one file in `dist/` of that name."""
    found = sorted(DIST.glob(pattern))
    assert len(found) == 1, f"{pattern}: {[path.name for path in found]}"
    return found[0]


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


@pytest.fixture
def python(tmp_path: Path, run: Run) -> Path:
    """A clean Python."""
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    return tmp_path / "venv" / SCRIPTS / "python"
