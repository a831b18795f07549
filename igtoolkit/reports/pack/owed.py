"""What is owed: each requirement that holds a recommendation back, by whom and by when."""

from collections.abc import Iterator
from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_due import FAILS, level_asked
from igtoolkit.reports.board_why import requirement_of

Document = dict[str, Any]


def owed(document: Document) -> list[Document]:
    """What is owed of each requirement that falls short: the soonest first, then what has no date, each by code.

    document: a snapshot. A requirement stands twice where its target reaches what one recommendation asks and not what
    another does. `due` is ISO, None where no target goes far enough; `short_of` says how far one goes that helps none.
    `level` is the highest asked, `numbers` the recommendations held back; `owner` is empty where nobody is named.
    """
    found = [each for code, asked in _asked(document).items() for each in _entries(document, code, asked)]
    return sorted(found, key=lambda each: (each["due"] is None, each["due"] or "", each["requirement"]))


def _asked(document: Document) -> dict[str, dict[int, set[int]]]:
    """{requirement: {level asked: the recommendations that ask it}}, of the conditions that do not hold."""
    found: dict[str, dict[int, set[int]]] = {}
    for number, condition in _failing(document):
        levels = found.setdefault(condition["requirement"], {})
        levels.setdefault(level_asked(condition), set()).add(number)
    return found


def _failing(document: Document) -> Iterator[tuple[int, Document]]:
    for each in document["recommendations"]:
        for condition in each["conditions"]:
            if condition["state"] in FAILS:
                yield each["number"], condition


def _entries(document: Document, code: str, asked: dict[int, set[int]]) -> Iterator[Document]:
    """What the target reaches, then what it does not."""
    answer: Document = next((each for each in document["answers"] if each["requirement"] == code), {})
    day = answer.get("target_date")
    target = (answer.get("target_level") or 0) if day else 0
    reached, beyond = {each for each in asked if each <= target}, {each for each in asked if each > target}
    if reached:
        yield _entry(document, answer, code, {each: asked[each] for each in reached}, day)
    if beyond:
        short = f"level {target} by {phrases.short_day(day)}" if day and not reached else ""
        yield _entry(document, answer, code, {each: asked[each] for each in beyond}, None) | {"short_of": short}


def _entry(document: Document, answer: Document, code: str, asked: dict[int, set[int]], due: str | None) -> Document:
    requirement = requirement_of(document, code)
    return {
        "requirement": code,
        "title": requirement.title if requirement else "",
        "level": max(asked),
        "numbers": sorted(set().union(*asked.values())),
        "owner": answer.get("owner") or "",
        "due": due,
        "due_words": phrases.short_day(due) if due else "",
        "short_of": "",
    }
