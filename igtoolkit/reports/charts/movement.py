"""The share of trusts that meets each recommendation, from stage to stage of one year."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from igtoolkit.reports.charts.chart import Chart, Table, of_trusts, percent_words
from igtoolkit.reports.charts.drawn import Figures
from igtoolkit.reports.national_page import Page
from igtoolkit.reports.national_trend import Point
from igtoolkit.reports.phrases import listed, numbered

NAMED = 3
DESCRIPTION = (
    "For each recommendation, in the order of the bars, a joined row of marks: the share of trusts that met it at"
    " Baseline (a hollow circle), at Performance Update (a diamond) and at Final (a solid square)."
)


def movement(page: Page, points: Sequence[Point]) -> Chart | None:
    """The stages of the page's year up to its own; None before there are two to compare."""
    stages = [each for each in points if each.year == page.year and each.stage in (*page.stage.earlier, page.stage)]
    if len(stages) < 2 or stages[-1].stage != page.stage:
        return None
    summaries = {each.number: each.recommendation.summary for each in page.rows if each.number in stages[-1].shares}
    rows = [_drawn(number, words, stages) for number, words in summaries.items()]
    figures = Figures(
        "movement",
        _title(stages, summaries),
        DESCRIPTION,
        {"rows": rows, "stages": {each.stage.value: each.stage.words for each in stages}},
    )
    return Chart(figures, _note(stages), _table(stages, summaries))


def _drawn(number: int, summary: str, stages: Sequence[Point]) -> dict[str, Any]:
    shares = {each.stage.value: float(each.shares[number].exact) for each in stages if number in each.shares}
    percent = percent_words(stages[-1].shares[number].exact)
    return {"number": number, "summary": summary, "shares": shares, "percent": percent}


def _title(stages: Sequence[Point], numbers: Mapping[int, str]) -> str:
    first, last = stages[0], stages[-1]
    moved = {each: last.shares[each].exact - first.shares[each].exact for each in numbers if each in first.shares}
    up, down = (sum(sign * each > 0 for each in moved.values()) for sign in (1, -1))
    if not up and not down:
        return f"As large a share of trusts meets each recommendation as at {first.stage.words}"
    return f"{_clauses(len(moved), up, down, first.stage.words)}; {_most(first, last, moved)}"


def _clauses(of: int, up: int, down: int, before: str) -> str:
    """14 of the 16 recommendations are met by a larger share of trusts than at Baseline, 2 by a smaller one"""
    n, word = (up, "larger") if up else (down, "smaller")
    who = (
        f"Each of the {of} recommendations is"
        if n == of
        else f"{n} of the {of} recommendations {'is' if n == 1 else 'are'}"
    )
    rest = f", {down} by a smaller one" if up and down else ""
    return f"{who} met by a {word} share of trusts than at {before}{rest}"


def _most(first: Point, last: Point, moved: Mapping[int, Fraction]) -> str:
    """Which differ most, with their shares when it is one."""
    most = max(map(abs, moved.values()))
    which = sorted(each for each, by in moved.items() if abs(by) == most)
    if len(which) > NAMED:
        return f"{len(which)} differ equally and most"
    if len(which) > 1:
        return f"{numbered(which)} differ most"
    then, now = (percent_words(each.shares[which[0]].exact) for each in (first, last))
    return f"{numbered(which)} differs most, from {then} to {now}"


def _note(stages: Sequence[Point]) -> str:
    of = listed([f"{of_trusts(each.submitted)} at {each.stage.words}" for each in stages])
    return f"Each mark is the share that the stage’s own report gives: of {of}. They are not all the same trusts."


def _table(stages: Sequence[Point], summaries: Mapping[int, str]) -> Table:
    heads = ("Recommendation", *(each.stage.words for each in stages))
    rows = tuple(
        (f"{number} {words}", *(_cell(each, number) for each in stages)) for number, words in summaries.items()
    )
    return Table(f"Share of trusts that met each recommendation in {stages[0].year}, by stage", heads, rows)


def _cell(point: Point, number: int) -> str:
    share = point.shares.get(number)
    return f"{percent_words(share.exact)} ({share.met:,} of {share.applying:,})" if share else "applies to none"
