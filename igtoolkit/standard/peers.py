"""How the organisations of one kind stand at a stage, in figures from which no single one can be worked out.

Three things keep them apart, and the reasoning stands in docs/decisions/comparing.md:
  - the figures rest on a few submissions fewer than there are, drawn by lot: any one may be among those left out;
  - how many submitted is said as “145 or more”, never so that it could be everybody;
  - the middle half alone, rounded to 5, and “few” or “most” in place of none or all.
Source: docs/decisions/comparing.md (our reading: no source says how the reports should compare).
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

Figures = dict[str, Any]

OTHERS = 10  # that must have submitted besides the reader's own
STEP = 5  # everything said is a multiple of it
LEFT_OUT = 3  # at least: two who tell each other what they sent still cannot know the third
LEFT_OUT_OF = 20  # one in this many is left out where there are more
FEWEST = 7  # results behind a figure: as many as are counted in the smallest kind compared
NAMELESS = 2  # as few as this is “few”, whatever share it is
FEW, MOST = "few", "most"


class Counted(NamedTuple):
    """How many recommendations are met, of how many that apply (or organisations, of how many they apply to)."""

    met: int
    applicable: int


def or_more(submitted: int, registered: int) -> int | None:
    """How many are said to have submitted, at the least; None where too few did to compare.

    registered: how many of the kind could have. Their number is public, so what is said is always true of one
    fewer than all: that everybody submitted would be a result about each.
    """
    known = min(submitted, registered - 1)
    return known // STEP * STEP if known > OTHERS else None


def counted(said: int) -> int:
    """How many submissions the figures rest on, where `said` or more are said to have submitted."""
    return said - max(LEFT_OUT, said // LEFT_OUT_OF)


def peer_figures(met: Collection[Counted], scores: Collection[int], recommendations: Mapping[int, Counted]) -> Figures:
    """{met: {from, to} or None, scores: likewise, recommendations: {"1": share}} of the submissions drawn.

    met: each submission's recommendations; scores: the whole percent of each that has a score; recommendations:
    {number: how many meet it}. The middle half is None where fewer than FEWEST have a figure. A share is 10-90 in
    steps of 5, “few”, “most”, or None where it applies to fewer than FEWEST.
    """
    return {
        "met": middle_half([Fraction(100 * each.met, each.applicable) for each in met if each.applicable]),
        "scores": middle_half(scores),
        "recommendations": {str(number): share(each) for number, each in sorted(recommendations.items())},
    }


def middle_half(percents: Collection[int] | Collection[Fraction], fewest: int = FEWEST) -> Figures | None:
    """{from, to}: the lower and upper quartile (nearest rank), 5-95 in steps of 5; 5 is “or less”, 95 “or more”."""
    if len(percents) < fewest:
        return None
    ordered = sorted(Fraction(each) for each in percents)
    rank = -(-len(ordered) // 4)
    ends = (_rounded(each) for each in (ordered[rank - 1], ordered[-rank]))
    low, high = (min(max(each, STEP), 100 - STEP) for each in ends)
    return {"from": low, "to": high}


def share(results: Counted) -> int | str | None:
    """How many meet one recommendation, of those to whom it applies: whole percent in steps of 5, or in a word."""
    met, applicable = results
    if applicable < FEWEST:
        return None
    rounded = _rounded(Fraction(100 * met, applicable))
    if met <= NAMELESS or rounded <= STEP:
        return FEW
    return MOST if applicable - met <= NAMELESS or rounded >= 100 - STEP else rounded


def _rounded(percent: Fraction) -> int:
    """To the nearest 5, half-way up."""
    return int((percent + Fraction(STEP, 2)) // STEP) * STEP
