"""Recommendations met on average, by kind of trust and by region: side by side, never a rank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from igtoolkit.reports.charts.chart import FEW, Chart, Table, of_trusts
from igtoolkit.reports.charts.drawn import Figures
from igtoolkit.reports.national_page import Page
from igtoolkit.reports.national_trend import Place, Point
from igtoolkit.reports.national_words import decimal, trusts

DESCRIPTION = (
    "A dot for each kind of trust and for each region: how many recommendations its trusts meet on average. A line"
    " marks the average of all trusts. A hollow dot stands for fewer than 10 trusts."
)
KINDS, REGIONS = "By kind", "By region"
NOWHERE = "Region not recorded"
ENDINGS = (" Commissioning Region", " Region")


@dataclass(frozen=True)
class Average:
    """The trusts of a kind or a region: how many submitted, and the recommendations they met on average."""

    name: str
    submitted: int
    average: Fraction


def places(page: Page, points: Sequence[Point]) -> Chart | None:
    """None where nothing was submitted, or all trusts are of one kind and one region."""
    here = next((each for each in points if (each.year, each.stage) == (page.year, page.stage)), None)
    if here is None or here.average is None:
        return None
    kinds = [
        _average(group.words, (each for each in here.places if each.kind == group.code))
        for group in page.groups
        if group.submitted
    ]
    names = sorted({each.region for each in here.places}, key=lambda name: (not name, name))
    regions = [_average(name or NOWHERE, (each for each in here.places if each.region == name)) for name in names]
    blocks = {heading: several for heading, several in ((KINDS, kinds), (REGIONS, regions)) if len(several) > 1}
    if not blocks:
        return None
    data = {"rows": list(_drawn(blocks)), "most": len(page.rows), **_all(here.average)}
    figures = Figures("places", _title(blocks, here.average, len(page.rows)), DESCRIPTION, data)
    return Chart(figures, _note(here, len(page.rows)), _table(blocks, here))


def _average(name: str, several: Iterator[Place]) -> Average:
    found = list(several)
    submitted = sum(each.submitted for each in found)
    return Average(name, submitted, Fraction(sum(each.met for each in found), submitted))


def _all(average: Fraction) -> dict[str, Any]:
    return {"average": float(average), "average_words": f"all trusts {decimal(average)}"}


def _drawn(blocks: dict[str, list[Average]]) -> Iterator[dict[str, Any]]:
    for heading, several in blocks.items():
        yield {"heading": heading}
        for name, each in zip(_shorter([each.name for each in several]), several, strict=True):
            size = "few" if each.submitted < FEW else "many"
            facts = {"name": name, "average": float(each.average), "size": size}
            yield {**facts, "words": [decimal(each.average), trusts(each.submitted)]}


def _shorter(names: list[str]) -> list[str]:
    """The names without what they all end with, where a picture can do without it."""
    ending = next((each for each in ENDINGS if all(name.endswith(each) for name in names)), "")
    return [each.removesuffix(ending) for each in names]


def _title(blocks: dict[str, list[Average]], average: Fraction, most: int) -> str:
    """The span between regions, or kinds, leaving out those of few trusts; else the average of all."""
    for heading in (REGIONS, KINDS):
        enough = [each for each in blocks.get(heading, ()) if each.submitted >= FEW]
        if len(enough) > 1:
            low, high = (end(enough, key=lambda each: each.average) for end in (min, max))
            if decimal(low.average) == decimal(high.average):
                break
            named = zip(_shorter([low.name, high.name]), (low, high), strict=True)
            ends = (f"{decimal(each.average)} ({name})" for name, each in named)
            return f"{heading}, trusts meet between {' and '.join(ends)} of {most} recommendations on average"
    return f"On average, trusts meet {decimal(average)} of {most} recommendations"


def _note(here: Point, most: int) -> str:
    return (
        f"Recommendations met on average, of {most}, in the {trusts(here.submitted)} that submitted. Dots show how far"
        f" groups lie apart; they are no ranking. With fewer than {FEW} trusts (hollow) one trust can move the average."
    )


def _table(blocks: dict[str, list[Average]], here: Point) -> Table:
    every = Average("All trusts", here.submitted, here.average or Fraction(0))
    averages = (*(each for several in blocks.values() for each in several), every)
    rows = tuple((each.name, of_trusts(each.submitted), decimal(each.average)) for each in averages)
    return Table(
        "Recommendations met on average, by kind of trust and by region",
        ("Trusts", "Submitted", "Met on average"),
        rows,
    )
