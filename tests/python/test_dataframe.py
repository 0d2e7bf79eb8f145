"""Data frames of pandas, Polars, PyArrow and DuckDB, uploaded as CSV."""

from __future__ import annotations

import datetime
import decimal
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import processmind
import pyarrow as pa
import pytest
from processmind import Client, Datatable, EmptyFileError, EventLogError, EventLogWarning, InvalidArgumentError
from support import ROOT, Emulator

WHEN = datetime.datetime(2025, 1, 2, 8, 0, tzinfo=datetime.UTC)
TABLE = pa.table(
    {
        "CaseId": pa.array(["order-1", "order, 2"]).dictionary_encode(),
        "Activity": ["Receive", 'say "yes"'],
        "StartTime": pa.array([WHEN, None], pa.timestamp("us", "UTC")),
        "Amount": [1.0, None],
        "Count": pa.array([None, 499], pa.int64()),
        "Price": [decimal.Decimal("1.20"), decimal.Decimal("0.05")],
        "Comment": ["", None],
    }
)
WRITTEN = (
    b"CaseId,Activity,StartTime,Amount,Count,Price,Comment\r\n"
    b'order-1,Receive,2025-01-02T08:00:00.000000Z,1.0,,1.20,""\r\n'
    b'"order, 2","say ""yes""",,,499,0.05,\r\n'
)


def stored(emulator: Emulator, datatable: Datatable) -> bytes:
    (upload,) = emulator.uploads(datatable.id)
    return Path(upload["path"]).read_bytes()


@pytest.mark.parametrize(
    "make_frame",
    [
        lambda: TABLE,
        lambda: TABLE.to_batches()[0],
        lambda: TABLE.to_reader(),
        lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype),
        lambda: pl.from_arrow(TABLE),
        lambda: duckdb.connect().from_arrow(TABLE),
    ],
    ids=["table", "batch", "reader", "pandas", "polars", "duckdb"],
)
def test_every_library_gives_the_same_bytes(
    client: Client, emulator: Emulator, datatable: Datatable, make_frame: Callable[[], Any]
) -> None:
    result = client.upload_dataframe(make_frame(), datatable.id)
    assert stored(emulator, datatable) == WRITTEN
    assert (result.file_name, result.bytes, result.verified) == ("dataframe.csv", len(WRITTEN), "crc64nvme")
    arrived = client.get_datatable(datatable.id)
    assert arrived.row_count == 2
    assert [column.name for column in arrived.columns or []] == TABLE.column_names


def test_every_type_is_written_as_in_every_language(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    contract = ROOT / "tests/contract/dataframe"
    with pa.ipc.open_stream(contract / "orders.arrows") as stream:
        client.upload_dataframe(stream, datatable.id)
    assert stored(emulator, datatable) == (contract / "orders.csv").read_bytes()


def test_plain_pandas(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    frame = pd.DataFrame(
        {
            "case": pd.Categorical(["a", "b", "a"]),
            "when": pd.to_datetime(["2025-01-02 08:00", "2025-07-02 08:00", None]).tz_localize("Europe/Amsterdam"),
            "n": [1.5, None, 3],
        },
        index=[7, 3, 5],
    )
    client.upload_dataframe(frame, datatable.id, columns={"case": "CaseId"}, file_name="from-pandas.csv")
    assert stored(emulator, datatable).decode() == (
        "CaseId,when,n\r\n"
        f"a,2025-01-02T08:00:00.{digits(frame)}+01:00,1.5\r\n"
        f"b,2025-07-02T08:00:00.{digits(frame)}+02:00,\r\n"
        "a,,3.0\r\n"
    )


def digits(frame: pd.DataFrame) -> str:
    return "0" * {"s": 0, "ms": 3, "us": 6, "ns": 9}[frame["when"].dtype.unit]


def test_a_column_of_nothing(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    for frame in (pa.table({"a": [1], "b": pa.nulls(1)}), pl.DataFrame({"a": [1], "b": [None]})):
        client.upload_dataframe(frame, datatable.id)
        assert Path(emulator.uploads(datatable.id)[-1]["path"]).read_bytes() == b"a,b\r\n1,\r\n"


def test_many_slices_of_polars(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    frame = pl.DataFrame({"CaseId": range(200_000), "Activity": ["a"] * 200_000})
    client.upload_dataframe(frame, datatable.id)
    assert client.get_datatable(datatable.id).row_count == 200_000
    assert stored(emulator, datatable).endswith(b"\r\n199999,a\r\n")


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pa.table({"tags": [["a"]]}), "'tags' holds List"),
        (pa.table({"raw": [b"x"]}), "'raw' holds Binary"),
        (pl.DataFrame({"a": [1]}).lazy(), "`frame.collect()`"),
        (pl.Series("a", [1]), "one column and no table"),
        (pa.chunked_array([[1]]), "one column and no table"),
        ([{"a": 1}], "'list', which gives no Arrow batches"),
        (pa.table([[1], [2]], ["a", "a"]), "heading 'a'"),
    ],
)
def test_what_is_no_table_is_refused(
    client: Client, emulator: Emulator, datatable: Datatable, frame: Any, said: str
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        client.upload_dataframe(frame, datatable.id)
    assert said in str(caught.value)
    assert "othing was sent" in str(caught.value)
    assert emulator.requests() == []


def test_a_column_that_is_not_there_can_not_be_renamed(client: Client, datatable: Datatable) -> None:
    with pytest.raises(InvalidArgumentError, match="no column 'Case'"):
        client.upload_dataframe(TABLE, datatable.id, columns={"Case": "CaseId"})


def test_no_rows_are_no_log(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    reader = TABLE.to_reader()
    reader.read_all()
    for empty in (reader, TABLE.schema.empty_table(), pl.DataFrame({"a": []})):
        with pytest.raises(EmptyFileError, match="no rows"):
            client.upload_dataframe(empty, datatable.id)
    assert emulator.requests() == []


def test_a_reader_that_fails_tells_why(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield TABLE.to_batches()[0]
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(TABLE.schema, batches())
    with pytest.raises(processmind.SourceError, match="the disk is gone"):
        client.upload_dataframe(reader, datatable.id)
    assert emulator.requests() == []


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (pd.DataFrame({"mixed": [1, "a"]}), "mixed"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "Duplicate column names"),
    ],
)
def test_what_pandas_can_not_hand_over_is_refused(
    client: Client, datatable: Datatable, frame: pd.DataFrame, text: str
) -> None:
    with pytest.raises(processmind.InvalidArgumentError, match=text) as error:
        client.upload_dataframe(frame, datatable.id)
    assert isinstance(error.value.__cause__, ValueError)


def test_a_frame_is_called_as_what_it_is_sent_as(client: Client, datatable: Datatable) -> None:
    with pytest.raises(processmind.InvalidArgumentError, match=r"'frame\.xlsx', but what is sent is csv"):
        client.upload_dataframe(TABLE, datatable.id, file_name="frame.xlsx")


def test_a_period_is_not_sent_as_the_number_that_it_is_stored_as(client: Client, datatable: Datatable) -> None:
    frame = pd.DataFrame({"month": pd.period_range("2024-01", periods=2, freq="M")})
    with pytest.raises(processmind.InvalidArgumentError, match=r"'month' holds pandas\.period"):
        client.upload_dataframe(frame, datatable.id)


def test_values_survive_the_way_through_csv(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    chance = random.Random(7)
    floats = [chance.uniform(-1, 1) * 10 ** chance.randint(-300, 300) for _ in range(5_000)]
    texts = ["".join(chance.choices('ab,"\r\n é', k=chance.randint(1, 9))) for _ in range(5_000)]
    client.upload_dataframe(pa.table({"float": floats, "text": texts}), datatable.id)
    read = pd.read_csv(emulator.uploads(datatable.id)[0]["path"], keep_default_na=False)
    assert read["float"].tolist() == floats
    assert [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts] == [
        text.replace("\r\n", "\n").replace("\r", "\n") for text in read["text"].tolist()
    ]


def test_a_stream_larger_than_it_may_take_in_memory(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    batch = pa.record_batch({"CaseId": range(50_000), "Activity": ["Receive order"] * 50_000})
    made = 0

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal made
        for _ in range(20):
            made += 1
            yield batch

    client.upload_dataframe(pa.RecordBatchReader.from_batches(batch.schema, batches()), datatable.id)
    assert made == 20
    assert client.get_datatable(datatable.id).row_count == 1_000_000


BAD = pa.table({"CaseId": [1, 1], "Activity": ["Receive", "Ship"], "StartTime": ["2025-01-02T08:00:00Z", "soon"]})


def test_a_frame_with_errors_is_refused_before_anything_is_sent(
    client: Client, emulator: Emulator, datatable: Datatable
) -> None:
    for frame in (BAD, BAD.to_reader(), BAD.to_pandas(), pl.from_arrow(BAD)):
        with pytest.raises(EventLogError, match=r"'dataframe\.csv' has errors: line 3, column 'StartTime'"):
            client.upload_dataframe(frame, datatable.id, check="error")
    assert emulator.requests() == []


def test_errors_of_a_frame_are_warnings_where_it_is_sent(
    client: Client, emulator: Emulator, datatable: Datatable
) -> None:
    # A reader gives its rows once: what is checked is what is sent.
    with pytest.warns(EventLogWarning, match="line 3, column 'StartTime'") as caught:
        result = client.upload_dataframe(BAD.to_reader(), datatable.id, check="warn")
    assert [str(warning.message) for warning in caught] == result.warnings
    assert stored(emulator, datatable).endswith(b"1,Ship,soon\r\n")
    assert client.upload_dataframe(BAD, datatable.id, check="off").warnings == []
    assert client.upload_dataframe(BAD, datatable.id).warnings == []
    assert client.upload_dataframe(BAD.slice(0, 1), datatable.id, check="error").warnings == []


def test_check_of_a_frame_has_to_be_one_of_three(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    check: Any = "always"
    with pytest.raises(InvalidArgumentError, match="'warn', 'error' and 'off'"):
        client.upload_dataframe(BAD, datatable.id, check=check)
    assert emulator.requests() == []


def test_a_frame_is_no_file(client: Client, emulator: Emulator, datatable: Datatable) -> None:
    lazy = pl.LazyFrame({"a": [1]})
    frames: list[Any] = [BAD, BAD.to_reader(), BAD.to_pandas(), pl.from_arrow(BAD), pl.Series("a", [1]), lazy]
    for frame in frames:
        for upload in (
            lambda frame=frame: client.upload_file(frame, datatable.id, file_name="a.csv"),
            lambda frame=frame: client.publish(datatable=datatable.id, file=frame),
        ):
            with pytest.raises(InvalidArgumentError, match="`upload_dataframe`"):
                upload()
    (failed,) = client.upload_files([{"file": BAD, "datatable_id": datatable.id, "file_name": "a.csv"}]).failed
    assert "`upload_dataframe`" in str(failed.error)
    assert emulator.requests() == []
