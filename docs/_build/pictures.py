"""Draws the command line in a terminal into `docs/cli/`: a table, a progress bar, an error, a check. `make pictures`.

The commands run in a terminal of their own against the emulator; what their screen shows becomes an SVG.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from io import StringIO
from pathlib import Path

import pyte
from processmind.testing import Emulator
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/cli"
COLUMNS, ROWS = 104, 40

UPLOAD = 'processmind upload orders.csv --datatable "Orders 2025"'
PUBLISH = (
    "processmind publish orders.csv --bpmn order-to-cash.bpmn --dataset Sales \\\n"
    '    --process "Order to Cash" --folder Finance/Orders --datatable "Orders 2025"'
)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Emulator() as emulator:
        make = [sys.executable, "-B", ROOT / "examples/data/order_to_cash.py", folder, "--cases", "20000"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        Path(folder, "order-to-cash.csv").rename(Path(folder, "orders.csv"))
        terminal = Terminal(folder, emulator)
        draw("check", "processmind check orders.csv", terminal.screens("processmind check orders.csv")[-1])
        draw("table", PUBLISH, terminal.screens(PUBLISH)[-1])
        emulator.plan("/processmind-uploads", "slow", bytes_per_second=4_000_000)
        bars = [screen for screen in terminal.screens(UPLOAD) if "━" in screen]
        draw("progress", UPLOAD, bars[len(bars) // 2])
        wrong = UPLOAD.replace("2025", "2024")
        draw("error", wrong, terminal.screens(f"{wrong}; code=$?; echo; echo '$ echo $?'; echo $code")[-1])


class Terminal:
    """A terminal in a folder, for an emulator."""

    def __init__(self, folder: str, emulator: Emulator) -> None:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = os.environ | emulator.environment | {"PATH": path, "TERM": "xterm-256color"}
        self._folder = folder

    def screens(self, command: str) -> list[str]:
        """All that the screen shows while a command runs."""
        ours, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        running = subprocess.Popen(
            ["bash", "-c", command], cwd=self._folder, env=self._environment, stdin=its, stdout=its, stderr=its
        )
        os.close(its)
        screen, shown = pyte.Screen(COLUMNS, ROWS), [""]
        stream = pyte.ByteStream(screen)
        while piece := self._read(ours):
            stream.feed(piece)
            shown.append("\n".join(line.rstrip() for line in screen.display).rstrip())
        running.wait()
        os.close(ours)
        return shown

    def _read(self, terminal: int) -> bytes:
        try:
            return os.read(terminal, 65536)
        except OSError:  # The other end is closed, which Linux tells so.
            return b""


def draw(name: str, command: str, screen: str) -> None:
    console = Console(record=True, width=COLUMNS, file=StringIO())
    console.print(Text(f"$ {command}", "bold"))
    console.print(Text(screen))
    svg = console.export_svg(title="processmind", unique_id=name)
    # Nothing is fetched from elsewhere, no font either.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
    (PICTURES / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
