"""Which so many of several wants cost least together, when what they have in common is paid for once. Exact."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

SEARCHED = 16  # wants that hang together, of which every combination is compared

Cost = tuple[int, int, tuple[int, ...]]  # first, second, the numbers chosen: the smallest is the best
NOTHING: Cost = (0, 0, ())


@dataclass(frozen=True)
class Want:
    """One thing wanted, by its number: what it takes, in items counted first and items that break a tie."""

    number: int
    first: frozenset[Hashable]
    second: frozenset[Hashable]


def cheapest_choices(wants: Collection[Want]) -> list[tuple[int, ...]]:
    """The numbers of the cheapest choice of one want, of two … of all.

    Ties are broken by the second items, then by the lowest numbers. Every combination is compared, those with
    nothing in common apart; empty where more than SEARCHED hang together.
    """
    groups = _groups(wants)
    if any(len(each) > SEARCHED for each in groups):
        return []
    best = reduce(_merged, (_best_of(each) for each in groups), [NOTHING])
    return [numbers for *_, numbers in best[1:]]


def _groups(wants: Iterable[Want]) -> list[list[Want]]:
    """The wants that hang together by what they take."""
    groups: list[list[Want]] = []
    for want in wants:
        touching = [each for each in groups if any(_share(want, one) for one in each)]
        groups = [each for each in groups if each not in touching]
        groups.append([want, *(one for each in touching for one in each)])
    return [sorted(each, key=lambda want: want.number) for each in groups]


def _share(one: Want, other: Want) -> bool:
    return not (one.first.isdisjoint(other.first) and one.second.isdisjoint(other.second))


def _best_of(group: Sequence[Want]) -> list[Cost]:
    """The cheapest choice of none of a group, of one … of all."""
    best: dict[int, Cost] = {}
    for chosen, (first, second) in enumerate(_unions(group)):
        size, cost = chosen.bit_count(), (first.bit_count(), second.bit_count())
        if size in best and cost > best[size][:2]:
            continue
        found = (*cost, tuple(want.number for i, want in enumerate(group) if chosen >> i & 1))
        best[size] = min(best.get(size, found), found)
    return [best[size] for size in range(len(group) + 1)]


def _unions(group: Sequence[Want]) -> Iterable[tuple[int, int]]:
    """What each combination takes, the items as bits: bit i of a combination's place is the group's want i."""
    firsts, seconds = (_places(each) for each in ((w.first for w in group), (w.second for w in group)))
    unions = [(0, 0)]
    for want in group:
        first, second = sum(firsts[each] for each in want.first), sum(seconds[each] for each in want.second)
        unions += [(one | first, other | second) for one, other in unions]
    return unions


def _places(sets: Iterator[frozenset[Hashable]]) -> dict[Hashable, int]:
    return {item: 1 << i for i, item in enumerate(dict.fromkeys(item for each in sets for item in each))}


def _merged(one: list[Cost], other: list[Cost]) -> list[Cost]:
    """The cheapest choice of each size from two groups with nothing in common."""
    sums: list[list[Cost]] = [[] for _ in range(len(one) + len(other) - 1)]
    for i, (a, b, numbers) in enumerate(one):
        for j, (c, d, more) in enumerate(other):
            sums[i + j].append((a + c, b + d, tuple(sorted(numbers + more))))
    return [min(each) for each in sums]
