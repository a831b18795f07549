"""What must be so for any framework and any record, tried on hundreds of small ones: on thousands in `make prove`."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from igtoolkit.standard.crosswalk import Performance, performance, steps
from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.scoring import level, score
from igtoolkit.standard.words import State, Status
from tests.proofs import full
from tests.standard.strategies import Record, records, requirements, ticks

ORDER = [Status.NOT_MET, Status.PARTLY_MET, Status.MET]
many = settings(max_examples=full(60, 1_000), deadline=None, database=None)


def results(of: Record) -> tuple[Performance, ...]:
    return performance(of.framework, of.standings(), maintained=of.maintained)


def by_definition(of: Requirement, ticked: frozenset[str], maintained: bool) -> int:
    """The definition word for word: the highest n for which all applicable criteria of 1..n are ticked."""
    return max(
        n
        for n in range(4)
        if {c.code for c in of.criteria if c.level <= n and (maintained or not c.maintenance)} <= ticked
    )


@many
@given(st.data(), st.booleans())
def test_a_level_is_what_its_definition_says(data: st.DataObject, maintained: bool) -> None:
    of = data.draw(requirements("13-202"))
    ticked = data.draw(ticks(of))
    assert level(of, ticked, maintained=maintained) == by_definition(of, ticked, maintained)


@many
@given(records(), st.data())
def test_ticking_one_more_criterion_never_lowers_anything(record: Record, data: st.DataObject) -> None:
    of = data.draw(st.sampled_from(record.framework.requirements))
    more = data.draw(st.sampled_from(of.criteria))
    after = record.with_ticks(of.code, frozenset({more.code}))
    assert after.standing(of.code).level >= record.standing(of.code).level
    assert score(after.framework, after.standings()).points >= score(record.framework, record.standings()).points
    for old, new in zip(results(record), results(after), strict=True):
        if old.status is Status.NOT_APPLICABLE:
            assert new.status is Status.NOT_APPLICABLE
        else:
            assert ORDER.index(new.status) >= ORDER.index(old.status)
            assert (new.share or 0) >= (old.share or 0)
            assert new.fraction >= old.fraction


@many
@given(records())
def test_a_score_lies_between_nothing_and_its_maximum(record: Record) -> None:
    result = score(record.framework, record.standings())
    assert 0 <= result.points <= result.maximum == 3 * result.requirements
    assert (result.percent is None) == (result.grade is None) == (result.maximum == 0)
    assert result.percent is None or 0 <= result.percent <= 100
    assert 0 <= result.recorded <= result.requirements


@many
@given(records(), st.data())
def test_what_stops_counting_leaves_both_sides_of_the_score(record: Record, data: st.DataObject) -> None:
    counted = [each.code for each in record.framework.requirements if each.code not in record.left_out]
    if not counted:
        return
    code = data.draw(st.sampled_from(counted))
    before = score(record.framework, record.standings())
    after = score(record.framework, replace(record, left_out=record.left_out | {code}).standings())
    assert after.maximum == before.maximum - 3
    assert after.points == before.points - record.standing(code).level


@many
@given(records())
def test_what_does_not_count_is_as_if_the_framework_did_not_hold_it(record: Record) -> None:
    kept = tuple(each for each in record.framework.requirements if each.code not in record.left_out)
    without: Framework = replace(record.framework, requirements=kept)
    standings = {code: each for code, each in record.standings().items() if each.counts}
    assert score(without, standings) == score(record.framework, record.standings())
    with_it = [(each.number, each.status, each.share) for each in results(record)]
    assert [(each.number, each.status, each.share) for each in performance(without, standings)] == with_it


@many
@given(records(), st.data())
def test_the_order_in_which_standings_are_given_is_of_no_account(record: Record, data: st.DataObject) -> None:
    standings = record.standings()
    shuffled = {code: standings[code] for code in data.draw(st.permutations(sorted(standings)))}
    assert performance(record.framework, shuffled, maintained=record.maintained) == results(record)
    assert score(record.framework, shuffled) == score(record.framework, standings)
    assert steps(record.framework, shuffled, record.maintained) == steps(record.framework, standings, record.maintained)


@many
@given(records())
def test_status_and_share_agree(record: Record) -> None:
    for each in results(record):
        applying = [one for one in each.outcomes if one.applies]
        holding = [one for one in applying if one.state is State.HOLDS]
        assert (each.share is None) == (each.status is Status.NOT_APPLICABLE) == (not applying)
        assert (each.share == 100) == (each.status is Status.MET)
        assert (each.status is Status.NOT_MET) == (bool(applying) and not holding)
        for one in each.outcomes:
            assert (one.attained is None) == (one.state in (State.NOT_SCORED, State.DOES_NOT_APPLY))


@many
@given(records())
def test_ticking_what_a_condition_misses_makes_it_hold(record: Record) -> None:
    for i, each in enumerate(results(record)):
        for j, one in enumerate(each.outcomes):
            if one.state in (State.HOLDS, State.DOES_NOT_APPLY):
                assert one.missing == ()
                continue
            assert one.missing
            after = record.with_ticks(one.condition.requirement, frozenset(one.missing))
            assert results(after)[i].outcomes[j].state is State.HOLDS


@many
@given(records())
def test_taking_a_step_does_just_what_it_says(record: Record) -> None:
    before = results(record)
    for step in steps(record.framework, record.standings(), record.maintained):
        code = step.requirement.code
        taken = record.with_ticks(code, frozenset(step.missing))
        pairs = list(zip(before, results(taken), strict=True))
        met = [new.number for old, new in pairs if new.status is Status.MET is not old.status]
        assert tuple(met) == step.becoming_met
        assert tuple(new.number for old, new in pairs if new.fraction > old.fraction) == step.moving
        assert sum((new.fraction - old.fraction for old, new in pairs), Fraction(0)) == step.gain
        assert step.levels == max(step.to_level - record.standing(code).level, 0)
        still = [one for _, new in pairs for one in new.outcomes if one.condition.requirement == code]
        assert all(one.state is State.HOLDS for one in still)


@many
@given(records())
def test_there_is_a_step_for_each_failing_requirement_and_no_other(record: Record) -> None:
    found = [each.requirement.code for each in steps(record.framework, record.standings(), record.maintained)]
    outcomes = [one for each in results(record) for one in each.outcomes]
    failing = {one.condition.requirement for one in outcomes if one.state in (State.DOES_NOT_HOLD, State.NOT_SCORED)}
    assert len(found) == len(set(found))
    assert set(found) == failing
