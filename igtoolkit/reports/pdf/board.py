"""The board report as a PDF: one A4 page, whatever the words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

import segno

from igtoolkit.reports.pdf.fitting import Attempt, attempts, cut_to_fit
from igtoolkit.reports.pdf.printable import REPLACEMENT, all_breakable, all_printable, is_visible
from igtoolkit.reports.pdf.tagging import page_count, with_row_headers
from igtoolkit.reports.pdf.typesetting import compiled

RENDERER = f"typst-{version('typst')}/board-3"
WIDEST = 40  # ems, of a word in the annex that stays whole


class DoesNotFit(ValueError):
    """The page has more rows, steps, people or notes than one A4 page can hold."""


Rows = Sequence[Mapping[str, object]]
Fitted = tuple[dict[str, Any], bytes]


def board_pdf(page: Mapping[str, object], *, at: datetime, annex: Rows | None = None) -> bytes:
    """The board report as one A4 page: tagged, in British English, fonts embedded, PDF/UA-1 mode.

    page: the words of the report, JSON-ready and final (tests/reports/board_page_example.py shows
    each key). at: the submission's instant, aware; with the same page it gives the same bytes. annex: the rows
    with their reasons (reports/board_rows.py), to be set out in full on sheets after the page.
    Up to 26 rows, 3 steps, 5 people and 3 notes fit whatever their length: an ordinary page has nothing
    smaller than 9 points; on a fuller one the type shrinks to 8, then the longest texts end in "…".
    Raises DoesNotFit beyond that, ValueError for a naive `at`.
    """
    inputs, pdf = fitted(page, at=at)
    if annex is not None:
        pdf = compiled("board.typ", {**inputs, "annex": all_breakable(all_printable(annex), WIDEST)}, at=at)
    return with_row_headers(pdf, made_by=RENDERER)


def fitted(page: Mapping[str, object], *, at: datetime) -> Fitted:
    """What board.typ is given so that the report is one page, and the page that it makes of it."""
    words = all_printable(page)
    best, *closer = attempts(words)
    found = _one_page(words, best, at) or _first_to_fit(words, closer, at)
    if found is None:
        raise DoesNotFit("the board report is longer than one page at its smallest")
    return found


def _first_to_fit(words: dict[str, Any], ways: Sequence[Attempt], at: datetime) -> Fitted | None:
    """The first of these ways that gives one page, by halves: each takes less room than the one before it."""
    found, low, high = None, 0, len(ways)
    while low < high:
        middle = (low + high) // 2
        if made := _one_page(words, ways[middle], at):
            found, high = made, middle
        else:
            low = middle + 1
    return found


def _one_page(words: dict[str, Any], attempt: Attempt, at: datetime) -> Fitted | None:
    inputs = {"page": _laid_out(words, attempt), "density": attempt.density._asdict()}
    pdf = compiled("board.typ", inputs, at=at)
    return (inputs, pdf) if page_count(pdf) == 1 else None


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
