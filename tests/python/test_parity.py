"""The clients, their native halves, the stub and the documentation say the same."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import processmind
import pytest
from processmind import AsyncClient, Client, _processmind
from support import ROOT

PACKAGE = Path(processmind.__file__).parent
HELPERS = {
    "get_tenant", "get_processes", "create_process", "upload_bpmn", "upload_bpmn_file", "get_process_mappings",
    "create_process_mapping", "get_datasets", "create_dataset", "get_dataset", "get_datatables", "create_datatable",
    "get_datatable", "get_presigned_upload_url", "upload_file",
}  # fmt: skip


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isroutine) if not name.startswith("_")}


def test_both_clients_have_every_helper() -> None:
    assert public(Client) == public(AsyncClient) == HELPERS | {"close", "upload_file_to_processmind"}
    assert public(_processmind.Client) == public(_processmind.AsyncClient) == HELPERS | {"close"}


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_the_clients_differ_in_waiting_alone(name: str) -> None:
    waiting, awaited = getattr(Client, name), getattr(AsyncClient, name)
    assert inspect.signature(waiting) == inspect.signature(awaited)
    assert inspect.getdoc(waiting) == inspect.getdoc(awaited)
    assert inspect.iscoroutinefunction(awaited)
    assert not inspect.iscoroutinefunction(waiting)


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_every_helper_is_documented(name: str) -> None:
    method = getattr(Client, name)
    parameters = list(inspect.signature(method).parameters)
    assert parameters[-1] == "tenant_id"
    documented = arguments(inspect.getdoc(method) or "")
    if len(parameters) > 2:
        assert list(documented) == parameters[1:]
    assert name == "upload_file" or "/tenant/{tenantId}" in (method.__doc__ or "")


def arguments(doc: str) -> dict[str, str]:
    """The arguments of a docstring, their texts on one line."""
    found: dict[str, str] = {}
    _, _, section = doc.partition("Args:\n")
    for line in section.split("\n\n")[0].splitlines():
        name, colon, text = line.strip().partition(": ")
        if line.startswith("    ") and not line.startswith("     ") and colon:
            found[name] = text
        elif found:
            found[list(found)[-1]] += " " + line.strip()
    return found


@pytest.mark.parametrize(
    ("documented", "options"),
    [
        (Client, _processmind.ClientOptions),
        (AsyncClient, _processmind.ClientOptions),
        (Client.upload_file, _processmind.UploadOptions),
        (Client.get_presigned_upload_url, _processmind.PresignedUrlOptions),
    ],
)
def test_options_are_documented_as_the_core_has_them(documented: object, options: type) -> None:
    texts = arguments(inspect.getdoc(documented) or "")
    properties = {name: value for name, value in vars(options).items() if inspect.isgetsetdescriptor(value)}
    assert properties
    for name, value in properties.items():
        assert texts[name] == (value.__doc__ or "").strip()


def test_the_stub_is_what_the_module_is() -> None:
    subprocess.run([sys.executable, "-m", "mypy.stubtest", "processmind._processmind"], check=True, cwd=ROOT)


def test_the_awaited_client_is_generated() -> None:
    sys.path.insert(0, str(ROOT / "bindings-python"))
    try:
        from generate_async import to_async
    finally:
        sys.path.pop(0)
    assert to_async((PACKAGE / "client.py").read_text()) == (PACKAGE / "async_client.py").read_text()


def test_importing_is_light() -> None:
    code = (
        "import sys; before = set(sys.modules); import processmind; new = set(sys.modules) - before;"
        "print(*sorted(name for name in new if not name.startswith('processmind')))"
    )
    new = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert new.stdout.split() == ["__future__"]


SAMPLE = """
import asyncio
from datetime import datetime
from pathlib import Path
from typing import assert_type

from processmind import AsyncClient, Client, Column, NotFoundError, Process, Progress, ProcessMindError, UploadResult

def listener(progress: Progress) -> None:
    assert_type(progress.sent, int)

with Client("key", tenant_id="tenant", timeout=5) as client:
    processes = client.get_processes()
    assert_type(processes, list[Process])
    assert_type(processes[0].created_at, datetime | None)
    assert_type(client.get_datatable("t").columns, list[Column] | None)
    with open("a.csv", "rb") as file:
        assert_type(client.upload_file(file, "t", on_progress=listener), UploadResult)
    client.upload_file(Path("a.csv"), "t", verify=False)
    client.create_process_mapping("p", "t", color={"id": "data-3"})

async def run() -> None:
    async with AsyncClient() as client:
        assert_type(await client.get_processes(), list[Process])
        assert_type(await client.upload_file(b"a;b", "t", file_name="a.csv"), UploadResult)

try:
    asyncio.run(run())
except NotFoundError as error:
    assert_type(error.status, int | None)
    base: ProcessMindError = error
    lookup: LookupError = error
"""
WRONG = [
    'Client(key="k")',
    "Client().get_dataset(7)",
    'Client().upload_file(open("a.csv"), "t")',
    'Client().upload_file("a.csv", "t", "d")',
    'Client().get_tenant().id = "x"',
    "AsyncClient().get_tenant().id",
]


def test_a_users_types_are_checked(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.py", tmp_path / "wrong.py"
    right.write_text(SAMPLE)
    wrong.write_text("from processmind import AsyncClient, Client\n" + "\n".join(WRONG) + "\n")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        str(tmp_path),
        "right.py",
        "wrong.py",
    ]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    lines = [line for line in result.stdout.splitlines() if "error:" in line]
    assert [line.split(":")[0:2] for line in lines] == [["wrong.py", str(n)] for n in range(2, 2 + len(WRONG))], (
        result.stdout
    )
