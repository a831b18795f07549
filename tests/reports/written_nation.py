"""Nations written by hand (national_example), put into the database as submitting them would have left it."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from igtoolkit.records.models import (
    Assessment,
    Organisation,
    RecordedPerformance,
    Registration,
    RollUp,
    Submission,
    Turnout,
)
from igtoolkit.reports.national import Report, Statuses
from igtoolkit.standard.words import Stage, Status

MADE = datetime(2015, 7, 1, tzinfo=UTC)


def write(report: Report, before: Mapping[str, Statuses]) -> None:
    """The stage of a report and, for those in `before`, the stage before it; then the counts over both."""
    stage = Stage(report["stage"])
    for each in report["organisations"]:
        facts = {name: each[name] for name in ("name", "kind", "region")}
        assessment = _begun(each["code"], report, facts)
        earlier = before.get(each["code"])
        if earlier is not None:
            _submitted(assessment, stage.earlier[-1], earlier, None, late=False, name=each["name"])
        if each["submitted"]:
            _submitted(assessment, stage, each["statuses"], earlier, late=each["late"], name=each["name"])


def _begun(code: str, report: Report, facts: Mapping[str, str]) -> Assessment:
    body = Organisation.objects.create(code=code, name=facts["name"])
    Registration.objects.create(organisation=body, year=report["year"], code=code, source="tests", **facts)
    place = {name: facts[name] for name in ("kind", "region")}
    return Assessment.unscoped.create(
        organisation=body, year=report["year"], framework_code=report["framework"], started_at=MADE, **place
    )


def _submitted(
    assessment: Assessment, stage: Stage, statuses: Statuses, before: Statuses | None, *, late: bool, name: str
) -> None:
    place = {"year": assessment.year, "stage": stage, "kind": assessment.kind, "region": assessment.region}
    key = f"{assessment.organisation.code} {stage}"
    met, then = _met(statuses), None if before is None else _met(before)
    facts = {"number": 1, "name": name, "submitted_at": MADE, "late": late, "key": key, "digest": key, "document": "{}"}
    made = Submission.unscoped.create(
        assessment=assessment, organisation=assessment.organisation, met=met, met_before=then, **place, **facts
    )
    made.performance.bulk_create(
        RecordedPerformance(submission=made, recommendation=int(number), status=status)
        for number, status in statuses.items()
    )
    for number, status in statuses.items():
        key = {"recommendation": int(number), "status": status, "was": (before or {}).get(number, "")}
        _one_more(RollUp, {**place, **key})
    _one_more(Turnout, {**place, "late": late, "met": met, "met_before": Turnout.NOT_BEFORE if then is None else then})


def _one_more(table: type[RollUp] | type[Turnout], key: Mapping[str, object]) -> None:
    row, _ = table.objects.get_or_create(**key)
    row.n += 1
    row.save()


def _met(statuses: Statuses) -> int:
    return Counter(statuses.values())[Status.MET]
