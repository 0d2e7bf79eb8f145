"""The command line: `processmind`, or `python -m processmind`."""

from __future__ import annotations

import signal
import sys

from ._processmind import run_command


def main() -> int:
    # The command ends itself by Ctrl-C, without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["processmind", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
