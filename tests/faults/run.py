"""Plays every fault of table.json to every client, and holds what comes of it to the table.

    python tests/faults/run.py            compares docs/when-things-go-wrong.md, too
    python tests/faults/run.py --write    writes the matrix there
    python tests/faults/run.py 503        plays the faults whose names have these words

All cells of a client run at once, each in a tenant of its own; a stall takes its 30 seconds beside the others.
"""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cells import METHODS, ROWS, Cell
from network import Nowhere
from stage import CLIENTS, ROOT, Driver, Emulator, Json

PAGE = ROOT / "docs/when-things-go-wrong.md"
BEGIN, END = "<!-- The matrix: written by `make faults`. -->\n", "<!-- End of the matrix. -->"
# In seconds; a cell that takes longer hangs.
PATIENCE = 150


def cells(rows: list[Json], emulator: Emulator, nowhere: Nowhere, folder: Path) -> list[Cell]:
    made = [
        Cell(row, method, passes, emulator, nowhere, folder)
        for row in rows
        for method in METHODS
        for passes in (True, False)
        if method in row
    ]
    # What is told at once is the same either way, and a name that is not found does not pass.
    return [cell for cell in made if (cell.is_tried_again and not cell.is_away) or not cell.passes]


def play(client: str, rows: list[Json], nowhere: Nowhere, folder: Path) -> list[list[str]]:
    """Plays all cells of a client; gives for each what is not as the table says."""
    with Emulator() as emulator, ThreadPoolExecutor(8) as threads:
        all_cells = cells(rows, emulator, nowhere, folder)
        list(threads.map(Cell.prepare, all_cells, range(len(all_cells))))
        emulator.plan([fault for cell in all_cells for fault in cell.planned()])
        emulator.call("DELETE", "/emulator/requests")
        with Driver(client) as driver:
            asked = [(cell, driver.ask(cell.asked())) for cell in all_cells]
            deadline = time.monotonic() + PATIENCE
            outcomes = [(cell, driver.outcome(answer, deadline)) for cell, answer in asked]
        emulator.call("DELETE", "/emulator/faults")
        requests = by_tenant(emulator.call("GET", "/emulator/requests"), lambda request: request["path"].split("/")[2])
        stored = by_tenant(emulator.call("GET", "/emulator/uploads"), lambda upload: upload["tenantId"])

        def check(item: tuple[Cell, Json]) -> list[str]:
            cell, outcome = item
            found = cell.problems(outcome, requests[cell.tenant], stored[cell.tenant])
            return [f"{client}: {cell.name}: {problem}" for problem in found]

        return list(threads.map(check, outcomes))


def by_tenant(items: list[Json], tenant: Callable[[Json], str]) -> defaultdict[str, list[Json]]:
    grouped: defaultdict[str, list[Json]] = defaultdict(list)
    for item in items:
        grouped[tenant(item)].append(item)
    return grouped


def matrix() -> str:
    """The table as Markdown."""
    lines = [["fault", *METHODS], ["---"] * (len(METHODS) + 1)]
    lines += [[row["fault"], *(words(row.get(method)) for method in METHODS)] for row in ROWS]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def words(expected: str | None) -> str:
    match expected:
        case None:
            return "-"
        case "ok":
            return "✓"
        case _ if expected.startswith("again"):
            return f"↻ `{expected.removeprefix('again, else ')}`"
        case _:
            return f"`{expected}`"


def main(*arguments: str) -> int:
    wanted = [argument for argument in arguments if argument != "--write"]
    rows = [row for row in ROWS if all(word in row["fault"] for word in wanted)]
    nowhere = Nowhere()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(CLIENTS)) as threads:
        played = list(threads.map(lambda client: play(client, rows, nowhere, Path(folder)), CLIENTS))
    problems = [problem for found in played for of_cell in found for problem in of_cell]
    if nowhere.visitors:
        problems.append(f"{nowhere.visitors} redirects were followed")
    print(*problems, sep="\n", end="\n" if problems else "")
    for client, found in zip(CLIENTS, played, strict=True):
        print(f"{client:15} {sum(not of_cell for of_cell in found)} of {len(found)} cells as the table says")
    if problems or wanted:
        return len(problems) > 0
    return page("--write" in arguments)


def page(write: bool) -> int:
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    current = f"{before}{BEGIN}\n{matrix()}\n{END}{after}"
    if write:
        PAGE.write_text(current, "utf-8")
    elif text != current:
        print(f"{PAGE.relative_to(ROOT)} does not state this matrix: `make faults` writes it.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
