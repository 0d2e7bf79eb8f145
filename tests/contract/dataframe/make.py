"""Writes orders.arrows, an Arrow IPC stream with a column of every kind, which every language writes as orders.csv."""

import datetime
import decimal
from pathlib import Path

import pyarrow as pa

HERE = Path(__file__).parent
WHEN = [datetime.datetime(2025, 1, 2, 8, 0, 0, 123456), None, datetime.datetime(2025, 7, 2, 23, 59, 59)]

TABLE = pa.table(
    {
        "CaseId": pa.array(["order-1", "order-1", "order, 2"]).dictionary_encode(),
        "Activity": ["Receive order", 'say "yes"', "line\nbreak"],
        "Local": pa.array(WHEN, pa.timestamp("us")),
        "Utc": pa.array(WHEN, pa.timestamp("us", "UTC")),
        "Zone": pa.array(WHEN, pa.timestamp("ns", "Europe/Amsterdam")),
        "Seconds": pa.array(WHEN, pa.timestamp("us")).cast(pa.timestamp("s"), safe=False),
        "Day": pa.array([datetime.date(2025, 1, 2), None, datetime.date(1969, 12, 31)]),
        "Clock": pa.array([datetime.time(8, 0, 1), None, None], pa.time32("ms")),
        "Lasts": pa.array([1500, -1500, None], pa.duration("ms")),
        "Whole": pa.array([2**63 - 1, None, -(2**63)], pa.int64()),
        "Real": [0.1, 1e-7, float("nan")],
        "Single": pa.array([0.1, None, 1.0], pa.float32()),
        "Price": [decimal.Decimal("1.20"), decimal.Decimal("-0.05"), None],
        "Flag": [True, None, False],
        "Text": pa.array(["", None, "é"], pa.string_view()),
        "Large": pa.array(["a", "b", None], pa.large_string()),
        "Nothing": pa.nulls(3),
    }
)

if __name__ == "__main__":
    with pa.ipc.new_stream(HERE / "orders.arrows", TABLE.schema) as stream:
        stream.write_table(TABLE)
