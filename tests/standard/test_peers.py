"""Peer figures by hand, and a solver that tries to work out one trust's result from all that others see.

The solver goes through every world: who submitted, what each stands at, who was left out. Trusts that are not
in on it are alike to the figures, so a world is a count of each way to stand; nothing is lost by that.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from igtoolkit.standard.peers import Counted, counted, middle_half, or_more, peer_figures, share

# By hand


@pytest.mark.parametrize(
    ("submitted", "registered", "said"),
    [
        (154, 154, 150),
        (150, 154, 150),
        (150, 150, 145),  # “150 or more” of 150 would be everybody
        (149, 154, 145),
        (12, 12, 10),
        (11, 12, 10),
        (11, 11, None),  # that it is shown at all would say that everybody submitted
        (10, 154, None),
        (0, 0, None),
    ],
)
def test_how_many_submitted_is_never_said_so_that_it_could_be_all(submitted, registered, said):
    assert or_more(submitted, registered) == said


@given(some.integers(0, 400), some.integers(0, 30))
def test_one_submission_less_would_be_told_the_same_or_somebody_is_missing(registered, missing):
    submitted = max(0, registered - missing)
    if missing == 0:
        assert or_more(submitted, registered) == or_more(submitted - 1, registered)


@pytest.mark.parametrize(("said", "rests_on"), [(10, 7), (15, 12), (60, 57), (100, 95), (150, 143)])
def test_a_few_are_left_out_and_more_of_many(said, rests_on):
    assert counted(said) == rests_on
    assert said - rests_on >= 3


@pytest.mark.parametrize(
    ("percents", "half"),
    [
        ([10, 20, 30, 40, 50, 60, 70, 80], (20, 70)),  # ranks 2 and 7
        ([10, 20, 30, 40, 50, 60, 70], (20, 60)),
        ([68, 68, 68, 68, 68, 68, 68], (70, 70)),
        ([0, 0, 0, 0, 0, 0, 0], (5, 5)),
        ([100, 100, 100, 100, 100, 100, 100], (95, 95)),
        ([62, 63, 67, 67, 72, 73, 74], (65, 75)),
    ],
)
def test_the_middle_half_is_rounded_to_five_and_says_neither_none_nor_all(percents, half):
    assert middle_half(percents) == {"from": half[0], "to": half[1]}


def test_of_six_there_is_no_middle_half():
    assert middle_half([50] * 6) is None


@pytest.mark.parametrize(
    ("met", "applicable", "said"),
    [
        (0, 143, "few"),
        (10, 143, "few"),  # 6.99 %
        (11, 143, 10),  # 7.69 %
        (70, 143, 50),
        (132, 143, 90),  # 92.3 %
        (133, 143, "most"),
        (143, 143, "most"),
        (2, 7, "few"),
        (3, 7, 45),
        (5, 7, "most"),
        (6, 6, None),
    ],
)
def test_none_and_all_are_few_and_most(met, applicable, said):
    assert share(Counted(met, applicable)) == said


def test_the_figures_of_eight_by_hand():
    met = [Counted(each, 4) for each in (0, 1, 1, 2, 2, 3, 4, 4)]  # 0 25 25 50 50 75 100 100: ranks 2 and 7
    scores = [12, 33, 41, 58, 62, 77, 93, 100]
    assert peer_figures(met, scores, {2: Counted(4, 8), 1: Counted(0, 8)}) == {
        "met": {"from": 25, "to": 95},
        "scores": {"from": 35, "to": 95},
        "recommendations": {"1": "few", "2": 50},
    }


@given(some.lists(some.integers(0, 100), min_size=7, max_size=40))
def test_the_order_of_trusts_makes_no_difference(percents):
    assert middle_half(percents) == middle_half(percents[::-1])


# The solver. Four recommendations share conditions: x at level 2, x at level 2 and y, x at level 3, y.


@dataclass(frozen=True)
class Way:
    """One way to stand, and what it comes to."""

    x: int
    y: int

    @property
    def met(self) -> tuple[bool, ...]:
        return self.x >= 2, self.x >= 2 and self.y == 1, self.x >= 3, self.y == 1

    @property
    def score(self) -> int:
        return 100 * (self.x + self.y) // 4


WAYS = tuple(Way(x, y) for x, y in product((0, 2, 3), (0, 1)))
ABSENT = "absent"
Team = tuple[Way, ...]


@dataclass(frozen=True)
class Rule:
    """How figures are made: ours, or a worse one that the solver must break."""

    said: Callable[[int, int], int | None]
    counted: Callable[[int, int], int]  # of (said, submitted)
    figures: Callable[[Team], object]


def as_published(drawn: Team) -> object:
    return _frozen(
        peer_figures(
            [Counted(sum(each.met), 4) for each in drawn],
            [each.score for each in drawn],
            {number: Counted(sum(each.met[number] for each in drawn), len(drawn)) for number in range(4)},
        )
    )


def _frozen(figures: dict) -> object:
    return repr(figures)


OURS = Rule(or_more, lambda said, _: counted(said), cache(as_published))


@cache
def drawings(rule: Rule, size: int) -> dict[object, list[Counter[Way]]]:
    """{what is published: every draw of this size that would give it}"""
    found = defaultdict(list)
    for drawn in combinations_with_replacement(WAYS, size):
        found[rule.figures(drawn)].append(Counter(drawn))
    return found


def possible(rule: Rule, registered: int, team: Team, said: int | None, published: object) -> set[object]:
    """Everything that some other trust could be, ABSENT among it, in a world that shows the team what it sees."""
    found: set[object] = set()
    for submitted in range(len(team), registered + 1):
        if rule.said(submitted, registered) != said:
            continue
        others = submitted - len(team)
        for of_others, left in _worlds(rule, team, said, submitted, others, published):
            found |= of_others
            found |= set(WAYS) if left else set()
            found |= {ABSENT} if registered > submitted else set()
    return found


def _worlds(
    rule: Rule, team: Team, said: int | None, submitted: int, others: int, published: object
) -> Iterator[tuple[set[Way], bool]]:
    """(what the other trusts counted are, whether another is left out), of every consistent world."""
    if said is None:
        yield set(), others > 0
        return
    size = rule.counted(said, submitted)
    for known in {each for n in range(len(team) + 1) for each in combinations(team, n)}:
        needed = size - len(known)
        if not 0 <= needed <= others:
            continue
        for drawn in drawings(rule, size)[published]:
            rest = drawn - Counter(known)
            if rest.total() == needed:
                yield set(rest), others > needed


def told(possibilities: set[object]) -> list[str]:
    """What is the same in every world: nothing, if the figures keep their secret."""
    ways = [each for each in possibilities if each is not ABSENT]
    certain = [f"recommendation {number}" for number in range(4) if len({each.met[number] for each in ways}) == 1]
    return certain + (["submitted"] if ABSENT not in possibilities else []) + ([] if ways else ["absent"])


def teams(size: int) -> list[Team]:
    return list(combinations_with_replacement(WAYS, size))


def truths(rule: Rule, registered: int, size: int) -> Iterator[tuple[int | None, object]]:
    """Everything that could be published in a nation where at least `size` submitted."""
    for submitted in range(size, registered + 1):
        said = rule.said(submitted, registered)
        if said is None:
            yield None, None
        else:
            yield from ((said, each) for each in list(drawings(rule, rule.counted(said, submitted))))


def seen_by(
    rule: Rule, registered: int, size: int, among: list[Team] | None = None
) -> Iterator[tuple[Team, list[str]]]:
    """Each team of this size (or each of some) with each thing it could see, and what that tells for certain."""
    for said, published in dict.fromkeys(truths(rule, registered, size)):
        for team in among or teams(size):
            worlds = possible(rule, registered, team, said, published)
            if worlds:  # else a team like this never sees it
                yield team, told(worlds)


def one_by_one(rule: Rule, registered: int, team: Team, said: int, published: object) -> set[object]:
    """The same as `possible`, the long way: each trust by name, each draw by itself."""
    found: set[object] = set()
    for others in product((ABSENT, *WAYS), repeat=registered - len(team)):
        sent = [*team, *(each for each in others if each is not ABSENT)]
        if rule.said(len(sent), registered) == said:
            drawings = combinations(sent, rule.counted(said, len(sent)))
            found |= {others[0]} if any(rule.figures(each) == published for each in drawings) else set()
    return found


def test_the_solver_finds_what_going_through_every_world_one_by_one_finds():
    rule = Rule(lambda submitted, _: 1 if submitted > 2 else None, lambda said, submitted: 2, exactly)
    for published in drawings(rule, 2):
        for team in ((WAYS[0],), (WAYS[3],)):
            assert possible(rule, 4, team, 1, published) == one_by_one(rule, 4, team, 1, published)


@pytest.mark.parametrize("registered", [11, 12, 14])
@pytest.mark.parametrize("size", [1, 2])
def test_neither_one_trust_nor_two_together_can_tell_anything_of_another(registered, size):
    seen = list(seen_by(OURS, registered, size))
    assert seen
    assert [each for each in seen if each[1]] == []


def test_three_stages_and_a_correction_tell_no_more_than_each_stage():
    """Stages are figures of their own and a correction makes none anew, so worlds multiply: each stage must hold.

    The team corrects what it sent after each stage's figures were made; what it sent at the time is what counted.
    """
    before, after = (Way(3, 1), Way(3, 1)), (Way(0, 0), Way(0, 0))
    all_alike = [OURS.figures((each,) * counted(10)) for each in WAYS]
    for stages in product(all_alike, repeat=3):
        for team in (before, after):  # a reader may take either for what was counted: both are tried
            worlds = [possible(OURS, 12, team, 10, each) for each in stages]
            assert [told(each) for each in worlds] == [[], [], []]


# Worse rules, each broken by the solver: so it has teeth, and so each part is needed.


def exactly(drawn: Team) -> object:
    return tuple(sum(each.met[number] for each in drawn) for number in range(4))


EVERYBODY = {"counted": lambda said, submitted: submitted}


def broken(rule: Rule, registered: int, size: int, among: list[Team] | None = None) -> set[str]:
    return {each for _, certain in seen_by(rule, registered, size, among) for each in certain}


def test_exact_counts_of_everybody_give_another_away():
    rule = replace(OURS, figures=exactly, said=lambda submitted, _: submitted if submitted > 10 else None, **EVERYBODY)
    assert {"recommendation 0", "submitted"} <= broken(rule, 11, 1)


def test_rounding_few_and_most_are_not_enough_where_two_talk_and_nobody_is_left_out():
    """Of eleven, “most” meet it and at most two do not: those two know of each other trust that it does."""
    rule = replace(OURS, said=lambda submitted, _: submitted if submitted > 10 else None, **EVERYBODY)
    certain = broken(rule, 11, 2, among=[(WAYS[0], WAYS[0])])
    assert any(each.startswith("recommendation") for each in certain)


def test_as_many_as_there_are_tells_that_each_submitted():
    rule = replace(
        OURS, said=lambda submitted, _: submitted // 5 * 5 if submitted > 10 else None, counted=lambda said, _: 7
    )
    assert "submitted" in broken(rule, 15, 1, among=[(WAYS[0],)])


def test_that_figures_are_shown_at_all_tells_it_where_only_eleven_could_submit():
    rule = replace(OURS, said=lambda submitted, _: 10 if submitted > 10 else None)
    assert "submitted" in broken(rule, 11, 1)


@pytest.mark.parametrize(("left_out", "kept"), [(2, False), (3, True)])
def test_three_left_out_keep_even_exact_counts_from_two_who_talk_and_two_do_not(left_out, kept):
    rule = replace(OURS, figures=exactly, counted=lambda said, submitted: submitted - left_out)
    certain = broken(rule, 12, 2, among=[(WAYS[0], WAYS[0])])
    assert any(each.startswith("recommendation") for each in certain) is not kept


def test_how_many_are_counted_must_not_follow_how_many_submitted():
    rule = replace(OURS, figures=exactly, counted=lambda said, submitted: submitted - 3)
    assert "submitted" in broken(rule, 12, 1, among=[(WAYS[0],)])
