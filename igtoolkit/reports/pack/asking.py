"""Questions for non-executives: about the weakest recommendations, or those that keep a good result good."""

from collections.abc import Iterable
from typing import Any

from igtoolkit.records.frameworks import framework
from igtoolkit.reports import phrases
from igtoolkit.reports.board_due import FAILS
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import State, Status

Document = dict[str, Any]
MOST, LEAST = 5, 3
WEAKEST_FIRST = (Status.NOT_MET, Status.PARTLY_MET)


def asking(document: Document) -> list[Document]:
    """[{number, summary, status, status_words, why, ask, good}] of what to ask about; empty where nothing is written.

    The weakest five by status, then share, then number. With fewer than three of them the questions about what is
    met make up the number, one a theme, in number order; a theme that is asked about already comes last.
    """
    whole = framework(document["framework"])
    if document["crosswalk"] != whole.crosswalk.code or not whole.questions:
        return []
    chosen = weakest(document["recommendations"])[:MOST]
    chosen += _kept_good(document["recommendations"], chosen)
    return [_asked(document, whole, each) for each in chosen if each["number"] in whole.questions]


def weakest(recommendations: Iterable[Document]) -> list[Document]:
    """Those not or partly met, the weakest first."""
    short = [each for each in recommendations if each["status"] in WEAKEST_FIRST]
    return sorted(short, key=lambda each: (WEAKEST_FIRST.index(each["status"]), each["share"], each["number"]))


def _kept_good(recommendations: list[Document], chosen: list[Document]) -> list[Document]:
    """Of those met: one from each theme where nothing is weak, else as many as make three."""
    met = [each for each in recommendations if each["status"] == Status.MET]
    first = {each["theme"]: each for each in reversed(met)}
    one_a_theme = sorted(first.values(), key=lambda each: each["number"])
    asked = [each["theme"] for each in chosen]
    fresh = sorted(one_a_theme, key=lambda each: each["theme"] in asked)
    return fresh[: max(0, LEAST - len(chosen))] if chosen else fresh


def _asked(document: Document, whole: Framework, recommendation: Document) -> Document:
    status = Status(recommendation["status"])
    held = whole.questions[recommendation["number"]]
    asking = held.met if status is Status.MET else held.weak
    return {
        "number": recommendation["number"],
        "summary": recommendation["summary"],
        "status": status.value,
        "status_words": status.words,
        "why": _why(document, recommendation),
        "ask": list(asking.ask),
        "good": asking.good,
    }


def _why(document: Document, recommendation: Document) -> str:
    """What holds it back, in one line; what it rests on, where nothing does."""
    failing = [each for each in recommendation["conditions"] if each["state"] in FAILS]
    codes = list(dict.fromkeys(each["requirement"] for each in failing or recommendation["conditions"]))
    if not failing:
        return f"It rests on {phrases.listed(codes)}."
    held = [_lacks(document, code, [each for each in failing if each["requirement"] == code]) for code in codes]
    return f"{held[0][0].upper()}{'; '.join(held)[1:]}."


def _lacks(document: Document, code: str, failing: list[Document]) -> str:
    """13-202 lacks criteria 2c and 3a; 13-203 is at level 2 and needs 3; 13-112 is not scored"""
    if failing[0]["state"] == State.NOT_SCORED:
        imported = any(each["requirement"] == code and each["level"] is not None for each in document["answers"])
        return f"the criteria of {code} are not known" if imported else f"{code} is not scored"
    levels = [each for each in failing if not each["criterion"]]
    if levels:
        return f"{code} is at level {levels[0]['attained']} and needs {levels[0]['needed']}"
    missing = sorted({criterion for each in failing for criterion in each["missing"]})
    return f"{code} lacks {'criterion' if len(missing) == 1 else 'criteria'} {phrases.listed(missing)}"
