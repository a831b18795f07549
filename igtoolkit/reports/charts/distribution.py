"""How the trusts are spread over met, partly met and not met on each recommendation."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from igtoolkit.reports.charts.chart import Chart, Table, percent_words
from igtoolkit.reports.charts.drawn import Figures
from igtoolkit.reports.national_page import Page, Row
from igtoolkit.reports.national_words import trusts
from igtoolkit.reports.phrases import numbered
from igtoolkit.standard.words import Status

HALF = Fraction(1, 2)
NAMED = 3
PARTS = (Status.MET, Status.PARTLY_MET, Status.NOT_MET)
DESCRIPTION = (
    "A bar for each recommendation, weakest first, over the trusts that submitted and to which it applies. Met is"
    " drawn solid to the right of a line; to the left of it, partly met is hatched and not met is an outline."
)


def distribution(page: Page) -> Chart | None:
    """The bars of a page, in its own order; None where nothing was submitted."""
    rows = [each for each in page.rows if each.total.applying]
    if not rows:
        return None
    usual = Counter(each.total.applying for each in rows).most_common(1)[0][0]
    data = {"rows": [_drawn(each) for each in rows], "usual": usual}
    title = _title(page, rows)
    return Chart(
        Figures("distribution", title, f"{DESCRIPTION} {_range(rows)}", data), _note(rows, usual), _table(rows)
    )


def _drawn(row: Row) -> dict[str, Any]:
    counts = {each.value: row.total.counts[each] for each in PARTS}
    facts = {"number": row.number, "summary": row.recommendation.summary, "applying": row.total.applying}
    return {**facts, **counts, "percent": percent_words(_share(row))}


def _share(row: Row) -> Fraction:
    return Fraction(row.total.met, row.total.applying)


def _title(page: Page, rows: Sequence[Row]) -> str:
    if all(_share(each) == 1 for each in rows):
        return "Every recommendation is met wherever it applies"
    below = sum(_share(each) < HALF for each in rows)
    fewest = _fewest(page)
    if not below:
        return f"At least half of trusts meet each recommendation; {fewest}"
    if below == len(rows):
        return f"No recommendation is met by half of trusts; {fewest}"
    return f"Fewer than half of trusts meet {below} of the {len(rows)} recommendations; {fewest}"


def _fewest(page: Page) -> str:
    """the fewest, 14%, meet recommendation 8"""
    weakest = sorted(each.number for each in page.weakest)
    which = numbered(weakest) if len(weakest) <= NAMED else f"{len(weakest)} of them"
    least = _share(page.weakest[0])
    return f"the fewest, {percent_words(least)}, meet {which}" if least else f"none meets {which}"


def _range(rows: Sequence[Row]) -> str:
    first, last = rows[0], rows[-1]
    return (
        f"The share met goes from {percent_words(_share(first))} on recommendation {first.number} to"
        f" {percent_words(_share(last))} on recommendation {last.number}."
    )


def _note(rows: Sequence[Row], usual: int) -> str:
    rest = (
        " Where it applies to fewer, the row says of how many." if any(_not_usual(each, usual) for each in rows) else ""
    )
    return f"Shares of the {trusts(usual)} that submitted and to which a recommendation applies, rounded down.{rest}"


def _not_usual(row: Row, usual: int) -> bool:
    return row.total.applying != usual


def _table(rows: Sequence[Row]) -> Table:
    heads = ("Recommendation", *(each.words for each in PARTS), "Applies to", "Share met")
    return Table("How many trusts stand where on each recommendation, weakest first", heads, tuple(map(_cells, rows)))


def _cells(row: Row) -> tuple[str, ...]:
    counts = (f"{row.total.counts[each]:,}" for each in PARTS)
    return f"{row.number} {row.recommendation.summary}", *counts, f"{row.total.applying:,}", percent_words(_share(row))
