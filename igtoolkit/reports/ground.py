"""What a report stands on, read back from its document, so that it can be worked out again otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from igtoolkit.records.frameworks import framework
from igtoolkit.standard.crosswalk import Performance, performance
from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.scoring import Score, Standing, level, score

Document = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """A framework narrowed to the organisation's kind, and where the organisation stands in it.

    changed: whether the framework or the crosswalk has been corrected since the document was made, so that what is
    worked out here is not quite what was submitted.
    """

    framework: Framework
    standings: Mapping[str, Standing]
    maintained: frozenset[str]
    changed: bool

    @cached_property
    def performance(self) -> tuple[Performance, ...]:
        return performance(self.framework, self.standings, maintained=self.maintained)

    @cached_property
    def score(self) -> Score:
        return score(self.framework, self.standings)

    @cached_property
    def named(self) -> tuple[Requirement, ...]:
        """The requirements that the crosswalk names and that count here, in code order."""
        codes = {each.requirement for one in self.framework.recommendations for each in one.conditions}
        counting = sorted(each for each in codes if self.framework.has(each) and self.standing(each).counts)
        return tuple(self.framework.requirement(each) for each in counting)

    @property
    def known(self) -> bool:
        """Whether the criteria behind every level are known: not so of levels that came from a file."""
        return all(each.known for each in self.standings.values())

    def standing(self, code: str) -> Standing:
        return self.standings.get(code, Standing(0))

    def with_standings(self, standings: Mapping[str, Standing]) -> "Ground":
        """The same organisation, standing otherwise."""
        return replace(self, standings={**self.standings, **standings})


def ground(document: Document) -> Ground:
    """What a submission's snapshot, or a draft in its form, stands on. Raises LookupError without its framework."""
    whole = framework(document["framework"])
    narrowed, maintained = whole.for_kind(document["organisation"]["kind"]), frozenset(document["maintenance"])
    digests = (whole.digest, whole.crosswalk.digest)
    standings = {
        each["requirement"]: _standing(narrowed, each, maintained)
        for each in document["answers"]
        if is_scored(each) and narrowed.has(each["requirement"])
    }
    changed = digests != (document["framework_digest"], document["crosswalk_digest"])
    return Ground(narrowed, standings, maintained, changed)


def is_scored(answer: Document) -> bool:
    """Whether anything was said of its level: a tick, “not yet at level 1”, not relevant, or a level in a file."""
    if answer.get("ticked", ()) is None:
        return answer["level"] is not None
    return bool(answer.get("ticked") or answer.get("not_yet") or answer.get("not_relevant"))


def _standing(of: Framework, answer: Document, maintained: frozenset[str]) -> Standing:
    if answer["ticked"] is None:
        return Standing(answer["level"], known=False)
    requirement = of.requirement(answer["requirement"])
    ticked = requirement.criterion_codes & frozenset(answer["ticked"])
    reached = level(requirement, ticked, maintained=requirement.code in maintained)
    return Standing(reached, ticked, not answer.get("not_relevant"))
