"""The board report as a PDF: one A4 page, whatever the words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import segno

from igtoolkit.reports.pdf.printable import REPLACEMENT, breakable, clipped, printable
from igtoolkit.reports.pdf.tagging import page_count, with_row_headers
from igtoolkit.reports.pdf.typesetting import compiled

RENDERER = "typst-0.15.2/board-1"


class DoesNotFit(ValueError):
    """The page has more rows, steps, people or notes than one A4 page can hold."""


class Density(NamedTuple):
    """How closely the page is set, in points; `name` and `headline` are points above the type size."""

    size: float
    gap: float
    inset: float
    margin: float
    name: float
    headline: float
    card: float


class Attempt(NamedTuple):
    """One way to set the page. share: how much of the room between least and most the words may take, 0-1."""

    density: Density
    share: float


NORMAL = Density(size=9, gap=8, inset=4, margin=27, name=5.5, headline=10, card=184)
TIGHTER = Density(size=8.75, gap=6.5, inset=3.4, margin=28, name=4.5, headline=8, card=190)
TIGHTEST = Density(size=8, gap=4, inset=1.8, margin=24, name=3, headline=5, card=186)
ATTEMPTS = (
    Attempt(NORMAL, 1),
    Attempt(TIGHTER, 1),
    Attempt(TIGHTEST, 1),
    Attempt(TIGHTEST, 0.5),
    Attempt(TIGHTEST, 0.2),
    Attempt(TIGHTEST, 0),
)


class Place(NamedTuple):
    """The room for one kind of text, in ems: the most it may take, the least it is cut to, its widest word."""

    most: float
    least: float
    word: float = 14


ANYWHERE = Place(60, 16)
PLACES = {
    "organisation.name": Place(130, 50),
    "submitted": Place(60, 30),
    "notes": Place(330, 40),
    "headline": Place(60, 30),
    "story": Place(300, 60),
    "score.note": Place(60, 20),
    "score_absent": Place(80, 30),
    "themes.name": Place(24, 9, word=9),
    "themes.words": Place(14, 6),
    "rows.summary": Place(80, 22),
    "rows.rests_on": Place(90, 22, word=10),
    "rows.status_words": Place(16, 8, word=8),
    "rows.change_words": Place(24, 10, word=8),
    "rows.due": Place(14, 6, word=8),
    "steps.title": Place(110, 30),
    "steps.result": Place(110, 20),
    "steps_absent": Place(110, 40),
    "people.post": Place(24, 10, word=9),
    "people.name": Place(90, 20),
    "digest": Place(50, 50, word=50),
    "check_address": Place(90, 50),
    "feedback_address": Place(60, 30, word=50),
    "basis": Place(140, 90),
}


def board_pdf(page: Mapping[str, object], *, at: datetime) -> bytes:
    """The board report as one A4 page: tagged, in British English, fonts embedded, PDF/UA-1 mode.

    page: the words of the report, JSON-ready and final (tests/reports/board_page_example.py shows
    each key). at: the submission's instant, aware; with the same page it gives the same bytes.
    Up to 26 rows, 3 steps, 5 people and 3 notes fit whatever their length: the type shrinks from
    9.25 to 8 points, then the longest texts end in "…". Raises DoesNotFit beyond that.
    """
    words = _printable(page)
    for density, share in ATTEMPTS:
        inputs = {"page": _laid_out(words, share), "density": density._asdict()}
        pdf = compiled("board.typ", inputs, at=at)
        if page_count(pdf) == 1:
            return with_row_headers(pdf)
    raise DoesNotFit("the board report is longer than one page at its smallest")


def _printable(value: Any) -> Any:
    """The same value with every text in it ready to print."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
    return value


def _laid_out(words: dict[str, Any], share: float) -> dict[str, Any]:
    """The page as the template wants it: texts cut to their places, with title, links and QR code."""
    page = _cut(words, "", share)
    page["title"] = _title(words)
    page["replaced"] = REPLACEMENT in str(words)
    page["check"] = _check(words["check_address"], words["digest"], page["check_address"])
    page["qr"] = _qr(page["check"]["url"])
    page["feedback_url"] = _feedback_url(words["feedback_address"])
    return page


def _cut(value: Any, path: str, share: float) -> Any:
    match value:
        case str():
            place = PLACES.get(path, ANYWHERE)
            return breakable(clipped(value, place.least + (place.most - place.least) * share), place.word)
        case dict():
            return {key: _cut(each, f"{path}.{key}".lstrip("."), share) for key, each in value.items()}
        case list():
            return [_cut(each, path, share) for each in value]
    return value


def _title(words: dict[str, Any]) -> str:
    state = ", preview, not submitted" if words["preview"] else ""
    name = words["organisation"]["name"]
    return f"Caldicott2 performance report: {name}, {words['year']} {words['stage']}{state}"


def _check(address: str, digest: str, shown: str) -> dict[str, Any]:
    """Where a copy can be checked: the link, the words for it, and whether the digest is to follow them.

    The digest is printed in full just below, so an address that ends in it is printed up to it.
    """
    before, found, _ = address.partition(digest.rpartition(":")[2] or "\0")
    return {
        "url": f"https://{address}" if _is_plain(address) else "",
        "address": before if found else shown,
        "then_digest": bool(found),
    }


def _feedback_url(address: str) -> str:
    return f"mailto:{address}" if _is_plain(address) and "@" in address else ""


def _is_plain(address: str) -> bool:
    """Whether the text can stand in a link or a QR code as it is."""
    return address.isascii() and address.isprintable() and " " not in address and 0 < len(address) <= 200


def _qr(url: str) -> str:
    """A QR code as SVG, without a border (the page is white around it); "" for no address."""
    if not url:
        return ""
    return segno.make_qr(url, error="l").svg_inline(border=0, dark="#1d2a33", light=None)
