"""Frameworks small enough to work out by hand, written in a few words."""

from collections.abc import Iterable

from igtoolkit.standard.framework import (
    Condition,
    Criterion,
    Crosswalk,
    Framework,
    Initiative,
    Kind,
    Recommendation,
    Requirement,
)
from igtoolkit.standard.scoring import Standing, level
from igtoolkit.standard.words import Basis, Theme

OURS = Basis.OUR_READING
KINDS = ("acute", "ambulance")
USUAL = "1a 1b 2a 2b 3a 3b 3c*"


def requirement(code: str, criteria: str = USUAL, *, kinds: Iterable[str] = KINDS, group: str = "trust") -> Requirement:
    """A requirement from its criteria in words: "1a 2a 3a 3b*", the star marking maintenance."""
    number = int(code.split("-")[1])
    return Requirement(
        code=code,
        number=number,
        initiative="ALL",
        group=group,
        title=f"Requirement {number}",
        statement="What is required.",
        why="Why it matters.",
        not_relevant="",
        kinds=frozenset(kinds),
        summaries={1: "Planned.", 2: "Done.", 3: "Checked."},
        criteria=tuple(criterion(each) for each in criteria.split()),
        basis=OURS,
        kinds_basis=OURS,
        words_basis=OURS,
        source="by hand",
    )


def criterion(word: str) -> Criterion:
    code = word.rstrip("*")
    return Criterion(code, int(code[0]), f"Criterion {code}.", ("A minute",), word.endswith("*"), OURS)


def recommendation(number: int, *conditions: str, theme: Theme = Theme.RIGHTS) -> Recommendation:
    """A recommendation from its conditions in words: "13-206 3b" a criterion, "13-203 3" a level."""
    return Recommendation(
        number=number,
        summary=f"Recommendation {number}",
        text="What it asks.",
        theme=theme,
        falls_on=("trusts",),
        conditions=tuple(condition(each) for each in conditions),
        basis=OURS,
        source="by hand",
    )


def condition(words: str) -> Condition:
    code, need = words.split()
    if need.isdigit():
        return Condition(code, int(need), None, "by hand", OURS)
    return Condition(code, None, need, "by hand", OURS)


def framework(requirements: Iterable[Requirement], recommendations: Iterable[Recommendation] = ()) -> Framework:
    """A framework for acute and ambulance trusts, not yet narrowed to either."""
    return Framework(
        code="igt-13",
        version=13,
        name="A small framework",
        digest="0" * 64,
        initiatives=(Initiative("ALL", "All of it", 100, 699),),
        kinds=tuple(Kind(each, each.capitalize(), f"{each}s", "trust", True, 0, OURS) for each in KINDS),
        kind_words={},
        assurance="It is true.",
        requirements=tuple(requirements),
        crosswalk=Crosswalk("small-1", "A small crosswalk", "0" * 64, tuple(recommendations)),
    )


def standing(of: Requirement, ticked: str = "", *, maintained: bool = False) -> Standing:
    """The standing that these ticks come to: standing(r, "1a 1b") is level 1."""
    codes = frozenset(ticked.split())
    return Standing(level(of, codes, maintained=maintained), codes)


def not_relevant() -> Standing:
    return Standing(0, counts=False)


def at(number: int, of: Requirement) -> Standing:
    """The standing with every criterion of levels 1..number ticked, maintenance aside."""
    return Standing(
        number, frozenset(each.code for each in of.criteria if each.level <= number and not each.maintenance)
    )


def recorded(framework: Framework, levels: Iterable[int]) -> dict[str, Standing]:
    """Standings for the framework's requirements in order, one level each; requirements left over are not scored."""
    pairs = zip(framework.requirements, levels, strict=False)
    return {each.code: at(number, each) for each, number in pairs}
