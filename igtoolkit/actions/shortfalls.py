"""What an improvement plan must answer: the requirements below level 2 of the Final that stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import Assessment, ImprovementPlan, PlanAction, Review, Submission
from igtoolkit.standard.canonical import canonical, digest
from igtoolkit.standard.scoring import SATISFACTORY_LEVEL
from igtoolkit.standard.words import Grade, Stage


@dataclass(frozen=True)
class Shortfall:
    """One requirement below level 2. `level` is None where it was not scored, which counts as 0."""

    requirement: str
    title: str
    level: int | None


def standing_final(assessment: Assessment) -> Submission | None:
    """The Final that counts: the latest."""
    if not assessment.is_started:
        return None
    found: Submission | None = assessment.submissions.filter(stage=Stage.FINAL).order_by("-number").first()
    return found


def needs_plan(final: Submission | None) -> bool:
    return final is not None and final.snapshot["score"]["grade"] == Grade.NOT_SATISFACTORY


def shortfalls(final: Submission) -> tuple[Shortfall, ...]:
    """As the snapshot says, in requirement order."""
    held = framework(final.snapshot["framework"]).for_kind(final.kind)
    return tuple(
        Shortfall(each["requirement"], held.requirement(each["requirement"]).title, each["level"])
        for each in final.snapshot["answers"]
        if not each.get("not_relevant") and (each["level"] or 0) < SATISFACTORY_LEVEL
    )


def sent_plans(final: Submission) -> list[ImprovementPlan]:
    """The plans sent about this Final, the last one first."""
    return list(final.plans.select_related("review__decided_by", "sent_by").order_by("-number"))


def review_of(plan: ImprovementPlan) -> Review | None:
    return plan.review if hasattr(plan, "review") else None


def is_superseded(plan: ImprovementPlan) -> bool:
    """Whether a later Final took the place of the one a plan is about. plan: as `scope.plans` gives it."""
    return bool(vars(plan)["corrected"])


def written(assessment: Assessment) -> dict[str, PlanAction]:
    """{requirement: what is planned about it}, as the draft stands."""
    found = assessment.plan_actions.select_related("changed_by") if assessment.is_started else ()
    return {each.requirement: each for each in found}


def lacking(needed: tuple[Shortfall, ...], actions: Mapping[str, PlanAction], today: date) -> dict[str, str]:
    """{field of the plan's form: what is missing} before the plan can be sent. today: the day in London."""
    found = {}
    for each in needed:
        action = actions.get(each.requirement)
        if action is None:
            found[f"{each.requirement}-action"] = f"{each.requirement} has no action yet"
        elif action.due < today:
            found[f"{each.requirement}-due"] = f"The due date of {each.requirement} has passed: give a new one"
    return found


def action_digest(action: PlanAction | None) -> str:
    """What a form carries to tell whether one action was changed since it was made."""
    return digest(canonical(action.facts())) if action else ""


def draft_digest(needed: tuple[Shortfall, ...], actions: Mapping[str, PlanAction]) -> str:
    """Names what would be sent."""
    return digest(plan_document(needed, actions))


def plan_document(needed: tuple[Shortfall, ...], actions: Mapping[str, PlanAction]) -> str:
    """The plan as it is frozen: each shortfall with its title and level, and what will be done about it."""
    held = [(each, actions[each.requirement]) for each in needed if each.requirement in actions]
    return canonical([{**action.facts(), "title": each.title, "level": each.level} for each, action in held])
