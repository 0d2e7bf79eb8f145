"""How often the check finds the right roles: `benches/roles.py FOLDER` with logs and their `labels.json`.

`labels.json` maps each file to the columns that are right for each role; `null` is one of them if there may be none.
Delimited logs are also checked with neutral headings, in reversed columns, with shuffled rows and cut to 500 rows; XES
as it is.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from processmind import EventLogReport, check_event_log

ROLES = ("case", "activity", "timestamp", "resource")
Table = tuple[list[str], list[list[str]]]


def main() -> None:
    folder = Path(sys.argv[1])
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    for name, change in VARIANTS.items():
        found: Counter[str] = Counter()
        for file, right in sorted(labels.items()):
            path = folder / file
            if not path.exists() or (change is not None and path.suffix == ".xes"):
                continue
            judge(path, right, change, found, f"{name}: {file}")
        total = found["logs"]
        counts = ", ".join(f"{role} {found[role]}" for role in (*ROLES, "three"))
        print(
            f"{name}: {total} logs; right: {counts}; silently wrong {found['silent']}; "
            f"refused {found['refused']}; right but warned {found['warned']}"
        )


def judge(
    path: Path, right: dict[str, list[str | None]], change: Change | None, found: Counter[str], where: str
) -> None:
    report = check_event_log(path)
    allowed = {role: right.get(role) or [None] for role in ROLES}
    if change is not None:
        header, rows = read(path, report)
        names = dict(zip(header, neutral((header, rows))[0], strict=True)) if change is neutral else {}
        allowed = {role: [names.get(name, name) for name in all_] for role, all_ in allowed.items()}
        report = check_event_log(write(change((header, rows))), file_name="log.csv")
    given = {column.role: column.name for column in report.columns if column.role}
    unsure = {problem.column for problem in report.problems if problem.code == "UNCERTAIN_ROLE"}
    missing = {problem.code for problem in report.problems if problem.code.startswith("NO_")}
    wrong = []
    for role in ROLES:
        is_right = given.get(role) in allowed[role]
        found[role] += is_right
        if not is_right and role != "resource":
            wrong.append(role)
    found["logs"] += 1
    found["three"] += not wrong
    silent = [role for role in wrong if given.get(role) not in unsure and f"NO_{role.upper()}_COLUMN" not in missing]
    found["silent"] += bool(silent)
    refused = [role for role in wrong if role not in given]
    found["refused"] += bool(refused)
    found["warned"] += not wrong and bool(unsure)
    if wrong:
        print(f"  {where}: {[(role, given.get(role), allowed[role]) for role in wrong]}{' SILENT' if silent else ''}")


Change = Callable[[Table], Table]


def read(path: Path, report: EventLogReport) -> Table:
    text = path.read_bytes().decode(report.encoding or "utf-8", errors="replace").lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=report.delimiter or ","))
    rows = [row for row in rows[(report.header_row or 1) - 1 :] if row]
    return rows[0], rows[1:]


def write(table: Table) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([table[0], *table[1]])
    return out.getvalue().encode()


def neutral(table: Table) -> Table:
    return [f"col{place + 1}" for place in range(len(table[0]))], table[1]


def reversed_columns(table: Table) -> Table:
    header, rows = table
    width = len(header)
    return header[::-1], [[*row, *[""] * (width - len(row))][:width][::-1] for row in rows]


def shuffled(table: Table) -> Table:
    rows = table[1][:]
    random.Random(1).shuffle(rows)
    return table[0], rows


def cut(table: Table) -> Table:
    return table[0], table[1][:500]


VARIANTS: dict[str, Change | None] = {
    "as is": None,
    "neutral headings": neutral,
    "reversed columns": reversed_columns,
    "shuffled rows": shuffled,
    "500 rows": cut,
}

if __name__ == "__main__":
    main()
