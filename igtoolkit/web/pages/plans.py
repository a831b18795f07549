"""An organisation's improvement plan, and the list of those that were sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, QuerySet, When

from igtoolkit.access import scope
from igtoolkit.access.addresses import code_then
from igtoolkit.access.policy import Action, may
from igtoolkit.actions.shortfalls import (
    Shortfall,
    draft_digest,
    is_superseded,
    lacking,
    needs_plan,
    review_of,
    sent_plans,
    shortfalls,
    standing_final,
    written,
)
from igtoolkit.records.models import Assessment, ImprovementPlan, Person, PlanAction, Review, Submission
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.words import Stage
from igtoolkit.web.forms.plan import PlanRow
from igtoolkit.web.pages.assessment import administrators

A_PAGE = 50


@dataclass(frozen=True)
class PlanPage:
    """Everything the page of an organisation's own plan shows. typed: the rows of a form that was refused."""

    assessment: Assessment
    person: Person
    at: datetime
    typed: Mapping[str, PlanRow] = field(default_factory=dict)

    @cached_property
    def final(self) -> Submission | None:
        return standing_final(self.assessment)

    @cached_property
    def is_needed(self) -> bool:
        return needs_plan(self.final)

    @cached_property
    def needed(self) -> tuple[Shortfall, ...]:
        return shortfalls(self.final) if self.final and self.is_needed else ()

    @cached_property
    def actions(self) -> dict[str, PlanAction]:
        return written(self.assessment)

    @cached_property
    def rows(self) -> list[tuple[Shortfall, PlanRow]]:
        """Each shortfall with what is planned; what was typed about another requirement comes last."""
        codes = {each.requirement for each in self.needed}
        titles = {each.code: each.title for each in self.assessment.framework.requirements}
        others = [code for code, row in self.typed.items() if code in titles and code not in codes]
        extra = [Shortfall(code, titles[code], None) for code in others if not self.typed[code].planned.is_blank]
        return [(each, self._row(each.requirement)) for each in (*self.needed, *extra)]

    def _row(self, code: str) -> PlanRow:
        return self.typed.get(code) or PlanRow.of(code, self.actions.get(code))

    @cached_property
    def sent(self) -> list[ImprovementPlan]:
        """The plans sent about the Final that stands, the last one first."""
        return sent_plans(self.final) if self.final else []

    @property
    def review(self) -> Review | None:
        """The decision on the plan that was sent last."""
        return review_of(self.sent[0]) if self.sent else None

    @property
    def state(self) -> str:
        """draft, waiting, returned or accepted"""
        if not self.sent:
            return "draft"
        if self.review is None:
            return "waiting"
        return "accepted" if self.review.accepted else "returned"

    @cached_property
    def starts_anew(self) -> bool:
        """Whether a plan was sent about a Final that has been corrected since."""
        if self.final is None or self.final.number == 1:
            return False
        finals = self.assessment.submissions.filter(stage=Stage.FINAL, number__lt=self.final.number)
        return finals.filter(plans__isnull=False).exists()

    @cached_property
    def missing(self) -> dict[str, str]:
        return lacking(self.needed, self.actions, london_day(self.at))

    @property
    def draft(self) -> str:
        return draft_digest(self.needed, self.actions)

    @property
    def may_write(self) -> bool:
        return may(self.person, Action.WRITE_PLAN, self.assessment)

    @property
    def may_send(self) -> bool:
        return may(self.person, Action.SEND_PLAN, self.assessment)

    @cached_property
    def administrators(self) -> list[Person]:
        return administrators(self.assessment)


@dataclass(frozen=True)
class SentRow:
    """One plan as the service team's list shows it. `code` is the one the organisation is found by in that year."""

    plan: ImprovementPlan
    code: str

    @property
    def review(self) -> Review | None:
        return review_of(self.plan)

    @property
    def state(self) -> str:
        if self.review is not None:
            return "Accepted" if self.review.accepted else "Returned"
        return "Final corrected since" if is_superseded(self.plan) else "Waiting"


def page_of_plans(person: Person, asked: str) -> Page:
    """One page of every plan sent: those waiting first, longest first, then the others, newest first."""
    waits = Case(When(review__isnull=True, corrected=False, then=F("sent_at")))
    rows = _with_code(scope.plans(person)).annotate(waits=waits)
    rows = rows.order_by(F("waits").asc(nulls_last=True), "-sent_at", "-pk")
    return Paginator(rows.defer("document", "submission__document"), A_PAGE).get_page(asked)


def sent_rows(plans: Page) -> list[SentRow]:
    return [SentRow(each, vars(each)["code"]) for each in plans]


def history(person: Person, plan: ImprovementPlan) -> list[SentRow]:
    """Every plan this organisation sent in that year, the last one first."""
    rows = _with_code(scope.plans(person)).filter(submission__assessment=plan.submission.assessment_id)
    return [SentRow(each, vars(each)["code"]) for each in rows.order_by("-submission__number", "-number")]


def _with_code(rows: QuerySet[ImprovementPlan]) -> QuerySet[ImprovementPlan]:
    return rows.annotate(code=code_then("submission__organisation", "submission__year"))
