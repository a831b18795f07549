"""The service team's decision on an improvement plan."""

from django.db import transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import renew
from igtoolkit.actions.said import Invalid, read_problems, says_something
from igtoolkit.actions.shortfalls import is_superseded, review_of
from igtoolkit.records import clock
from igtoolkit.records.models import ImprovementPlan, Organisation, Person, Review

REASON_MAX = 2_000
CORRECTED = "Final has been corrected since: this plan is about one that no longer stands, so it takes no decision"


class AlreadyDecided(Exception):
    """Somebody else decided on this plan, or a newer one was sent. `plan` is what stands now."""

    def __init__(self, plan: ImprovementPlan) -> None:
        self.plan = plan
        super().__init__("The plan was decided on in the meantime, or a newer one was sent.")


@transaction.atomic
def review_plan(plan: ImprovementPlan, *, accepted: bool, reason: str, by: Person) -> Review:
    """Accept a plan, or return it, with a reason. Accepted, it is the reviewed grade of its Final.

    The same decision twice is taken once. Raises Refused when `by` may not; Invalid without a reason, or where a
    correction of Final took the place of the one the plan is about; AlreadyDecided.
    """
    organisation = plan.submission.organisation
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    renew(by)
    require(by, Action.REVIEW_PLANS)
    found = scope.plans(by).filter(pk=plan.pk).first()
    if found is None:
        raise Refused("This plan is not yours to review.")
    reason = reason.strip()
    made = review_of(found)
    if made is not None:
        if (made.accepted, made.reason, made.decided_by_id) == (accepted, reason, by.pk):
            return made
        raise AlreadyDecided(found)
    _check(found, reason)
    review = Review(plan=found, accepted=accepted, reason=reason, decided_at=clock.now(), decided_by=by)
    review.save(force_insert=True)
    told = {"year": found.submission.year, "final": found.submission.number, "number": found.number, "reason": reason}
    audit(organisation, "plan_accepted" if accepted else "plan_returned", by=by, after=told)
    return review


def _check(plan: ImprovementPlan, reason: str) -> None:
    if is_superseded(plan):
        raise Invalid({"": CORRECTED})
    errors = dict(read_problems("reason", "Reason", reason, REASON_MAX))
    if not says_something(reason):
        errors["reason"] = "Give the reason: the organisation reads it, and everybody can once a plan is accepted"
    if errors:
        raise Invalid(errors)
