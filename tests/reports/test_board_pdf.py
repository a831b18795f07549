"""The board report on paper, read back from its PDF."""

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from igtoolkit.reports.board_page import board_page, on_paper
from igtoolkit.reports.pdf import RENDERER, DoesNotFit, board, board_pdf
from igtoolkit.standard.words import Stage
from tests.reports.board_example import OCTOBER, handed_in, submitted
from tests.reports.board_page_example import AT, HEX, SAMPLES, ordinary, preview, worst

ROOT = Path(__file__).resolve().parents[2]


@lru_cache
def sample(name: str) -> bytes:
    return board_pdf(SAMPLES[name](), at=AT)


def text_of(pdf: bytes) -> str:
    """What a reader can select and copy, on one line."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


@lru_cache
def opened(pdf: bytes) -> pikepdf.Pdf:
    """The document; kept, since its objects end with it."""
    return pikepdf.open(BytesIO(pdf))


def elements(pdf: bytes) -> list[Any]:
    """Every structure element, in reading order."""

    def below(element: Any) -> Iterator[Any]:
        kids = element.get("/K", pikepdf.Array())
        for each in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(each, pikepdf.Dictionary) and "/S" in each:
                yield each
                yield from below(each)

    return list(below(opened(pdf).Root.StructTreeRoot))


def scope(cell: Any) -> str:
    """Column or Row, for a header cell; empty when it says neither."""
    attributes = cell.get("/A", pikepdf.Array())
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return "".join(str(each.Scope)[1:] for each in listed if "/Scope" in each)


def type_sizes(pdf: bytes) -> set[float]:
    """Sizes of type, in points, in the words (Inter); the drawn shapes may be smaller."""
    page = opened(pdf).pages[0]
    names = {name: str(font.BaseFont) for name, font in page.Resources.Font.items()}
    chosen = [operands for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "Tf"]
    return {round(float(size), 1) for font, size in chosen if "Inter" in names[str(font)]}


# One page, always.


@pytest.mark.parametrize("name", SAMPLES)
def test_the_board_report_is_exactly_one_a4_page(name):
    (page,) = opened(sample(name)).pages
    assert [round(float(each)) for each in page.MediaBox] == [0, 0, 595, 842]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_is_set_smaller_than_8_points_and_ordinary_ones_at_9(name):
    sizes = type_sizes(sample(name))
    assert min(sizes) >= 8
    assert name in ("long", "worst") or 9.0 in sizes


@pytest.mark.parametrize("name", ["ordinary", "late", "perfect", "empty", "preview"])
def test_an_ordinary_report_is_set_once_and_nothing_in_it_is_smaller_than_9_points(name, monkeypatch):
    calls = []
    monkeypatch.setattr(board, "compiled", lambda *a, **k: calls.append(a) or typeset(*a, **k))
    pdf = board_pdf(SAMPLES[name](), at=AT)
    assert len(calls) == 1
    assert min(type_sizes(pdf)) == 9


@pytest.mark.django_db
def test_a_report_from_the_record_is_set_once_and_nothing_in_it_is_smaller_than_9_points(cast, assessment, monkeypatch):
    calls = []
    monkeypatch.setattr(board, "compiled", lambda *a, **k: calls.append(a) or typeset(*a, **k))
    handed_in(assessment, cast.ada)
    page = on_paper(board_page(submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada)))
    assert min(type_sizes(board_pdf(page, at=OCTOBER))) == 9
    assert len(calls) == 1


typeset = board.compiled


def stretched(value: Any, text: str) -> Any:
    """The page with every text in it replaced by `text`; codes and numbers stay."""
    match value:
        case str():
            return text
        case dict():
            codes = ("status", "change", "grade_mark")
            return {key: each if key in codes else stretched(each, text) for key, each in value.items()}
        case list():
            return [stretched(each, text) for each in value]
    return value


LONG_TEXTS = {
    "one word": "W" * 2000,
    "wide letters": "W " * 1000,
    "long words": "mmmmmmmmmmm " * 200,
    "separators": "·" * 500,
    "conditions": " · ".join("W" * 300),
    "accents": "é\u0301\u0302" * 500,
    "unbreakable": "№\u00a0" * 500,
    "Cyrillic": "Щ" * 900,
    "Arabic": "سلام " * 300,
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_nothing_that_is_typed_makes_a_second_page(text):
    pdf = board_pdf(stretched(worst(), text), at=AT)
    assert len(opened(pdf).pages) == 1
    assert min(type_sizes(pdf)) >= 8
    assert "…" in text_of(pdf)


def test_what_does_not_fit_is_visibly_cut_and_the_name_of_the_organisation_is_not():
    text, page = text_of(sample("long")), SAMPLES["long"]()
    assert len(page["organisation"]["name"]) == 167
    assert page["organisation"]["name"] in text
    assert page["notes"][0] not in text
    assert page["notes"][0][:200] in text
    assert re.search(r"Correction 12: [^…]{200,}…", text)


def test_conditions_left_out_are_counted():
    assert re.search(r"203 2/3 · (205 2/2 · 3|4) more", text_of(sample("worst")))


def test_more_rows_than_a_page_can_hold_are_refused_rather_than_dropped():
    page = ordinary()
    with pytest.raises(DoesNotFit):
        board_pdf(page | {"rows": page["rows"] * 5}, at=AT)


anything = st.text(st.characters(exclude_categories=()), max_size=60)


@given(st.data())
@settings(
    max_examples=15,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a failing page is not worth minutes of shrinking
    suppress_health_check=list(HealthCheck),
)
def test_any_text_in_any_field_still_gives_one_page(data):
    def drawn(value: Any) -> Any:
        match value:
            case str():
                return data.draw(anything)
            case dict():
                return {key: drawn(each) for key, each in value.items()}
            case list():
                return [drawn(each) for each in value[:3]]
        return value

    assert len(opened(board_pdf(drawn(ordinary()), at=AT)).pages) == 1


# What it says.


# Codes, and what is said to those who listen in place of a mark.
NOT_PRINTED = (
    *("status", "change", "grade_mark", "check_address", "check_link"),
    *("line", "line_words", "previous_stage", "broken"),
)


def every_text(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                if key not in NOT_PRINTED:
                    yield from every_text(each)
        case list():
            for each in value:
                yield from every_text(each)


@pytest.mark.parametrize("name", ["ordinary", "late", "perfect", "empty"])
def test_every_word_of_the_page_is_printed(name):
    text, page = text_of(sample(name)), SAMPLES[name]()
    page["stages"] = [each["short"] for each in page["stages"]]
    assert [each for each in every_text(page) if each and each not in text] == []


def test_each_status_is_said_by_a_word_and_a_shape():
    text = text_of(sample("worst"))
    for mark in ("● Met", "◐ Partly met", "■ Not met", "– Not applicable"):
        assert mark in text


def test_the_line_before_a_status_is_marks_for_the_eye_and_words_for_those_who_listen():
    text = text_of(sample("perfect"))
    assert "B Baseline, U Performance Update, ▲ up, ▼ down since Performance Update." in text
    assert "┆ framework changed before Baseline: not comparable" in text
    assert re.search(r"1 People can see their records, and who has looked ◐ ┆ ?◐ ◐ ▲ ● Met", text)
    told = [str(each.Alt) for each in elements(sample("perfect")) if each.S == "/Figure"]
    assert told.count("Before: partly met. Now: met.") == 4


def test_an_arrow_is_printed_where_a_status_moved_and_nowhere_else():
    text, page = text_of(sample("ordinary")), ordinary()
    moved = [each["change"] for each in page["rows"]]
    key = page["line_key"]
    assert text.count("▲") - key.count("▲") == moved.count("up") == 5
    assert text.count("▼") - key.count("▼") == moved.count("down") == 1
    assert "No change" not in text


def test_what_falls_short_without_a_date_says_so_at_every_size():
    page = ordinary()
    for each in page["rows"]:
        each |= {"due": "", "undated": each["status"] in ("partly_met", "not_met")}
    text = text_of(board_pdf(page, at=AT))
    assert text.count("no date") == 7
    assert "Not met no date" in text
    crowded = worst()
    crowded["rows"] = [each | {"due": "", "undated": each["status"] == "not_met"} for each in crowded["rows"]]
    assert text_of(board_pdf(crowded, at=AT)).count("no date") == 6
    assert "no date" not in text_of(sample("ordinary"))
    page["rows"] = [each | {"part_dated": each["status"] == "not_met"} for each in page["rows"]]
    text = text_of(board_pdf(page, at=AT))
    assert (text.count("part dated"), text.count("no date")) == (3, 4)


def test_without_an_earlier_stage_there_is_no_column_for_change():
    assert "Baseline, ▲ up" not in text_of(sample("empty"))
    assert [scope(each) for each in elements(sample("empty")) if each.S == "/TH"].count("Column") == 4


def test_where_nothing_is_due_there_is_no_column_for_it():
    assert " Due " not in text_of(sample("perfect"))
    assert " Due " in text_of(sample("ordinary"))


def test_demonstration_is_printed_at_the_head_and_the_foot_and_never_on_real_figures():
    assert text_of(sample("ordinary")).startswith("Demonstration: ")
    assert text_of(sample("ordinary")).endswith(" · Demonstration")
    assert "Demonstration" not in text_of(board_pdf(ordinary() | {"demonstration": False}, at=AT))


def test_work_in_progress_is_said_before_final_only():
    assert "Work in progress: not for publication" in text_of(sample("ordinary"))
    assert "Work in progress" not in text_of(sample("perfect"))


def test_a_preview_says_so_and_has_nothing_to_check():
    text = text_of(sample("preview"))
    assert "Preview, not submitted" in text
    assert "Not submitted: there is no digest yet, and no copy to check." in text
    assert "QR code" not in str([each.get("/Alt") for each in elements(sample("preview"))])
    assert "Preview" not in text_of(sample("ordinary"))


def test_a_copy_can_be_checked_by_link_code_or_digest():
    page = opened(sample("ordinary")).pages[0]
    assert [str(each.A.URI) for each in page.Annots] == [
        f"https://igtoolkit.example/check/{HEX}/", "mailto:feedback@igtoolkit.example",
    ]  # fmt: skip
    assert f"open igtoolkit.example/check/ followed by the digest’s 64 characters Digest: sha256:{HEX}" in text_of(
        sample("ordinary")
    )


def test_no_one_named_and_no_score_are_said_in_words():
    text = text_of(sample("empty"))
    assert "Who answers for this No one is named." in text
    assert "There is no score: no requirement counts towards it." in text
    assert "%" not in text


# What people type is text, never code.


def test_markup_is_printed_as_it_was_typed():
    typed = '*bold* #panic("x") $x^2$ @ref <b> "q" \\ [a] _i_ `c` = h // c'
    page = ordinary()
    page["organisation"]["name"] = typed
    page["steps"][0]["doing"] = typed
    assert text_of(board_pdf(page, at=AT)).count(typed) == 2


def test_other_scripts_are_kept_and_what_cannot_be_printed_is_shown_as_a_box():
    page = ordinary()
    page["people"][0]["name"] = "Ольга Żółć Ωμέγα 👩‍⚕️ a\u202eb \ue000 \ud800 日 \x00"
    page["story"] = "First line\r\nsecond\u2028third"
    text = text_of(board_pdf(page, at=AT))
    assert "Ольга Żółć Ωμέγα □" in text
    assert "a□b □ □ □ □" in text
    assert "First line second third" in text
    assert "□ stands for a character that cannot be printed here; the record keeps it" in text
    assert "□" not in text_of(sample("ordinary"))


def test_an_accent_no_font_has_with_its_letter_is_shown_as_a_box():
    page = ordinary()
    page["people"][0]["name"] = "ب \u066a\U0001d5fd\u1dd0 e\u1dd0"
    assert "□ e\u1dd0" in text_of(board_pdf(page, at=AT))


def test_a_heading_with_nothing_to_see_is_a_dash():
    page = ordinary() | {"headline": "\u200b "}
    page["organisation"]["name"] = ""
    pdf = board_pdf(page, at=AT)
    assert [str(each.S) for each in elements(pdf)].count("/H1") == 1


# Made for assistive technology (PDF/UA-1 mode; machine checks only).


def test_the_document_names_itself_its_language_and_its_standard():
    document = opened(sample("ordinary"))
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].endswith(
            "Northmoor University Hospitals NHS Foundation Trust, 2015-16 Performance Update"
        )
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_tables_and_figures_are_tagged(name):
    found = elements(sample(name))
    kinds = [str(each.S) for each in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 3
    assert kinds.count("/Table") == kinds.count("/THead") == kinds.count("/TBody") == 1
    figures = [str(each.get("/Alt", "")) for each in found if each.S == "/Figure"]
    page = SAMPLES[name]()
    lines = len(page["rows"]) if page["stages"] else 0
    assert len(figures) - lines == (4 if name == "preview" else 5)
    assert all(each.strip() for each in figures)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_header_cell_says_whether_it_heads_a_column_or_a_row(name):
    scopes = [scope(each) for each in elements(sample(name)) if each.S == "/TH"]
    rows = len(SAMPLES[name]()["rows"])
    assert scopes.count("Row") == rows
    assert scopes.count("Column") == len(scopes) - rows >= 3


def test_the_bars_are_described_in_words():
    described = [str(each.Alt) for each in elements(sample("ordinary")) if each.S == "/Figure"]
    assert described[0] == "Leadership: 3 met, 1 partly met, 1 not met"
    assert described[4] == "Before: not met. Now: partly met."
    assert described[-1] == f"QR code that opens https://igtoolkit.example/check/{HEX}/"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_font_is_ours_and_embedded(name):
    fonts = opened(sample(name)).pages[0].Resources.Font.values()
    described = [each.DescendantFonts[0].FontDescriptor for each in fonts]
    assert all("/FontFile2" in each or "/FontFile3" in each for each in described)
    assert {re.sub(r"^/\w+\+|-\w+$", "", str(each.FontName)) for each in described} == {"Inter", "DejaVuSans"}


# The same report is the same file.


def test_the_same_page_gives_the_same_bytes_in_another_process_too():
    script = "import sys; from tests.reports.board_page_example import AT, ordinary;"
    script += "from igtoolkit.reports.pdf import board_pdf;"
    script += "sys.stdout.buffer.write(board_pdf(ordinary(), at=AT))"
    setting = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LANG": "C"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=setting, capture_output=True, check=True
    ).stdout
    assert elsewhere == sample("ordinary") == board_pdf(ordinary(), at=AT)


def test_the_file_carries_the_instant_of_the_submission():
    assert str(opened(sample("ordinary")).docinfo.CreationDate).startswith("D:20151029140211")
    assert board_pdf(ordinary(), at=AT + timedelta(seconds=1)) != sample("ordinary")
    with pytest.raises(ValueError, match="time zone"):
        board_pdf(ordinary(), at=datetime(2015, 10, 29))


def test_the_renderer_names_its_version():
    assert re.fullmatch(r"typst-\d+\.\d+\.\d+/board-\d+", RENDERER)


def test_several_threads_may_ask_at_once():
    pages = [ordinary() | {"headline": f"{n} of 16 recommendations are met."} for n in range(6)]
    with ThreadPoolExecutor(3) as threads:
        texts = list(threads.map(lambda page: text_of(board_pdf(page, at=AT)), pages))
    assert all(page["headline"] in text for page, text in zip(pages, texts, strict=True))


def test_importing_compiles_nothing_so_that_a_process_may_fork_first():
    script = "import igtoolkit.reports.pdf.typesetting as t, igtoolkit.reports.pdf.printable as p;"
    script += "print(t._compiler.cache_info().currsize, p._glyphs.cache_info().currsize)"
    asked = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True)
    assert asked.stdout.split() == ["0", "0"]


def test_a_preview_is_not_the_report_itself():
    assert board_pdf(preview(), at=AT) != sample("ordinary")
