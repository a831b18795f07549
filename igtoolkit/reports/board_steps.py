"""The steps that would move most, in words that somebody can act on."""

from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_why import criteria, requirement_of
from igtoolkit.reports.what_if import pairs, query
from igtoolkit.standard.cheapest import Raise
from igtoolkit.standard.framework import Requirement
from igtoolkit.standard.scoring import level

Document = dict[str, Any]
STEPS_SHOWN = 3
NAMED = 4  # more criteria than this are counted: their names would crowd out what the step is about


def step(document: Document, found: Document) -> Document:
    """One step: what to do, for which requirement, and what it would move.

    document: the snapshot, or a draft in its form. found: one of its steps. `doing`, `about` and
    `missing` are the parts of the title, and the criteria's texts, for the screen alone; so is `what_if`,
    which supposes the step in the address of “What if”.
    """
    requirement = requirement_of(document, found["requirement"])
    doing = _doing(document, found, requirement)
    return {
        "title": f"{doing} ({found['title']})",
        "result": _result(found),
        "requirement": found["requirement"],
        "doing": doing,
        "about": found["title"],
        "missing": criteria(requirement, found["missing"]),
        "what_if": _what_if(document, found, requirement),
    }


def _what_if(document: Document, found: Document, requirement: Requirement | None) -> str:
    if requirement is None:
        return ""
    code, known = found["requirement"], not _is_unknown(document, found["requirement"])
    ticked = _ticked(document, code)
    at, there = (_level(document, requirement, each) for each in (ticked, {*ticked, *found["missing"]}))
    step = Raise(requirement, tuple(found["missing"]), there if known else found["to_level"], found["levels"], known)
    return query(pairs(step, at))


def _doing(document: Document, found: Document, requirement: Requirement | None) -> str:
    code, missing = found["requirement"], found["missing"]
    if _is_unknown(document, code):
        return _doing_unknown(document, found)
    ticking = phrases.listed(missing) if len(missing) <= NAMED else f"{len(missing)} criteria"
    if requirement is None or _reaches(document, found, requirement):
        return f"Bring {code} to level {found['to_level']}: tick {ticking}"
    return f"Tick {ticking} in {code}"


def _is_unknown(document: Document, code: str) -> bool:
    """Whether its level came from a file, so that nobody can say which of its criteria are ticked."""
    return any(each["requirement"] == code and each.get("ticked", ()) is None for each in document["answers"])


def _doing_unknown(document: Document, found: Document) -> str:
    code = found["requirement"]
    reached = next(each["level"] or 0 for each in document["answers"] if each["requirement"] == code)
    if reached >= found["to_level"]:
        return f"Record which criteria of {code} are met"
    return f"Bring {code} to level {found['to_level']}, and record which criteria are met"


def _reaches(document: Document, found: Document, requirement: Requirement) -> bool:
    """Whether its criteria bring the whole level: a criterion asked for alone may leave others of its level open."""
    ticked = {*_ticked(document, requirement.code), *found["missing"]}
    return _level(document, requirement, ticked) >= int(found["to_level"])


def _level(document: Document, requirement: Requirement, ticked: set[str]) -> int:
    return level(requirement, ticked, maintained=requirement.code in document["maintenance"])


def _ticked(document: Document, code: str) -> set[str]:
    """The criteria ticked; none where they are unknown."""
    return {one for each in document["answers"] if each["requirement"] == code for one in each.get("ticked") or ()}


def _result(found: Document) -> str:
    closer = [each for each in found["moving"] if each not in found["becoming_met"]]
    parts = []
    if found["becoming_met"]:
        parts.append(phrases.recommendations(found["becoming_met"], "becomes met", "become met"))
    if closer:
        words = phrases.recommendations(closer, "moves closer", "move closer")
        parts.append(words.partition(" ")[2] if parts else words)
    return f"{'; '.join(parts)}." if parts else ""
