"""Which rows a person can reach. No other room starts a query on tenant rows."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

from igtoolkit.access.policy import Visitor
from igtoolkit.records.frameworks import framework_for, frameworks
from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models import Assessment, Organisation, Person, Registration, Submission
from igtoolkit.standard.words import Stage

Row = TypeVar("Row", bound=Tenant)


def assessments(person: Visitor) -> QuerySet[Assessment]:
    """The assessments a person may know of: their own organisation's."""
    rows = Assessment.unscoped.select_related("organisation")
    if not isinstance(person, Person) or not person.is_active or person.organisation_id is None:
        return rows.none()
    return rows.filter(organisation=person.organisation_id)


def submissions(person: Visitor) -> QuerySet[Submission]:
    """The submissions whose board report a person may read: their own trust's, or every trust's for the NDG."""
    rows = Submission.unscoped.select_related("organisation", "assessment").filter(kind__in=reported_kinds())
    if not isinstance(person, Person) or not person.is_active:
        return rows.none()
    if person.reads_for_ndg:
        return rows
    if person.organisation_id is None:
        return rows.none()
    return rows.filter(organisation=person.organisation_id)


def find_assessment(person: Visitor, code: str, year: str) -> Assessment | None:
    """The assessment at an address, perhaps not started yet; None when the person may not know of it."""
    found = assessments(person).filter(organisation__code=code.upper(), year=year).first()
    return found or _not_started(person, code, year)


def find_submission(person: Visitor, code: str, year: str, stage: str, number: int | None = None) -> Submission | None:
    """The submission at an address: the latest of its stage unless a number is given."""
    if stage not in [each.value for each in Stage]:
        return None
    rows = submissions(person).filter(organisation__code=code.upper(), year=year, stage=stage)
    if number is not None:
        rows = rows.filter(number=number)
    return rows.order_by("-number").first()


def everything(model: type[Row], *, reason: str) -> QuerySet[Row]:
    """All rows of a tenant table, for work that is nobody's in particular. `reason` says why that is right."""
    if not reason:
        raise ValueError("Say why every organisation's rows are needed.")
    rows: QuerySet[Row] = model.unscoped.all()
    return rows


def national_submissions(year: str, stage: str) -> QuerySet[Submission]:
    """The latest submission of each organisation at a stage, for the national report alone."""
    rows = Submission.unscoped.filter(year=year, stage=stage, kind__in=reported_kinds())
    later = Submission.unscoped.filter(
        assessment=models.OuterRef("assessment"), stage=stage, number__gt=models.OuterRef("number")
    )
    return rows.filter(~models.Exists(later))


def digest_exists(digest: str) -> bool:
    """Whether some submission has this digest (64 hex digits): all that anyone may ask about a copy."""
    return Submission.unscoped.filter(digest=digest).exists()


def reported_kinds() -> list[str]:
    """The kinds for which a Caldicott2 report exists, in any framework."""
    return sorted({kind.code for each in frameworks().values() for kind in each.reported_kinds})


def _not_started(person: Visitor, code: str, year: str) -> Assessment | None:
    if not isinstance(person, Person) or not person.is_active or person.organisation_id is None:
        return None
    registration = (
        Registration.objects.filter(organisation=person.organisation_id, organisation__code=code.upper(), year=year)
        .select_related("organisation")
        .first()
    )
    return unstarted(registration.organisation, registration) if registration else None


def unstarted(organisation: Organisation, registration: Registration) -> Assessment | None:
    """The assessment that could be started for a registration, unsaved; None where no framework covers the year."""
    try:
        code = framework_for(registration.year).code
    except LookupError:
        return None
    facts: dict[str, Any] = {"kind": registration.kind, "region": registration.region, "framework_code": code}
    return Assessment(organisation=organisation, year=registration.year, **facts)
