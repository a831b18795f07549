"""The pictures on the national report's paper: tagged with what they show, in letters large enough to read."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from igtoolkit.reports.charts.drawn import svg
from igtoolkit.reports.charts.layout import MEASURES, PAPER
from igtoolkit.reports.national_made import Made
from igtoolkit.reports.national_page import national_page
from igtoolkit.reports.national_paper import national_paper
from igtoolkit.reports.pdf.national import national_pdf
from tests.reports.national_example import report, trust
from tests.reports.test_charts_drawn import DATA, figures
from tests.reports.test_national_pdf import below, flat, pages_of

AT = datetime(2015, 11, 5, 9, tzinfo=UTC)
MADE = Made(latest=AT, instant=AT, sha256="ab" * 32, demonstration=True)
HALF_A_PAGE = (842 - 2 * 28 - 26) / 2  # points: A4 landscape, its margins, the space between two pictures
LEAST = 9  # points

pytestmark = pytest.mark.django_db


def test_a_picture_is_a_figure_with_words_for_those_who_cannot_see_it():
    page = national_page(report(trust("DMA001", "MPM"), trust("DMA002", "NMM")), {}, AT)
    pdf = national_pdf(national_paper(report(trust("DMA001", "MPM"), trust("DMA002", "NMM")), page, MADE), at=AT)
    with pikepdf.open(BytesIO(pdf)) as document:
        told = [str(each.Alt) for each in below(document.Root.StructTreeRoot) if each.S == "/Figure"]
    assert any(each.startswith("A bar for each recommendation, weakest first") for each in told)
    second = flat(pages_of(pdf, "-raw")[1])
    assert "In pictures" in second
    assert "At least half of trusts meet each recommendation; the fewest, 50%, meet recommendations 1 and 2" in second


@pytest.mark.parametrize("kind", DATA)
def test_no_word_of_a_picture_is_smaller_on_paper_than_9_points(kind):
    sizes = {
        float(each.partition('"')[0].removesuffix("px")) for each in svg(figures(kind), PAPER).split('font-size="')[1:]
    }
    assert min(sizes) * HALF_A_PAGE / MEASURES[PAPER].width >= LEAST
