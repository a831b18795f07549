"""The table of a board report in words: each recommendation, what it rests on, and why it stands so."""

from collections import Counter
from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_why import arithmetic, because, reason
from igtoolkit.standard.words import State, Status, Theme

Document = dict[str, Any]

RISING = (Status.NOT_MET, Status.PARTLY_MET, Status.MET)
FAILING = (Status.PARTLY_MET, Status.NOT_MET)
CHANGES = {"up": "Up from {}", "down": "Down from {}", "same": "No change", "none": "Was {}"}


def counts(recommendations: list[Document]) -> Counter[str]:
    """{status: how many}"""
    return Counter(each["status"] for each in recommendations)


def row(document: Document, recommendation: Document) -> Document:
    """One recommendation in words; `why` has an entry per condition, for the screen alone."""
    status, before = Status(recommendation["status"]), recommendation["previous_status"]
    was = Status(before).words if before else ""
    direction = change(recommendation)
    return {
        "number": recommendation["number"],
        "summary": recommendation["summary"],
        "status": status.value,
        "status_words": status.words,
        "rests_on": " · ".join(_rests_on(each) for each in recommendation["conditions"]),
        "previous_status": before,
        "previous_words": was,
        "change": direction,
        "change_words": CHANGES[direction].format(was) if before else "",
        "due": phrases.short_day(recommendation["target_date"]) if recommendation["target_date"] else "",
        "undated": status in FAILING and not recommendation["target_date"],
        "because": because(recommendation),
        "arithmetic": arithmetic(recommendation),
        "why": [reason(document, each) for each in recommendation["conditions"]],
    }


def change(recommendation: Document) -> str:
    """up, down, same; none where there is no earlier result, or one of the two does not apply."""
    now, before = recommendation["status"], recommendation["previous_status"]
    if now == before:
        return "same"
    if now not in RISING or before not in RISING:
        return "none"
    return "up" if RISING.index(now) > RISING.index(before) else "down"


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


def _rests_on(condition: Document) -> str:
    """13-203 2/3, 13-206 3b no, 13-112 not scored"""
    name = " ".join(filter(None, [condition["requirement"], condition["criterion"]]))
    if condition["attained"] is None:
        return f"{name} {State(condition['state']).words}"
    if condition["criterion"]:
        return f"{name} {'yes' if condition['attained'] else 'no'}"
    return f"{name} {condition['attained']}/{condition['needed']}"
