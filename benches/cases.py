"""What is measured, and what is aimed at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from commands import ALL, PYTHON_RIVALS
from measure import Took

MIB = 1024**2
GIB = 1024**3


@dataclass(frozen=True)
class Value:
    """A number of a run that a case is about."""

    title: str
    unit: str
    of: Callable[[Took, int], float]
    digits: int = 1
    # What is aimed at, by client; of curl's own value where `times_curl` is set.
    targets: dict[str, float] = field(default_factory=dict)
    times_curl: bool = False


@dataclass(frozen=True)
class Case:
    """Calls that every client makes, in turn with the others."""

    name: str
    title: str
    call: str
    values: list[Value]
    kind: str = "raw"
    scheme: str = "http"
    # Of the file that is sent, where one is.
    size: int = 0
    times: int = 1
    at_once: int = 1
    before: int = 0
    rounds: int = 5
    clients: list[str] = field(default_factory=lambda: ALL)


def _wall(took: Took, _: int) -> float:
    return took.seconds


def _cpu(took: Took, _: int) -> float:
    return took.cpu_seconds


def _peak(took: Took, _: int) -> float:
    return took.peak_bytes / MIB


def _calls(took: Took, _: int) -> float:
    return took.calls_seconds


def _call(took: Took, times: int) -> float:
    return took.calls_seconds * 1000 / times


def _call_cpu(took: Took, times: int) -> float:
    return took.calls_cpu_seconds * 1000 / times


def _whole_milliseconds(took: Took, _: int) -> float:
    return took.seconds * 1000


def _file(wall: dict[str, float] | None = None, cpu: dict[str, float] | None = None) -> list[Value]:
    return [
        Value("time", "s", _wall, 2, wall or {}, times_curl=True),
        Value("CPU", "s", _cpu, 2, cpu or {}, times_curl=True),
        Value("peak memory", "MiB", _peak),
    ]


CASES = [
    Case(
        "http",
        "1 GiB over HTTP",
        "upload",
        _file(wall={"Rust": 0.75, "Python": 0.80, "Node": 0.90}),
        size=GIB,
        rounds=3,
    ),
    Case(
        "hyper",
        "1 GiB over HTTP, into hyper",
        "upload",
        _file(wall={"Rust": 0.85, "Python": 0.90, "Node": 1.0}),
        kind="hyper",
        size=GIB,
        rounds=3,
    ),
    Case(
        "https",
        "1 GiB over HTTPS",
        "upload",
        _file(cpu={"Rust": 0.75, "Python": 0.80, "Node": 0.90}),
        scheme="https",
        size=GIB,
        rounds=3,
    ),
    Case(
        "small",
        "One file of 64 KiB, the whole process",
        "upload",
        [Value("time", "ms", _whole_milliseconds, 1, {"Rust": 3, "Python": 30, "Node": 85})],
        size=64 * 1024,
        rounds=9,
    ),
    Case(
        "many",
        "200 files of 1 MiB, one after the other",
        "upload",
        [Value("time", "s", _calls, 2, {"Rust": 0.16, "Python": 0.19, "Node": 0.30})],
        size=MIB,
        times=200,
    ),
    Case(
        "at-once",
        "200 files of 1 MiB, 8 at once",
        "upload",
        [Value("time", "s", _calls, 2, {"Rust": 0.13, "Python": 0.17, "Node": 0.25})],
        size=MIB,
        times=200,
        at_once=8,
    ),
    Case(
        "get",
        "A small GET",
        "get",
        [
            Value("time", "ms", _call, 3, {"Rust": 0.05, "Python": 0.07, "Node": 0.12}),
            Value("CPU", "ms", _call_cpu, 3, {"Rust": 0.03, "Python": 0.05, "Node": 0.12}),
        ],
        times=2000,
        before=200,
        rounds=9,
    ),
    Case(
        "list",
        "A list of 10,000 objects",
        "list",
        [Value("time", "ms", _call, 1, {"Rust": 5, "Python": 8, "Node": 8})],
        times=20,
        before=3,
        rounds=9,
    ),
]

# Where the network is far and thin, all that streams is alike; what is left is the start, the CPU and the memory.
WAN = Case(
    "wan",
    "64 MiB over HTTPS, 40 ms away at 1 Gbit/s",
    "upload",
    _file(),
    scheme="https",
    size=64 * MIB,
    rounds=3,
    clients=["Rust", "Python", "Node", "curl", *PYTHON_RIVALS[:3], "node:http", "fetch"],
)
