"""The board pack on paper, read back from its PDF."""

from functools import lru_cache
from io import BytesIO

import pikepdf
import pytest

from igtoolkit.reports.pdf.pack import pack_pdf
from tests.reports.board_page_example import AT, HEX, SAMPLES, ordinary
from tests.reports.pack_example import ordinary_pack, pack_of, reason
from tests.reports.test_board_pdf import elements, opened, scope, stretched, text_of


@lru_cache
def sample(name: str = "ordinary") -> bytes:
    return pack_pdf(pack_of(SAMPLES[name]()), at=AT)


def a_pack_of_sixteen() -> dict:
    """A whole one: 16 reasons, 5 questions, 12 requirements owed."""
    pack = ordinary_pack()
    several = {"owed": pack["owed"] * 6, "questions": (pack["questions"] * 3)[:5]}
    return pack | several | {"reasons": [reason(n, "not_met", "Not met") for n in range(1, 17)]}


def test_the_report_stands_first_as_it_is_and_the_sheets_follow():
    first = text_of_page(sample(), 0)
    assert "9 of 16 recommendations are met, 4 partly, 3 not." in first
    assert "Board pack" not in first
    assert "Speaking notes" in text_of_page(sample(), 1)


def text_of_page(pdf: bytes, number: int) -> str:
    with pikepdf.new() as alone:
        alone.pages.append(opened(pdf).pages[number])
        out = BytesIO()
        alone.save(out)
    return text_of(out.getvalue())


@pytest.mark.parametrize("make", [ordinary_pack, a_pack_of_sixteen])
def test_a_pack_is_a_few_a4_pages(make):
    pages = opened(pack_pdf(make(), at=AT)).pages
    assert len(pages) <= 6
    assert {tuple(round(float(each)) for each in page.MediaBox) for page in pages} == {(0, 0, 595, 842)}


def test_every_word_of_the_pack_is_printed():
    text = text_of(sample())
    for each in (
        "How we stand 9 of 16 recommendations are met", "What is owed, by whom and when",
        "13-202 What 13-202 is about level 3 8, 11 M. Okafor 31 Jan 2016",
        "13-112 What 13-112 is about level 3 8, 11 no owner no date",
        "8. What 8 is about ■ Not met 13-202 lacks criterion 3b.", "What of 8?", "A good answer: A date.",
        "13-202 Used lawfully: 3b is not ticked. Still to tick: 3b The words of 3b. Due 31 January 2016; owner: M.",
        "13-202 Used lawfully: 3b is ticked (documented).", "The questions are our reading.",
    ):  # fmt: skip
        assert each in text


def test_each_sheet_says_whose_it_is_its_state_its_number_and_where_to_check_it():
    pages = len(opened(sample()).pages)
    for n in range(1, pages):
        text = text_of_page(sample(), n)
        for each in ("Northmoor University", "2015-16 Performance Update", "Work in progress", "Demonstration: ", HEX,
                     "Check it at igtoolkit.example/check/", f"Board pack, page {n + 1} of {pages}"):  # fmt: skip
            assert each in text, n


def test_a_final_is_not_in_progress_and_real_figures_are_no_demonstration():
    text = text_of(pack_pdf(pack_of(SAMPLES["perfect"]() | {"demonstration": False}), at=AT))
    assert "Work in progress" not in text
    assert "Demonstration" not in text


def test_the_document_is_tagged_and_names_itself_and_its_language():
    document = opened(sample())
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-GB"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == ordinary_pack()["title"]
    kinds = [str(each.S) for each in elements(sample())]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 3 + 5
    assert kinds.count("/H3") == 2 + 2 + 2
    assert kinds.count("/Table") == kinds.count("/THead") == 2
    assert kinds.count("/L") >= 2


def test_the_sheets_are_bookmarked():
    with opened(sample()).open_outline() as outline:
        (report,) = outline.root
        assert [each.title for each in report.children][-5:] == [
            "Speaking notes", "What is owed, by whom and when", "Questions to ask", "What this pack rests on",
            "Why each status",
        ]  # fmt: skip


def test_header_cells_head_a_row_or_a_column():
    scopes = [scope(each) for each in elements(sample()) if each.S == "/TH"]
    assert set(scopes) == {"Row", "Column"}
    assert scopes.count("Row") == len(ordinary()["rows"]) + 2


def test_no_word_of_the_sheets_is_smaller_than_8_points():
    for page in list(opened(sample()).pages)[1:]:
        set_in = [operands for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "Tf"]
        names = {name: str(font.BaseFont) for name, font in page.Resources.Font.items()}
        assert min(float(size) for font, size in set_in if "Inter" in names[str(font)]) >= 8


TYPED = {
    "one word": "W" * 10_000,
    "words": "mmmmmmmmmmm " * 60,
    "formula": "=cmd|' /C calc'!A0 *bold* #panic(\"x\") $x$ @ref <b>",
    "turned": "a\u202eb \u2066c \x00 \ud800 \ue000 日",
}


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_nothing_that_is_typed_breaks_the_pack(text):
    pack = ordinary_pack()
    pack["page"] = stretched(pack["page"], text[:300])
    for each in pack["owed"]:
        each["owner"] = each["title"] = text
    pack["speaking_notes"][0]["says"] = [text]
    assert len(opened(pack_pdf(pack, at=AT)).pages) < 30


def test_what_cannot_be_printed_is_a_box_and_said_to_be_one():
    pack = ordinary_pack()
    pack["owed"][0]["owner"] = "M\x07 Okafor\u202e"
    text = text_of(pack_pdf(pack, at=AT))
    assert "M□ Okafor□" in text
    assert "□ stands for a character that cannot be printed here; the record keeps it." in text
    assert "□" not in text_of(sample())


def test_the_same_pack_gives_the_same_bytes():
    assert pack_pdf(ordinary_pack(), at=AT) == sample()
