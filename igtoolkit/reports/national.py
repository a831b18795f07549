"""The national report: every organisation of the reported kinds against every recommendation.

Worked out from the columns of submissions, their performance rows and the roll-ups; no snapshot is read.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet, Sum

from igtoolkit.access.addresses import addressed
from igtoolkit.access.scope import national_submissions
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Organisation as Body
from igtoolkit.records.models import Registration, RollUp
from igtoolkit.reports.forms import csv_bytes, json_bytes
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Stage, Status

Report = dict[str, Any]
Organisation = dict[str, Any]
Statuses = dict[str, str]
Tally = Counter[tuple[str, int, str]]

READINGS = 3
COLUMNS = (
    "year",
    "stage",
    "framework",
    "crosswalk",
    "organisation_code",
    "organisation_name",
    "kind",
    "region",
    "submitted",
    "late",
    "recommendation",
    "summary",
    "theme",
    "status",
)
log = logging.getLogger(__name__)


class NoSuchReport(LookupError):
    """There is no national report for this year and stage."""


def national_report(year: str, stage: str) -> Report:
    """The national form as plain values: counts by recommendation and kind, then organisations in code order.

    An organisation that submitted has the name, kind and region of that day; one that did not has its
    registration's, `submitted` false, `late` None and no statuses. Every kind has all five statuses.
    Raises NoSuchReport for a year no framework covers or an unknown stage.
    """
    framework = reported_framework(year, stage)
    kinds = [each.code for each in framework.reported_kinds]
    organisations, tally = _of_one_instant(year, stage, kinds)
    waiting = Counter(each["kind"] for each in organisations if not each["submitted"])
    return {
        "report": "national",
        "year": year,
        "stage": stage,
        "framework": framework.code,
        "crosswalk": framework.crosswalk.code,
        "kinds": kinds,
        "recommendations": [
            {"number": each.number, "counts": {kind: _counts(tally, kind, each.number, waiting) for kind in kinds}}
            for each in framework.recommendations
        ],
        "organisations": organisations,
    }


def earlier_statuses(report: Report) -> dict[str, Statuses]:
    """{organisation code: its statuses} at the stage before the report's; empty at Baseline."""
    earlier = Stage(report["stage"]).earlier
    if not earlier:
        return {}
    return {code: each["statuses"] for code, each in _submitted(report["year"], earlier[-1], report["kinds"]).items()}


def national_bytes(year: str, stage: str, form: str) -> bytes:
    """The whole report as a download. form: csv or json. Raises NoSuchReport."""
    report = national_report(year, stage)
    return csv_bytes(csv_rows(report)) if form == "csv" else json_bytes(report)


def csv_rows(report: Report) -> Iterator[tuple[object, ...]]:
    """The column names, then a row for each organisation and recommendation."""
    yield COLUMNS
    recommendations = framework_of(report).recommendations
    whole = (report["year"], report["stage"], report["framework"], report["crosswalk"])
    for each in report["organisations"]:
        facts = tuple(each[name] for name in ("code", "name", "kind", "region", "submitted", "late"))
        for one in recommendations:
            theme = one.theme.value if one.theme else None
            yield *whole, *facts, one.number, one.summary, theme, status_of(each, one.number)


def framework_of(report: Report) -> Framework:
    return framework_for(report["year"])


def status_of(organisation: Organisation, number: int) -> str:
    """An organisation's status on a recommendation; not having submitted is a result too."""
    status: str = organisation["statuses"].get(str(number), Status.NOT_SUBMITTED.value)
    return status


def reported_framework(year: str, stage: str) -> Framework:
    """The framework of a year that has national reports. Raises NoSuchReport for another, and for an unknown stage."""
    try:
        Stage(stage)
        found = framework_for(year)
    except (ValueError, LookupError):
        raise NoSuchReport(f"There is no national report for {year} {stage}.") from None
    if not found.reported_kinds:
        raise NoSuchReport(f"No kind of organisation has a Caldicott2 report in {year}.")
    return found


def _of_one_instant(year: str, stage: str, kinds: list[str]) -> tuple[list[Organisation], Tally]:
    """The organisations and the roll-ups, read again when a submission landed between the two queries."""
    for _ in range(READINGS):
        organisations = _organisations(year, stage, kinds)
        tally = _rolled_up(year, stage, kinds)
        if tally == _tallied(organisations):
            return organisations, tally
    log.error("The roll-ups of %s %s do not agree with its submissions: run `igtoolkit verify`.", year, stage)
    return organisations, tally


def _organisations(year: str, stage: str, kinds: list[str]) -> list[Organisation]:
    found = _submitted(year, stage, kinds)
    for code, *facts in addressed(expected(year, stage, kinds)).values_list("address", "name", "kind", "region"):
        if code not in found:
            found[code] = organisation(code, *facts, submitted=False, late=None)
    return [found[code] for code in sorted(found)]


def expected(year: str, stage: str, kinds: Collection[str]) -> QuerySet[Registration]:
    """Those that had the stage to submit: open on its last day. One that closed before is not “not submitted”."""
    return Registration.objects.filter(year=year, kind__in=kinds).exclude(organisation__in=not_open(year, stage))


def not_open(year: str, stage: str) -> QuerySet[Body]:
    """The organisations that were not open on a stage's last day: closed before it, or opened after it."""
    last = framework_for(year).calendar(year).deadline(Stage(stage))
    return Body.objects.filter(Q(opened__gt=last) | Q(closed__lt=last)).order_by()


def _submitted(year: str, stage: str, kinds: list[str]) -> dict[str, Organisation]:
    """{code: organisation} of the latest submissions, as they were on that day, with their statuses."""
    names = ("year_code", "name", "kind", "region", "late")
    rows = national_submissions(year, stage).filter(kind__in=kinds).order_by("performance__recommendation")
    found: dict[str, Organisation] = {}
    for code, *facts, late, number, status in rows.values_list(
        *names, "performance__recommendation", "performance__status"
    ):
        if code not in found:
            found[code] = organisation(code, *facts, submitted=True, late=late)
        if number is not None:  # a submission without results still counts as made
            found[code]["statuses"][str(number)] = status
    return found


def organisation(code: str, name: str, kind: str, region: str, *, submitted: bool, late: bool | None) -> Organisation:
    """An organisation of the report, no status known of it yet."""
    facts = {"code": code, "name": name, "kind": kind, "region": region}
    return {**facts, "submitted": submitted, "late": late, "statuses": {}}


def _rolled_up(year: str, stage: str, kinds: list[str]) -> Tally:
    """{(kind, recommendation, status): how many organisations}, over every region."""
    rows = RollUp.objects.filter(year=year, stage=stage, kind__in=kinds).values_list("kind", "recommendation", "status")
    return Counter({tuple(key): total for *key, total in rows.annotate(total=Sum("n")) if total})


def _tallied(organisations: list[Organisation]) -> Tally:
    return Counter(
        (each["kind"], int(number), status) for each in organisations for number, status in each["statuses"].items()
    )


def _counts(tally: Tally, kind: str, number: int, waiting: Counter[str]) -> dict[str, int]:
    counted = {status.value: tally[kind, number, status.value] for status in Status}
    return {**counted, Status.NOT_SUBMITTED.value: waiting[kind]}
