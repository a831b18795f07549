"""How many lines of type a board report takes: a guess from the widths of its words, good enough for a first try."""

from typing import Any

from igtoolkit.reports.pdf.printable import ems

Words = dict[str, Any]

# Widths of the places in ems of the size they are set in, as board.typ lays them out at ROOMY.
SUMMARY = {True: 23.7, False: 25.2}  # with and without a column for the change
RESTS_ON = {True: 11.7, False: 21.0}
NAME, HEADLINE, NOTE, STORY, STEP, POST_HOLDER = 36.5, 28.5, 56.0, 33.0, 27.0, 18.0
SCORE = 3.5  # the lines of a score card


def lines(words: Words) -> float:
    """The lines of one page, from top to bottom, without what every page has."""
    compared = words["previous_stage"] is not None
    table = sum(_row(each, compared=compared) for each in words["rows"])
    steps = sum(_wrapped(each["title"], STEP / 1.05) + _wrapped(each["result"], STEP) + 0.6 for each in words["steps"])
    people = sum(_wrapped(each["name"], POST_HOLDER) for each in words["people"])
    notes = sum(_wrapped(each, NOTE) + 0.6 for each in words["notes"])
    return table + notes + _top(words) + max(steps or _wrapped(words["steps_absent"], STEP), people * 1.35)


def _top(words: Words) -> float:
    """The lines of name, headline and story, in those of the table's size."""
    name = _wrapped(words["organisation"]["name"], NAME)
    story = 1.2 * _wrapped(words["story"], STORY)
    return 1.4 * name + 1.8 * _wrapped(words["headline"], HEADLINE) + max(SCORE, story)


def _row(row: Words, *, compared: bool) -> int:
    conditions = row["rests_on"].replace(" ", "\u00a0").replace("\u00a0·\u00a0", "\u00a0· ")
    dated = 2 if row["due"] or row["undated"] else 1
    return max(_wrapped(row["summary"], SUMMARY[compared]), _wrapped(conditions, RESTS_ON[compared]), dated)


def _wrapped(text: str, room: float) -> int:
    """The lines a text takes in `room` ems, broken at its spaces."""
    found, left, space = 1, room, ems(" ")
    for word in text.split(" "):
        width = ems(word)
        if width > left and left < room:
            found, left = found + 1, room
        left -= width + space
    return found
