"""Asserted and evidenced: the same report once more, from those criteria alone that have evidence dated in its year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from igtoolkit.reports.ground import Document, Ground, ground, is_scored
from igtoolkit.standard.calendar import span
from igtoolkit.standard.crosswalk import Performance, fails
from igtoolkit.standard.scoring import Standing, level
from igtoolkit.standard.words import Status


@dataclass(frozen=True)
class Pair:
    """One recommendation both ways.

    lacking: {requirement code: the criteria ticked for it that have no evidence from the year}, where it drops.
    """

    asserted: Performance
    evidenced: Performance
    lacking: Mapping[str, tuple[str, ...]]

    @property
    def drops(self) -> bool:
        return self.asserted.status is not self.evidenced.status


@dataclass(frozen=True)
class Evidenced:
    """A report as asserted, and as evidenced from `first` to `last`, both days of the year included.

    dates: {requirement code: {criterion ticked: the dates of its evidence, in order}}.
    """

    first: date
    last: date
    asserted: Ground
    dates: Mapping[str, Mapping[str, tuple[date, ...]]]

    @property
    def known(self) -> bool:
        """Whether it can be told: not of levels that came from a file, without criteria or evidence."""
        return self.asserted.known

    @cached_property
    def evidenced(self) -> Ground:
        return self.asserted.with_standings({code: self._standing(code) for code in self.dates})

    @cached_property
    def lacking(self) -> dict[str, tuple[str, ...]]:
        """{requirement code: the criteria ticked without evidence from the year}, none left empty."""
        found = {code: self._lacking(code) for code in self.dates if self.asserted.standings[code].counts}
        return {code: criteria for code, criteria in found.items() if criteria}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        both = zip(self.asserted.performance, self.evidenced.performance, strict=True)
        return tuple(Pair(one, other, self._behind(one, other)) for one, other in both)

    def _standing(self, code: str) -> Standing:
        """Where the requirement stands by its evidenced ticks; one that was scored stays scored, at level 0 maybe."""
        ticked = frozenset(self.dates[code]) - set(self._lacking(code))
        kept = code in self.asserted.maintained
        reached = level(self.asserted.framework.requirement(code), ticked, maintained=kept)
        return Standing(reached, ticked, self.asserted.standings[code].counts)

    def _lacking(self, code: str) -> tuple[str, ...]:
        dated = self.dates[code].items()
        return tuple(sorted(each for each, days in dated if not any(self.first <= day <= self.last for day in days)))

    def _behind(self, asserted: Performance, evidenced: Performance) -> dict[str, tuple[str, ...]]:
        """What is ticked and lacks evidence in the conditions that hold as asserted alone, where it drops."""
        if asserted.status is evidenced.status:
            return {}
        behind: dict[str, set[str]] = {}
        for one, other in zip(asserted.outcomes, evidenced.outcomes, strict=True):
            if fails(other) and not fails(one):
                code = one.condition.requirement
                behind.setdefault(code, set()).update(set(other.missing) & set(self.lacking.get(code, ())))
        return {code: tuple(sorted(behind[code])) for code in sorted(behind)}


def evidenced(document: Document) -> Evidenced:
    """document: a submission's snapshot, or a draft in its form. Source: standard.calendar.span for the year."""
    stands_on = ground(document)
    dates = {
        each["requirement"]: _dates(each, stands_on.standings[each["requirement"]].ticked)
        for each in document["answers"]
        if each["requirement"] in stands_on.standings and is_scored(each) and each["ticked"] is not None
    }
    return Evidenced(*span(document["year"]), stands_on, dates)


def in_one_line(document: Document) -> str:
    """11 of 16 met as asserted; 4 when only criteria with evidence from 2015-16 count.

    Empty where nobody can tell, and where nothing is met as asserted.
    """
    found = evidenced(document)
    statuses = [each["status"] for each in document["recommendations"]]
    asserted = statuses.count(Status.MET)
    if not found.known or not asserted:
        return ""
    shown = sum(each.status is Status.MET for each in found.evidenced.performance)
    many = "none" if not shown else "as many" if shown == asserted else str(shown)
    applying = len(statuses) - statuses.count(Status.NOT_APPLICABLE)
    counting = f"{many} when only criteria with evidence from {document['year']} count"
    return f"{asserted} of {applying} met as asserted; {counting}."


def _dates(answer: Document, ticked: frozenset[str]) -> dict[str, tuple[date, ...]]:
    """{criterion ticked: the dates of its evidence}"""
    evidence = answer.get("evidence", ())
    return {
        code: tuple(sorted(date.fromisoformat(each["dated"]) for each in evidence if each["criterion"] == code))
        for code in sorted(ticked)
    }
