"""The path in the errors of a file that can't be read."""

from __future__ import annotations

import os

from .exceptions import SourceError


class Reading:
    """Gives the `OSError` of a file that can't be read its `filename`: the path as the caller gave it."""

    def __init__(self, file: object) -> None:
        self._file = file

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: object, _traceback: object) -> None:
        if isinstance(error, SourceError) and isinstance(error, OSError) and isinstance(self._file, (str, os.PathLike)):
            error.filename = os.fspath(self._file)
