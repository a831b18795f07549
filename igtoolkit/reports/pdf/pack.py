"""The board pack as a PDF: the one page of the board report, and the sheets behind it."""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from igtoolkit.reports.pdf.board import fitted
from igtoolkit.reports.pdf.printable import REPLACEMENT, all_printable, breakable, clipped
from igtoolkit.reports.pdf.tagging import with_row_headers
from igtoolkit.reports.pdf.typesetting import compiled

RENDERER = f"typst-{version('typst')}/pack-1"
NAME_ROOM = 25.0  # ems, of the organisation's name at the head of each sheet
OWNER_WORD = 10.0  # ems: a longer word in the column of owners is given places to break
WIDEST_WORD = 40.0  # ems, of a line of text


def pack_pdf(pack: Mapping[str, object], *, at: datetime) -> bytes:
    """The pack as one tagged PDF with bookmarks, in British English, fonts embedded, PDF/UA-1 mode.

    pack: the words, JSON-ready (`reports.pack.pack`). at: the submission's instant, aware; with the same pack it
    gives the same bytes. Raises DoesNotFit when the report is more than a page, ValueError for a naive `at`.
    """
    words = all_printable(pack)
    inputs, _ = fitted(words["page"], at=at)
    inputs["page"]["title"] = words["title"]
    inputs["pack"] = _laid_out(words, inputs["page"]["check"])
    return with_row_headers(compiled("pack.typ", inputs, at=at), made_by=RENDERER)


def _laid_out(words: dict[str, Any], check: dict[str, Any]) -> dict[str, Any]:
    """The pack as the template wants it: words that can be broken, and what each sheet has at its head and foot."""
    laid = {**_broken(words, WIDEST_WORD), "page": words["page"]}
    for each in laid["owed"]:
        each["owner"] = breakable(each["owner"], OWNER_WORD)
    name = clipped(words["page"]["organisation"]["name"], NAME_ROOM)
    told = {"short_name": name, "check_at": check["address"], "replaced": REPLACEMENT in str(words)}
    return {**laid, **told}


def _broken(value: Any, widest: float) -> Any:
    match value:
        case str():
            return breakable(value, widest)
        case dict():
            return {key: _broken(each, widest) for key, each in value.items()}
        case list():
            return [_broken(each, widest) for each in value]
    return value
