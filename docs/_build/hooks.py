"""What the site takes from the project itself, so that it stands nowhere twice.

`<!-- README: Title -->` in a page becomes that section of the README, and every error code gets its page: what it
is, from the classes that are written from the table of kinds in core; what to do, from `advice.toml`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXCEPTIONS = ROOT / "bindings-python/python/processmind/exceptions.py"
ADVICE = ROOT / "docs/_build/advice.toml"


class Kind(NamedTuple):
    """A row of core's table."""

    code: str
    name: str
    bases: list[str]
    doc: str


def kinds() -> list[Kind]:
    classes = [node for node in ast.parse(EXCEPTIONS.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
    return [
        Kind(code, node.name, [ast.unparse(base) for base in node.bases], ast.get_docstring(node) or "")
        for node in classes
        if node.name != "ProcessMindError"
        for code in [code_of(node)]
        if code is not None
    ]


def code_of(node: ast.ClassDef) -> str | None:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                return code
    return None


def on_files(files: Files, config: MkDocsConfig) -> Files:
    advice = tomllib.loads(ADVICE.read_text("utf-8"))
    table = kinds()
    if f'"{config.site_url}errors/' not in EXCEPTIONS.read_text("utf-8"):
        raise PluginError(f"The errors point to other pages than those of {config.site_url}")
    if advice.keys() != {kind.code for kind in table}:
        differing = sorted(advice.keys() ^ {kind.code for kind in table})
        raise PluginError(f"{ADVICE.name} and the table of kinds differ: {', '.join(differing)}")
    errors = next(entry["Errors"] for entry in config.nav or [] if "Errors" in entry)
    for kind in table:
        path = f"errors/{kind.code}.md"
        files.append(File.generated(config, path, content=error_page(kind, advice[kind.code])))
        if path not in errors:
            errors.append(path)
    return files


def error_page(kind: Kind, advice: dict[str, str]) -> str:
    parents = ", ".join(f"`{base}`" for base in kind.bases)
    return f"""---
title: {kind.code}
---
# {kind.code}

{kind.doc}

| language | class |
|---|---|
| Python | `processmind.{kind.name}`, which is a {parents} |
| Node.js | `{kind.name}` of `processmind`, which is a `{kind.bases[0]}` |
| Rust | `ErrorKind` with `.code() == "{kind.code}"` |

## What to do

{advice["do"]}

## Where it comes from

{advice["from"]}
"""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return re.sub(r"<!-- README: (.+) -->", lambda found: section(found[1]), markdown).replace(
        "<!-- ERRORS -->", error_table()
    )


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return html.replace("Example::", "Example:")  # As docstrings begin a block of code.


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    if found is None:
        raise PluginError(f"The README has no section '{title}'")
    return found[1].strip()


def error_table() -> str:
    rows = [f"| [{kind.code}]({kind.code}.md) | `{kind.name}` | {kind.doc} |" for kind in kinds()]
    return "\n".join(["| code | class | what it means |", "|---|---|---|", *rows])
