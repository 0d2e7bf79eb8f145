"""The package as users get it: built, installed elsewhere, used and type-checked there. Run by its name alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from support import CSV, ROOT, Emulator

TOOLS = sysconfig.get_path("purelib")


def run(*command: str | Path, cwd: Path) -> str:
    """What a command says; where it fails, what it said is the error."""
    settings = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    settings["PATH"] = f"{cwd / '.venv/bin'}{os.pathsep}{settings['PATH']}"
    result = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True)
    if result.returncode != 0:
        pytest.fail(f"{result.stdout}\n{result.stderr}")
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "maturin", "build", "--quiet", "--out", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose Python has the package, and the type checkers."""
    project = tmp_path_factory.mktemp("project")
    run(sys.executable, "-m", "venv", "--without-pip", ".venv", cwd=project)
    python = project / ".venv/bin/python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=project)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=project).strip())
    # Behind the package itself: a .pth file in there, such as that of the source tree, is not read.
    (site / "tools.pth").write_text(f"{TOOLS}\n")
    (project / "use.py").write_text((ROOT / "tests/python/typed.py").read_text())
    settings = {"include": ["use.py"], "typeCheckingMode": "strict", "reportUnnecessaryTypeIgnoreComment": "error"}
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    return project


def python(project: Path, *arguments: str) -> str:
    return run(project / ".venv/bin/python", *arguments, cwd=project)


def test_the_wheel_holds_what_it_needs_and_no_more(wheel: Path) -> None:
    names = sorted(name for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name)
    modules = ["__init__", "__main__", "_pytest_plugin", "_types", "async_client", "client", "event_log"]
    modules += ["exceptions", "feeding", "lists", "progress", "testing"]
    assert [name for name in names if name.endswith(".py")] == [f"processmind/{name}.py" for name in modules]
    rest = [name for name in names if not name.endswith(".py")]
    assert rest == ["processmind/_processmind.abi3.so", "processmind/_processmind.pyi", "processmind/py.typed"]


def test_it_is_the_installed_package_that_is_used(project: Path) -> None:
    file = python(project, "-c", "import processmind; print(processmind.__file__)")
    assert Path(file.strip()).is_relative_to(project)


def test_it_uploads(project: Path, emulator: Emulator) -> None:
    (project / "orders.csv").write_bytes(CSV)
    options = {"api_key": emulator.api_key, "tenant_id": emulator.tenant_id, "base_url": emulator.url}
    code = f"""
from processmind import Client
with Client(**{options}) as client:
    datatable = client.create_datatable(client.create_dataset("D").id, "T")
    client.upload_file("orders.csv", datatable.id)
    print(client.get_datatable(datatable.id).row_count)
"""
    assert python(project, "-c", code).strip() == "3"


def test_it_installs_the_command(project: Path) -> None:
    for command in ([project / ".venv/bin/processmind"], [project / ".venv/bin/python", "-m", "processmind"]):
        assert re.fullmatch(r"processmind \d+\.\d+\.\d+\n", run(*command, "--version", cwd=project))


def test_mypy_finds_what_is_wrong_and_nothing_else(project: Path) -> None:
    python(project, "-m", "mypy", "--strict", "--config-file=", "use.py")


def test_pyright_finds_what_is_wrong_and_nothing_else(project: Path) -> None:
    python(project, "-m", "pyright")


def test_every_public_type_is_complete(project: Path) -> None:
    python(project, "-m", "pyright", "--verifytypes", "processmind")


def test_the_stubs_are_what_the_package_is(project: Path) -> None:
    # Type checkers read `__all__ += exceptions.__all__`; stubtest does not.
    (project / "allowed").write_text("processmind.__all__\n")
    said = python(project, "-m", "mypy.stubtest", "processmind", "--allowlist", "allowed")
    assert re.search(r"no issues found in \d+ modules", said)
