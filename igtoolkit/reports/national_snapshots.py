"""What the snapshots of a stage say beyond the statuses: every condition, score and version, read in one query."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from igtoolkit.access.scope import national_submissions
from igtoolkit.reports.national import Report, Statuses, framework_of

Document = dict[str, Any]

READINGS = 3
# Keys are sorted in the canonical form, so `answers` and the comments in them end where this begins; within
# a text its quotation marks would be escaped.
AFTER_ANSWERS = ',"compared_with":'
log = logging.getLogger(__name__)


class Asked(NamedTuple):
    """One condition as a crosswalk asks it. `needed`: a level, or 1 for a criterion."""

    recommendation: int
    requirement: str
    criterion: str
    needed: int


class Versions(NamedTuple):
    """The framework and the crosswalk that a submission was worked out with, each with its digest."""

    framework: str
    framework_digest: str
    crosswalk: str
    crosswalk_digest: str


@dataclass(frozen=True)
class Score:
    """A submission's self-assessed score. `percent` and `grade` are None where nothing counts towards one."""

    kind: str
    percent: int | None
    grade: str | None


@dataclass
class Read:
    """A stage's snapshots, counted. `basis` has each condition's basis and source in its submission's words.

    states: {(condition, kind, state): organisations}. scores, statuses: by organisation code.
    """

    basis: dict[Asked, tuple[str, str]] = field(default_factory=dict)
    states: Counter[tuple[Asked, str, str]] = field(default_factory=Counter)
    scores: dict[str, Score] = field(default_factory=dict)
    statuses: dict[str, Statuses] = field(default_factory=dict)
    versions: Counter[Versions] = field(default_factory=Counter)


def read_snapshots(report: Report) -> Read:
    """What the latest submissions behind a report say, read again when one landed since the report was made."""
    expected = {each["code"]: each["statuses"] for each in report["organisations"] if each["submitted"]}
    for _ in range(READINGS):
        read = _read(report)
        if read.statuses == expected:
            return read
    log.error("The snapshots of %s %s do not agree with its results.", report["year"], report["stage"])
    return read


def asked(read: Read, report: Report) -> list[Asked]:
    """Every condition: those of the crosswalk in force in its order, then what older ones asked besides."""
    known = [
        Asked(one.number, each.requirement, each.criterion or "", each.level or 1)
        for one in framework_of(report).recommendations
        for each in one.conditions
    ]
    return known + sorted(set(read.basis) - set(known))


def without_answers(document: str) -> Document:
    """A snapshot's document as values, all but its answers: reading those is most of the work."""
    _, found, rest = document.partition(AFTER_ANSWERS)
    whole: Document = json.loads(f"{{{found[1:]}{rest}" if found else document)
    whole.pop("answers", None)
    return whole


def _read(report: Report) -> Read:
    read = Read()
    rows = national_submissions(report["year"], report["stage"]).filter(kind__in=report["kinds"])
    for code, kind, document in rows.values_list("year_code", "kind", "document").order_by("pk"):
        _count(read, code, kind, without_answers(document))
    return read


def _count(read: Read, code: str, kind: str, snapshot: Document) -> None:
    read.statuses[code] = {str(each["number"]): each["status"] for each in snapshot["recommendations"]}
    read.scores[code] = Score(kind, snapshot["score"]["percent"], snapshot["score"]["grade"])
    read.versions[Versions(*(snapshot[each] for each in Versions._fields))] += 1
    for one in snapshot["recommendations"]:
        for condition in one["conditions"]:
            key = _asked(one["number"], condition)
            read.basis.setdefault(key, (condition["basis"], condition["source"]))
            read.states[key, kind, condition["state"]] += 1


def _asked(number: int, condition: Mapping[str, Any]) -> Asked:
    return Asked(number, condition["requirement"], condition["criterion"] or "", condition["needed"])
