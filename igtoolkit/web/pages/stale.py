"""What differs between what was saved in the meantime and what was typed, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.records.models import Answer, Evidence
from igtoolkit.web.templates import day

NOTHING = "Nothing"
KEPT = "The evidence recorded stands in the form below as well: saving keeps it, unless you remove it there."


@dataclass(frozen=True)
class Difference:
    """One field that differs: both texts, and in `note` what the difference comes to."""

    name: str
    theirs: str
    yours: str
    note: str = ""


def differences(theirs: Answer, said: Said, *, own: bool) -> list[Difference]:
    """Each field that differs, in page order. theirs: as recorded now; said: as typed; own: by the same person."""
    return [each for each in _all(theirs, said, own) if each.theirs != each.yours]


def _all(theirs: Answer, said: Said, own: bool) -> Iterator[Difference]:
    yield Difference("Not relevant", _chosen(theirs.not_relevant), _chosen(said.not_relevant))
    yield Difference("Reason", theirs.reason or NOTHING, said.reason or NOTHING)
    yield _ticks(set(theirs.ticked), said.ticked, own)
    yield Difference("Not yet at level 1", _chosen(theirs.not_yet), _chosen(said.not_yet))
    yield _evidence(theirs.evidence_list(), said.evidence)
    yield Difference("Comment", theirs.comment or NOTHING, said.comment or NOTHING)
    yield Difference(
        "Target", _target(theirs.target_level, theirs.target_date), _target(said.target_level, said.target_date)
    )
    yield Difference("Owner", theirs.owner or NOTHING, said.owner or NOTHING)


def _chosen(value: bool) -> str:
    return "Chosen" if value else "Not chosen"


def _ticks(theirs: set[str], yours: frozenset[str], own: bool) -> Difference:
    them, you = ("as recorded", "in the form below") if own else ("by them", "by you")
    notes = []
    if theirs - yours:
        notes.append(f"Ticked {them} and not {you}: {_listed(theirs - yours)}.")
    if yours - theirs:
        notes.append(f"Ticked {you} and not {them}: {_listed(yours - theirs)}.")
    return Difference("Criteria ticked", _listed(theirs), _listed(yours), " ".join(notes))


def _listed(codes: Any) -> str:
    return ", ".join(sorted(codes)) or "None"


def _target(level: int | None, by: date | None) -> str:
    return f"Level {level} by {day(by)}" if level and by else NOTHING


def _evidence(theirs: list[Evidence], yours: tuple[EvidenceSaid, ...]) -> Difference:
    """Only the pieces that differ; a piece both have is not repeated."""
    recorded = [_piece(each) for each in theirs]
    typed = [_piece(each) for each in yours]
    return Difference(
        "Evidence that differs",
        "\n".join(each for each in recorded if each not in typed) or NOTHING,
        "\n".join(each for each in typed if each not in recorded) or NOTHING,
        KEPT if any(each not in typed for each in recorded) else "",
    )


def _piece(each: Evidence | EvidenceSaid) -> str:
    told = filter(None, [each.note, each.link, day(each.dated)])
    return f"{each.criterion}: {' · '.join(told)}"
