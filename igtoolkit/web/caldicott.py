"""The recommendations of the Caldicott2 review as the public page tells them."""

from dataclasses import dataclass
from functools import cache

from igtoolkit.records.frameworks import framework
from igtoolkit.standard.framework import Condition, Framework, Recommendation

BEARERS = {
    "all": "every organisation",
    "trusts": "trusts",
    "national": "national bodies",
    "commissioners": "commissioners",
    "councils": "councils",
}


@dataclass(frozen=True)
class Rest:
    """One condition in words: the requirement it names, what is needed there, and how that is known."""

    requirement: str
    title: str
    needed: str
    documented: bool
    source: str


@dataclass(frozen=True)
class Told:
    """One recommendation with whom it falls on and what it rests on."""

    number: int
    summary: str
    text: str
    theme: str
    falls_on: str
    rests_on: tuple[Rest, ...]


@cache
def recommendations(code: str) -> tuple[Told, ...]:
    """All recommendations of a framework's crosswalk, in number order. The framework never changes while we run."""
    held = framework(code)
    return tuple(_told(held, each) for each in sorted(held.crosswalk.recommendations, key=lambda each: each.number))


def _told(held: Framework, recommendation: Recommendation) -> Told:
    return Told(
        recommendation.number,
        recommendation.summary,
        recommendation.text,
        recommendation.theme.words if recommendation.theme else "",
        _list([BEARERS.get(each, each) for each in recommendation.falls_on]),
        tuple(_rest(held, each) for each in recommendation.conditions),
    )


def _rest(held: Framework, condition: Condition) -> Rest:
    needed = f"criterion {condition.criterion}" if condition.criterion else f"level {condition.level}"
    documented = condition.basis.value == "documented"
    return Rest(condition.requirement, _title(held, condition.requirement), needed, documented, condition.source)


def _title(held: Framework, code: str) -> str:
    """The requirement's title as the first kind that has it and is reported on reads it."""
    for kind in held.reported_kinds:
        narrowed = held.for_kind(kind.code)
        if narrowed.has(code):
            return narrowed.requirement(code).title
    return ""


def _list(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])).capitalize() if words else ""
