"""Performance against the Caldicott2 recommendations, worked out from what was recorded.

Source: frameworks/igt-13/SOURCES.md, "How performance is worked out".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from igtoolkit.standard.framework import Condition, Framework, Recommendation, Requirement
from igtoolkit.standard.scoring import Standing, missing_for
from igtoolkit.standard.words import State, Status


@dataclass(frozen=True)
class Target:
    """The level an organisation means to reach on a requirement, and by when."""

    level: int
    date: date


NO_TARGETS: Mapping[str, Target] = MappingProxyType({})


@dataclass(frozen=True)
class Outcome:
    """One condition held against a standing. `attained` is None unless the condition is scored.

    For a level, needed and attained are levels; for a criterion needed is 1 and attained 0 or 1.
    `missing` names the criteria still to be ticked for it.
    """

    condition: Condition
    needed: int
    attained: int | None
    state: State
    missing: tuple[str, ...] = ()

    @property
    def applies(self) -> bool:
        return self.state is not State.DOES_NOT_APPLY

    @property
    def fraction(self) -> Fraction:
        """How much of the need is attained, 0 to 1."""
        return min(Fraction(self.attained or 0, self.needed), Fraction(1))


@dataclass(frozen=True)
class Performance:
    """One recommendation's result. `share` is 0-100; None when not applicable."""

    recommendation: Recommendation
    status: Status
    share: int | None
    target_date: date | None
    outcomes: tuple[Outcome, ...]

    @property
    def number(self) -> int:
        return self.recommendation.number

    @property
    def fraction(self) -> Fraction:
        """The exact share, 0 to 1; 0 when not applicable."""
        return _mean(each.fraction for each in self.outcomes if each.applies)


@dataclass(frozen=True)
class Step:
    """One requirement brought to what its conditions need, and what that would move.

    `becoming_met` and `moving` list recommendation numbers; `gain` is the sum of share gained (1 = one
    whole recommendation); `to_level` the highest level its failing conditions ask for, a criterion
    counting as the level it belongs to, and `levels` how far that is above the present one;
    `missing` the criteria to be ticked.
    """

    requirement: Requirement
    becoming_met: tuple[int, ...]
    moving: tuple[int, ...]
    gain: Fraction
    levels: int
    to_level: int
    missing: tuple[str, ...]


def performance(
    framework: Framework,
    standings: Mapping[str, Standing],
    *,
    targets: Mapping[str, Target] = NO_TARGETS,
    maintained: frozenset[str] = frozenset(),
) -> tuple[Performance, ...]:
    """Performance against each recommendation, in report order.

    framework: narrowed to the organisation's kind. standings: {requirement code: Standing}; a
    requirement not scored yet is absent, and holds no condition. targets: {requirement code: Target}.
    maintained: the requirements at level 3 in last year's Final. Returns one
    Performance per recommendation; `share` is the mean over applicable conditions of
    attained/needed in exact fractions, rounded down.
    Raises UnknownRequirement for a standing outside the framework.
    """
    for code in standings:
        framework.requirement(code)
    return tuple(_against(framework, each, standings, targets, maintained) for each in framework.recommendations)


def steps(
    framework: Framework, standings: Mapping[str, Standing], maintained: frozenset[str] = frozenset()
) -> tuple[Step, ...]:
    """Every step that would move a recommendation, best first.

    In order of recommendations becoming Met, then share gained, then fewest levels, then code.
    """
    before = performance(framework, standings, maintained=maintained)
    failing = sorted({each.condition.requirement for one in before for each in one.outcomes if fails(each)})
    found = [_step(framework, code, standings, before, maintained) for code in failing]
    return tuple(
        sorted(found, key=lambda step: (-len(step.becoming_met), -step.gain, step.levels, step.requirement.code))
    )


def outcome(
    framework: Framework,
    condition: Condition,
    standings: Mapping[str, Standing],
    maintained: frozenset[str] = frozenset(),
) -> Outcome:
    """What one condition comes to.

    A criterion condition holds when the criterion is ticked and every applicable criterion of the
    levels below its own is ticked: the same as standing at the level below, or higher. Where the criteria
    behind a level are not known it is not scored, and nothing can be said of what is missing.
    """
    needed = condition.level or 1
    if not framework.has(condition.requirement):
        return Outcome(condition, needed, None, State.DOES_NOT_APPLY)
    standing = standings.get(condition.requirement)
    if standing is None:
        return Outcome(
            condition, needed, None, State.NOT_SCORED, _missing(framework, condition, frozenset(), maintained)
        )
    if not standing.counts:
        return Outcome(condition, needed, None, State.DOES_NOT_APPLY)
    if condition.criterion is not None and not standing.known:
        return Outcome(condition, needed, None, State.NOT_SCORED)
    attained = _attained(framework, condition, standing)
    holds = attained >= needed
    missing = () if holds or not standing.known else _missing(framework, condition, standing.ticked, maintained)
    return Outcome(condition, needed, attained, State.HOLDS if holds else State.DOES_NOT_HOLD, missing)


def _attained(framework: Framework, condition: Condition, standing: Standing) -> int:
    if condition.criterion is None:
        return standing.level
    below = framework.requirement(condition.requirement).criterion(condition.criterion).level - 1
    return int(condition.criterion in standing.ticked and standing.level >= below)


def _missing(
    framework: Framework, condition: Condition, ticked: frozenset[str], maintained: frozenset[str]
) -> tuple[str, ...]:
    requirement = framework.requirement(condition.requirement)
    kept = condition.requirement in maintained
    if condition.criterion is None:
        return missing_for(requirement, ticked, condition.level or 0, maintained=kept)
    below = missing_for(requirement, ticked, requirement.criterion(condition.criterion).level - 1, maintained=kept)
    return below if condition.criterion in ticked else (*below, condition.criterion)


def _against(
    framework: Framework,
    recommendation: Recommendation,
    standings: Mapping[str, Standing],
    targets: Mapping[str, Target],
    maintained: frozenset[str],
) -> Performance:
    outcomes = tuple(outcome(framework, each, standings, maintained) for each in recommendation.conditions)
    applying = [each for each in outcomes if each.applies]
    share = int(_mean(each.fraction for each in applying) * 100) if applying else None
    return Performance(recommendation, _status(applying), share, _target_date(framework, outcomes, targets), outcomes)


def _status(applying: list[Outcome]) -> Status:
    if not applying:
        return Status.NOT_APPLICABLE
    holding = sum(each.state is State.HOLDS for each in applying)
    if holding == len(applying):
        return Status.MET
    return Status.PARTLY_MET if holding else Status.NOT_MET


def _target_date(framework: Framework, outcomes: Iterable[Outcome], targets: Mapping[str, Target]) -> date | None:
    """The latest target among the failing requirements; None if one of them has none.

    A target that stops short of the level its condition asks for is none: reaching it would change nothing here.
    """
    asked: dict[str, int] = {}
    for each in filter(fails, outcomes):
        code = each.condition.requirement
        asked[code] = max(asked.get(code, 0), level_asked(framework.requirement(code), each.condition))
    due = [targets[code].date for code, level in asked.items() if code in targets and targets[code].level >= level]
    return max(due) if due and len(due) == len(asked) else None


def fails(each: Outcome) -> bool:
    """Whether it applies and does not hold, scored or not."""
    return each.state in (State.DOES_NOT_HOLD, State.NOT_SCORED)


def _mean(fractions: Iterable[Fraction]) -> Fraction:
    values = list(fractions)
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _step(
    framework: Framework,
    code: str,
    standings: Mapping[str, Standing],
    before: tuple[Performance, ...],
    maintained: frozenset[str],
) -> Step:
    requirement = framework.requirement(code)
    standing = standings.get(code, Standing(0))
    failing = [each for one in before for each in one.outcomes if each.condition.requirement == code and fails(each)]
    missing = tuple(sorted({one for each in failing for one in each.missing}))
    raised = _raised(requirement, standing, failing, missing)
    there = {**standings, code: raised}
    touched = [one for one in before if any(each.condition.requirement == code for each in one.outcomes)]
    pairs = [(old, _against(framework, old.recommendation, there, NO_TARGETS, maintained)) for old in touched]
    to_level = max(level_asked(requirement, each.condition) for each in failing)
    return Step(
        requirement=requirement,
        becoming_met=tuple(
            new.number for old, new in pairs if new.status is Status.MET and old.status is not Status.MET
        ),
        moving=tuple(new.number for old, new in pairs if new.fraction > old.fraction),
        gain=sum((new.fraction - old.fraction for old, new in pairs), Fraction(0)),
        levels=max(to_level - standing.level, 0),
        to_level=to_level,
        missing=missing,
    )


def _raised(requirement: Requirement, standing: Standing, failing: list[Outcome], missing: tuple[str, ...]) -> Standing:
    """The standing once every failing condition of the requirement holds, and no more than that."""
    reached = [standing.level]
    ticked = {*standing.ticked, *missing}
    for each in failing:
        if each.condition.criterion is None:
            reached.append(each.needed)
        else:
            reached.append(requirement.criterion(each.condition.criterion).level - 1)
            ticked.add(each.condition.criterion)
    return Standing(max(reached), frozenset(ticked))


def level_asked(requirement: Requirement, condition: Condition) -> int:
    """The level a condition asks for, a criterion counting as the level it belongs to."""
    if condition.criterion is None:
        return condition.level or 0
    return requirement.criterion(condition.criterion).level
