"""The wheels and the sources, installed into a clean Python."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from conftest import DIST, ROOT, Run, built

MACHINE = {"arm64": "a*64", "aarch64": "a*64"}.get(platform.machine().lower(), "*64")
TAG = {"Linux": f"manylinux*_{platform.machine()}", "Darwin": f"macosx_*_{MACHINE}", "Windows": f"win_{MACHINE}"}
WHEEL = f"-*-abi3-{TAG[platform.system()]}*.whl"

QUICKSTART = ROOT / "tests/packaging/quickstart"
MODEL = ROOT / "examples/data/order-to-cash.bpmn"


def test_the_wheels_alone_run_the_quickstart(python: Path, run: Run, tmp_path: Path) -> None:
    wheel = built(f"processmind{WHEEL}")
    run(python, "-m", "pip", "install", "--no-index", "--find-links", DIST, f"{wheel}[emulator]")
    shutil.copytree(QUICKSTART, tmp_path, dirs_exist_ok=True)
    shutil.copy(MODEL, tmp_path)
    assert run(python, "quickstart.py").split() == ["crc64nvme", "1"]


def test_the_fixture_is_there_without_asking(python: Path, run: Run, tmp_path: Path) -> None:
    run(python, "-m", "pip", "install", "--find-links", DIST, f"{built(f'processmind{WHEEL}')}[emulator]", "pytest")
    (tmp_path / "test_it.py").write_text(
        "def test_it(processmind_client): assert processmind_client.get_datasets() == []\n"
    )
    assert "1 passed" in run(python, "-m", "pytest", "-q", "test_it.py")


def test_the_import_takes_no_more_than_30_ms(python: Path, run: Run) -> None:
    run(python, "-m", "pip", "install", "--no-index", built(f"processmind{WHEEL}"))
    code = "from time import perf_counter as now; begun = now(); import processmind; print(1000 * (now() - begun))"
    times = [float(run(python, "-c", code)) for _ in range(7)]
    assert min(times) <= 30, times


@pytest.mark.parametrize(
    ("package", "says_its_version"),
    [
        ("processmind", "import processmind; print(processmind.__version__)"),
        ("processmind_emulator", "import subprocess; subprocess.run([r'{scripts}/processmind-emulator', '-V'])"),
    ],
)
def test_the_source_builds_offline(package: str, says_its_version: str, python: Path, run: Run, tmp_path: Path) -> None:
    (source,) = [path for path in DIST.glob(f"{package}-*.tar.gz") if re.fullmatch(r"[\d.]+\w*", version_of(path))]
    # By the maturin and the crates that are here. Unoptimised, and by what is compiled already: what is asked here is
    # whether all of it is there.
    offline = ["--no-index", "--no-build-isolation", "--no-deps", "--config-settings", "build-args=--profile dev"]
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    cargo = {"CARGO_NET_OFFLINE": "true", "CARGO_TARGET_DIR": str(ROOT / "target"), "PATH": path}
    run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", tmp_path, source, **cargo)
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", *tmp_path.glob("*.whl"))
    said = run(python, "-c", says_its_version.format(scripts=python.parent))
    assert version_of(source) in said


def version_of(source: Path) -> str:
    """What follows the first dash: the version, or the platform of an archive of programs."""
    return source.name.split("-", 1)[1].removesuffix(".tar.gz")


def test_the_metadata_is_what_the_index_renders(run: Run) -> None:
    packages = [path for path in DIST.iterdir() if path.suffix == ".whl"]
    assert "FAILED" not in run(sys.executable, "-m", "twine", "check", "--strict", *packages)
    for package in packages:
        with zipfile.ZipFile(package) as archive:
            names = archive.namelist()
            about = next(name for name in names if name.endswith(".dist-info/METADATA"))
            metadata = Parser().parsestr(archive.read(about).decode())
        assert metadata["License-Expression"] == "MIT"
        assert metadata["Requires-Python"] == ">=3.11"
        assert any("dist-info/licenses/LICENSE" in name for name in names), names
