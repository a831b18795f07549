"""What changed, in one sentence: since the stage before, and since last year's Final where the two can be compared."""

from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_line import Column, Line, change
from igtoolkit.standard.words import Status

Document = dict[str, Any]
NAMED = 4  # more recommendations than this are counted: their numbers would crowd out what they say


def moved(recommendations: list[Document], past: Line, last: Column) -> str:
    """Up from 9 at Performance Update (14 and 19 now met) and from 9 a year ago.

    last: the stage compared with, of which alone it is told what rose and what fell back.
    """
    how, since = _since(recommendations, last)
    told = f"{how.capitalize()} {since}at {last.words}{_which(recommendations, last)}"
    if past.last_year in (None, last):
        return told
    then, before = _since(recommendations, past.last_year)
    again = f" and {before}a year ago" if then == how else f", {then} {before}a year ago"
    return told + again


def _since(recommendations: list[Document], then: Column) -> tuple[str, str]:
    """(up, from 9), (as many as, nothing): how many are met now, against how many were."""
    met = sum(each["status"] == Status.MET for each in recommendations)
    was = sum(_was(each, then) == Status.MET for each in recommendations)
    return ("as many as", "") if met == was else ("up" if met > was else "down", f"from {was} ")


def _which(recommendations: list[Document], then: Column) -> str:
    """What is met that was not, and what fell back, in brackets."""
    risen = [each for each in recommendations if each["status"] == Status.MET and _was(each, then) != Status.MET]
    fallen = [each for each in recommendations if change(each["status"], _was(each, then)) == "down"]
    parts = [f"{_named(each)} {how}" for each, how in ((risen, "now met"), (fallen, "fell back")) if each]
    return f" ({'; '.join(parts)})" if parts else ""


def _named(recommendations: list[Document]) -> str:
    if len(recommendations) > NAMED:
        return f"{len(recommendations)} recommendations"
    return phrases.listed([each["number"] for each in recommendations])


def _was(recommendation: Document, then: Column) -> str:
    return str(then.mark(recommendation["number"])["status"])
