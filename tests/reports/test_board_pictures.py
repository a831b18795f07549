"""The board report as it looks: pictures in shades of grey, as a board may print it."""

from functools import lru_cache

import pytest
from PIL import Image

from igtoolkit.reports.pdf import board_pdf
from tests.reports.approved_pictures import FEW, check, differing, drawn
from tests.reports.board_page_example import AT, MARKS, SAMPLES, ordinary, perfect

PICTURED = ("ordinary", "perfect", "worst", "imported")
STATUSES = tuple(MARKS)
BLACK = 128


@lru_cache
def paper(name: str) -> bytes:
    return board_pdf(SAMPLES[name](), at=AT)


@pytest.mark.parametrize("name", PICTURED)
def test_the_report_looks_as_it_was_approved(name):
    check(f"board-{name}", paper(name))


def test_one_changed_status_is_seen_in_the_picture():
    page = ordinary()
    page["rows"][0] |= {"status": "not_met", "status_words": "Not met"}
    assert differing(drawn(board_pdf(page, at=AT)), drawn(paper("ordinary"))) > FEW


def inked(status: str) -> Image.Image:
    """A report whose every earlier mark and status is this one, in black and white; the words beside are the same."""
    page = perfect()
    for row in page["rows"]:
        row |= {"status": status, "status_words": "So", "change": "same"}
        row["line"] = [{"status": status, "mark": MARKS[status], "words": ""}] * 3
    for theme in page["themes"]:
        theme |= dict.fromkeys(STATUSES, 0) | {status: 4}
    return drawn(board_pdf(page, at=AT), dpi=100).point(lambda shade: 0 if shade < BLACK else 255)


def test_statuses_are_told_apart_by_shape_alone():
    """64 marks and 16 cells on a page: in black and white each pair of statuses differs in nearly every one of them."""
    pictures = {status: inked(status) for status in STATUSES}
    for n, one in enumerate(STATUSES):
        for other in STATUSES[n + 1 :]:
            assert differing(pictures[one], pictures[other]) > 64 * 8, (one, other)
