"""Checking an event log, for which no client is needed."""

from __future__ import annotations

from . import _processmind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._processmind import EventLogReport
    from ._types import File


class EventLogWarning(UserWarning):
    """What is wrong with an event log that was sent all the same."""


def check_event_log(file: File, *, file_name: str | None = None) -> EventLogReport:
    """Reads an event log and says what it holds and what is wrong with it. Nothing is sent.

    Example::

        report = check_event_log("orders.csv")
        print(report)  # in a notebook, `report` alone shows a table
        for problem in report.problems:
            print(problem.row, problem.column, problem.code, problem.message)

    The whole file is read as a stream, in memory that does not grow with it but for the cases that are counted:
    about 36 bytes each, up to seven million; beyond that they are estimated. Other threads run meanwhile, and Ctrl-C
    ends it.

    Args:
        file: A path, bytes, or a binary file object, which is read from where it stands and never closed.
        file_name: The name whose suffix tells the format; the file's own without. Bytes without a name tell it
            themselves.

    Returns:
        The columns with their types and roles, how many rows and cases there are, the events over time, and the
        problems; `ok` where none of them is an error.

    Raises:
        SourceError: The file can't be read; also the `OSError` it is, such as `FileNotFoundError`.
        UnsupportedFormatError: It is of a format that ProcessMind does not take, such as a ZIP archive.
    """
    return _processmind.check_event_log(file, file_name)
