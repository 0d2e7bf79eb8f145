"""Checking event logs: the same files and the same reports as in every language."""

from __future__ import annotations

import datetime
import io
import json
import pickle
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import processmind
import pyarrow as pa
import pytest
from processmind import (
    Client,
    Datatable,
    EmptyFileError,
    EventLogError,
    EventLogReport,
    EventLogWarning,
    InvalidArgumentError,
    ProcessMindError,
    SourceError,
    check_event_log,
)
from support import BAD_CSV, ROOT, Emulator, in_snake_case, snake_case

FOLDER = ROOT / "tests/contract/eventlogs"
LOGS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
SCENES: list[dict[str, Any]] = json.loads((ROOT / "tests/contract/check.json").read_text("utf-8"))


@pytest.mark.parametrize("path", LOGS, ids=[path.name for path in LOGS])
def test_a_report_is_what_every_language_gives(path: Path) -> None:
    expected = json.loads((FOLDER / f"{path.name}.json").read_text("utf-8"))
    with path.open("rb") as file:
        for source in (path, str(path), path.read_bytes(), file):
            if "error" in expected:
                with pytest.raises(ProcessMindError) as error:
                    check_event_log(source, file_name=path.name)
                assert error.value.code == expected["error"]
            else:
                assert check_event_log(source, file_name=path.name).to_dict() == expected
            file.seek(0)


@pytest.mark.parametrize("scene", SCENES, ids=[scene["name"] for scene in SCENES])
def test_what_is_stated_is_taken(scene: dict[str, Any]) -> None:
    arguments = {snake_case(name): value for name, value in scene["arguments"].items()}
    if "error" in scene:
        with pytest.raises(getattr(processmind, scene["error"]["class"])) as caught:
            check_event_log(source_of(scene), **file_name_of(scene), **arguments)
        assert caught.value.code == scene["error"]["code"]
        for words in scene["error"]["text"]:
            assert in_snake_case(words) in str(caught.value)
        return
    report = check_event_log(source_of(scene), **file_name_of(scene), **arguments)
    found = report.to_dict()
    assert found | scene["report"] == found
    roles = {column.role: column.name for column in report.columns if column.role}
    assert roles == scene.get("roles", roles)
    for name, values in scene.get("columns", {}).items():
        (column,) = (column for column in found["columns"] if column["name"] == name)
        assert column | values == column
    problems = [" ".join(map(str, [problem.code, *problem.rows])) for problem in report.problems]
    assert problems == scene.get("problems", problems)


def source_of(scene: dict[str, Any]) -> Any:
    if "arrow" in scene:
        return pa.ipc.open_stream((ROOT / "tests/contract/dataframe" / scene["arrow"]).read_bytes())
    if "rows" in scene:
        return pa.Table.from_pylist(scene["rows"])
    if "log" in scene["file"]:
        return (FOLDER / scene["file"]["log"]).read_bytes()
    return "".join(f"{line}\n" for line in scene["file"]["lines"]).encode()


def file_name_of(scene: dict[str, Any]) -> dict[str, str]:
    return {"file_name": scene["file"]["name"]} if "file" in scene else {}


WHEN = datetime.datetime(2025, 1, 2, 8, 0, tzinfo=datetime.UTC)
EVENTS = pa.table(
    {
        "CaseId": ["order-1", "order-1", "order-2"],
        "Activity": ["Receive, check", "Ship", "Receive, check"],
        "StartTime": [
            datetime.datetime(2025, 1, 2, 8, 0, tzinfo=datetime.UTC),
            None,
            datetime.datetime.now(datetime.UTC),
        ],
        "Due": [datetime.date(2025, 2, 1), datetime.date(2025, 2, 2), None],
    }
)


@pytest.mark.parametrize(
    "make_frame",
    [
        lambda: EVENTS,
        lambda: EVENTS.to_batches()[0],
        lambda: EVENTS.to_reader(),
        lambda: EVENTS.to_pandas(),
        lambda: pl.from_arrow(EVENTS),
        lambda: duckdb.connect().from_arrow(EVENTS),
    ],
    ids=["table", "batch", "reader", "pandas", "polars", "duckdb"],
)
def test_a_data_frame_of_every_library_is_checked(make_frame: Callable[[], Any]) -> None:
    report = check_event_log(make_frame())
    assert (report.file_name, report.format, report.rows, report.cases) == (None, "csv", 3, 2)
    assert {column.name: column.type for column in report.columns} == {
        "CaseId": "string",
        "Activity": "string",
        "StartTime": "datetime",
        "Due": "datetime",
    }
    assert report.columns[2].first == "2025-01-02T08:00:00Z"
    assert [(problem.code, problem.row) for problem in report.problems] == [("MISSING_TIMESTAMP", 3)]
    assert "<td>StartTime</td>" in report._repr_html_()
    assert str(report).startswith("The log: 3 rows, 2 cases")


def test_a_polars_frame_of_many_slices_is_checked() -> None:
    frame = pl.DataFrame({"CaseId": range(200_000), "Activity": "a", "StartTime": datetime.datetime(2025, 1, 2)})
    report = check_event_log(frame, file_name="orders.csv")
    assert (report.file_name, report.rows, report.cases) == ("orders.csv", 200_000, 200_000)


@pytest.mark.parametrize(
    ("frame", "error", "said"),
    [
        (EVENTS.slice(0, 0), EmptyFileError, "no rows"),
        (pl.DataFrame({"a": [1]}).lazy(), InvalidArgumentError, "`file.collect()`"),
        (pl.Series("a", [1]), InvalidArgumentError, "`file` is of type 'Series', which is one column and no table"),
        (pd.DataFrame({"mixed": [1, "a"]}), InvalidArgumentError, "`file` gives no Arrow batches"),
        (pa.table({"tags": [["a"]]}), InvalidArgumentError, "'tags' holds List"),
    ],
)
def test_a_frame_that_can_not_be_checked_says_why(frame: Any, error: type[ProcessMindError], said: str) -> None:
    with pytest.raises(error) as caught:
        check_event_log(frame)
    assert said in str(caught.value)


def report() -> EventLogReport:
    return check_event_log(BAD_CSV, file_name="bad.csv")


def test_a_report_can_be_read() -> None:
    text = str(report())
    assert text.startswith("bad.csv: 2 rows, 1 case, 3 columns (csv, UTF-8, ',')\n")
    assert "UNREADABLE_TIMESTAMP: line 3, column 'StartTime'" in text


def test_a_report_shows_in_a_notebook() -> None:
    html = report()._repr_html_()
    assert "<td>StartTime</td><td>string</td><td>timestamp</td>" in html
    assert "UNREADABLE_TIMESTAMP" in html


def test_a_report_is_a_model_like_any_other() -> None:
    found = report()
    assert pickle.loads(pickle.dumps(found)) == found
    assert found.columns[2].role == "timestamp"
    assert found.problems[0].rows == [3]
    assert repr(found).startswith("EventLogReport(file_name='bad.csv', format='csv'")


def test_a_file_object_brings_its_name_and_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "log.tsv"
    path.write_bytes(b"skipped\ncase\tactivity\ttimestamp\n")
    with path.open("rb") as file:
        file.readline()
        assert check_event_log(file).format == "tsv"
        assert file.read() == b""


def test_what_can_not_be_read_is_told() -> None:
    text: Any = io.StringIO("a,b")
    with pytest.raises(SourceError) as missing:
        check_event_log("no-such-file.csv")
    assert isinstance(missing.value, FileNotFoundError)
    assert missing.value.filename == "no-such-file.csv"
    with pytest.raises(InvalidArgumentError, match="text mode"):
        check_event_log(text)


def test_other_threads_run_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"case,activity,timestamp\n" + b"1,A,2024-01-31T10:00:00\n" * 400_000)
    checking = threading.Thread(target=check_event_log, args=(path,))
    checking.start()
    turns = 0
    while checking.is_alive():
        turns += 1
        time.sleep(0)
    assert turns > 100


INTERRUPTED = """
import sys
from processmind import check_event_log

print("started", flush=True)
try:
    check_event_log(sys.argv[1], file_name="endless.csv")
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_ends_a_check(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    with path.open("wb") as file:
        file.write(b"case,activity,timestamp\n")
        # Holes in a file are read as NUL bytes, and take no room on the disk.
        file.write(b"1,A,2024-01-31T10:00:00\n" * 100_000)
        file.truncate(64 * 1024**3)
    command = [sys.executable, "-c", INTERRUPTED, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == b"interrupted\n"
    assert process.returncode == 0


def test_errors_of_a_log_are_warnings_or_one_exception(
    client: Client, datatable: Datatable, emulator: Emulator
) -> None:
    with pytest.warns(EventLogWarning, match="line 3, column 'StartTime'") as caught:
        result = client.upload_file(BAD_CSV, datatable.id, file_name="bad.csv", check="warn")
    assert [str(warning.message) for warning in caught] == result.warnings
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.upload_file(BAD_CSV, datatable.id, file_name="bad.csv")
    items: Any = [{"file": BAD_CSV, "datatable_id": datatable.id, "file_name": "bad.csv", "check": "warn"}] * 2
    with pytest.warns(EventLogWarning) as caught:
        client.upload_files(items)
    assert [str(warning.message) for warning in caught] == result.warnings * 2
    emulator.reset()
    with pytest.raises(EventLogError, match=r"'bad\.csv' has errors") as error:
        client.upload_file(BAD_CSV, datatable.id, file_name="bad.csv", check="error")
    assert error.value.code == "EVENT_LOG_INVALID"
    assert emulator.requests() == []
