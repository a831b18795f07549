"""Any small framework, and anything an organisation could have recorded against it."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.scoring import Standing, level
from tests.standard.small import framework, recommendation, requirement

CODES = ("13-101", "13-202", "13-206", "13-302")
LETTERS = "abc"


@dataclass(frozen=True)
class Record:
    """What one organisation recorded: ticks by requirement (absent: not scored), and what does not count."""

    framework: Framework
    ticked: dict[str, frozenset[str]]
    left_out: frozenset[str]
    maintained: frozenset[str]

    def standings(self) -> dict[str, Standing]:
        return {code: self.standing(code) for code in [*self.ticked, *self.left_out]}

    def standing(self, code: str) -> Standing:
        codes = self.ticked.get(code, frozenset())
        reached = level(self.framework.requirement(code), codes, maintained=code in self.maintained)
        return Standing(reached, codes, code not in self.left_out)

    def with_ticks(self, code: str, more: frozenset[str]) -> "Record":
        return replace(self, ticked={**self.ticked, code: self.ticked.get(code, frozenset()) | more})


@st.composite
def requirements(draw: st.DrawFn, code: str) -> Requirement:
    """One to three criteria a level, with or without a maintenance criterion."""
    words = [f"{at}{LETTERS[i]}" for at in (1, 2, 3) for i in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        words.append(f"3{chr(ord(words[-1][1]) + 1)}*")
    return requirement(code, " ".join(words))


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """One to four requirements, and up to five recommendations resting on up to four conditions each."""
    sets = [draw(requirements(code)) for code in CODES[: draw(st.integers(1, len(CODES)))]]
    named = st.one_of(*[st.sampled_from(_needs(each)) for each in sets])
    conditions = st.lists(named, min_size=1, max_size=4, unique=True)
    recommendations = [
        recommendation(number + 1, *each) for number, each in enumerate(draw(st.lists(conditions, max_size=5)))
    ]
    return framework(sets, recommendations)


def _needs(of: Requirement) -> list[str]:
    """Every condition that could be put on a requirement."""
    return [f"{of.code} {n}" for n in (1, 2, 3)] + [f"{of.code} {c.code}" for c in of.criteria if not c.maintenance]


@st.composite
def records(draw: st.DrawFn) -> Record:
    of = draw(frameworks())
    codes = [each.code for each in of.requirements]
    scored = draw(st.sets(st.sampled_from(codes)))
    return Record(
        framework=of,
        ticked={code: draw(ticks(of.requirement(code))) for code in sorted(scored)},
        left_out=draw(st.frozensets(st.sampled_from(codes), max_size=2)),
        maintained=draw(st.frozensets(st.sampled_from(codes))),
    )


def ticks(of: Requirement) -> st.SearchStrategy[frozenset[str]]:
    """Any ticks at all, or all of the first levels and some more: the second reaches levels more often."""
    any_codes = st.frozensets(st.sampled_from(sorted(of.criterion_codes)))
    up_to = st.integers(0, 3).map(lambda n: frozenset(each.code for each in of.criteria if each.level <= n))
    return st.one_of(any_codes, st.tuples(up_to, any_codes).map(lambda both: both[0] | both[1]))
