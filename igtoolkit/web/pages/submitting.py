"""What would be submitted, before it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from igtoolkit.actions.submissions import closed_because, draft_digest
from igtoolkit.records.models import Submission
from igtoolkit.reports.board_story import headline
from igtoolkit.standard.words import Stage, Status
from igtoolkit.web.pages.assessment import AssessmentPage
from igtoolkit.web.pages.lately import is_last_change
from igtoolkit.web.pages.rows import Row
from igtoolkit.web.templates import day

written = lru_cache(1_000)(day)  # the same dates stand on many pieces of evidence


@dataclass(frozen=True)
class SubmitPage(AssessmentPage):
    """The preview of a stage: everything the snapshot would hold. `at`: when the request arrived."""

    stage: Stage = Stage.BASELINE

    @property
    def deadline(self) -> date:
        return self.assessment.calendar.deadline(self.stage)

    @cached_property
    def earlier(self) -> tuple[Submission, ...]:
        """The submissions of this stage so far: a further one is a correction."""
        return tuple(each for each in self.made if each.stage == self.stage)

    @property
    def already(self) -> Submission | None:
        """The latest submission of this stage, if nothing was changed since."""
        return self.earlier[-1] if self.earlier and is_last_change(self.earlier[-1]) else None

    @property
    def number(self) -> int:
        return len(self.earlier) + 1

    @property
    def is_late(self) -> bool:
        """Whether it counts as late: that of the stage's first submission."""
        return self.earlier[0].late if self.earlier else self.assessment.calendar.is_late(self.stage, self.at)

    @property
    def is_final(self) -> bool:
        return self.stage is Stage.FINAL

    @property
    def is_blocked(self) -> bool:
        """Whether something keeps this stage from being submitted: only Final asks for anything."""
        return self.is_final and bool(self.to_do)

    @property
    def closed_because(self) -> str:
        """Why this stage takes no submission, in words; empty while it does."""
        return closed_because(self.assessment, self.stage)

    @property
    def can_reopen(self) -> bool:
        """Whether Final can be corrected once it is opened again."""
        return self.is_final and self.may_reopen

    @cached_property
    def draft(self) -> str:
        return draft_digest(self._with_people)

    @cached_property
    def headline(self) -> str:
        if not self.assessment.is_reported:
            return ""
        return headline([{"status": each.status} for each in self.assessment.performance()])

    @cached_property
    def before(self) -> str:
        """The headline of the stage that this one is compared with, in words."""
        latest = {Stage(each.stage): each for each in self.made}
        compared = next((latest[stage] for stage in reversed(self.stage.earlier) if stage in latest), None)
        if compared is None:
            return ""
        met = compared.performance.filter(status=Status.MET).count()
        return f"At {Stage(compared.stage).words}, {met} were met."

    @cached_property
    def evidence(self) -> Mapping[str, list[str]]:
        """{requirement code: each piece in a line, by criterion}: 2a: Minutes · 3 June 2015"""
        found: dict[str, list[str]] = {}
        parts = ("requirement", *(f"evidence__{part}" for part in ("criterion", "note", "link", "dated")))
        rows = self.assessment.answers.filter(evidence__isnull=False).order_by("evidence__criterion", "evidence__pk")
        for requirement, criterion, note, link, dated in rows.values_list(*parts):
            told = " · ".join(filter(None, [note, link, written(dated)]))
            found.setdefault(requirement, []).append(f"{criterion}: {told}")
        return found

    @cached_property
    def pieces(self) -> Mapping[str, int]:
        return {code: len(each) for code, each in self.evidence.items()}

    @cached_property
    def unscored(self) -> list[Row]:
        return [row for row in self.rows if not row.is_scored]

    @cached_property
    def changed(self) -> list[tuple[Row, int | None]]:
        """For a correction: the requirements at another level than in what it corrects, with that level."""
        if not self.earlier:
            return []
        levels = {each["requirement"]: each["level"] for each in self.earlier[-1].snapshot["answers"]}
        return [
            (row, levels.get(row.requirement.code))
            for row in self.rows
            if row.level != levels.get(row.requirement.code)
        ]

    @property
    def spread(self) -> str:
        """45 requirements: 6 at level 3, 18 at level 2, …"""
        counts = Counter(row.level for row in self.rows)
        parts = [f"{counts[level]} at level {level}" for level in (3, 2, 1, 0) if counts[level]]
        parts += [f"{len(self.unscored)} not scored"] if self.unscored else []
        parts += [f"{self.not_relevant} not relevant"] if self.not_relevant else []
        return f"{len(self.rows)} requirements: {', '.join(parts)}."

    @cached_property
    def unnamed(self) -> list[str]:
        """The posts nobody is named for."""
        return [post for post, name, _ in self.people if not name]
