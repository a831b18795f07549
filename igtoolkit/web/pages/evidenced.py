"""The words of “Asserted and evidenced”: both headlines, and the work list of what lacks evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from igtoolkit.reports.evidenced import Evidenced, evidenced
from igtoolkit.reports.ground import Document, Ground
from igtoolkit.reports.phrases import day, listed
from igtoolkit.standard.framework import Criterion, Requirement
from igtoolkit.web.pages.what_if import Side


@dataclass(frozen=True)
class Work:
    """One requirement on the work list: its criteria with what evidence they have, and what drops for want of more."""

    requirement: Requirement
    asserted: int
    evidenced: int
    criteria: list[tuple[Criterion, str]]
    dropping: list[int]

    @property
    def dropping_words(self) -> str:
        return listed(self.dropping)


@dataclass(frozen=True)
class EvidencedPage:
    """The page: a report both ways."""

    document: Document
    found: Evidenced

    @property
    def ground(self) -> Ground:
        return self.found.asserted

    @cached_property
    def asserted(self) -> Side:
        return Side(self.found.asserted.performance, self.found.asserted.score)

    @cached_property
    def evidenced(self) -> Side:
        return Side(self.found.evidenced.performance, self.found.evidenced.score)

    @property
    def dropping(self) -> int:
        return sum(each.drops for each in self.found.pairs)

    @cached_property
    def work(self) -> list[Work]:
        """Where evidence would win recommendations back, the most first."""
        return sorted((each for each in self._work if each.dropping), key=lambda each: -len(each.dropping))

    @cached_property
    def rest(self) -> list[Work]:
        """Where it would move the score alone, or nothing."""
        return [each for each in self._work if not each.dropping]

    @cached_property
    def _work(self) -> list[Work]:
        return list(self._all_work())

    def _all_work(self) -> Iterator[Work]:
        for code in sorted(self.found.lacking):
            requirement = self.ground.framework.requirement(code)
            dropping = [each.asserted.number for each in self.found.pairs if code in each.lacking]
            needed = {one for each in self.found.pairs for one in each.lacking.get(code, ())}
            shown = sorted(needed) if dropping else self.found.lacking[code]
            yield Work(
                requirement,
                self.ground.standing(code).level,
                self.found.evidenced.standing(code).level,
                [(requirement.criterion(each), self._has(code, each)) for each in shown],
                dropping,
            )

    def _has(self, code: str, criterion: str) -> str:
        """What evidence there is, if any: all of it is from outside the year."""
        dates = self.found.dates[code][criterion]
        if not dates:
            return "no evidence"
        return f"evidence of {day(dates[-1])}, outside the year"


def evidenced_page(document: Document) -> EvidencedPage:
    return EvidencedPage(document, evidenced(document))
