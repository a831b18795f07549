"""A chart as a page needs it: the finding in a sentence, the picture, what it rests on, and the figures behind it."""

import re
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

from igtoolkit.reports.charts.drawn import Figures, kept, pictures
from igtoolkit.reports.charts.layout import PAPER
from igtoolkit.reports.national_words import trusts

YEAR = re.compile(r"\d{4}-\d{2}")
FEW = 10  # fewer trusts than this are said to be few


@dataclass(frozen=True)
class Table:
    """The figures behind a picture. rows: each begins with its header."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """note: what the figures are taken of, in a sentence or two."""

    figures: Figures
    note: str
    table: Table

    @property
    def key(self) -> str:
        return self.figures.kind

    @property
    def title(self) -> str:
        return self.figures.title

    @property
    def heading(self) -> Markup:
        """The title with its years kept whole at the end of a line."""
        return Markup(YEAR.sub(r'<span class="igt-chart__year">\g<0></span>', str(escape(self.title))))  # noqa: S704

    @property
    def pictures(self) -> dict[str, Markup]:
        """{wide, narrow}: drawn the first time these figures are asked for, then kept."""
        return pictures(self.figures)

    @property
    def for_paper(self) -> str:
        """The picture as an SVG file for a page of A4, across half of it."""
        return kept(self.figures, PAPER)


def percent_words(share: Fraction) -> str:
    """45%, rounded down; less than one in a hundred is not nothing: <1%"""
    return "<1%" if 0 < share < Fraction(1, 100) else f"{int(share * 100)}%"


def of_trusts(n: int) -> str:
    """14 trusts; and where that is few, so."""
    return f"{trusts(n)}, few" if n < FEW else trusts(n)
