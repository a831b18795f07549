"""A sheet to draw on, measured in pixels from its top left corner; matplotlib draws it, as SVG whose text stays text.

matplotlib is loaded by the first drawing that is really made, never on import: it takes most of a second.
"""

import io
import logging
import os
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings

from igtoolkit.reports.charts.looks import INK, LINE, Look
from igtoolkit.reports.pdf.printable import ems, printable
from igtoolkit.reports.pdf.typesetting import FONTS

POINTS = 72  # matplotlib's SVG has 72 units an inch, so that a pixel of ours is one of its units
FACES = ("Inter_400Regular.ttf", "Inter_700Bold.ttf")
BOLDER = 1.06  # bold words are about so much wider
SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "igtoolkit",
    "font.family": "Inter",
    "hatch.linewidth": 1.4,
    "path.simplify": False,
}
# One at a time: the library's settings and its fonts are shared by all threads.
_one_at_a_time = Lock()


@lru_cache(maxsize=1)
def _library() -> Any:
    """matplotlib, keeping its list of fonts in the service's home and drawing with the fonts of our papers."""
    os.environ.setdefault("MPLCONFIGDIR", str(settings.HOME / "drawing"))
    import matplotlib
    import matplotlib.figure
    import matplotlib.font_manager
    import matplotlib.lines
    import matplotlib.patches
    import matplotlib.text

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    matplotlib.rcParams.update(SETTINGS)
    for face in FACES:
        matplotlib.font_manager.fontManager.addfont(str(FONTS / face))
    return matplotlib


class Sheet:
    """A white sheet. Colours are #rrggbb; words are printed as they are, whatever they hold."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._figure = _library().figure.Figure(figsize=(width / POINTS, height / POINTS))
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.axis("off")
        self._figure.patch.set_visible(False)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        colour: str = INK,
        bold: bool = False,
        at: str = "left",
    ) -> None:
        """A line of words whose baseline is at y. at: left, center or right."""
        facts = {"fontsize": size, "color": colour, "fontweight": "bold" if bold else "normal", "ha": at}
        self._add("text", "Text", x, y, printable(text), va="baseline", parse_math=False, **facts)

    def bar(self, x: float, y: float, width: float, height: float, look: Look) -> None:
        """A bar whose outline stays inside it."""
        inset = look.width / 2
        size = (max(0.1, width - look.width), height - look.width)
        facts = {"facecolor": look.fill, "edgecolor": look.edge, "linewidth": look.width, "hatch": look.hatch or None}
        self._add("patches", "Rectangle", (x + inset, y + inset), *size, **facts)

    def line(self, *points: tuple[float, float], colour: str = LINE, width: float = 1, over: bool = False) -> None:
        """A line through points; under the marks, unless `over`."""
        across, down = zip(*points, strict=True)
        self._add("lines", "Line2D", across, down, color=colour, linewidth=width, zorder=3 if over else 0.5)

    def mark(self, x: float, y: float, look: Look, *, size: float = 9) -> None:
        facts = {"markerfacecolor": look.fill, "markeredgecolor": look.edge, "markeredgewidth": look.width}
        drawn = size * (0.86 if look.shape == "D" else 1)
        self._add("lines", "Line2D", [x], [y], marker=look.shape, markersize=drawn, linestyle="", zorder=4, **facts)

    def _add(self, module: str, kind: str, *where: Any, **facts: Any) -> None:
        """A mark of the library's, set down as it is: the library's own plots would measure the sheet anew for each."""
        made = getattr(getattr(_library(), module), kind)
        self._axes.add_artist(made(*where, clip_on=False, **facts))

    def svg(self) -> str:
        """The sheet as matplotlib writes it: the same bytes for the same marks."""
        written = io.BytesIO()
        self._figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
        return written.getvalue().decode()


def one_at_a_time() -> Lock:
    """To be held while drawing."""
    return _one_at_a_time


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels the words take on one line."""
    return ems(printable(text)) * size * (BOLDER if bold else 1)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """The words in lines of at most `room` pixels; a single longer word keeps a line of its own."""
    lines: list[str] = []
    for word in printable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and wide(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
