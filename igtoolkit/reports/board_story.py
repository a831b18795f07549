"""What a board reads first: the headline, and the few sentences under it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_due import is_part_dated, soonest
from igtoolkit.reports.board_line import NOT_COMPARABLE, line
from igtoolkit.reports.board_moved import NAMED, moved
from igtoolkit.reports.board_rows import FAILING, counts
from igtoolkit.standard.words import Status

Document = dict[str, Any]


def headline(recommendations: list[Document]) -> str:
    """9 of 16 recommendations are met, 4 partly, 3 not."""
    number = counts(recommendations)
    met, others = number[Status.MET], number[Status.NOT_APPLICABLE]
    applying = len(recommendations) - others
    if not applying:
        return f"None of the {others} recommendations applies."
    short = [f"{number[each]} {words}" for each, words in zip(FAILING, ("partly", "not"), strict=True) if number[each]]
    aside = f"; {others} {'does' if others == 1 else 'do'} not apply" if others else ""
    if met == applying:
        return f"All {applying} recommendations {'that apply ' if others else ''}are met{aside}."
    if not met:
        some = f": {', '.join(short)}" if number[Status.PARTLY_MET] else ""
        return f"None of {applying} recommendations is met{some}{aside}."
    return f"{met} of {applying} recommendations {'is' if met == 1 else 'are'} met, {', '.join(short)}{aside}."


def story(document: Document) -> str:
    """What changed, what one requirement would move most, what falls due next; from the data alone."""
    return " ".join(f"{sentence}." for sentence in _sentences(document))


def _sentences(document: Document) -> Iterator[str]:
    yield from _changes(document)
    if document["score"]["requirements"] and not document["score"]["recorded"]:
        yield "No requirement has been scored yet"
    else:
        yield from _lever(document)
    yield from _due(document)


def _changes(document: Document) -> Iterator[str]:
    """From the stage compared with, or where this year has none from last year's Final; nothing across a break."""
    past = line(document)
    if past.last is None:
        return
    if past.broken:
        yield f"The {past.broken} since {past.last.words}: {NOT_COMPARABLE}"
    else:
        yield moved(document["recommendations"], past, past.last)


def _lever(document: Document) -> Iterator[str]:
    if not document["steps"]:
        return
    first = document["steps"][0]
    becoming, moving, code = first["becoming_met"], first["moving"], first["requirement"]
    if becoming:
        yield phrases.recommendations(becoming, "waits on", "wait on") + f" one requirement, {code}"
    elif moving:
        yield f"None is one requirement away from being met; {code} would move most ({phrases.numbered(moving)})"


def _due(document: Document) -> Iterator[str]:
    """The earliest target behind what falls short, and how many are not dated in full."""
    failing = [each for each in document["recommendations"] if each["status"] in FAILING]
    first, about = _first(document, failing)
    if first:
        yield f"{_when(first, document['submitted_at'])} {phrases.day(first)} ({about}){_undated(document, failing)}"
    elif failing:
        yield "No target date is set"


def _first(document: Document, failing: list[Document]) -> tuple[str, str]:
    """The earliest day and what it is for: recommendations, or what is due before any of them is due in full."""
    day, codes = soonest(document, failing)
    first = min((each["target_date"] for each in failing if each["target_date"]), default="")
    if day and (not first or day < first):
        return day, phrases.listed(codes) if len(codes) <= NAMED else f"{len(codes)} requirements"
    return first, f"for {phrases.numbered([each['number'] for each in failing if each['target_date'] == first])}"


def _undated(document: Document, failing: list[Document]) -> str:
    """How many that fall short have no target date; where some have one in part, how many are not fully dated."""
    without = [each for each in failing if not each["target_date"]]
    if not without:
        return ""
    if len(without) == len(failing):
        every = f"none of the {len(failing)} that fall short is" if without[1:] else "the one that falls short is not"
        return f"; {every} fully dated"
    one = len(without) == 1
    none = f"{'has' if one else 'have'} no target date"
    partly = f"{'is' if one else 'are'} not fully dated"
    which = partly if any(is_part_dated(document, each) for each in without) else none
    return f"; {len(without)} of the {len(failing)} that fall short {which}"


def _when(first: str, submitted_at: str | None) -> str:
    if submitted_at and date.fromisoformat(first) < phrases.day_of(submitted_at):
        return "The earliest target date passed on"
    return "The next target date is"
