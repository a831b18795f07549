"""Whose report moved most between two stages: whole groups of equals, never a false rank."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from igtoolkit.reports.national import Organisation
from igtoolkit.reports.national_counts import NOT_BEFORE, Counted

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
    """All `n` that moved by the same number. `movers` are in code order; empty where they are too many to name."""

    change: int
    n: int
    movers: tuple[Mover, ...]

    @property
    def named(self) -> bool:
        return bool(self.movers)


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


def moved(counted: Counted, movers: Iterable[Mover]) -> Moved:
    """How reports moved since the stage before. movers: at least those who are named, as `named_changes` says."""
    changes, then, now = _changes(counted), 0, 0
    for (_, _, met, before), n in counted.submitted.items():
        if before != NOT_BEFORE:
            then, now = then + n * before, now + n * met
    both = changes.total()
    named = sorted(movers, key=lambda each: each.organisation["code"])
    return Moved(
        both=both,
        rose=sum(n for change, n in changes.items() if change > 0),
        same=changes[0],
        fell=sum(n for change, n in changes.items() if change < 0),
        then=Fraction(then, both or 1),
        now=Fraction(now, both or 1),
        most_up=_most(changes, named, 1),
        most_down=_most(changes, named, -1),
    )


def named_changes(counted: Counted) -> frozenset[int]:
    """The changes that so few made that each is named: at most MOST up and as many down."""
    changes = _changes(counted)
    return frozenset(change for way in (1, -1) for change, _, named in _shown(changes, way) if named)


def average_met(met: Counter[int]) -> Fraction | None:
    """How many recommendations are met on average; None over nobody. met: {recommendations met: organisations}."""
    return Fraction(sum(each * n for each, n in met.items()), met.total()) if met else None


def _changes(counted: Counted) -> Counter[int]:
    """{change in recommendations met: organisations that submitted both times}"""
    found: Counter[int] = Counter()
    for (_, _, met, before), n in counted.submitted.items():
        if before != NOT_BEFORE:
            found[met - before] += n
    return found


def _shown(changes: Counter[int], way: int) -> list[tuple[int, int, bool]]:
    """(change, how many made it, whether they are named): the largest, equals together, until there are enough.

    way: 1 for up, -1 for down.
    """
    found: list[tuple[int, int, bool]] = []
    shown = 0
    for change in sorted((each for each in changes if each * way > 0), key=abs, reverse=True):
        shown += changes[change]
        found.append((change, changes[change], shown <= MOST))
        if shown >= ENOUGH:
            break
    return found


def _most(changes: Counter[int], movers: Collection[Mover], way: int) -> tuple[Tied, ...]:
    return tuple(
        Tied(change, n, tuple(each for each in movers if each.change == change) if named else ())
        for change, n, named in _shown(changes, way)
    )
