"""What happened last, as the audit trail tells it: to say who was first when two windows meet."""

from igtoolkit.records.models import Assessment, AuditEvent, Person, Submission

PEOPLE_NAMED = "senior_people_named"
SUBMITTED = "stage_submitted"
CHANGES = ("answer_saved", PEOPLE_NAMED, SUBMITTED)


def is_last_change(submission: Submission) -> bool:
    """Whether nothing of the organisation was changed since it was submitted."""
    last = _last(submission.assessment, *CHANGES)
    return last is not None and last.event == SUBMITTED and submission.digest in last.facts


def named_people_last(person: Person, assessment: Assessment) -> bool:
    """Whether it was this person who changed the senior people last."""
    last = _last(assessment, PEOPLE_NAMED)
    return last is not None and last.by == person.email


def _last(assessment: Assessment, *events: str) -> AuditEvent | None:
    found: AuditEvent | None = assessment.organisation.events.filter(event__in=events).order_by("-number").first()
    return found
