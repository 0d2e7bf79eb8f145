"""Runs the notebooks, each in a kernel of its own, and keeps them with what came out: `run.py FOLDER [NAME…]`.

`make test-notebooks` does, and `make docs` shows what came out. A cell that fails ends it, as one that takes too long.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
SECONDS = 120


def main() -> None:
    target = Path(sys.argv[1])
    paths = [HERE / f"{name}.ipynb" for name in sys.argv[2:]] or sorted(HERE.glob("*.ipynb"))
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="processmind-") as folder:
        shutil.copytree(HERE.parent / "data", Path(folder) / "data")
        provide_graphviz(Path(folder))
        for path in paths:
            before = time.perf_counter()
            notebook = nbformat.read(path, as_version=4)
            if any(cell.get("outputs") for cell in notebook.cells):
                sys.exit(f"{path.name} is kept with outputs: clear them.")
            run(notebook, Path(folder) / path.stem)
            nbformat.write(notebook, target / path.name)
            print(f"{path.name}: {time.perf_counter() - before:.1f} s", flush=True)


def run(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Runs it in a folder of its own, so that the repository stays as it is."""
    folder.mkdir()
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources)
    client.extra_arguments = ["--log-level=ERROR"]  # Of a kernel that only this process talks to.
    client.execute()


def provide_graphviz(folder: Path) -> None:
    """Puts a `dot` on the path, so that none has to be installed and pictures are the same everywhere."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "dot").symlink_to(Path(sysconfig.get_path("scripts")) / "graphviz-pure")
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"


if __name__ == "__main__":
    main()
