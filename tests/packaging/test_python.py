"""The wheels and the sources, installed into a clean Python."""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from conftest import DIST, ROOT, Run

# As a user asks for it; pip takes the wheel that fits.
INSTALL = ("-m", "pip", "install", "--find-links", DIST, "--only-binary", ":all:")
QUICKSTART = ROOT / "tests/packaging/quickstart"
MODEL = ROOT / "examples/data/order-to-cash.bpmn"


def test_the_wheels_alone_run_the_quickstart(python: Path, run: Run, tmp_path: Path) -> None:
    run(python, *INSTALL, "--no-index", "processmind[emulator]")
    shutil.copytree(QUICKSTART, tmp_path, dirs_exist_ok=True)
    shutil.copy(MODEL, tmp_path)
    assert run(python, "quickstart.py").split() == ["crc64nvme", "1"]


def test_the_fixture_is_there_without_asking(python: Path, run: Run, tmp_path: Path) -> None:
    run(python, *INSTALL, "--no-index", "processmind[emulator]")
    run(python, "-m", "pip", "install", "pytest")
    (tmp_path / "test_it.py").write_text(
        "def test_it(processmind_client): assert processmind_client.get_datasets() == []\n"
    )
    assert "1 passed" in run(python, "-m", "pytest", "-q", "test_it.py")


THREADS = """
import asyncio, sys, sysconfig
from concurrent.futures import ThreadPoolExecutor
from processmind import AsyncClient
from processmind.testing import Emulator

ROWS = b"CaseId,Activity,StartTime\\n" + b"1,Order,2025-01-01T08:00:00Z\\n" * 20_000

def pieces():
    yield from (ROWS[begin : begin + 65_536] for begin in range(0, len(ROWS), 65_536))

with Emulator() as emulator, emulator.client() as client:
    dataset = client.create_dataset("Sales")
    awaited = AsyncClient(emulator.api_key, emulator.tenant_id, base_url=emulator.url)

    async def many(datatable_id, listener):
        for _ in range(50):
            await awaited.upload_file(b"a;b", datatable_id, file_name="orders.csv", on_progress=listener)

    def job(number):
        datatable = client.create_datatable(dataset.id, f"Orders {number}")
        told = []
        asyncio.run(many(datatable.id, told.append))
        for file in (ROWS, pieces()):
            upload = client.upload_file(file, datatable.id, file_name="orders.csv", on_progress=told.append)
            assert (upload.bytes, upload.verified) == (len(ROWS), "crc64nvme")
        assert told[-1].sent == len(ROWS)
        return client.get_datatable(datatable.id).row_count

    with ThreadPoolExecutor(8) as threads:
        print(set(threads.map(job, range(32))))

# The import turns no lock on that the interpreter has not.
assert getattr(sys, "_is_gil_enabled", lambda: True)() == (not sysconfig.get_config_var("Py_GIL_DISABLED"))
"""


def test_eight_threads_share_a_client(python: Path, run: Run, tmp_path: Path) -> None:
    run(python, *INSTALL, "--no-index", "processmind[emulator]")
    (tmp_path / "threads.py").write_text(THREADS)
    assert run(python, "threads.py").strip() == "{20000}"


def test_the_import_takes_no_more_than_30_ms(python: Path, run: Run) -> None:
    run(python, *INSTALL, "--no-index", "processmind")
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
@pytest.mark.parametrize("python", [sys.executable], indirect=True)
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
