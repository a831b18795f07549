"""Improvement plans: writing one, and sending it to the service team."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import lock
from igtoolkit.actions.said import Invalid, line_problems, says_something, shown, text_problems
from igtoolkit.actions.shortfalls import (
    action_digest,
    draft_digest,
    lacking,
    needs_plan,
    plan_document,
    review_of,
    sent_plans,
    shortfalls,
    standing_final,
    written,
)
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, ImprovementPlan, Organisation, Person, PlanAction, Submission
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.canonical import digest

ACTION_MAX = 2_000
OWNER_MAX = 100
YEARS_AHEAD = 10
NOT_NEEDED = "No plan is needed: Final has not been submitted, or every requirement stands at level 2 or more"
WAITING = "This plan was sent and waits for the service team: another can be sent if they return it"
ACCEPTED = "The service team has accepted this plan, so it can no longer change"


class StalePlan(Exception):
    """Somebody else changed the plan first. `theirs`: {requirement: the action recorded now, None for none}."""

    def __init__(self, theirs: Mapping[str, PlanAction | None]) -> None:
        self.theirs = theirs
        super().__init__("The improvement plan was changed by somebody else in the meantime.")


@dataclass(frozen=True)
class Planned:
    """What is said about one requirement. All empty takes it out of the plan. `unreadable`: words about its date."""

    action: str = ""
    owner: str = ""
    due: date | None = None
    unreadable: str = ""

    @property
    def is_blank(self) -> bool:
        return not (says_something(self.action) or says_something(self.owner) or self.due or self.unreadable)

    @property
    def facts(self) -> dict[str, str]:
        return {"action": self.action, "owner": self.owner, "due": self.due.isoformat() if self.due else ""}


@transaction.atomic
def save_plan(
    assessment: Assessment, said: Mapping[str, Planned], *, by: Person, seen: Mapping[str, str] | None = None
) -> list[str]:
    """Save what will be done about requirements, all or nothing. Returns the requirements that changed.

    said: {requirement: Planned}; one not named stays. seen: {requirement: `action_digest` the form was filled in
    from}; None overwrites. What was planned about a requirement outside the shortfalls is kept, and not sent.
    Raises Refused when `by` may not; Invalid with words for each field; StalePlan.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.WRITE_PLAN, assessment)
    _final(assessment)
    before = written(assessment)
    changed = {code: each for code, each in said.items() if _differs(each, before.get(code))}
    _check(assessment, changed, before)
    if seen is not None:
        theirs = {code: before.get(code) for code in changed if seen.get(code) != action_digest(before.get(code))}
        if theirs:
            raise StalePlan(theirs)
    if changed:
        _write(assessment, changed, by)
        told = {code: before[code].facts() for code in changed if code in before}
        after = {code: each.facts for code, each in changed.items() if not each.is_blank}
        audit(assessment.organisation, "plan_saved", by=by, before=told, after=after)
    return sorted(changed)


@transaction.atomic
def send_plan(assessment: Assessment, *, by: Person, seen: str | None = None) -> ImprovementPlan:
    """Send the plan as it stands to the service team, frozen. The same plan sent twice is sent once.

    seen: `draft_digest` of what was looked at; None sends what stands. Raises Refused when `by` may not; Invalid
    with words for each thing missing, or where a plan waits or is accepted; StalePlan.
    """
    assessment = lock(assessment, by=by)
    require(by, Action.SEND_PLAN, assessment)
    Organisation.objects.select_for_update(no_key=True).get(pk=assessment.organisation_id)
    final = _final(assessment)
    needed, actions = shortfalls(final), written(assessment)
    document, sent = plan_document(needed, actions), sent_plans(final)
    if sent and review_of(sent[0]) is None:
        if sent[0].document == document:
            return sent[0]
        raise Invalid({"": WAITING})
    if missing := lacking(needed, actions, london_day(clock.now())):
        raise Invalid(missing)
    if seen is not None and seen != draft_digest(needed, actions):
        raise StalePlan({})
    number = len(sent) + 1
    plan = ImprovementPlan(submission=final, number=number, document=document, sent_at=clock.now(), sent_by=by)
    plan.save(force_insert=True)
    told = {"year": assessment.year, "final": final.number, "number": number, "digest": digest(document)}
    audit(assessment.organisation, "plan_sent", by=by, after=told)
    return plan


def _final(assessment: Assessment) -> Submission:
    """The Final that a plan is about. Raises Invalid where none is needed, or one has been accepted."""
    final = standing_final(assessment)
    if final is None or not needs_plan(final):
        raise Invalid({"": NOT_NEEDED})
    if any((review := review_of(each)) and review.accepted for each in sent_plans(final)):
        raise Invalid({"": ACCEPTED})
    return final


def _differs(said: Planned, before: PlanAction | None) -> bool:
    if before is None:
        return not said.is_blank
    return bool(said.unreadable) or said.facts != {name: before.facts()[name] for name in said.facts}


def _check(assessment: Assessment, changed: Mapping[str, Planned], before: Mapping[str, PlanAction]) -> None:
    known = {each.code for each in assessment.framework.requirements}
    today = london_day(clock.now())
    errors: dict[str, str] = {}
    for code, each in changed.items():
        if code not in known:
            errors.setdefault("", f"There is no requirement {shown(code)} in this assessment")
        elif not each.is_blank:
            for field, words in _problems(code, each, before.get(code), today):
                errors.setdefault(field, words)
    if errors:
        raise Invalid(errors)


def _problems(code: str, said: Planned, before: PlanAction | None, today: date) -> Iterator[tuple[str, str]]:
    """A date that was given before and has passed since may stay until the plan is sent."""
    if not says_something(said.action):
        yield f"{code}-action", f"Enter what will be done about {code}"
    yield from text_problems(f"{code}-action", "Action", said.action, ACTION_MAX)
    if not says_something(said.owner):
        yield f"{code}-owner", f"Enter who will see to it that the action for {code} is done"
    yield from line_problems(f"{code}-owner", "Owner", said.owner, OWNER_MAX)
    if said.unreadable:
        yield f"{code}-due", said.unreadable
    elif said.due is None:
        yield f"{code}-due", f"Enter the date by which the action for {code} will be done"
    elif before is None or said.due != before.due:
        if said.due < today:
            yield f"{code}-due", "Due date must be today or in the future"
        elif said.due.year > today.year + YEARS_AHEAD:
            yield f"{code}-due", "Due date must be within ten years"


def _write(assessment: Assessment, changed: Mapping[str, Planned], by: Person) -> None:
    for code, each in changed.items():
        if each.is_blank:
            assessment.plan_actions.filter(requirement=code).delete()
            continue
        facts = {"action": each.action, "owner": each.owner, "due": each.due}
        marks = {"changed_by": by, "changed_at": clock.now()}
        assessment.plan_actions.update_or_create(requirement=code, defaults={**facts, **marks})
