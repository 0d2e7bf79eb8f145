"""How far an upload is, shown to people on stderr: the bar of `tqdm` where it is installed, else a line.

What is no screen, such as a log, gets one line at the end.
"""

from __future__ import annotations

import os
import sys

from .exceptions import InvalidArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from ._processmind import Progress
    from ._types import Display, Listener


class Reporting:
    """The listener of an upload, or of many: the caller's own, a display if one is wanted, or both."""

    def __init__(self, wanted: bool, on_progress: Listener | None) -> None:
        if on_progress is not None:
            _check(on_progress)
        self._is_shown = wanted and os.environ.get("PROCESSMIND_PROGRESS") != "0" and sys.stderr is not None
        # By the file's name, and not before there is something to show: a file that is not there gets no bar.
        self._displays: dict[str, Display] = {}
        self._on_progress = on_progress

    def __enter__(self) -> Listener | None:
        return self._tell if self._is_shown else self._on_progress

    def __exit__(self, *_: object) -> None:
        for display in self._displays.values():
            display.close()

    def _tell(self, progress: Progress) -> None:
        name = progress.file_name
        if name not in self._displays:
            self._displays[name] = _display(name)
        self._displays[name].show(progress)
        if progress.phase == "done":
            self._displays.pop(name).close()
        if self._on_progress is not None:
            self._on_progress(progress)


def _check(listener: Any) -> None:
    import inspect

    if not callable(listener):
        message = f"`on_progress` is of type '{type(listener).__name__}', which can't be called."
    elif inspect.iscoroutinefunction(listener) or inspect.iscoroutinefunction(type(listener).__call__):
        message = "`on_progress` is an `async def`, which nobody would await."
    else:
        return
    raise InvalidArgumentError(message, hint="Pass a plain function of one argument; nothing was sent.")


def _display(name: str) -> Display:
    stream = sys.stderr
    if stream.isatty() or _is_notebook(stream):
        try:
            return _Bar(name)
        except ImportError:
            pass
    return _Line(name, stream)


def _is_notebook(stream: TextIO) -> bool:
    return type(stream).__module__.startswith("ipykernel.")


class _Bar:
    def __init__(self, name: str) -> None:
        from tqdm.auto import tqdm

        self._name = name
        self._bar = tqdm(desc=name, total=0, unit="B", unit_scale=True, unit_divisor=1024)

    def show(self, progress: Progress) -> None:
        self._bar.set_description_str(_title(self._name, progress), refresh=False)
        self._bar.total = progress.total
        self._bar.n = _sent(progress)
        self._bar.refresh()

    def close(self) -> None:
        self._bar.close()


class _Line:
    def __init__(self, name: str, stream: TextIO) -> None:
        self._name = name
        self._stream = stream
        self._rewrites = stream.isatty()

    def show(self, progress: Progress) -> None:
        if self._rewrites or progress.phase == "done":
            percent = 100 * _sent(progress) // max(progress.total, 1)
            text = f"{_title(self._name, progress)}: {percent} % of {progress.total:,} bytes"
            self._stream.write(f"\r{text}\x1b[K" if self._rewrites else f"{text}\n")
            self._stream.flush()

    def close(self) -> None:
        if self._rewrites:
            self._stream.write("\n")


def _title(name: str, progress: Progress) -> str:
    title = name if progress.phase in ("sending", "done") else f"{name} ({progress.phase})"
    return title if progress.attempt == 1 else f"{title}, attempt {progress.attempt}"


def _sent(progress: Progress) -> int:
    # Whole only when it is proved.
    return progress.sent if progress.phase == "done" else min(progress.sent, max(progress.total - 1, 0))
