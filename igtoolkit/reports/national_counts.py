"""What the national page counts, as plain values: from the roll-ups, or from a whole report, to the same figures."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, CharField, Count, Exists, F, OuterRef, QuerySet, Sum, Value

from igtoolkit.access.scope import made_submissions
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Registration, RollUp, Turnout
from igtoolkit.reports.national import READINGS, Report, Statuses, not_open, reported_framework
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Stage, Status

Results = Counter[tuple[str, int, str, str]]
Submitted = Counter[tuple[str, bool, int, int]]

NOT_BEFORE = Turnout.NOT_BEFORE
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Counted:
    """A stage's national figures. Latest submissions only, of the reported kinds.

    results: {(kind, recommendation, status, status at the stage directly before or ""): organisations}.
    submitted: {(kind, late, recommendations met, met at the stage before or NOT_BEFORE): organisations}.
    registered: {kind: organisations that had the stage to submit, or did}. regions: every region among them.
    before: {recommendations met: organisations}, over all that submitted the stage before.
    """

    year: str
    stage: Stage
    results: Results
    submitted: Submitted
    registered: Counter[str]
    regions: frozenset[str]
    before: Counter[int]

    @property
    def framework(self) -> Framework:
        return framework_for(self.year)

    def submitted_of(self, kind: str) -> int:
        return sum(n for (each, *_), n in self.submitted.items() if each == kind)

    def missing_of(self, kind: str) -> int:
        return self.registered[kind] - self.submitted_of(kind)


def counted(year: str, stage: str) -> Counted:
    """The figures from turnout and roll-ups, in two queries however many organisations there are.

    Read again when a submission landed between the two. Raises NoSuchReport.
    """
    kinds = [each.code for each in reported_framework(year, stage).reported_kinds]
    for _ in range(READINGS):
        found = replace(_turned_out(year, Stage(stage), kinds), results=_rolled_up(year, stage, kinds))
        if _agrees(found):
            return found
    log.error("The roll-ups of %s %s do not agree with its turnout: run `igtoolkit verify`.", year, stage)
    return found


def counted_of(report: Report, before: Mapping[str, Statuses]) -> Counted:
    """The same figures of a whole report. before: {organisation code: its statuses} at the stage before."""
    results: Results = Counter()
    submitted: Submitted = Counter()
    for each in report["organisations"]:
        if each["submitted"]:
            was = before.get(each["code"], {})
            then = met_of(was) if each["code"] in before else NOT_BEFORE
            submitted[each["kind"], each["late"], met_of(each["statuses"]), then] += 1
            results.update((each["kind"], int(n), one, was.get(n, "")) for n, one in each["statuses"].items())
    return Counted(
        year=report["year"],
        stage=Stage(report["stage"]),
        results=results,
        submitted=submitted,
        registered=Counter(each["kind"] for each in report["organisations"]),
        regions=frozenset(each["region"] for each in report["organisations"]),
        before=Counter(map(met_of, before.values())),
    )


def met_of(statuses: Statuses) -> int:
    """How many recommendations are met."""
    return sum(each == Status.MET for each in statuses.values())


def _agrees(found: Counted) -> bool:
    """Whether both counts are of the same submissions: as many of each kind, and as many recommendations met."""
    made, met = Counter[str](), Counter[str]()
    for (kind, _, reached, _), n in found.submitted.items():
        made[kind] += n
        met[kind] += reached * n
    each, held = Counter[tuple[str, int]](), Counter[str]()
    for (kind, number, status, _), n in found.results.items():
        each[kind, number] += n
        held[kind] += n if status == Status.MET else 0
    return held == met and all(n == made[kind] for (kind, _), n in each.items())


def _rolled_up(year: str, stage: str, kinds: list[str]) -> Results:
    rows = RollUp.objects.filter(year=year, stage=stage, kind__in=kinds, n__gt=0).order_by()
    summed = rows.values_list("kind", "recommendation", "status", "was").annotate(total=Sum("n"))
    return Counter({(kind, number, status, was): n for kind, number, status, was, n in summed})


def _turned_out(year: str, stage: Stage, kinds: list[str]) -> Counted:
    """Everything but the results, in one query, so that all of it is of one instant."""
    found = Counted(year, stage, Counter(), Counter(), Counter(), frozenset(), Counter())
    regions = set()
    for part, kind, region, late, met, then, n in _parts(year, stage, kinds):
        match part:
            case _Part.REGISTERED:
                found.registered[kind] += n
                regions.add(region)
            case _Part.EXCUSED:
                found.registered[kind] -= n
            case stage.value:
                found.submitted[kind, bool(late), met, then] += n
                regions.add(region)
            case _:
                found.before[met] += n
    return replace(found, regions=frozenset(regions))


class _Part(StrEnum):
    """What a row of the union counts, where it is not the turnout of a stage."""

    REGISTERED = "registered"
    EXCUSED = "excused"


def _parts(year: str, stage: Stage, kinds: list[str]) -> QuerySet[Any, Any]:
    """(stage or _Part, kind, region, late, met, met before, organisations): turnout, and those registered, likewise.

    A kind stays as it is once an assessment has begun, so those that submitted are among those registered as the kind.
    """
    turnout = Turnout.objects.filter(year=year, stage__in=[stage, *stage.earlier[-1:]], kind__in=kinds, n__gt=0)
    registered = Registration.objects.filter(year=year, kind__in=kinds)
    made = made_submissions(year, stage).filter(organisation=OuterRef("organisation"))
    excused = registered.filter(~Exists(made), organisation__in=not_open(year, stage))
    return turnout.values_list("stage", "kind", "region", "late", "met", "met_before", "n").union(
        _heads(_Part.REGISTERED, registered), _heads(_Part.EXCUSED, excused), all=True
    )


def _heads(part: _Part, rows: QuerySet[Registration]) -> QuerySet[Any, Any]:
    nothing = {"late_": Value(False, BooleanField()), "met_": Value(0), "then_": Value(0)}
    counted = rows.order_by().values(part_=Value(part.value, CharField()), kind_=F("kind"), region_=F("region"))
    return counted.annotate(**nothing, n_=Count("pk")).values_list(
        "part_", "kind_", "region_", "late_", "met_", "then_", "n_"
    )
