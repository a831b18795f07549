"""A second look is answered, with a reason, by the National Data Guardian's reader, who can take it up again."""

from django.db import transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import renew
from igtoolkit.actions.said import Invalid, read_problems, says_something
from igtoolkit.records import clock
from igtoolkit.records.models import Dismissal, Organisation, Person, SecondLook, Submission

REASON_MAX = 500
NO_REASON = "Give the reason: the organisation reads it on its own report"


class Changed(Exception):
    """The question does not stand as it was read. `latest`: its last answer, standing or taken back; None without one.

    `corrected`: a correction was submitted, so that the question was about a submission that no longer counts.
    """

    def __init__(self, latest: Dismissal | None, *, corrected: bool = False) -> None:
        self.latest = latest
        self.corrected = corrected
        super().__init__("The question was answered, taken up again or corrected away in the meantime.")


class NotAsked(LookupError):
    """The rule noticed nothing in this submission."""


@transaction.atomic
def dismiss_second_look(submission: Submission, rule: str, *, reason: str, by: Person) -> Dismissal:
    """Answer the question that a rule asks of the latest submission of a stage. The same answer twice is given once.

    Raises Refused when `by` may not; NotAsked; Invalid without a reason; Changed, with what somebody else answered.
    """
    look = _hold(submission, rule, by)
    latest, reason = _latest(look), reason.strip()
    if latest is not None and latest.withdrawn_at is None:
        if (latest.reason, latest.dismissed_by_id) == (reason, by.pk):
            return latest
        raise Changed(latest)
    _check(reason)
    made: Dismissal = look.dismissals.create(reason=reason, dismissed_at=clock.now(), dismissed_by=by)
    _tell("second_look_dismissed", made, by)
    return made


@transaction.atomic
def take_up_again(submission: Submission, rule: str, *, answer: int, by: Person) -> Dismissal:
    """Take the answer with the key `answer` back, whoever gave it, so that the question stands again.

    Raises Refused when `by` may not; NotAsked; Changed where another answer stands, or somebody else took it back.
    """
    latest = _latest(_hold(submission, rule, by))
    if latest is None or latest.pk != answer:
        raise Changed(latest)
    if latest.withdrawn_at is None:
        latest.withdrawn_at, latest.withdrawn_by = clock.now(), by
        latest.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _tell("second_look_taken_up_again", latest, by)
    elif latest.withdrawn_by_id != by.pk:
        raise Changed(latest)
    return latest


def _hold(submission: Submission, rule: str, by: Person) -> SecondLook:
    """The question, with its organisation held until the transaction ends."""
    Organisation.objects.select_for_update(no_key=True).get(pk=submission.organisation_id)
    renew(by)
    require(by, Action.DISMISS_SECOND_LOOK, submission)
    found = scope.submissions(by).filter(pk=submission.pk).first()
    if found is None:
        raise Refused("This submission is not yours to look at.")
    look: SecondLook | None = found.second_looks.filter(rule=rule).first()
    if look is None:
        raise NotAsked(rule)
    if found.assessment.submissions.filter(stage=found.stage, number__gt=found.number).exists():
        raise Changed(_latest(look), corrected=True)
    return look


def _latest(look: SecondLook) -> Dismissal | None:
    found: Dismissal | None = look.dismissals.select_related("dismissed_by", "withdrawn_by").order_by("pk").last()
    return found


def _check(reason: str) -> None:
    errors = dict(read_problems("reason", "Reason", reason, REASON_MAX))
    if not says_something(reason):
        errors["reason"] = NO_REASON
    if errors:
        raise Invalid(errors)


def _tell(event: str, dismissal: Dismissal, by: Person) -> None:
    look = dismissal.second_look
    sent = look.submission
    told = {
        "year": sent.year,
        "stage": sent.stage,
        "number": sent.number,
        "rule": look.rule,
        "reason": dismissal.reason,
    }
    audit(sent.organisation, event, by=by, after=told)
