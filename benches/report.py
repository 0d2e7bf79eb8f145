"""The tables and the plot of what was measured."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median

from cases import CASES, WAN, Case, Value
from commands import NODE_RIVALS, NOTES, OURS, PYTHON_RIVALS

BEHIND = "<!-- Written by `make bench DOCS=1` from here on. -->"
MARK = {True: "✓", False: "✗"}
COLOURS = {"Rust": "#b7410e", "Python": "#3572a5", "Python, async": "#7aa6cf", "Node": "#3c873a"}
OTHERS = "#b8bcc2"


def write(results: dict, folder: Path) -> None:
    measured = [case for case in [*CASES, WAN] if case.name in results["cases"]]
    parts = [
        summary(measured, results["cases"]),
        starts(results["starts"]) if "starts" in results else "",
        by_size(results["memory"]) if "memory" in results else "",
        growth(results["growth"]) if "growth" in results else "",
        *(details(case, results["cases"][case.name]) for case in measured),
    ]
    (folder / "speed.md").write_text("\n\n".join(part for part in parts if part) + "\n")
    plot(measured, results, folder / "speed.svg")


def publish(folder: Path, docs: Path) -> None:
    """Puts them into the documentation, behind what is written there by hand."""
    page = docs / "speed.md"
    by_hand, marker, _ = page.read_text().partition(BEHIND)
    page.write_text(by_hand + marker + "\n\n" + (folder / "speed.md").read_text())
    shutil.copy(folder / "speed.svg", docs)


def summary(cases: list[Case], results: dict) -> str:
    """Ours beside curl and the best other of each language, with what was aimed at."""
    rows = [["", "curl", "best other in Python", "best other in Node", "Rust", "Python", "Node"]]
    for case in cases:
        values = results[case.name]["values"]
        for value in case.values:
            of = {client: median(by_title[value.title]) for client, by_title in values.items()}
            others = [best(of, rivals, value) for rivals in (PYTHON_RIVALS, NODE_RIVALS)]
            ours = [ours_with_target(of, client, value) for client in ("Rust", "Python", "Node")]
            curl = number(of.get("curl"), value.digits)
            rows.append([f"{case.title}: {value.title}, {value.unit}", curl, *others, *ours])
    return "### Ours, curl and the best others\n\n" + table(rows)


def best(of: dict[str, float], rivals: list[str], value: Value) -> str:
    there = [client for client in rivals if client in of]
    if not there:
        return "–"
    client = min(there, key=lambda client: of[client])
    return f"{number(of[client], value.digits)} ({client})"


def ours_with_target(of: dict[str, float], client: str, value: Value) -> str:
    if client not in of:
        return "–"
    shown = number(of[client], value.digits)
    factor = value.times_curl and "curl" in of and of[client] / of["curl"]
    shown += f" = {factor:.2f} × curl" if factor else ""
    if client not in value.targets:
        return shown
    target = value.targets[client]
    return f"{shown} (aim {target:g} {MARK[(factor or of[client]) <= target]})"


def details(case: Case, result: dict) -> str:
    rows = [["", *(f"{value.title}, {value.unit}" for value in case.values), "× curl"]]
    values = result["values"]
    first = case.values[0].title
    curl = median(values["curl"][first]) if "curl" in values else None
    for client in sorted(values, key=lambda client: median(values[client][first])):
        cells = [spread(values[client][value.title], value.digits) for value in case.values]
        factor = f"{median(values[client][first]) / curl:.2f}" if curl else "–"
        rows.append([named(client), *cells, factor])
    rows += [[named(client), f"fails: {why}", *[""] * len(case.values)] for client, why in result["failures"].items()]
    return f"### {case.title}\n\n" + table(rows)


def starts(values: dict[str, list[float]]) -> str:
    rows = [["", "ms", "over bare"]]
    for name, numbers in values.items():
        bare = name.split(",")[0]
        over = f"{median(numbers) - median(values[bare]):+.1f}" if bare != name else ""
        rows.append([name, spread(numbers, 1), over])
    return "### Starts\n\n" + table(rows)


def by_size(peaks: dict[str, dict[str, float | None]]) -> str:
    sizes = list(next(iter(peaks.values())))
    rows = [["peak memory, MiB", *("one GET" if size == "0" else f"{int(size):,} MiB" for size in sizes)]]
    rows += [[named(client), *(number(by_size[size], 1) for size in sizes)] for client, by_size in peaks.items()]
    return "### Memory by size of the file\n\n" + table(rows)


def growth(values: dict) -> str:
    rows = [["", "a call of few", "a call of many"]]
    for what, unit in (("files", "ms a file"), ("clients", "ms a GET, each with a client of its own")):
        for client, by_what in values.items():
            counts = by_what[what]
            rows.append([f"{client}: {unit}", *(f"{value:.3f} (of {int(count):,})" for count, value in counts.items())])
    for client, by_what in values.items():
        counts = list(by_what["objects"].items())
        shown = [f"{value * 1000:.2f} (of {int(count):,})" for count, value in (counts[1], counts[-1])]
        rows.append([f"{client}: µs an object of a list", *shown])
    return "### Growth\n\n" + table(rows)


def named(client: str) -> str:
    name = f"**{client}**" if client in OURS else client
    return f"{name} ({NOTES[client]})" if client in NOTES else name


def spread(numbers: list[float], digits: int) -> str:
    low, middle, high = (number(value, digits) for value in (min(numbers), median(numbers), max(numbers)))
    return middle if len(numbers) == 1 else f"{middle} ({low}–{high})"


def number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def table(rows: list[list[str]]) -> str:
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def plot(cases: list[Case], results: dict, path: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    # The same numbers give the same file.
    mpl.rcParams.update({"svg.hashsalt": "processmind", "svg.fonttype": "none", "font.family": "sans-serif"})
    import matplotlib.pyplot as plt

    shown = [case for case in cases if case.name != WAN.name]
    rows = (len(shown) + 1 + 1) // 2
    figure, grid = plt.subplots(rows, 2, figsize=(12, 3.4 * rows), squeeze=False, layout="constrained")
    panels = list(grid.flat)
    for axes, case in zip(panels, shown, strict=False):
        bars(axes, case, results["cases"][case.name]["values"])
    rest = panels[len(shown) :]
    if "memory" in results:
        lines(rest.pop(0), results["memory"])
    for axes in rest:
        axes.remove()
    figure.savefig(path, metadata={"Date": None})


def bars(axes, case: Case, values: dict) -> None:
    # Over HTTPS both ends share the processors, so that CPU says more than time.
    value = next((value for value in case.values if value.targets), case.values[0])
    of = {client: median(by_title[value.title]) for client, by_title in values.items()}
    order = sorted(of, key=lambda client: -of[client])
    axes.barh(order, [of[client] for client in order], color=[COLOURS.get(client, OTHERS) for client in order])
    smallest = min(of.values())
    if max(of.values()) > 20 * smallest:
        axes.set_xscale("log")
    for row, client in enumerate(order):
        axes.annotate(f" {of[client]:.{value.digits}f}", (of[client], row), va="center", fontsize=8)
    axes.set_title(f"{case.title}: {value.title}, {value.unit}", fontsize=10)
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)


def lines(axes, peaks: dict[str, dict[str, float | None]]) -> None:
    for client, by_size in peaks.items():
        points = [(int(size), peak) for size, peak in by_size.items() if size != "0" and peak is not None]
        style = {"color": COLOURS[client], "linewidth": 2} if client in COLOURS else {"color": OTHERS, "linewidth": 1}
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, **style)
        axes.annotate(f" {client}", points[-1], fontsize=8, va="center")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.set_title("Peak memory by size of the file, both in MiB", fontsize=10)
    axes.margins(x=0.15)
    axes.spines[["top", "right"]].set_visible(False)
