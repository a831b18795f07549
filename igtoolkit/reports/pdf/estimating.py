"""How many lines of type a board report takes: a guess from the widths of its words, good enough for a first try."""

from typing import Any

from igtoolkit.reports.pdf.printable import ems

Words = dict[str, Any]

# Widths of the places in ems of the size they are set in, as board.typ lays them out at ROOMY.
TABLE, STATUS, DUE, MARK, ARROW, NUMBER = 58.5, 9.35, 6.45, 1.61, 1.34, 2.35
BESIDE_MARKS, ALONE = 10.85, 16.9  # what a recommendation rests on
NAME, HEADLINE, NOTE, STORY, STEP, POST_HOLDER = 36.5, 28.5, 56.0, 33.0, 27.0, 18.0
STEP_PARTS = ("doing", "about", "result")
SCORE = 3.5  # the lines of a score card


def lines(words: Words) -> float:
    """The lines of one page, from top to bottom, without what every page has."""
    table = _table(words) + len(words["breaks"])
    steps = sum(sum(_wrapped(each[part], STEP) for part in STEP_PARTS) + 0.6 for each in words["steps"])
    people = sum(_wrapped(each["name"], POST_HOLDER) for each in words["people"])
    notes = sum(_wrapped(each, NOTE) + 0.6 for each in words["notes"])
    return table + notes + _top(words) + max(steps or _wrapped(words["steps_absent"], STEP), people * 1.35)


def _top(words: Words) -> float:
    """The lines of name, headline and story, in those of the table's size."""
    name = _wrapped(words["organisation"]["name"], NAME)
    story = 1.2 * _wrapped(words["story"], STORY)
    return 1.4 * name + 1.8 * _wrapped(words["headline"], HEADLINE) + max(SCORE, story)


def _table(words: Words) -> int:
    stages, owed = len(words["stages"]), any(each["due"] or each["undated"] for each in words["rows"])
    rests = (BESIDE_MARKS if owed else BESIDE_MARKS + DUE - 0.9) if stages else ALONE
    marks = stages * MARK + ARROW if stages else 0
    status = STATUS if any(each["status"] == "not_applicable" for each in words["rows"]) else STATUS - 1.1
    summary = TABLE - NUMBER - status - marks - rests - (DUE if owed else 0)
    return sum(max(_wrapped(each["summary"], summary), _conditions(each, rests)) for each in words["rows"])


def _conditions(row: Words, room: float) -> int:
    whole = row["rests_on"].replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
    return _wrapped(whole, room)


def _wrapped(text: str, room: float) -> int:
    """The lines a text takes in `room` ems, broken at its spaces."""
    found, left, space = 1, room, ems(" ")
    for word in text.split(" "):
        width = ems(word)
        if width > left and left < room:
            found, left = found + 1, room
        left -= width + space
    return found
