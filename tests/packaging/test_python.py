"""The wheels and the sources, installed into a clean Python."""

from __future__ import annotations

import platform
import re
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

from conftest import DIST, ROOT, Run, built

MACHINE = {"arm64": "a*64", "aarch64": "a*64"}.get(platform.machine().lower(), "*64")
TAG = {"Linux": f"manylinux*_{platform.machine()}", "Darwin": f"macosx_*_{MACHINE}", "Windows": f"win_{MACHINE}"}
WHEEL = f"-*-abi3-{TAG[platform.system()]}*.whl"
EMULATOR = f"-*-py3-none-{TAG[platform.system()]}*.whl"

QUICKSTART = """
from processmind import Client
from processmind.testing import Emulator

with Emulator() as emulator, emulator.client() as client:
    process = client.create_process("Order to Cash")
    client.upload_bpmn_file(process.id, MODEL)
    dataset = client.create_dataset("Sales")
    datatable = client.create_datatable(dataset.id, "Orders 2025")
    open("orders.csv", "w").write("CaseId,Activity,StartTime\\n1,Order,2025-01-01T08:00:00Z\\n")
    upload = client.upload_file("orders.csv", datatable.id)
    client.create_process_mapping(process.id, datatable.id)
    print(upload.verified, client.get_datatable(datatable.id).row_count)
"""


def quickstart() -> str:
    return f"MODEL = {str(ROOT / 'examples/data/order-to-cash.bpmn')!r}\n{QUICKSTART}"


def test_the_wheels_alone_run_the_quickstart(python: Path, run: Run) -> None:
    wheel = built(f"processmind{WHEEL}")
    run(python, "-m", "pip", "install", "--no-index", "--find-links", DIST, f"{wheel}[emulator]")
    assert run(python, "-c", quickstart()).split() == ["crc64nvme", "1"]


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


def test_the_source_builds(python: Path, run: Run) -> None:
    source = next(path for path in DIST.glob("processmind-*.tar.gz") if re.fullmatch(r"[\d.]+\w*", path.name[12:-7]))
    # Unoptimised, and by what is compiled already: what is asked here is whether all of it is there.
    options = ["--config-settings", "build-args=--profile dev", "--no-deps"]
    run(python, "-m", "pip", "install", *options, source, CARGO_TARGET_DIR=str(ROOT / "target"))
    assert run(python, "-c", "import processmind; print(processmind.__version__)").strip() == source.name[12:-7]


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
