"""Why a recommendation stands as it does: each condition in full words, and the arithmetic of its share."""

from typing import Any

from igtoolkit.records.frameworks import framework
from igtoolkit.reports import phrases
from igtoolkit.reports.board_due import FAILS, level_asked
from igtoolkit.standard.framework import Requirement
from igtoolkit.standard.words import Basis, State, Status

Document = dict[str, Any]
CRITERIA_UNKNOWN = "its level was imported, and its criteria are unknown"


def because(recommendation: Document) -> str:
    """The rule that gives the status: “1 of 3 conditions holds, so it is partly met.”"""
    applying = _applying(recommendation)
    if not applying:
        return "None of its conditions applies, so it is not applicable."
    holding = sum(each["state"] == State.HOLDS for each in applying)
    status = Status(recommendation["status"]).words.lower()
    if len(applying) == 1:
        return f"Its one condition {'holds' if holding else 'does not hold'}, so it is {status}."
    if holding == len(applying):
        return f"All {holding} conditions hold, so it is {status}."
    known = f"{holding} of {len(applying)} conditions {'holds' if holding == 1 else 'hold'}"
    return f"{known if holding else f'None of {len(applying)} conditions holds'}, so it is {status}."


def arithmetic(recommendation: Document) -> str:
    """The share as a sum: “(0 + 2/3 + 1) / 3 = 55 percent”; empty when nothing applies."""
    parts = [_part(each) for each in _applying(recommendation)]
    if not parts:
        return ""
    total = parts[0] if len(parts) == 1 else f"({' + '.join(parts)}) / {len(parts)}"
    return f"{total} = {recommendation['share']} percent"


def reason(document: Document, condition: Document, *, own: bool = False) -> Document:
    """One condition in full words.

    document: the snapshot, or a draft in its form. own: for the organisation's own people, who alone read who owns it.
    `missing` lists {code, text} of the criteria still to be ticked; `title` is empty when the framework does not know
    the requirement; `due` and `owner` are empty where the condition asks for nothing more.
    """
    requirement = requirement_of(document, condition["requirement"])
    return {
        "requirement": condition["requirement"],
        "title": requirement.title if requirement else "",
        "needed": _needed(condition),
        "attained": _attained(document, condition),
        "state": condition["state"],
        "state_words": State(condition["state"]).words.capitalize(),
        "source": condition["source"],
        "basis_words": Basis(condition["basis"]).words.capitalize(),
        "missing": criteria(requirement, condition["missing"]),
        "due": _due(document, condition),
        "owner": _owner(document, condition) if own else "",
    }


def requirement_of(document: Document, code: str) -> Requirement | None:
    """The requirement in the words of the organisation's kind, in its set or not; None when there is no such text."""
    whole, kind = framework(document["framework"]), document["organisation"]["kind"]
    narrowed = whole.for_kind(kind)
    if narrowed.has(code):
        return narrowed.requirement(code)
    group = whole.kind(kind).group
    return next((each for each in whole.requirements if (each.code, each.group) == (code, group)), None)


def criteria(requirement: Requirement | None, codes: list[str]) -> list[Document]:
    """[{code, text}] of these criteria."""
    if requirement is None:
        return [{"code": each, "text": ""} for each in codes]
    return [{"code": each, "text": requirement.criterion(each).text} for each in codes]


def _applying(recommendation: Document) -> list[Document]:
    return [each for each in recommendation["conditions"] if each["state"] != State.DOES_NOT_APPLY]


def _part(condition: Document) -> str:
    attained, needed = condition["attained"] or 0, condition["needed"]
    if attained == 0:
        return "0"
    return "1" if attained >= needed else f"{attained}/{needed}"


def _needed(condition: Document) -> str:
    if not condition["criterion"]:
        return f"level {condition['needed']}"
    below = {"1": "", "2": ", with all of level 1", "3": ", with all of levels 1 and 2"}[condition["criterion"][0]]
    return f"criterion {condition['criterion']}{below}"


def _attained(document: Document, condition: Document) -> str:
    match State(condition["state"]):
        case State.NOT_SCORED:
            return CRITERIA_UNKNOWN if _is_imported(document, condition) else "it is not scored yet"
        case State.DOES_NOT_APPLY:
            return _why_outside(document, condition["requirement"])
    if condition["criterion"]:
        return f"{condition['criterion']} {_ticked(condition)}"
    return f"it stands at level {condition['attained']}" if condition["attained"] else "it is not yet at level 1"


def _is_imported(document: Document, condition: Document) -> bool:
    """Whether a level was imported for its requirement, without the criteria behind it."""
    answer = _answer(document, condition)
    return answer.get("ticked", ()) is None and answer["level"] is not None


def _due(document: Document, condition: Document) -> str:
    """“Due 31 January 2016”, or that no target is set; one that stops short of what is asked for says so."""
    if condition["state"] not in FAILS:
        return ""
    answer = _answer(document, condition)
    if not answer.get("target_date"):
        return "No target date"
    level, short = answer["target_level"] or 0, level_asked(condition)
    told = f"Due {phrases.day(answer['target_date'])}"
    return told if level >= short else f"{told}, but at level {level} only"


def _owner(document: Document, condition: Document) -> str:
    return str(_answer(document, condition).get("owner") or "") if condition["state"] in FAILS else ""


def _answer(document: Document, condition: Document) -> Document:
    """What the organisation said of the condition's requirement; empty where it said nothing."""
    code = condition["requirement"]
    return next((each for each in document["answers"] if each["requirement"] == code), {})


def _ticked(condition: Document) -> str:
    if condition["attained"]:
        return "is ticked"
    return "is not ticked" if condition["criterion"] in condition["missing"] else "is ticked, but not all below it"


def _why_outside(document: Document, code: str) -> str:
    marked = any(each["requirement"] == code and each.get("not_relevant") for each in document["answers"])
    return "it is marked not relevant here" if marked else "it is not in this organisation's set"
