"""The notebooks of `examples/notebooks` as pages, with what came out of them: `make test-notebooks` ran them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from nbconvert import MarkdownExporter

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "examples/notebooks"
EXECUTED = ROOT / "target/notebooks"

WIDGET = "application/vnd.jupyter.widget-view+json"
STATES = "application/vnd.jupyter.widget-state+json"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for source in sorted(SOURCES.glob("*.ipynb")):
        executed = EXECUTED / source.name
        if not executed.is_file():
            raise PluginError(f"{source.name} was not executed: run `make docs`, or `make test-notebooks` before")
        for name, content in page(source, executed).items():
            files.append(File.generated(config, f"examples/{name}", content=content))
    return files


def page(source: Path, executed: Path) -> dict[str, str | bytes]:
    """The page of a notebook, its pictures, and the notebook itself."""
    notebook = nbformat.read(executed, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [shown for output in cell.outputs for shown in as_shown(output, notebook.metadata)]
    resources = {"unique_key": source.stem, "output_files_dir": source.stem}
    markdown, resources = MarkdownExporter().from_notebook_node(notebook, resources)
    markdown = re.sub(r"!\[(svg|png)\]", "![What the cell shows]", markdown)
    link = f"\n\n[Download the notebook]({source.name}){{ download }}\n"
    markdown = re.sub(r"\A(\s*# .+)", rf"\1{link}", markdown).replace("](../../docs/", "](../")
    return {f"{source.stem}.md": markdown, source.name: source.read_bytes(), **resources["outputs"]}


def as_shown(output: Any, metadata: Any) -> list[Any]:
    """An output as a page can show it: a progress bar without its script, and no notices of libraries."""
    if output.output_type == "stream":
        return [] if output.name == "stderr" else [output]
    if WIDGET not in output.get("data", {}):
        return [output]
    states = metadata.widgets[STATES]["state"]
    return [nbformat.v4.new_output("display_data", {"text/html": bar(states, output.data[WIDGET]["model_id"])})]


def bar(states: Any, model_id: str) -> str:
    """The bar of tqdm: a text, the bar itself, and another text."""
    before, progress, after = (
        states[child.removeprefix("IPY_MODEL_")]["state"] for child in states[model_id]["state"]["children"]
    )
    return (
        f'<p>{before["value"]} <progress value="{progress["value"]}" max="{progress["max"]}"></progress>'
        f" {after['value']}</p>"
    )
