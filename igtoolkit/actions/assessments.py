"""Starting an assessment, and naming the people who answer for it."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import lock
from igtoolkit.actions.said import Invalid, text_problems
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, SeniorPerson

NAME_MAX = 100


def start_assessment(assessment: Assessment, *, by: Person) -> Assessment:
    """Start the year's assessment. Starting it twice at once starts it once.

    Raises Refused when `by` may not; Invalid when the organisation's kind has no requirement set.
    """
    require(by, Action.START_ASSESSMENT, assessment)
    if not assessment.has_set:
        raise Invalid(
            {"kind": "The service team must set your organisation's kind before an assessment can be started"}
        )
    try:
        with transaction.atomic():
            assessment.started_at = clock.now()
            assessment.started_by = by
            assessment.save(force_insert=True)
            facts = {"year": assessment.year, "framework": assessment.framework_code, "kind": assessment.kind}
            audit(assessment.organisation, "assessment_started", by=by, after=facts)
    except IntegrityError:
        return assessment.organisation.assessments.get(year=assessment.year)
    return assessment


@transaction.atomic
def name_senior_people(assessment: Assessment, named: Mapping[str, tuple[str, str]], *, by: Person) -> None:
    """Record who holds each post. named: {post: (name, job title)}; an empty name clears the post.

    Raises Refused when `by` may not; Invalid for an unknown post or a name that cannot be kept.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.NAME_SENIOR_PEOPLE, assessment)
    errors: dict[str, str] = {}
    for post, (name, title) in named.items():
        if post not in SeniorPerson.Post.values:
            errors[post] = f"There is no post “{post}”"
        errors.update(text_problems(f"{post}-name", "Name", name, NAME_MAX))
        errors.update(text_problems(f"{post}-title", "Job title", title, NAME_MAX))
    if errors:
        raise Invalid(errors)
    before = _people(assessment)
    for post, (name, title) in named.items():
        if name.strip():
            facts = {"name": name.strip(), "job_title": title.strip()}
            assessment.senior_people.update_or_create(post=post, defaults=facts)
        else:
            assessment.senior_people.filter(post=post).delete()
    after = _people(assessment)
    if after != before:
        audit(assessment.organisation, "senior_people_named", by=by, before=before, after=after)


def _people(assessment: Assessment) -> dict[str, str]:
    return {each.post: each.words for each in assessment.senior_people.all()}
