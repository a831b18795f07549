"""What came after Final: improvement plans and the service team's decisions, and a trust with a new code."""

from dataclasses import dataclass
from datetime import date

from igtoolkit.actions.plans import Planned, save_plan, send_plan
from igtoolkit.actions.register.codes import change_code
from igtoolkit.actions.reviews import review_plan
from igtoolkit.actions.shortfalls import Shortfall, shortfalls, standing_final
from igtoolkit.config.demonstration import days
from igtoolkit.config.demonstration.dice import london, pick, working_instant
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.people import every_post
from igtoolkit.config.demonstration.words.everywhere import COMMITTEES, PLANNED
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Person

DUE = (date(2016, 7, 29), date(2016, 9, 30), date(2016, 10, 31), date(2016, 12, 16))


@dataclass(frozen=True)
class Decision:
    """What the service team said to a plan, and when."""

    accepted: bool
    on: date
    reason: str


# {trust: the days on which it wrote and sent its plan, and what came of it; None while it waits}
PLANS: dict[str, tuple[date, Decision | None]] = {
    "DMA001": (
        date(2016, 4, 18),
        Decision(
            True,
            date(2016, 5, 4),
            "One requirement only, with a named owner and a date before the next Final. The action meets the gap.",
        ),
    ),
    "DMA003": (date(2016, 6, 14), None),
    "DMA009": (
        date(2016, 4, 26),
        Decision(
            True,
            date(2016, 5, 11),
            "Owners and dates are clear, and the first of them falls before the summer. Accepted.",
        ),
    ),
    "DMM001": (
        date(2016, 5, 3),
        Decision(
            False,
            date(2016, 5, 17),
            "Some dates lie after the next Final, and two actions do not say what will be done. Please look at these "
            "again, and send the plan once more.",
        ),
    ),
}


def plan_improvements(assessment: Assessment, trust: Invented, *, by: Person, service: Person) -> None:
    """Write and send the trust's plan for what falls short, and let the service team decide."""
    final = standing_final(assessment)
    if trust.code not in PLANS or final is None:
        return
    sent, decision = PLANS[trust.code]
    with clock.standing_at(working_instant(sent, trust.code, "plan")):
        save_plan(assessment, {each.requirement: _planned(trust, each) for each in shortfalls(final)}, by=by)
        plan = send_plan(assessment, by=by)
    if decision:
        with clock.standing_at(working_instant(decision.on, trust.code, "decision")):
            review_plan(plan, accepted=decision.accepted, reason=decision.reason, by=service)


def _planned(trust: Invented, shortfall: Shortfall) -> Planned:
    question = (trust.code, shortfall.requirement, "plan")
    owner = pick([name for name, _ in every_post(trust).values()], *question, "owner")
    action = pick(PLANNED, *question, "action").format(committee=pick(COMMITTEES, trust.code))
    return Planned(action=action, owner=owner, due=pick(DUE, *question, "due"))


def change_codes(organisation: Organisation) -> None:
    """Give a trust its new code, where it got one."""
    if organisation.code in days.NEW_CODES:
        code, on = days.NEW_CODES[organisation.code]
        with clock.standing_at(london(on, 9, 5)):
            change_code(organisation.code, code, on=on)
        organisation.refresh_from_db()
