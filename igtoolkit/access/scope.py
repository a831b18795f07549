"""Which rows a person can reach. No other room starts a query on tenant rows."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

from igtoolkit.access.addresses import addressed, code_then, holding
from igtoolkit.access.policy import Visitor, has_account
from igtoolkit.access.reach import raised
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework_for, frameworks, years
from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models import (
    Assessment,
    AuditEvent,
    ImprovementPlan,
    Organisation,
    Person,
    RecordedPerformance,
    Registration,
    RequestedFile,
    Role,
    SecondLook,
    Submission,
    SupportAccess,
)
from igtoolkit.records.models.desk import KEPT
from igtoolkit.records.models.support import standing
from igtoolkit.records.rows import PUBLISHED, STARTED, SUBMITTED
from igtoolkit.standard.words import Stage

Row = TypeVar("Row", bound=Tenant)
MADE = ("pk", "name", "region", "late", "met")


def assessments(person: Visitor) -> QuerySet[Assessment]:
    """The assessments a person may know of: their own organisation's; for the service team, of those that let it."""
    rows = Assessment.unscoped.select_related("organisation")
    if not has_account(person):
        return rows.none()
    if person.serves:
        return rows.filter(organisation__in=support_accesses(person).values("organisation"))
    return rows.filter(organisation=person.organisation_id)


def submissions(person: Visitor) -> QuerySet[Submission]:
    """The submissions whose board report a person may read: their own trust's, or every trust's for the NDG."""
    rows = Submission.unscoped.select_related("organisation", "assessment").filter(kind__in=reported_kinds())
    if not has_account(person):
        return rows.none()
    if person.reads_for_ndg:
        return rows
    return rows.filter(organisation=person.organisation_id)


def find_assessment(person: Visitor, code: str, year: str) -> Assessment | None:
    """The assessment at an address, perhaps not started yet; None when the person may not know of it.

    One's own organisation is found by each code it ever had.
    """
    organisation = _assessed(person, code.upper(), year)
    if organisation is None:
        return None
    found = assessments(person).filter(year=year, organisation=organisation).first()
    if found is None:
        return _not_started(organisation, year)
    found.organisation = organisation  # with the looks it grants, which the policy asks for
    return found


def _assessed(person: Visitor, code: str, year: str) -> Organisation | None:
    """The organisation with this code whose assessments the person may know of."""
    if not has_account(person):
        return None
    if person.serves:  # one query, whether the code is an organisation's or nobody's
        looked_at = support_accesses(person).values("organisation")
        rows = Organisation.objects.filter(pk=holding(code, year), pk__in=looked_at)
        return rows.prefetch_related(models.Prefetch("support_accesses", support_accesses(person))).first()
    own = person.organisation
    return own if own is not None and _is_called(own, code) else None


def support_accesses(person: Visitor) -> QuerySet[SupportAccess]:
    """The looks granted to the service team: for an administrator all of their organisation's, newest first; for the
    service team those that stand at this moment."""
    rows = SupportAccess.unscoped.select_related("organisation", "granted_by", "revoked_by")
    if not has_account(person):
        return rows.none()
    if person.serves:
        return rows.filter(standing(clock.now()))
    return rows.filter(organisation=person.organisation_id) if person.role == Role.ADMINISTRATOR else rows.none()


def find_submission(person: Visitor, code: str, year: str, stage: str, number: int | None = None) -> Submission | None:
    """The submission at an address: the latest of its stage unless a number is given."""
    rows = submissions(person).filter(year=year, stage=stage)
    if isinstance(person, Person) and person.organisation is not None:
        rows = rows if _is_called(person.organisation, code.upper()) else rows.none()
    else:
        rows = rows.filter(organisation=holding(code.upper(), year))
    return (rows if number is None else rows.filter(number=number)).order_by("-number").first()


def find_published(code: str, year: str) -> Submission | None:
    """The Final that stands published at an address, for anybody at all."""
    rows = Submission.unscoped.select_related("organisation", "assessment").filter(year=year, stage=Stage.FINAL)
    rows = raised(rows.filter(organisation=holding(code.upper(), year)), PUBLISHED)
    return rows.order_by("-number").first()


def organisations(person: Visitor) -> QuerySet[Organisation]:
    """The part of the register a person may read: their own organisation, for the NDG every one of a reported kind,
    for the service team all."""
    rows = Organisation.objects.order_by("pk")
    if not has_account(person):
        return rows.none()
    if person.serves:
        return rows
    if person.reads_for_ndg:
        reported = Registration.objects.filter(year__in=years(), kind__in=reported_kinds())
        return rows.filter(pk__in=reported.values("organisation"))
    return rows.filter(people=person)


def find_organisation(person: Visitor, code: str) -> Organisation | None:
    """The organisation with this code, else the last that had it; None when the person may not know of it."""
    rows, code = organisations(person), code.upper()
    return (
        rows.filter(code=code).first() or rows.filter(former_codes__code=code).order_by("-former_codes__until").first()
    )


def published_organisations() -> QuerySet[Organisation]:
    """The organisations with a published Final, for anybody at all."""
    finals = Submission.unscoped.filter(organisation=models.OuterRef("pk"), stage=Stage.FINAL)
    return raised(Organisation.objects.filter(models.Exists(finals)), PUBLISHED)


def published_years(organisations: Collection[Organisation]) -> dict[int, dict[str, str]]:
    """{organisation pk: {year whose Final is published: the code it is found by}}, newest first.

    In at most three queries.

    Nearly always that is the code as registered: the long look for whose it was is asked of the others alone.
    """
    rows = Submission.unscoped.filter(organisation__in=organisations, stage=Stage.FINAL).order_by("-year")
    found: dict[int, dict[str, str]] = {}
    for pk, year, code in raised(rows, PUBLISHED).values_list("organisation", "year", "organisation__code"):
        found.setdefault(pk, {})[year] = code
    changed = Registration.objects.filter(organisation__in=found).exclude(code=models.F("organisation__code"))
    odd = list(changed.values_list("pk", flat=True))
    then = addressed(Registration.objects.filter(pk__in=odd))
    for pk, year, code in then.values_list("organisation", "year", "address"):
        if year in found[pk]:
            found[pk][year] = code
    return found


def people(person: Visitor) -> QuerySet[Person]:
    """The people whom somebody manages: of their own organisation, or of every one for the service team."""
    rows: QuerySet[Person] = Person.objects.filter(organisation__isnull=False)
    if not has_account(person):
        return rows.none()
    if person.serves:
        return rows
    return rows.filter(organisation=person.organisation_id) if person.role == Role.ADMINISTRATOR else rows.none()


def everybody(person: Visitor) -> QuerySet[Person]:
    """Everybody with an account, for the service team alone: to see what one of them could do."""
    rows: QuerySet[Person] = Person.objects.all()
    return rows if has_account(person) and person.serves else rows.none()


def managed(person: Visitor, code: str) -> Organisation | None:
    """The organisation with this code, if the person manages its people."""
    if not has_account(person) or "\0" in code:
        return None
    if person.serves:
        return Organisation.objects.filter(code=code.upper()).first()
    own = person.organisation if person.role == Role.ADMINISTRATOR else None
    return own if own is not None and _is_called(own, code.upper()) else None


def plans(person: Visitor) -> QuerySet[ImprovementPlan]:
    """The improvement plans that were sent, for the service team: their text alone, never the snapshot beside it.

    `corrected` says whether a later Final took the place of the one a plan is about.
    """
    told = ("submission__organisation", "sent_by", "review__decided_by")
    rows = ImprovementPlan.unscoped.select_related(*told).defer("submission__document")
    final = Submission.unscoped.filter(assessment=models.OuterRef("submission__assessment"), stage=Stage.FINAL)
    rows = rows.annotate(corrected=models.Exists(final.filter(number__gt=models.OuterRef("submission__number"))))
    return rows if has_account(person) and person.serves else rows.none()


def find_plan(person: Visitor, code: str, year: str) -> ImprovementPlan | None:
    """The plan an organisation sent last for a year's Final; None for one that sent none."""
    found = plans(person).filter(submission__year=year, submission__organisation=holding(code.upper(), year))
    return found.order_by("-submission__number", "-number").first()


def trail(person: Visitor) -> QuerySet[AuditEvent]:
    """The audit trail a person may read: an administrator their organisation's, the service team the service's own."""
    rows = AuditEvent.unscoped.order_by("-number")
    if not has_account(person):
        return rows.none()
    if person.serves:
        return rows.filter(organisation=None)
    own = person.role == Role.ADMINISTRATOR
    return rows.filter(organisation=person.organisation_id) if own else rows.none()


def trail_submissions(person: Visitor) -> QuerySet[Submission]:
    """The submissions that the trail a person may read tells of, of whatever kind their organisation is."""
    rows = Submission.unscoped.all()
    if not has_account(person) or person.role != Role.ADMINISTRATOR:
        return rows.none()
    return rows.filter(organisation=person.organisation_id)


def requested_files(person: Visitor) -> QuerySet[RequestedFile]:
    """The files that a person asked for within a day, without what is in them, newest first; nobody sees another's."""
    rows = RequestedFile.objects.defer("content")
    if not has_account(person) or not person.reads_for_ndg:
        return rows.none()
    return rows.filter(asked_by=person, asked_at__gt=clock.now() - KEPT)


def _is_called(organisation: Organisation, code: str) -> bool:
    return organisation.code == code or organisation.former_codes.filter(code=code).exists()


def everything(model: type[Row], *, reason: str) -> QuerySet[Row]:
    """All rows of a tenant table, for work that is nobody's in particular. `reason` says why that is right."""
    if not reason:
        raise ValueError("Say why every organisation's rows are needed.")
    rows: QuerySet[Row] = model.unscoped.all()
    return rows


def national_submissions(year: str, stage: str) -> QuerySet[Any]:
    """The latest submission of each organisation at a stage, for the national report alone.

    `year_code` is the code by which the organisation is found in that year.
    """
    rows: QuerySet[Any] = latest_submissions(year, stage).annotate(year_code=code_then("organisation", "year"))
    return rows


def latest_submissions(year: str, stage: str) -> QuerySet[Any]:
    """The same rows without their codes, to be counted and looked up by."""
    rows = Submission.unscoped.filter(year=year, stage=stage, kind__in=reported_kinds())
    return rows.exclude(pk__in=_corrected(year, stage))


def made_submissions(year: str, stage: str) -> QuerySet[Any]:
    """Every submission of a stage, corrected or not: to ask who made one at all."""
    return Submission.unscoped.filter(year=year, stage=stage, kind__in=reported_kinds())


def with_made(registrations: QuerySet[Any], year: str, stage: str) -> QuerySet[Any]:
    """Registrations of the year with `made_pk` and other facts of their latest submission, or none, as MADE says.

    For the national report alone. The facts are named once: a filter on `made` itself would join it afresh.
    """
    whose = "organisation__submissions"
    of_stage = models.Q((f"{whose}__year", year), (f"{whose}__stage", stage))
    rows = registrations.alias(made=models.FilteredRelation(whose, condition=of_stage))
    rows = rows.alias(**{f"made_{each}": models.F(f"made__{each}") for each in MADE})
    found: QuerySet[Any] = rows.filter(models.Q(made_pk__isnull=True) | ~models.Q(made_pk__in=_corrected(year, stage)))
    return found


def made_results(*, status: str, among: Collection[int]) -> models.Exists:
    """That the `made` of a registration stands at a status in some of these recommendations."""
    rows = RecordedPerformance.unscoped.filter(submission=models.OuterRef("made_pk"), status=status)
    return models.Exists(rows.filter(recommendation__in=among))


def _corrected(year: str, stage: str) -> QuerySet[Any]:
    """The few submissions in whose place a later one came: worked out once, not asked of each row."""
    corrections = Submission.unscoped.filter(year=year, stage=stage, number__gt=1)
    corrections = corrections.filter(
        assessment__submissions__stage=stage, assessment__submissions__number__lt=models.F("number")
    )
    return corrections.order_by().values("assessment__submissions")


def national_second_looks(year: str, stage: str) -> QuerySet[Any]:
    """The questions asked of the latest submission of each organisation at a stage, for the national report alone.

    `answer` is the one that stands, and `closed` whether there is one. The rows begin at the questions, which are few:
    a nation's submissions are looked up for those alone.
    """
    later = Submission.unscoped.filter(
        assessment=models.OuterRef("submission__assessment"),
        stage=stage,
        number__gt=models.OuterRef("submission__number"),
    )
    rows = SecondLook.unscoped.filter(submission__year=year, submission__stage=stage)
    rows = rows.filter(~models.Exists(later), submission__kind__in=reported_kinds())
    standing = models.FilteredRelation("dismissals", condition=models.Q(dismissals__withdrawn_at=None))
    closed = models.Case(models.When(answer__isnull=True, then=models.Value(False)), default=models.Value(True))
    return rows.annotate(answer=standing, closed=closed)


def digest_exists(digest: str) -> bool:
    """Whether some submission has this digest (64 hex digits): all that anyone may ask about it."""
    return raised(Submission.unscoped.filter(digest=digest), SUBMITTED).exists()


def submission_with(digest: str) -> Submission | None:
    """The submission with this digest, to hold a copy against: reports/checking.py answers yes or no, never more."""
    return Submission.unscoped.select_related("organisation").filter(digest=digest).first()


def reported_kinds() -> list[str]:
    """The kinds for which a Caldicott2 report exists, in any framework."""
    return sorted({kind.code for each in frameworks().values() for kind in each.reported_kinds})


def _not_started(organisation: Organisation, year: str) -> Assessment | None:
    registration = organisation.registrations.filter(year=year).first()
    return unstarted(organisation, registration) if registration else None


def unstarted(organisation: Organisation, registration: Registration) -> Assessment | None:
    """The assessment that could be started for a registration, unsaved; None where no framework covers the year."""
    try:
        code = framework_for(registration.year).code
    except LookupError:
        return None
    facts: dict[str, Any] = {"kind": registration.kind, "region": registration.region, "framework_code": code}
    return Assessment(organisation=organisation, year=registration.year, **facts)


def assessed(year: str, among: Collection[int] | None = None) -> set[int]:
    """The pks of the organisations (of all, or among some) that have started an assessment of a year."""
    rows = raised(Assessment.unscoped.filter(year=year), STARTED)
    rows = rows if among is None else rows.filter(organisation__in=among)
    return set(rows.values_list("organisation", flat=True))
