"""Whose report moved most between two stages: whole groups of equals, never a false rank."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from igtoolkit.reports.national import Organisation, Statuses
from igtoolkit.standard.words import Status

ENOUGH = 5
MOST = 10


@dataclass(frozen=True)
class Mover:
    """One organisation that submitted both times, and how many recommendations it met at each."""

    organisation: Organisation
    then: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.then


@dataclass(frozen=True)
class Tied:
    """All that moved by the same number. `named` is false where they are too many to name."""

    change: int
    movers: tuple[Mover, ...]
    named: bool


@dataclass(frozen=True)
class Moved:
    """Who moved, of those that submitted both times. `then` and `now` are their average numbers met."""

    both: int
    rose: int
    same: int
    fell: int
    then: Fraction
    now: Fraction
    most_up: tuple[Tied, ...]
    most_down: tuple[Tied, ...]


def moved(organisations: list[Organisation], before: Mapping[str, Statuses]) -> Moved:
    """How reports moved since the stage before. before: {organisation code: its statuses then}."""
    movers = [
        Mover(each, _met(before[each["code"]]), _met(each["statuses"]))
        for each in organisations
        if each["submitted"] and each["code"] in before
    ]
    up = [each for each in movers if each.change > 0]
    down = [each for each in movers if each.change < 0]
    return Moved(
        both=len(movers),
        rose=len(up),
        same=len(movers) - len(up) - len(down),
        fell=len(down),
        then=_average([each.then for each in movers]),
        now=_average([each.now for each in movers]),
        most_up=_most(up),
        most_down=_most(down),
    )


def average_met(statuses: Collection[Statuses]) -> Fraction | None:
    """How many recommendations are met on average; None over nobody."""
    return Fraction(sum(map(_met, statuses)), len(statuses)) if statuses else None


def _met(statuses: Statuses) -> int:
    return sum(each == Status.MET for each in statuses.values())


def _average(numbers: list[int]) -> Fraction:
    return Fraction(sum(numbers), len(numbers)) if numbers else Fraction(0)


def _most(movers: list[Mover]) -> tuple[Tied, ...]:
    """The largest moves, equals kept together, until there are enough; a crowd is counted, not named."""
    ordered = sorted(movers, key=lambda each: (-abs(each.change), each.organisation["code"]))
    found: list[Tied] = []
    shown = 0
    for change, group in groupby(ordered, key=lambda each: each.change):
        tied = tuple(group)
        shown += len(tied)
        found.append(Tied(change, tied, named=shown <= MOST))
        if shown >= ENOUGH:
            break
    return tuple(found)
