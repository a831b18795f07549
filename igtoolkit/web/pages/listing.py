"""The requirements of an assessment as a list, by initiative, narrowed to what somebody looks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.urls import reverse

from igtoolkit.records.models import Answer
from igtoolkit.standard.framework import Initiative, Requirement
from igtoolkit.web.pages.rows import Row, Show
from igtoolkit.web.pages.so_far import SoFar


@dataclass(frozen=True)
class Listing(SoFar):
    """The list, and what can be counted in it."""

    show: Show = Show.ALL

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._row(each) for each in self.assessment.framework.requirements)

    def _row(self, asked: Requirement) -> Row:
        code = asked.code
        beside = None if self.frozen else self.imported_standings.get(code)
        return Row(
            requirement=asked,
            answer=self._answers.get(code),
            standing=self.standings.get(code),
            pieces=self.pieces.get(code, 0),
            before=self.assessment.last_levels.get(code),
            marks=not self.assessment.is_simplified,
            from_file=self.is_from_file,
            imported=beside.level if beside else None,
        )

    @property
    def is_from_file(self) -> bool:
        """Whether the levels shown were imported: what stands behind them is not known."""
        return self.frozen is not None and self.frozen.imported

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        return {} if self.is_from_file else {each.requirement: each for each in self.assessment.answer_list()}

    @cached_property
    def pieces(self) -> Mapping[str, int]:
        """{requirement code: pieces of evidence}"""
        counted = self.assessment.answers.filter(evidence__isnull=False).order_by().values_list("requirement")
        return dict(counted.annotate(Count("evidence")))

    def following(self, code: str) -> Requirement | None:
        """The next requirement of those shown; None after the last."""
        codes = [row.requirement.code for row in self.rows]
        later = (row for row in self.rows[codes.index(code) + 1 :] if row.is_shown(self.show))
        return next((row.requirement for row in later), None)

    @cached_property
    def groups(self) -> list[tuple[Initiative, list[Row]]]:
        """The rows to be shown, under their initiatives; an initiative with none is left out."""
        shown = [row for row in self.rows if row.is_shown(self.show)]
        by_initiative = [
            (each, [row for row in shown if row.requirement.initiative == each.code])
            for each in self.assessment.framework.initiatives
        ]
        return [(initiative, rows) for initiative, rows in by_initiative if rows]

    @property
    def filters(self) -> list[tuple[Show, int]]:
        """(what can be shown, how many requirements that is)"""
        return [(show, sum(row.is_shown(show) for row in self.rows)) for show in Show if show not in self._without]

    @property
    def _without(self) -> tuple[Show, ...]:
        """What cannot be asked here: of levels from a file, and of small bodies, nothing is marked complete, and
        where one person answers none confirms.
        """
        if self.assessment.is_simplified or self.is_from_file:
            return (Show.INCOMPLETE, Show.UNCONFIRMED)
        return () if self.assessment.confirms else (Show.UNCONFIRMED,)

    @property
    def first_shown(self) -> Requirement | None:
        return next((row.requirement for row in self.rows if row.is_shown(self.show)), None)

    @property
    def scored(self) -> int:
        return sum(row.is_scored for row in self.rows)

    @property
    def complete(self) -> int:
        return sum(row.is_complete for row in self.rows)

    @property
    def confirmed(self) -> int:
        return sum(row.is_confirmed for row in self.rows)

    @property
    def not_relevant(self) -> int:
        return sum(row.is_not_relevant for row in self.rows)

    @property
    def unscored_count(self) -> int:
        return len(self.rows) - self.scored

    @cached_property
    def address(self) -> str:
        """The address of the requirements: each is this and its code."""
        first = self.rows[0].requirement.code
        place = {"code": self.assessment.organisation.code, "year": self.assessment.year, "requirement": first}
        return reverse("requirement", kwargs=place).removesuffix(f"{first}/")
