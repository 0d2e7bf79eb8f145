"""What was compiled: how large it is, and what it asks of the system."""

from __future__ import annotations

import platform
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import DIST

MIB = 2**20
FLOOR = (2, 17)
# The parts of a libc, glibc's and musl's, and its loaders.
LIBC = re.compile(r"(libc|libm|libdl|libpthread|librt)\.so\.\d|ld-linux.*\.so\.\d|libc\.musl-\w+\.so\.1|libc\.so")


def unpacked(folder: Path) -> list[Path]:
    """The binaries of all packages."""
    for package in DIST.iterdir():
        target = folder / package.name
        if package.suffix == ".whl":
            with zipfile.ZipFile(package) as archive:
                archive.extractall(target)
        elif package.suffix == ".tgz" or "-unknown-" in package.name:
            with tarfile.open(package) as archive:
                archive.extractall(target, filter="data")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if path.read_bytes()[:4] == b"\x7fELF"]


def readelf(option: str, file: Path) -> str:
    return subprocess.run(["readelf", option, file], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("pattern", "limit"), [("*.whl", 6), ("processmind-*-*.tgz", 6), ("processmind-*-*-*.tar.gz", 8)]
)
def test_packages_are_small(pattern: str, limit: int) -> None:
    sizes = {path.name: path.stat().st_size for path in DIST.glob(pattern)}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > limit * MIB} == {}


def test_linux_is_asked_for_an_old_libc_and_nothing_else(tmp_path: Path) -> None:
    binaries = unpacked(tmp_path)
    if platform.system() == "Linux":
        assert binaries
    for binary in binaries:
        asked = re.findall(r"GLIBC_(\d+)\.(\d+)", readelf("--version-info", binary))
        newest = max(((int(major), int(minor)) for major, minor in asked), default=(0, 0))
        assert newest <= FLOOR, f"{binary} asks for glibc {newest}"
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", readelf("--dynamic", binary))
        assert [name for name in needed if not LIBC.fullmatch(name)] == [], binary


def test_the_interpreter_finds_the_module_of_every_linux_wheel() -> None:
    wheels = list(DIST.glob("processmind-*linux*.whl"))
    assert wheels or platform.system() != "Linux"
    for wheel in wheels:
        machine = "aarch64" if "aarch64" in wheel.name else "x86_64"
        libc = "musl" if "musllinux" in wheel.name else "gnu"
        suffix = "abi3" if "-abi3-" in wheel.name else f"cpython-314t-{machine}-linux-{libc}"
        with zipfile.ZipFile(wheel) as archive:
            assert f"processmind/_processmind.{suffix}.so" in archive.namelist(), wheel.name
