"""The national report as a PDF: A4 landscape, as many pages as the nation needs."""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from igtoolkit.reports.pdf.printable import REPLACEMENT, all_printable, breakable, clipped, ems
from igtoolkit.reports.pdf.tagging import with_row_headers
from igtoolkit.reports.pdf.typesetting import compiled

RENDERER = f"typst-{version('typst')}/national-2"
SIZE, GAP = 9.0, 10.0  # points
CODE_ROOM = (51.0, 90.0)  # points, at least and at most
WIDEST_WORD = 12.0  # ems: a longer one is given places to break
ONE_LINE, TWO_LINES = 12.5, 24.0  # ems, of a name beside the table
MOVERS_IN_TWO_LINES = 11


def national_pdf(paper: Mapping[str, object], *, at: datetime) -> bytes:
    """The paper as a tagged PDF in British English, fonts embedded, PDF/UA-1 mode, 9 points throughout.

    paper: the words, JSON-ready (`national_paper`). at: an aware instant, the PDF's time of creation: with
    the same paper it gives the same bytes. Long names go on in a second line; none is lost in the table.
    Raises ValueError for a naive `at`.
    """
    return with_row_headers(
        compiled("national.typ", {"paper": _laid_out(all_printable(paper))}, at=at), made_by=RENDERER
    )


def _laid_out(words: dict[str, Any]) -> dict[str, Any]:
    """The paper as the template wants it: names that fit their places, and room for the longest code."""
    rows = [each for section in words["sections"] for each in section["rows"]]
    listed = [each for group in words["missing"] for each in group["trusts"]]
    movers = [each for several in ("up", "down") for each in (words["moved"] or {}).get(several, [])]
    replaced = REPLACEMENT in str(words)
    for each in (*rows, *listed):
        each["name"] = breakable(each["name"], WIDEST_WORD)
        each["code"] = breakable(each["code"], CODE_ROOM[1] / SIZE)
    for each in movers:
        each["name"] = clipped(each["name"], TWO_LINES if len(movers) <= MOVERS_IN_TWO_LINES else ONE_LINE)
    return {**words, "replaced": replaced, "code_room": _code_room([each["code"] for each in (*rows, *listed)])}


def _code_room(codes: list[str]) -> float:
    """Points for the longest code before a name; one that is longer still goes on below."""
    least, most = CODE_ROOM
    return min(most, max(least, SIZE * max(map(ems, codes), default=0.0) + GAP))
