"""The table of a board report in words: each recommendation, what it rests on, and why it stands so."""

from collections import Counter
from itertools import groupby
from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_due import is_part_dated
from igtoolkit.reports.board_line import Line, line
from igtoolkit.reports.board_why import arithmetic, because, reason
from igtoolkit.standard.words import State, Status, Theme

Document = dict[str, Any]

FAILING = (Status.PARTLY_MET, Status.NOT_MET)
CHANGES = {"up": "Up from {}", "down": "Down from {}", "same": "No change", "none": "Was {}"}


def counts(recommendations: list[Document]) -> Counter[str]:
    """{status: how many}"""
    return Counter(each["status"] for each in recommendations)


def rows(document: Document, *, own: bool = False) -> list[Document]:
    """Every recommendation in words. own: for the organisation's own people, who alone read who owns what."""
    past = line(document)
    return [row(document, each, past, own=own) for each in document["recommendations"]]


def row(document: Document, recommendation: Document, past: Line | None = None, *, own: bool = False) -> Document:
    """One recommendation in words; `why` has an entry per condition, for the screen and the annex alone."""
    past = past or line(document)
    status, before = Status(recommendation["status"]), past.before(recommendation["number"])
    was, direction = Status(before).words if before else "", past.change(recommendation)
    return {
        "number": recommendation["number"],
        "summary": recommendation["summary"],
        "status": status.value,
        "status_words": status.words,
        "rests_on": _rests_on(recommendation["conditions"]),
        "change": direction,
        "change_words": CHANGES[direction].format(was) if before else "",
        "line": past.marks(recommendation["number"]),
        "line_words": past.words(recommendation),
        "due": phrases.short_day(recommendation["target_date"]) if recommendation["target_date"] else "",
        "undated": status in FAILING and not recommendation["target_date"],
        "part_dated": not recommendation["target_date"] and is_part_dated(document, recommendation),
        "because": because(recommendation),
        "arithmetic": arithmetic(recommendation),
        "why": [reason(document, each, own=own) for each in recommendation["conditions"]],
    }


def theme_bars(recommendations: list[Document]) -> list[Document]:
    """The four themes, each with how many recommendations stand how."""
    return [_theme_bar(theme, recommendations) for theme in Theme]


def _theme_bar(theme: Theme, recommendations: list[Document]) -> Document:
    number = counts([each for each in recommendations if each["theme"] == theme])
    applying = number.total() - number[Status.NOT_APPLICABLE]
    return {
        "name": theme.words,
        **{each.value: number[each] for each in Status if each is not Status.NOT_SUBMITTED},
        "words": f"{number[Status.MET]} of {applying} met" if applying else "Does not apply",
    }


def _rests_on(conditions: list[Document]) -> str:
    """13-203 2/3 · 13-206 3b no, 3c yes · 13-112 not scored"""
    grouped = groupby(conditions, key=lambda each: each["requirement"])
    return " · ".join(f"{code} {', '.join(map(_stands, each))}" for code, each in grouped)


def _stands(condition: Document) -> str:
    """2/3, 3b no, not scored"""
    criterion = condition["criterion"]
    if condition["attained"] is None:
        return " ".join(filter(None, [criterion, State(condition["state"]).words]))
    if criterion:
        return f"{criterion} {'yes' if condition['attained'] else 'no'}"
    return f"{condition['attained']}/{condition['needed']}"
