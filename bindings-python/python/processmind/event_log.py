"""Checking an event log, for which no client is needed."""

from __future__ import annotations

from . import _processmind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._processmind import EventLogReport
    from ._types import DataFrame, File


class EventLogWarning(UserWarning):
    """What is wrong with an event log, or likely wrong with a model, that was sent all the same."""


def check_event_log(
    file: File | DataFrame,
    *,
    file_name: str | None = None,
    sheet: str | None = None,
    case: str | None = None,
    activity: str | None = None,
    timestamp: str | None = None,
    resource: str | None = None,
) -> EventLogReport:
    """Reads an event log and says what it holds and what is wrong with it. Nothing is sent.

    Example::

        report = check_event_log("orders.csv")
        print(report)  # in a notebook, `report` alone shows a table
        for problem in report.problems:
            print(problem.row, problem.column, problem.code, problem.message)

    The whole file is read as a stream, in memory that does not grow with it but for the cases that are counted:
    about 36 bytes each, up to seven million; beyond that they are estimated. Other threads run meanwhile, and Ctrl-C
    ends it.

    A data frame is checked as the CSV that `Client.upload_dataframe` would send. Its rows are numbered as lines of
    that CSV: the headings are line 1, the first row is line 2.

    Args:
        file: A path, bytes, or a binary file object, which is read from where it stands and never closed; or a data
            frame of pandas, Polars or PyArrow, a DuckDB relation, or whatever else has `__arrow_c_stream__`.
        file_name: The name whose suffix tells the format; the file's own without. Bytes without a name tell it
            themselves.
        sheet: The name of the sheet to read of a workbook. Default: the one that looks like an event log.
        case: The heading of the column that holds the case ID. Default: guessed.
        activity: The heading of the column that holds the activity. Default: guessed.
        timestamp: The heading of the column that holds the timestamp. Default: guessed.
        resource: The heading of the column that holds the resource: who did it. Default: guessed.

    Returns:
        The columns with their types and roles, how many rows and cases there are, the events over time, and the
        problems; `ok` where none of them is an error.

    Raises:
        SourceError: The file can't be read; also the `OSError` it is, such as `FileNotFoundError`.
        UnsupportedFormatError: It is of a format that ProcessMind does not take, such as a ZIP archive.
        InvalidArgumentError: The file does not have a column or sheet that is named, or two roles name the same
            column; or a column of a data frame has no place in CSV.
        EmptyFileError: A data frame has no rows; a reader gives them only once.
    """
    options = _processmind.CheckOptions(
        file_name=file_name,
        sheet=sheet,
        case=case,
        activity=activity,
        timestamp=timestamp,
        resource=resource,
    )
    return _processmind.check_event_log(file, options)
