"""The board report as a PDF: one A4 page, whatever the words."""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

import segno

from igtoolkit.reports.pdf.fitting import Attempt, attempts, cut_to_fit
from igtoolkit.reports.pdf.printable import REPLACEMENT, all_printable, is_visible
from igtoolkit.reports.pdf.tagging import page_count, with_row_headers
from igtoolkit.reports.pdf.typesetting import compiled

RENDERER = f"typst-{version('typst')}/board-2"


class DoesNotFit(ValueError):
    """The page has more rows, steps, people or notes than one A4 page can hold."""


def board_pdf(page: Mapping[str, object], *, at: datetime) -> bytes:
    """The board report as one A4 page: tagged, in British English, fonts embedded, PDF/UA-1 mode.

    page: the words of the report, JSON-ready and final (tests/reports/board_page_example.py shows
    each key). at: the submission's instant, aware; with the same page it gives the same bytes.
    Up to 26 rows, 3 steps, 5 people and 3 notes fit whatever their length: an ordinary page has nothing
    smaller than 9 points; on a fuller one the type shrinks to 8, then the longest texts end in "…".
    Raises DoesNotFit beyond that, ValueError for a naive `at`.
    """
    words = all_printable(page)
    for attempt in attempts(words):
        pdf = compiled("board.typ", {"page": _laid_out(words, attempt), "density": attempt.density._asdict()}, at=at)
        if page_count(pdf) == 1:
            return with_row_headers(pdf, made_by=RENDERER)
    raise DoesNotFit("the board report is longer than one page at its smallest")


def _laid_out(words: dict[str, Any], attempt: Attempt) -> dict[str, Any]:
    """The page as the template wants it: texts cut to their places, with title, links and QR code."""
    page = cut_to_fit(words, attempt)
    page["headline"] = _heading(page["headline"])
    page["organisation"]["name"] = _heading(page["organisation"]["name"])
    page["title"] = _title(words)
    page["replaced"] = REPLACEMENT in str(words)
    page["check"] = _check(words, page["check_address"])
    page["qr"] = _qr(page["check"]["url"])
    page["feedback_url"] = _feedback_url(words["feedback_address"])
    return page


def _heading(text: str) -> str:
    """The text, or a dash: Typst refuses the whole PDF for a heading with nothing in it."""
    return text if is_visible(text) else "–"


def _title(words: dict[str, Any]) -> str:
    state = ", preview, not submitted" if words["preview"] else ""
    name = words["organisation"]["name"]
    return f"Caldicott2 performance report: {name}, {words['year']} {words['stage']}{state}"


def _check(words: dict[str, Any], shown: str) -> dict[str, Any]:
    """Where a copy can be checked: the link, the words for it, and whether the digest is to follow them.

    The digest is printed in full just below, so an address that ends in it is printed up to it.
    """
    address, link, digest = words["check_address"], words["check_link"], words["digest"]
    before, found, _ = address.partition(digest.rpartition(":")[2] or "\0")
    return {
        "url": link if _is_plain(link) else "",
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
