"""The examples of the documentation run."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import AsyncClient, Client
from support import CSV, ROOT, Emulator

README = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
GUIDE = [
    (f"{page.stem}-{at}", textwrap.dedent(code))
    for page in sorted((ROOT / "docs").rglob("*.md"))
    for at, (_, code) in enumerate(re.findall(r"^( *)```python\n(.*?)^\1```$", page.read_text("utf-8"), re.M | re.S), 1)
]


@pytest.fixture(autouse=True)
def scene(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files and the variables that the examples take for granted."""
    shutil.copy(ROOT / "examples/data/order-to-cash.bpmn", tmp_path)
    for name in ("orders.csv", "2025-01.csv", "2025-02.csv"):
        (tmp_path / name).write_bytes(CSV)
    monkeypatch.chdir(tmp_path)
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    # Names that are given once have to be one's own.
    with Client() as owner:
        number = len(owner.get_organization_tenants())
        monkeypatch.setenv("PROCESSMIND_TENANT_ID", owner.create_organization_tenant(f"docs-{number}").id)


def docstrings() -> Iterator[tuple[str, str]]:
    """The examples in docstrings, and where they stand."""
    yield from examples("processmind", processmind)
    for kind in (Client, AsyncClient):
        yield from examples(kind.__name__, kind)
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            yield from examples(f"{kind.__name__}.{name}", method)


def examples(name: str, documented: object) -> Iterator[tuple[str, str]]:
    doc = f"{inspect.getdoc(documented)}\n"
    for code in re.findall(r"^Example::\n\n((?: {4}.*\n|\n)+)", doc, re.MULTILINE):
        yield name, textwrap.dedent(code)


def run(code: str, names: dict[str, Any]) -> None:
    """Runs an example; one that awaits runs in an event loop."""
    running = eval(compile(code, "<example>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
    if inspect.iscoroutine(running):
        asyncio.run(running)


@pytest.mark.parametrize("code", README)
def test_an_example_of_the_readme_runs(emulator: Emulator, code: str) -> None:
    run(code, {})
    check_all_went_well(emulator)


@pytest.mark.parametrize("code", [code for _, code in GUIDE], ids=[name for name, _ in GUIDE])
def test_an_example_of_the_guide_runs(code: str) -> None:
    run(code, {})


@pytest.mark.parametrize(("name", "code"), list(docstrings()), ids=[name for name, _ in docstrings()])
def test_an_example_in_a_docstring_runs(emulator: Emulator, name: str, code: str) -> None:
    process = Client().create_process("Order to Cash")
    datatable = Client().create_datatable(Client().create_dataset("Orders").id, "Orders 2025")
    client = (AsyncClient if name.startswith("AsyncClient") else Client)()
    names = {"Client": Client, "AsyncClient": AsyncClient, "client": client}
    run(code, {**names, "process": process, "datatable": datatable})
    check_all_went_well(emulator)


def check_all_went_well(emulator: Emulator) -> None:
    answered = [request["status"] for request in emulator.requests()]
    assert answered
    assert all(status < 300 for status in answered)
