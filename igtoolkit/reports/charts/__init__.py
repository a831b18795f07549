"""The charts of the national report: pictures people look at before they read, each with the figures behind it.

`svg(figures)` draws one; `national_charts` says which a page has. Nothing here reads an organisation's rows.
"""

from dataclasses import dataclass

from igtoolkit.reports.charts.chart import Chart
from igtoolkit.reports.charts.distribution import distribution
from igtoolkit.reports.charts.drawn import svg
from igtoolkit.reports.charts.movement import movement
from igtoolkit.reports.charts.places import places
from igtoolkit.reports.charts.trend import Trend, trend
from igtoolkit.reports.national_page import Page
from igtoolkit.reports.national_trend import Point, national_trend

__all__ = ["Chart", "Charts", "Trend", "distribution", "national_charts", "svg"]


@dataclass(frozen=True)
class Charts:
    """The charts a page has, in its order: none for a stage that nobody submitted. trend: None before any stage."""

    pictures: tuple[Chart, ...]
    trend: Trend | None

    @property
    def every(self) -> tuple[Chart, ...]:
        """All that are drawn: the trend's is the last."""
        last = self.trend.chart if self.trend else None
        return (*self.pictures, last) if last and self.pictures else self.pictures


def national_charts(page: Page, *, later: bool = True) -> Charts:
    """In two queries, however many organisations there are.

    later: whether the trend goes on beyond the page's own stage. A paper's does not: it stays as it is.
    """
    points = tuple(each for each in national_trend() if later or _is_told(each, page))
    found = (distribution(page), movement(page, points), places(page, points)) if page.total.submitted else ()
    return Charts(tuple(each for each in found if each), trend(points))


def _is_told(point: Point, page: Page) -> bool:
    """Whether a stage is the page's own or came before it."""
    return point.year < page.year or (point.year == page.year and point.stage in (*page.stage.earlier, page.stage))
