"""The clients, their native halves, the stub and the documentation say the same."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import processmind
import pytest
from processmind import AsyncClient, Client, _processmind
from support import ROOT, snake_case

PACKAGE = Path(processmind.__file__).parent


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isroutine) if not name.startswith("_")} - {"close"}


HELPERS = public(Client)
# The vendor has two names for one helper.
ALIAS = "upload_file_to_processmind"
# What is no helper of the vendor's: a request of the caller's own, and what is made of others.
NO_HELPERS = {"request", "upload_dataframe", "upload_files", "publish"}


def core_calls() -> dict[str, list[str]]:
    """The calls of the core: their endpoint and their page of the API's reference, as they are documented there."""
    found: dict[str, list[str]] = {}
    for page in sorted((ROOT / "core/src").rglob("*.rs")):
        methods = re.findall(r"((?:^ {4}/// ?.*\n)+) {4}pub fn (\w+)", page.read_text("utf-8"), re.MULTILINE)
        found |= {name: reference(docs) for docs, name in methods if "Reference: <" in docs}
    return found


def reference(docs: str) -> list[str]:
    return re.findall(r"(?:GET|POST|PUT|DELETE) /tenant/\{tenantId\}[\w/{}]*|https://processmind\.com/[\w/-]+", docs)


def test_every_client_has_every_helper() -> None:
    assert set(core_calls()) - NO_HELPERS == HELPERS - {ALIAS} - NO_HELPERS
    assert public(AsyncClient) == HELPERS
    assert HELPERS - {ALIAS} == public(_processmind.Client) == public(_processmind.AsyncClient)


def test_the_readme_lists_every_helper() -> None:
    _, _, section = (ROOT / "README.md").read_text("utf-8").partition("## The calls\n")
    rows = re.findall(r"^\|([^|]*)\|", section.partition("\n## ")[0], re.MULTILINE)
    listed = [snake_case(name) for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(listed) == sorted(HELPERS - NO_HELPERS)


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_the_clients_differ_in_waiting_alone(name: str) -> None:
    waiting, awaited = getattr(Client, name), getattr(AsyncClient, name)
    # What has to be awaited is a file for the awaited client alone.
    assert str(inspect.signature(waiting)) == re.sub(r"Async(File|UploadItem)", r"\1", str(inspect.signature(awaited)))
    assert inspect.getdoc(waiting) == (inspect.getdoc(awaited) or "").replace("await ", "")
    assert inspect.iscoroutinefunction(awaited)
    assert not inspect.iscoroutinefunction(waiting)


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_every_helper_is_documented(name: str) -> None:
    method = getattr(Client, name)
    parameters = list(inspect.signature(method).parameters)
    documented = arguments(inspect.getdoc(method) or "")
    if len(parameters) > 2:
        assert list(documented) == parameters[1:]
    if name != "request":
        assert parameters[-1] == "tenant_id"
    if name not in ("request", "publish"):
        same = {ALIAS: "upload_file", "upload_dataframe": "upload_file"}
        assert reference(method.__doc__ or "") == core_calls()[same.get(name, name)]


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
        (Client.publish, _processmind.PublishOptions),
        (Client.get_presigned_upload_url, _processmind.PresignedUrlOptions),
        (processmind.check_event_log, _processmind.CheckOptions),
    ],
)
def test_options_are_documented_as_the_core_has_them(documented: object, options: type) -> None:
    texts = arguments(inspect.getdoc(documented) or "")
    properties = {name: value for name, value in vars(options).items() if inspect.isgetsetdescriptor(value)}
    assert properties
    for name, value in properties.items():
        assert texts[name] == " ".join((value.__doc__ or "").split())


def test_the_guide_has_every_option_of_a_client() -> None:
    page = (ROOT / "docs/guide/client.md").read_text("utf-8")
    options = {name for name, value in vars(_processmind.ClientOptions).items() if inspect.isgetsetdescriptor(value)}
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == options


def core_params() -> Iterator[tuple[str, str, str]]:
    """What calls take, as the core documents it: the call, the argument, its text."""
    for page in sorted((ROOT / "core/src/api").glob("*.rs")):
        for params in re.findall(r"^params! \{\n(.*?)^\}$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            call = snake_case(re.findall(r"^ {4}(\w+) \{$", params, re.MULTILINE)[0]).removeprefix("_")
            for lines, name in re.findall(r"((?:^ {8}/// .*\n)+)^ {8}(\w+): ", params, re.MULTILINE):
                text = " ".join(line.strip().removeprefix("/// ") for line in lines.splitlines())
                yield call, name.replace("data_table", "datatable"), text


@pytest.mark.parametrize(("call", "name", "text"), list(core_params()))
def test_arguments_are_documented_as_the_core_has_them(call: str, name: str, text: str) -> None:
    documented = arguments(inspect.getdoc(getattr(Client, call)) or "")
    assert documented[name].startswith(text.removesuffix("."))


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
