"""A picture of figures: drawn once, then kept as long as the same figures are asked for."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import caches
from markupsafe import Markup

from igtoolkit.reports.charts import distribution_drawing, movement_drawing, places_drawing, trend_drawing
from igtoolkit.reports.charts.layout import NARROW, WIDE
from igtoolkit.reports.charts.markup import Named, fit_for_a_page
from igtoolkit.reports.charts.sheet import one_at_a_time

VERSION = 2  # goes up when the same figures are drawn differently
KEPT_FOR = 7 * 24 * 60 * 60  # seconds
FORMS = (WIDE, NARROW)
DRAWINGS: dict[str, Callable[[dict[str, Any], str], str]] = {
    "distribution": distribution_drawing.draw,
    "movement": movement_drawing.draw,
    "places": places_drawing.draw,
    "trend": trend_drawing.draw,
}


@dataclass(frozen=True)
class Figures:
    """What a picture is drawn from. kind: its drawing. data: JSON-ready, all that the drawing knows."""

    kind: str
    title: str
    description: str
    data: dict[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of everything the picture depends on."""
        return hashlib.sha256(json.dumps([VERSION, asdict(self)], sort_keys=True).encode()).hexdigest()


def pictures(figures: Figures) -> dict[str, Markup]:
    """{form: the picture as one SVG element}, wide for a desk, narrow for a phone."""
    return {form: Markup(kept(figures, form)) for form in FORMS}  # noqa: S704 (our own drawing, its words escaped)


def kept(figures: Figures, form: str) -> str:
    """The picture in a form (wide, narrow or paper): drawn the first time these figures are asked for."""
    key = f"igt-chart-{form}-{figures.digest}"
    found: str | None = caches["drawings"].get(key)
    if found is None:
        found = svg(figures, form)
        caches["drawings"].set(key, found, KEPT_FOR)
    return found


def svg(figures: Figures, form: str = WIDE) -> str:
    """The picture, drawn afresh: the same bytes for the same figures. form: wide, narrow or paper."""
    with one_at_a_time():
        drawn = DRAWINGS[figures.kind](figures.data, form)
    return fit_for_a_page(drawn, Named(f"igt-{figures.kind}-{form}", figures.title, figures.description))
