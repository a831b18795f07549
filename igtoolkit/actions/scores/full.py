"""Importing a whole assessment from a file into one where nothing is recorded yet: all of it or nothing."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.answers import answer_to, record_said
from igtoolkit.actions.assessments import check_people, write_people
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid, Said, problems
from igtoolkit.actions.scores.full_files import AssessmentFile, UnreadableAssessment
from igtoolkit.actions.scores.refusals import says_anything, without_a_set
from igtoolkit.records import clock
from igtoolkit.records.frameworks import frameworks
from igtoolkit.records.models import Answer, Assessment, Organisation, Person
from igtoolkit.standard.calendar import london_day

IN_BETWEEN = "Somebody changed these records at the same time, and nothing was imported: run it again"
WHY = "the operator imports for any organisation, and the audit trail tells of it"
WHOSE = "evidence: each piece is added by somebody: name the person in whose name it is recorded with --as"


def import_assessment(
    organisation: Organisation, file: AssessmentFile, *, by: Person | None, dry_run: bool = False
) -> Assessment:
    """Record what a file says, by the same rules as the pages, as the operator.

    by: the person in whose name and within whose scope it is recorded; None for the operator's own. Nothing is
    marked complete or confirmed: those who did so did it elsewhere. Targets that have passed and maintenance
    criteria that no longer apply were said before, and stay. Raises UnreadableAssessment naming requirement and
    field; Refused when `by` may not; Invalid when somebody changed the same records at the same time.
    """
    try:
        with transaction.atomic():
            assessment = _find(organisation, file, by)
            _check_all(assessment, file, by)
            _record_all(assessment, file, by)
            transaction.set_rollback(dry_run)
    except IntegrityError as error:
        raise Invalid({"file": IN_BETWEEN}) from error
    return assessment


def _find(organisation: Organisation, file: AssessmentFile, by: Person | None) -> Assessment:
    """The year's assessment, locked where it is started. Raises UnreadableAssessment, Refused."""
    if by is not None and by.organisation_id != organisation.pk:
        raise Refused(f"{by.email} does not belong to {organisation.code}, and records nothing there.")
    rows = scope.everything(Assessment, reason=WHY).select_for_update(of=("self",)).select_related("organisation")
    assessment = rows.filter(organisation=organisation, year=file.year).first()
    registration = organisation.registrations.filter(year=file.year).first()
    framework = frameworks().get(file.framework)
    if framework is None:
        raise UnreadableAssessment([f"framework code: there is no framework {file.framework!a} here"])
    why = without_a_set(framework, file.year, assessment, registration)
    if why:
        raise UnreadableAssessment([f"year: {why}"])
    found = assessment or (scope.unstarted(organisation, registration) if registration else None)
    if found is None or found.framework_code != file.framework:
        raise UnreadableAssessment([f"framework code: {file.framework} is not in force in {file.year}"])
    return found


def _check_all(assessment: Assessment, file: AssessmentFile, by: Person | None) -> None:
    """Raises Refused, or UnreadableAssessment with every fault."""
    if by is not None:
        require(by, Action.SAVE_ANSWER if assessment.is_started else Action.START_ASSESSMENT, assessment)
    faults = [*_not_empty(assessment), *_people_faults(file)]
    for code, said in file.answers.items():
        faults += _faults(assessment, code, said)
    if by is None and any(each.evidence for each in file.answers.values()):
        faults.append(WHOSE)
    if faults:
        raise UnreadableAssessment(faults)


def _not_empty(assessment: Assessment) -> Iterator[str]:
    if not assessment.is_started:
        return
    if not assessment.is_open:
        yield f"year: Final {assessment.year} has been submitted, so nothing more can be recorded"
    if any(says_anything(each) for each in assessment.answers.prefetch_related("evidence")):
        yield f"year: answers are recorded in the {assessment.year} assessment already, and a file replaces none"
    if assessment.senior_people.exists():
        yield f"year: senior people are named in the {assessment.year} assessment already, and a file replaces none"


def _people_faults(file: AssessmentFile) -> Iterator[str]:
    try:
        check_people(file.senior_people)
    except Invalid as invalid:
        yield from (f"senior_people {field}: {words}" for field, words in invalid.errors.items())


def _faults(assessment: Assessment, code: str, said: Said) -> Iterator[str]:
    """What is wrong with one answer, as its page would say it; what was set elsewhere counts as set before."""
    if not assessment.framework.has(code):
        yield f"{code[:20]!a}: is not in this organisation's set in {assessment.framework_code}"
        return
    requirement = assessment.framework.requirement(code)
    before = Answer(requirement=code, target_date=said.target_date)
    before.ticked = said.ticked & requirement.criterion_codes
    level = assessment.level_of(code, before.ticked)
    today = london_day(clock.now())
    found = problems(requirement, said, before, level=level, today=today, maintained=code in assessment.maintained)
    if said.reason and not said.not_relevant:
        found.setdefault("reason", "A reason is given, and it is not marked not relevant: remove one, or add the other")
    yield from (f"{code} {field.replace('-', ' ')}: {words}" for field, words in found.items())


def _record_all(assessment: Assessment, file: AssessmentFile, by: Person | None) -> None:
    if not assessment.is_started:
        _start(assessment, by)
    answers = [_save(assessment, code, said, by) for code, said in file.answers.items()]
    people = {post: (name.strip(), title.strip()) for post, (name, title) in file.senior_people.items()}
    write_people(assessment, people)
    after: dict[str, Any] = {
        "year": assessment.year,
        "answers": [each.facts() for each in answers],
        "senior_people": {post: list(each) for post, each in people.items()},
    }
    seen_as = by.email if by else None
    source = {"file": file.name, "sha256": file.sha256, "exported_from": file.organisation}
    audit(assessment.organisation, "assessment_imported", by=None, seen_as=seen_as, after=after, **source)


def _start(assessment: Assessment, by: Person | None) -> None:
    assessment.started_at, assessment.started_by = clock.now(), by
    assessment.save(force_insert=True)
    facts = {"year": assessment.year, "framework": assessment.framework_code, "kind": assessment.kind}
    audit(assessment.organisation, "assessment_started", by=None, seen_as=by.email if by else None, after=facts)


def _save(assessment: Assessment, code: str, said: Said, by: Person | None) -> Answer:
    answer = answer_to(assessment, code)
    record_said(assessment, answer, said)
    answer.version += 1
    answer.changed_by, answer.changed_at = by, clock.now()
    answer.save()
    for each in said.evidence:
        facts: dict[str, Any] = {name: getattr(each, name) for name in ("criterion", "note", "link", "dated")}
        facts |= {"added_by": by, "added_at": answer.changed_at}
        answer.evidence.create(**facts)
    return answer
