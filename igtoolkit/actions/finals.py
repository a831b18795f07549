"""On the way to Final: who stands behind it, what is still missing, and opening it again."""

from django.db import transaction

from igtoolkit.access.policy import EDITORS, Action, require
from igtoolkit.actions.assessments import senior_people
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import lock
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, SeniorPerson
from igtoolkit.standard import final
from igtoolkit.standard.final import Blocker, Mark, Path

NOT_ALONE = (
    "{others} can also record answers here, so one of them can confirm: only a body with one person may declare this"
)

ANSWERED = (
    "{others} completed or last changed answers here, so this is not one person's work: "
    "save those answers yourself first"
)


def blockers(assessment: Assessment) -> tuple[Blocker, ...]:
    """What keeps this assessment's Final from being submitted; empty when nothing does."""
    marks = {
        each.requirement: Mark(each.is_scored, each.is_complete, each.is_confirmed) for each in assessment.answer_list()
    }
    named = [post for post, (name, _) in senior_people(assessment).items() if name]
    return final.blockers(assessment.framework, marks, named, path(assessment))


def path(assessment: Assessment) -> Path:
    """What this body's way to Final asks for: a small one takes the simplified path."""
    posts = (SeniorPerson.Post.IG_LEAD,) if assessment.is_simplified else tuple(SeniorPerson.Post)
    alone = assessment.one_person_at is not None
    return Path(
        completes=not assessment.is_simplified,
        confirms=assessment.confirms,
        posts=tuple(post.value for post in posts),
        alone=alone,
        editors=len({each.pk for each in editors(assessment)} | _answered(assessment)) if alone else 1,
    )


def editors(assessment: Assessment) -> list[Person]:
    """The organisation's people who can record answers, by name."""
    return list(assessment.organisation.people.who_act(EDITORS))


def others_who_answered(assessment: Assessment, alone: Person) -> list[Person]:
    """Whoever else completed an answer or changed it last, by name: where there is somebody, nobody answers alone."""
    return list(Person.objects.filter(pk__in=_answered(assessment) - {alone.pk}).order_by("name", "pk"))


def _answered(assessment: Assessment) -> set[int]:
    """The pk of everybody who completed an answer or changed it last."""
    told = {pk for each in assessment.answer_list() for pk in (each.completed_by_id, each.changed_by_id)}
    return {pk for pk in told if pk is not None}


def _named(people: list[Person]) -> str:
    return ", ".join(str(each) for each in people[:3]) + (" and others" if len(people) > 3 else "")


@transaction.atomic
def declare_one_person(assessment: Assessment, *, by: Person) -> Assessment:
    """Declare that one person answers for this organisation, so that nobody else can confirm.

    The declaration is printed on the report. Raises Refused; Invalid where others could confirm.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.DECLARE_ONE_PERSON, assessment)
    if assessment.one_person_at is not None:
        return assessment
    others = [each for each in editors(assessment) if each.pk != by.pk]
    if others:
        raise Invalid({"one_person": NOT_ALONE.format(others=_named(others))})
    if authors := others_who_answered(assessment, by):
        raise Invalid({"one_person": ANSWERED.format(others=_named(authors))})
    assessment.one_person_at, assessment.one_person_by = clock.now(), by
    assessment.save(update_fields=["one_person_at", "one_person_by"])
    audit(assessment.organisation, "one_person_declared", by=by, after={"year": assessment.year})
    return assessment


@transaction.atomic
def withdraw_declaration(assessment: Assessment, *, by: Person) -> Assessment:
    """Take back the declaration that one person answers: a second one confirms again. Raises Refused."""
    assessment = lock(assessment, by=by)
    require(by, Action.DECLARE_ONE_PERSON, assessment)
    if assessment.one_person_at is None:
        return assessment
    assessment.one_person_at = assessment.one_person_by = None
    assessment.save(update_fields=["one_person_at", "one_person_by"])
    audit(assessment.organisation, "one_person_withdrawn", by=by, before={"year": assessment.year})
    return assessment


@transaction.atomic
def reopen_final(assessment: Assessment, *, by: Person) -> Assessment:
    """Open the assessment again so that Final can be corrected; what was submitted stays as it is.

    Opening it twice opens it once. Raises Refused.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.REOPEN_FINAL, assessment)
    if assessment.is_reopened:
        return assessment
    assessment.reopened_at, assessment.reopened_by = clock.now(), by
    assessment.save(update_fields=["reopened_at", "reopened_by"])
    audit(assessment.organisation, "final_reopened", by=by, after={"year": assessment.year})
    return assessment
