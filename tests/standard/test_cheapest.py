"""The cheapest way to Met: nothing smaller does it, and doing it really does."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igtoolkit.standard.cheapest import Cheapest, ladder, smallest
from igtoolkit.standard.choosing import SEARCHED
from igtoolkit.standard.crosswalk import performance
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.scoring import Standing
from igtoolkit.standard.words import Status
from tests.proofs import full
from tests.standard.small import at, framework, not_relevant, recommendation, requirement, standing
from tests.standard.strategies import Record, records

R101, R202, R206 = requirement("13-101"), requirement("13-202"), requirement("13-206", "1a 2a 3a 3b 3c*")
OPEN = (Status.NOT_MET, Status.PARTLY_MET)
LEFT = 7  # criteria left to tick, so that every set of them can be tried
some = settings(max_examples=full(30, 300), deadline=None, database=None)


def ticks(of: Cheapest) -> dict[str, tuple[str, ...]]:
    return {each.requirement.code: each.criteria for each in of.raises}


def taken(record: Record, of: Cheapest) -> Record:
    for code, criteria in ticks(of).items():
        record = record.with_ticks(code, frozenset(criteria))
    return record


def met(record: Record) -> set[int]:
    found = performance(record.framework, record.standings(), maintained=record.maintained)
    return {each.number for each in found if each.status is Status.MET}


def open_numbers(record: Record) -> list[int]:
    found = performance(record.framework, record.standings(), maintained=record.maintained)
    return [each.number for each in found if each.status in OPEN]


@st.composite
def nearly_done(draw: st.DrawFn) -> Record:
    """Anything recorded, with at most LEFT criteria still to tick."""
    record = draw(records())
    left = [(each.code, one.code) for each in record.framework.requirements for one in each.criteria]
    left = [(code, one) for code, one in left if one not in record.ticked.get(code, ())]
    return with_all(record, draw(st.permutations(left))[LEFT:])


def by_brute_force(record: Record) -> dict[int, set[frozenset[int]]]:
    """{how many criteria are ticked: what each set of so many turns to Met}, from every set there is."""
    left = [(each.code, one.code) for each in record.framework.requirements for one in each.criteria]
    left = [(code, one) for code, one in left if one not in record.ticked.get(code, ())]
    before = met(record)
    return {
        size: {frozenset(met(with_all(record, chosen)) - before) for chosen in combinations(left, size)}
        for size in range(len(left) + 1)
    }


def with_all(record: Record, chosen: Iterable[tuple[str, str]]) -> Record:
    for code, one in chosen:
        record = record.with_ticks(code, frozenset({one}))
    return record


@some
@given(nearly_done(), st.data())
def test_nothing_smaller_does_it(record: Record, data: st.DataObject) -> None:
    still, tried = open_numbers(record), by_brute_force(record)
    rungs = ladder(record.framework, record.standings(), record.maintained)
    assert len(rungs) == len(still)
    for more, rung in enumerate(rungs, 1):
        assert rung.criteria == min(size for size, found in tried.items() if any(len(each) >= more for each in found))
        assert rung.exact
    picked = data.draw(st.sets(st.sampled_from(still))) if still else set()
    fewest = min(size for size, found in tried.items() if any(picked <= each for each in found))
    assert smallest(record.framework, record.standings(), picked, record.maintained).criteria == fewest


@some
@given(records(), st.data())
def test_doing_what_it_says_makes_them_met(record: Record, data: st.DataObject) -> None:
    still = open_numbers(record)
    picked = data.draw(st.sets(st.sampled_from(still))) if still else set()
    found = smallest(record.framework, record.standings(), picked, record.maintained)
    assert picked <= set(found.becoming_met)
    for each in [found, *ladder(record.framework, record.standings(), record.maintained)]:
        after = taken(record, each)
        assert met(after) - met(record) == set(each.becoming_met)
        assert [after.standing(one.requirement.code).level for one in each.raises] == [one.level for one in each.raises]


@some
@given(records(), st.data())
def test_one_more_tick_makes_nothing_dearer(record: Record, data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(record.framework.requirements))
    more = record.with_ticks(of.code, frozenset({data.draw(st.sampled_from(of.criteria)).code}))
    assert met(record) <= met(more)
    picked = open_numbers(more)
    now = smallest(more.framework, more.standings(), picked, more.maintained)
    assert now.criteria <= smallest(record.framework, record.standings(), picked, record.maintained).criteria


def test_what_two_recommendations_share_is_ticked_once() -> None:
    of = framework([R202], [recommendation(1, "13-202 2"), recommendation(2, "13-202 3")])
    found = smallest(of, {"13-202": at(1, R202)}, [1, 2])
    (only,) = found.raises
    assert (only.criteria, only.level, only.levels) == (("2a", "2b", "3a", "3b"), 3, 2)
    assert (found.criteria, found.becoming_met) == (4, (1, 2))


def test_a_criterion_takes_what_lies_below_it_and_no_more() -> None:
    of = framework([R206], [recommendation(1, "13-206 3b")])
    (only,) = smallest(of, {"13-206": at(1, R206)}, [1]).raises
    assert (only.criteria, only.level, only.levels) == (("2a", "3b"), 2, 2)


def test_last_years_level_3_asks_for_its_maintenance() -> None:
    of = framework([R202], [recommendation(1, "13-202 3")])
    assert ticks(smallest(of, {"13-202": at(2, R202)}, [1], frozenset({"13-202"}))) == {"13-202": ("3a", "3b", "3c")}


def test_what_comes_with_it_is_told() -> None:
    of = framework([R202], [recommendation(1, "13-202 2"), recommendation(2, "13-202 1")])
    assert smallest(of, {}, [1]).becoming_met == (1, 2)


def test_what_is_met_needs_nothing_and_what_does_not_apply_cannot_be_picked() -> None:
    of = framework([R101, R202], [recommendation(1, "13-101 2"), recommendation(2, "13-202 2")])
    standings = {"13-101": at(2, R101), "13-202": not_relevant()}
    assert smallest(of, standings, [1]) == Cheapest((), ())
    assert ladder(of, standings) == ()
    with pytest.raises(ValueError, match="Recommendation 2 does not apply"):
        smallest(of, standings, [2])
    with pytest.raises(LookupError, match="no recommendation 3"):
        smallest(of, standings, [3])


def test_a_greedy_answer_would_cost_more() -> None:
    """1 and 2 share what they need: dear alone, they are cheaper together than 3 with either."""
    wide = requirement("13-202", "1a 1b 1c 2a 3a")
    of = framework(
        [R101, wide],
        [recommendation(1, "13-202 1"), recommendation(2, "13-202 1"), recommendation(3, "13-101 1")],
    )
    one, two, three = ladder(of, {})
    assert ticks(one) == {"13-101": ("1a", "1b")}
    assert ticks(two) == {"13-202": ("1a", "1b", "1c")}
    assert (three.criteria, three.becoming_met) == (5, (1, 2, 3))


def test_fewest_levels_break_a_tie_then_numbers() -> None:
    deep, flat = requirement("13-101", "1a 2a 3a"), requirement("13-302", "1a 1b 2a 3a")
    of = framework([deep, flat], [recommendation(1, "13-101 2"), recommendation(2, "13-302 1")])
    assert ladder(of, {})[0].becoming_met == (2,)
    of = framework([R101, R202], [recommendation(1, "13-202 1"), recommendation(2, "13-101 1")])
    assert ladder(of, {})[0].becoming_met == (1,)


def test_of_an_imported_level_only_levels_are_counted() -> None:
    long, short = requirement("13-101", "1a 2a 3a"), requirement("13-302", "1a 2a 2b 2c 3a")
    of = framework([long, short], [recommendation(1, "13-101 3"), recommendation(2, "13-302 2")])
    standings = {each: Standing(1, known=False) for each in ("13-101", "13-302")}
    first, both = ladder(of, standings)
    assert (first.becoming_met, first.levels, first.exact) == ((2,), 1, False)
    assert (both.levels, [each.level for each in both.raises]) == (3, [3, 2])


def test_an_imported_level_that_covers_a_criterion_needs_its_criteria_recorded() -> None:
    of = framework([R206], [recommendation(1, "13-206 2a")])
    found = smallest(of, {"13-206": Standing(3, known=False)}, [1])
    (only,) = found.raises
    assert (only.criteria, only.levels, only.known, found.becoming_met) == ((), 0, False, (1,))


def test_more_than_can_be_searched_is_not_answered_wrongly() -> None:
    of = framework([R202], [recommendation(number, "13-202 2") for number in range(1, SEARCHED + 2)])
    assert ladder(of, {}) == ()
    assert smallest(of, {}, range(1, SEARCHED + 2)).criteria == 4


def test_the_ladder_of_an_acute_trust_at_level_2_throughout(acute: Framework) -> None:
    """11 rests on 202-3a alone, 8 on 3a and 3b; 2 on 201 at level 3; 1 on 206-3b and 203 at level 3."""
    rungs = ladder(acute, {each.code: at(2, each) for each in acute.requirements})
    assert [each.becoming_met for each in rungs] == [(11,), (8, 11), (2, 8, 11), (1, 2, 8, 11)]
    assert [each.criteria for each in rungs] == [1, 2, 4, 7]
    assert ticks(rungs[0]) == {"13-202": ("3a",)}


def test_a_tick_above_a_gap_counts_once_the_gap_is_closed() -> None:
    of = framework([R206], [recommendation(1, "13-206 3b")])
    assert ticks(smallest(of, {"13-206": standing(R206, "1a 3b")}, [1])) == {"13-206": ("2a",)}
