"""Importing levels from a file: one submission for each year and stage, marked imported, or nothing at all."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.scores.files import Fault, ScoresFile, WrongFile
from igtoolkit.actions.scores.refusals import check_reason, is_same, refusal, without_a_set
from igtoolkit.actions.scores.stands import Stand, stands
from igtoolkit.actions.scores.submitting import submit_stand, tell
from igtoolkit.actions.submissions import hold
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Registration, Submission
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.framework import Framework

NOT_HERE = "This is a demonstration, which never holds real organisations: set IGTOOLKIT_HOME to a new folder"
IN_BETWEEN = "Somebody changed these records at the same time, and nothing was imported: run it again"
WHY = "the operator imports for any organisation, and the audit trail tells of it"


@dataclass(frozen=True)
class Taken:
    """What became of one stage of the file. `new` is False where it had been imported before."""

    stand: Stand
    submission: Submission
    new: bool


def import_scores(
    organisation: Organisation, file: ScoresFile, *, reason: str = "", dry_run: bool = False
) -> tuple[Taken, ...]:
    """Submit each stage of the file as the operator, by year and stage; all of it or nothing.

    Levels stand as given and criteria are unknown. Submitted at noon in London on the day given, by which late
    is decided. The same file again imports nothing. reason: for stages imported before with other levels.
    Raises WrongFile with a line for each fault; Invalid in a demonstration, for a reason that cannot be kept,
    and when somebody changed the same records at the same time.
    """
    if clock.demonstration():
        raise Invalid({"file": NOT_HERE})
    check_reason(reason)
    try:
        with transaction.atomic():
            taken = _import(organisation, file, reason.strip())
            transaction.set_rollback(dry_run)
    except IntegrityError as error:
        raise Invalid({"file": IN_BETWEEN}) from error
    return taken


def _import(organisation: Organisation, file: ScoresFile, reason: str) -> tuple[Taken, ...]:
    rows = everything(Assessment, reason=WHY).select_for_update(of=("self",)).filter(organisation=organisation)
    started = {each.year: each for each in rows.select_related("organisation").order_by("year")}
    registered = {each.year: each for each in organisation.registrations.all()}

    def narrow(framework: Framework, year: str) -> Framework:
        return _narrowed(framework, year, started.get(year), registered.get(year))

    found = stands(file.rows, london_day(clock.now()), narrow)
    hold(organisation)
    for stand in found:
        if stand.year not in started:
            started[stand.year] = _start(organisation, stand, registered[stand.year], file)
    return _take_all(found, started, registered, file, reason)


def _narrowed(
    framework: Framework, year: str, assessment: Assessment | None, registration: Registration | None
) -> Framework:
    """The framework as the organisation reads it that year. Raises LookupError saying why it reads none."""
    why = without_a_set(framework, year, assessment, registration)
    if why:
        raise LookupError(why)
    kind = assessment.kind if assessment else registration.kind if registration else ""
    return framework.for_kind(kind)


def _start(organisation: Organisation, stand: Stand, registration: Registration, file: ScoresFile) -> Assessment:
    facts = {"kind": registration.kind, "region": registration.region, "framework_code": stand.framework.code}
    made = Assessment(organisation=organisation, year=stand.year, started_at=clock.now(), **facts)
    made.save(force_insert=True)
    told = {"year": stand.year, "framework": stand.framework.code, "kind": registration.kind}
    audit(organisation, "assessment_started", by=None, after=told, file=file.name, sha256=file.sha256)
    return made


def _take_all(
    found: list[Stand],
    started: dict[str, Assessment],
    registered: dict[str, Registration],
    file: ScoresFile,
    reason: str,
) -> tuple[Taken, ...]:
    taken: list[Taken] = []
    faults: list[Fault] = []
    for stand in found:
        assessment = started[stand.year]
        made = list(assessment.submissions.filter(stage=stand.stage).order_by("number"))
        before = next((each for each in _standing(made) if is_same(each, stand)), None)
        words = "" if before else refusal(assessment, stand, made, reason)
        if before:
            taken.append(Taken(stand, before, new=False))
        elif words:
            faults.append(Fault(stand.line, words))
        else:
            submission = submit_stand(assessment, stand, made, registered.get(stand.year), reason)
            tell(submission, file, reason if made else "")
            taken.append(Taken(stand, submission, new=True))
    if faults:
        raise WrongFile(faults)
    return tuple(taken)


def _standing(made: list[Submission]) -> list[Submission]:
    """Those that a file's levels are held against: the last, or every one where a person has corrected since."""
    return made[-1:] if made and made[-1].imported else [each for each in made if each.imported]
