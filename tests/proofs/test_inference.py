"""What one trust, or two together, can work out of another from a whole year of peer figures: nothing.

Two ways to show it. For every other trust, stage and recommendation a second world is built in which that trust stands
otherwise, and the rules of the product publish the very same figures in it: whoever sees them cannot know which of the
two is true. And in small nations the solver of tests/standard/test_peers.py goes through every world there could be.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from igtoolkit.records.frameworks import framework_for
from igtoolkit.reports.peers import compared
from igtoolkit.standard.canonical import canonical
from igtoolkit.standard.peers import Counted, counted, middle_half, or_more, peer_figures
from igtoolkit.standard.words import Stage
from tests.proofs import full, report
from tests.standard.test_peers import OURS, possible, told
from tests.standard.test_peers import WAYS as SMALL_WAYS

SEED = int(os.environ.get("IGTOOLKIT_SEED", "5"))
SIZES = (2, 10, 11, 12, 13, 14, 20, 50, 154)
SHAPES = ("any", "all alike", "all but one alike", "two halves")
STAGES = tuple(Stage)
LEVELS, CRITERION = (1, 2, 3, 4), 5  # of five recommendations the last rests on a single criterion
TRIED = full(3, 12)  # trusts of a nation at each stage
MET_AT = (1, 2, 2, 3)  # the level from which each of the others is met


@dataclass(frozen=True)
class Way:
    """How a trust stands: a level in each of four requirements, and whether one criterion is ticked."""

    levels: tuple[int, ...]
    ticked: bool

    def met(self, recommendation: int) -> bool:
        if recommendation == CRITERION:
            return self.ticked
        return self.levels[recommendation - 1] >= MET_AT[recommendation - 1]

    @property
    def score(self) -> int:
        return 100 * sum(self.levels) // 12


@dataclass
class Year:
    """What really happened. stands[stage][trust]: what counted when the figures were made; None for too late or never.

    left_out[stage]: the trusts that the lot left out. published: each trust's Final as anybody reads it at the year's
    end, corrections and late ones included. Nobody sees anything else but the figures and what they sent themselves.
    """

    stands: dict[Stage, list[Way | None]]
    left_out: dict[Stage, frozenset[int]] = field(default_factory=dict)
    published: list[Way | None] = field(default_factory=list)


def numbers(stage: Stage) -> tuple[int, ...]:
    """At Final what rests on a criterion is not compared, as reports/peers.py has it."""
    return LEVELS if stage == Stage.FINAL else (*LEVELS, CRITERION)


def shown(stands: list[Way | None], left_out: frozenset[int], stage: Stage) -> str:
    """The figures of a stage as they are kept for every reader of the kind."""
    sent = [each for each in stands if each is not None]
    said = or_more(len(sent), len(stands))
    if said is None:
        published = middle_half([each.score for each in sent], 5) if stage == Stage.FINAL else None
        return canonical({"said": None, "scores": published})
    drawn = [each for trust, each in enumerate(stands) if each is not None and trust not in left_out]
    assert len(drawn) == counted(said)
    met = [Counted(sum(each.met(n) for n in numbers(stage)), len(numbers(stage))) for each in drawn]
    shares = {n: Counted(sum(each.met(n) for each in drawn), len(drawn)) for n in numbers(stage)}
    return canonical({"said": said, **peer_figures(met, [each.score for each in drawn], shares)})


def lot(dice: random.Random, stands: list[Way | None]) -> frozenset[int]:
    sent = [trust for trust, each in enumerate(stands) if each is not None]
    said = or_more(len(sent), len(stands))
    return frozenset() if said is None else frozenset(dice.sample(sent, len(sent) - counted(said)))


def happened(dice: random.Random, size: int, shape: str) -> Year:
    """A year: who is late or absent, and corrections before the figures are made and after."""
    year = Year({})
    for stage in STAGES:
        first, second = any_way(dice), any_way(dice)
        absent = dice.choice((0.0, 0.0, 0.05, 0.2))
        stands: list[Way | None] = [drawn_way(dice, trust, shape, first, second) for trust in range(size)]
        stands = [any_way(dice) if each and dice.random() < 0.1 and shape == "any" else each for each in stands]
        year.stands[stage] = [None if dice.random() < absent else each for each in stands]
        year.left_out[stage] = lot(dice, year.stands[stage])
    late = [each or any_way(dice) for each in year.stands[Stage.FINAL]]
    year.published = [any_way(dice) if dice.random() < 0.1 else each for each in late]
    return year


def any_way(dice: random.Random) -> Way:
    return Way(tuple(dice.randint(0, 3) for _ in range(4)), dice.random() < 0.5)


def drawn_way(dice: random.Random, trust: int, shape: str, first: Way, second: Way) -> Way:
    if shape == "any":
        return any_way(dice)
    odd = trust == 0 if shape == "all but one alike" else trust % 2 == 0 if shape == "two halves" else False
    return second if odd else first


def otherwise(year: Year, stage: Stage, team: frozenset[int], trust: int, way: Way | None) -> bool:
    """Whether a world in which this trust stood so at this stage shows the team all that it saw."""
    stands, left = year.stands[stage], year.left_out[stage]
    before = shown(stands, left, stage)
    return any(shows_the_same(*each, stage, before) for each in _worlds(stands, left, team, trust, way))


def _worlds(
    stands: list[Way | None], left: frozenset[int], team: frozenset[int], trust: int, way: Way | None
) -> Iterator[tuple[list[Way | None], frozenset[int]]]:
    """Worlds in which this trust stands so, and the team as it knows that it stood; the likeliest first."""
    yield _with(stands, {trust: way}), left
    if stands[trust] is None:  # it was one more, left out: how many submitted is rounded
        yield _with(stands, {trust: way}), left | {trust}
    others = [*sorted(left - team), *(each for each in range(len(stands)) if each not in left)]
    for other in others:  # another stood as this one did, in its place: counted, left out or absent
        if other not in team and other != trust:
            changed = frozenset(trust if each == other else other if each == trust else each for each in left)
            yield _with(stands, {trust: way, other: stands[trust]}), changed


def _with(stands: list[Way | None], changed: dict[int, Way | None]) -> list[Way | None]:
    return [changed.get(trust, each) for trust, each in enumerate(stands)]


def shows_the_same(world: list[Way | None], left: frozenset[int], stage: Stage, before: str) -> bool:
    sent = [each for each in world if each is not None]
    said = or_more(len(sent), len(world))
    if said is not None and len(sent) - len(left) != counted(said):
        return False
    if any(world[each] is None for each in left):
        return False
    return shown(world, left if said is not None else frozenset(), stage) == before


def secrets_kept(dice: random.Random, year: Year, team: frozenset[int]) -> tuple[int, list[str]]:
    """How many results of others were tried, and those the team could know before they are public.

    Of a large nation a few trusts are tried: those left out, and some of those counted.
    """
    tried, known = 0, []
    for stage in STAGES:
        others = sorted(set(range(len(year.stands[stage]))) - team)
        for trust in dice.sample(others, min(len(others), TRIED)):
            secret = (CRITERION,) if stage == Stage.FINAL else (*LEVELS, CRITERION)  # the others are public at Final
            tried += len(secret)
            if not both_ways(year, stage, team, trust):
                known.append(f"{stage} of {trust}")
    return tried, known


def both_ways(year: Year, stage: Stage, team: frozenset[int], trust: int) -> bool:
    """Whether the trust may have met each of them and may have met none, for all that the team sees."""
    stood = year.stands[stage][trust]
    if stage == Stage.FINAL:  # its levels are public: only the criterion may differ, and nothing shown rests on it
        tries = [Way(stood.levels, ticked=each) for each in (True, False)] if stood else []
    else:
        tries = [Way((3, 3, 3, 3), ticked=True), Way((0, 0, 0, 0), ticked=False)]
    return all(otherwise(year, stage, team, trust, each) for each in tries)


def nations(count: int) -> Iterator[tuple[random.Random, int, str]]:
    for n in range(count):
        dice = random.Random(SEED * 100_000 + n)
        yield dice, SIZES[n % len(SIZES)], SHAPES[n // len(SIZES) % len(SHAPES)]


def test_a_year_of_figures_tells_nothing_of_another_trust():
    count, tried, known = full(36, 1_000), 0, []
    for dice, size, shape in nations(count):
        year = happened(dice, size, shape)
        for together in (1, 2):
            team = frozenset(dice.sample(range(size), min(together, size - 1)))
            results, found = secrets_kept(dice, year, team)
            tried, known = tried + results, known + [(size, shape, sorted(team), each) for each in found]
    report(
        "inference",
        f"{count} nations of 2 to 154 (seed {SEED}), {tried:,} results of others tried, {len(known)} recovered",
    )
    assert known[:10] == []


def test_in_small_nations_no_way_through_every_world_leads_to_another_trust():
    count, seen = full(6, 300), 0
    dice = random.Random(SEED)
    for _ in range(count):
        registered = dice.choice((11, 12, 13))
        sent = [dice.choice(SMALL_WAYS) for _ in range(dice.choice((registered, registered, registered - 1)))]
        said = OURS.said(len(sent), registered)
        team = tuple(sent[: dice.choice((1, 2))])
        drawn = sorted(dice.sample(sent, OURS.counted(said, len(sent))), key=SMALL_WAYS.index) if said else None
        worlds = possible(OURS, registered, team, said, OURS.figures(tuple(drawn)) if drawn else None)
        assert worlds, "the truth is one of them"
        assert told(worlds) == []
        seen += 1
    report("inference, every world", f"{seen} small nations (seed {SEED}) searched in full, 0 results recovered")


def test_the_second_worlds_are_not_found_where_nobody_is_left_out(monkeypatch):
    """Without the lot eleven that all alike miss it give each other away: so the proof can fail."""
    monkeypatch.setattr("tests.proofs.test_inference.counted", lambda said: 11)
    monkeypatch.setattr(
        "tests.proofs.test_inference.or_more", lambda sent, registered: 10 if sent == registered else None
    )
    none = Way((0, 0, 0, 0), ticked=False)
    year = Year({each: [none, none, *[Way((3, 3, 3, 3), ticked=True)] * 9] for each in STAGES})
    year.left_out = dict.fromkeys(STAGES, frozenset())
    assert secrets_kept(random.Random(SEED), year, frozenset({0, 1}))[1]


def test_what_rests_on_a_criterion_is_not_compared_at_final():
    for year in ("2014-15", "2015-16"):
        alone = {
            each.number for each in framework_for(year).recommendations if any(one.criterion for one in each.conditions)
        }
        assert alone
        assert not alone & {each.number for each in compared(year, Stage.FINAL)}
