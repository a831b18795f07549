"""What a board reads first: the headline, and the few sentences under it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_line import NOT_COMPARABLE, Line, line
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
        yield _moved(document["recommendations"], past, past.last.words)


def _moved(recommendations: list[Document], past: Line, then: str) -> str:
    met = counts(recommendations)[Status.MET]
    before = sum(past.before(each["number"]) == Status.MET for each in recommendations)
    fallen = [each["number"] for each in recommendations if past.change(each) == "down"]
    back = f"; {phrases.numbered(fallen)} {'has' if len(fallen) == 1 else 'have'} fallen back" if fallen else ""
    if met == before:
        return f"As many as at {then}{back}"
    return f"{'Up' if met > before else 'Down'} from {before} at {then}{back}"


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
    """The earliest target among the recommendations that fall short, and how many have none."""
    failing = [each for each in document["recommendations"] if each["status"] in FAILING]
    dated = [each for each in failing if each["target_date"]]
    if not dated:
        yield from ["No target date is set"] if failing else []
        return
    first = min(each["target_date"] for each in dated)
    due = phrases.numbered([each["number"] for each in dated if each["target_date"] == first])
    without = len(failing) - len(dated)
    rest = f"; {without} of the {len(failing)} that fall short {'has' if without == 1 else 'have'} no target date"
    yield f"{_when(first, document['submitted_at'])} {phrases.day(first)} (for {due}){rest if without else ''}"


def _when(first: str, submitted_at: str | None) -> str:
    if submitted_at and date.fromisoformat(first) < phrases.day_of(submitted_at):
        return "The earliest target date passed on"
    return "The next target date is"
