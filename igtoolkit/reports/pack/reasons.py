"""Why each status: the annex of the pack, from the rows of the board report but shorter."""

from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_due import FAILS
from igtoolkit.reports.board_rows import rows
from igtoolkit.standard.words import Basis, State

Document = dict[str, Any]
SPELLED = 3  # more criteria than this are given by code: the record has their words
KEPT = ("number", "summary", "status", "status_words", "because", "arithmetic")


def reasons(document: Document) -> list[Document]:
    """Each recommendation with its conditions in words, in report order. document: a snapshot.

    The words of a criterion stand where it is missing first; after that its code is enough.
    """
    said: set[tuple[str, str]] = set()
    told = zip(document["recommendations"], rows(document, own=True), strict=True)
    return [_explained(recommendation, row, said) for recommendation, row in told]


def _explained(recommendation: Document, row: Document, said: set[tuple[str, str]]) -> Document:
    pairs = zip(recommendation["conditions"], row["why"], strict=True)
    conditions = [_condition(condition, why, said) for condition, why in pairs]
    return {**{name: row[name] for name in KEPT}, "conditions": conditions}


def _condition(condition: Document, why: Document, said: set[tuple[str, str]]) -> Document:
    """`missing` and `owed` are empty unless it falls short."""
    short = condition["state"] in FAILS
    return {
        "requirement": why["requirement"],
        "title": why["title"],
        "stands": _stands(condition, why),
        "state": condition["state"],
        "state_words": why["state_words"],
        "documented": condition["basis"] == Basis.DOCUMENTED,
        "missing": _missing(why, said) if short else "",
        "owed": f"{why['due']}; {_owner(why['owner'])}" if short else "",
    }


def _owner(name: str) -> str:
    return f"owner: {name}" if name else "no owner"


def _stands(condition: Document, why: Document) -> str:
    """“level 2, needs 3”, “3b is not ticked”, “it is not scored yet, needs level 2”"""
    match State(condition["state"]):
        case State.DOES_NOT_APPLY:
            return str(why["attained"])
        case State.NOT_SCORED:
            return f"{why['attained']}; needs {why['needed']}"
    if condition["criterion"]:
        return str(why["attained"])
    return f"level {condition['attained']}, needs {condition['needed']}"


def _missing(why: Document, said: set[tuple[str, str]]) -> str:
    """“3a, with its words; 2c, as above”"""
    codes = {each["code"]: (why["requirement"], each["code"]) for each in why["missing"]}
    fresh = [each for each in why["missing"] if codes[each["code"]] not in said]
    if len(fresh) > SPELLED:
        return f"{len(codes)} criteria ({', '.join(codes)})"
    said.update(codes.values())
    parts = [" ".join(filter(None, [each["code"], each["text"].rstrip(".")])) for each in fresh]
    again = [each for each in codes if each not in [one["code"] for one in fresh]]
    return "; ".join([*parts, *([f"{phrases.listed(again)}, as above"] if again else [])])
