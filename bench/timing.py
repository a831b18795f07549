"""Timing one thing many times, and telling it as a row of the table."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Row:
    """One line of the table: what, its bar in words, what was measured, and whether it holds."""

    what: str
    bar: str
    measured: str
    holds: bool


def times(work: Callable[[int], object], runs: int, *, warm: int = 2) -> list[float]:
    """Milliseconds of each run, after some that are not counted. `work` is given the run's number."""
    for run in range(warm):
        work(-1 - run)
    taken = []
    for run in range(runs):
        begun = perf_counter()
        work(run)
        taken.append((perf_counter() - begun) * 1000)
    return taken


@dataclass
class Stopwatch:
    seconds: float = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Seconds that the block took, known once it is left."""
    watch, begun = Stopwatch(), perf_counter()
    yield watch
    watch.seconds = perf_counter() - begun


def quantile(taken: list[float], share: float) -> float:
    return sorted(taken)[max(math.ceil(share * len(taken)) - 1, 0)]


def at_most(what: str, taken: list[float], *, p50: float, p99: float | None = None) -> Row:
    """A row that holds when the median (and the 99th percentile) keep their bars, in milliseconds."""
    middle, high = median(taken), quantile(taken, 0.99)
    bar = f"p50 ≤ {p50:g} ms" + (f", p99 ≤ {p99:g} ms" if p99 else "")
    holds = middle <= p50 and (p99 is None or high <= p99)
    return Row(what, bar, f"p50 {middle:.1f} ms, p99 {high:.1f} ms (n = {len(taken)})", holds)


def once(what: str, seconds: float, *, bar: float) -> Row:
    """A row for something done once, in seconds."""
    return Row(what, f"≤ {bar:g} s", f"{seconds:.1f} s", seconds <= bar)


def queries(work: Callable[[], object]) -> int:
    """How many queries this takes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def table(rows: list[Row]) -> str:
    """The rows as text, in columns."""
    cells = [
        ("what", "bar", "measured", ""),
        *((row.what, row.bar, row.measured, "" if row.holds else "OVER") for row in rows),
    ]
    widths = [max(len(each[i]) for each in cells) for i in range(3)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(each, widths, strict=False)) + "  " + each[3]
        for each in cells
    )
