"""What arguments may be, for type checkers: nothing imports this at run time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from typing import Protocol, TypeAlias

from ._processmind import Color, Progress


class Reader(Protocol):
    """A file object in binary mode."""

    def read(self, size: int, /) -> bytes: ...


class Display(Protocol):
    """What shows people how far an upload is."""

    def show(self, progress: Progress) -> None: ...

    def close(self) -> None: ...


Path: TypeAlias = str | PathLike[str]
PathOrBytes: TypeAlias = Path | bytes | bytearray | memoryview
File: TypeAlias = PathOrBytes | Reader
ColorLike: TypeAlias = str | Color | Mapping[str, str]
Listener: TypeAlias = Callable[[Progress], object]
Query: TypeAlias = Mapping[str, str]
