"""Starting an assessment, and naming the people who answer for it."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import lock, renew
from igtoolkit.actions.said import Invalid, line_problems, shown
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Person, SeniorPerson
from igtoolkit.standard.canonical import canonical, digest

NAME_MAX = 100
NOBODY = ("", "")
Named = Mapping[str, tuple[str, str]]  # post -> name, job title


class StalePeople(Exception):
    """Somebody else named people first. `theirs` is what is recorded now."""

    def __init__(self, theirs: Named) -> None:
        self.theirs = theirs
        super().__init__("The senior people were changed by somebody else in the meantime.")


@transaction.atomic
def start_assessment(assessment: Assessment, *, by: Person) -> Assessment:
    """Start the year's assessment; one that was started already is given back.

    Raises Refused when `by` may not; Invalid when the organisation's kind has no requirement set.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=assessment.organisation_id)
    renew(by)
    require(by, Action.START_ASSESSMENT, assessment)
    if assessment.is_started:
        return assessment
    if not assessment.has_set:
        raise Invalid({"kind": _without_a_set(assessment)})
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


def _without_a_set(assessment: Assessment) -> str:
    if not assessment.kind:
        return "The service team must set your organisation's kind before an assessment can be started"
    kind = assessment.framework.kind(assessment.kind)
    return f"Version {assessment.framework.version} holds no requirements for {kind.plural.lower()} yet"


@transaction.atomic
def name_senior_people(assessment: Assessment, named: Named, *, by: Person, seen: str | None = None) -> None:
    """Record who holds each post. named: {post: (name, job title)}; an empty name clears the post.

    seen: `people_digest` of what the form was filled in from; None takes no account of others. Saving the
    same names twice saves them once. Raises Refused when `by` may not; Invalid for an unknown post or a name
    that cannot be kept; StalePeople when somebody else named others since.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.NAME_SENIOR_PEOPLE, assessment)
    named = {post: (name.strip(), title.strip()) for post, (name, title) in named.items()}
    check_people(named)
    before = senior_people(assessment)
    if before == {**before, **{post: each if each[0] else NOBODY for post, each in named.items()}}:
        return
    if seen is not None and seen != people_digest(before):
        raise StalePeople(before)
    write_people(assessment, named)
    facts = {"before": _told(before), "after": _told(senior_people(assessment))}
    audit(assessment.organisation, "senior_people_named", by=by, **facts)


def senior_people(assessment: Assessment) -> dict[str, tuple[str, str]]:
    """{post: (name, job title)} for every post, empty where nobody is named."""
    held = {each.post: each for each in assessment.senior_people.all()} if assessment.is_started else {}
    return {
        post.value: (held[post].name, held[post].job_title) if post in held else NOBODY for post in SeniorPerson.Post
    }


def people_digest(named: Named) -> str:
    """What a form carries to tell whether the people were changed since it was made."""
    return digest(canonical({post: list(each) for post, each in named.items()}))


def check_people(named: Named) -> None:
    """Raises Invalid with words for each post or name that cannot be kept."""
    errors: dict[str, str] = {}
    for post, (name, title) in named.items():
        if post not in SeniorPerson.Post.values:
            errors[f"{post}-name"] = f"There is no post “{shown(post)}”"
            continue
        for field, words, text in ((f"{post}-name", "Name", name), (f"{post}-title", "Job title", title)):
            for _, problem in line_problems(field, words, text, NAME_MAX):
                errors.setdefault(field, problem)
        if title and not name:
            errors.setdefault(f"{post}-name", "Enter a name to go with the job title, or clear the job title")
    if errors:
        raise Invalid(errors)


def write_people(assessment: Assessment, named: Named) -> None:
    """Record who holds each of these posts; an empty name clears the post."""
    people = [
        SeniorPerson(assessment=assessment, post=post, name=name, job_title=title)
        for post, (name, title) in named.items()
        if name
    ]
    assessment.senior_people.bulk_create(
        people, update_conflicts=True, unique_fields=["assessment", "post"], update_fields=["name", "job_title"]
    )
    if cleared := [post for post, (name, _) in named.items() if not name]:
        assessment.senior_people.filter(post__in=cleared).delete()


def _told(named: Named) -> dict[str, str]:
    return {post: ", ".join(filter(None, each)) for post, each in named.items() if each[0]}
