"""The national report on paper, read back from its PDF."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from igtoolkit.records import clock
from igtoolkit.records.models import Demonstration
from igtoolkit.reports.national import NoSuchReport, Report, framework_of, national_bytes
from igtoolkit.reports.national_files import national_file
from igtoolkit.reports.national_made import Made
from igtoolkit.reports.national_page import national_page
from igtoolkit.reports.national_paper import national_paper
from igtoolkit.reports.pdf.national import RENDERER, national_pdf
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports import small_nation
from tests.reports.national_example import report, said, trust
from tests.reports.small_nation import NUMBERS, report_at

AT = datetime(2015, 11, 5, 9, tzinfo=UTC)
MADE = Made(latest=AT, instant=AT, sha256="ab" * 32, demonstration=False)
DEMONSTRATION = Made(latest=AT, instant=AT, sha256="ab" * 32, demonstration=True)
KINDS = ("A", "M", "B")
LANDSCAPE = [0, 0, 842, 595]

pytestmark = pytest.mark.django_db


def nation(acute: int = 150, mental: int = 50, ambulance: int = 14, name: str = "") -> Report:
    """Trusts of every kind, most of them submitted, some late, with every status among them."""
    letters = ("MMPN-M", "PNM", "M", "", "N-PM", "MPPPNM")
    numbers = ((kind, n) for kind, most in zip(KINDS, (acute, mental, ambulance), strict=True) for n in range(most))
    return report(
        *(
            trust(f"DM{kind}{n + 1:03d}", letters[n % 6], name=name or f"Trust of {kind}{n} and Vale", late=n % 7 == 2)
            for kind, n in numbers
        )
    )


def paper_of(whole: Report, before: dict[str, Any] | None = None, made: Made = MADE) -> dict[str, Any]:
    return national_paper(whole, national_page(whole, before or {}, AT), made)


def drawn(whole: Report, before: dict[str, Any] | None = None, made: Made = MADE) -> bytes:
    return national_pdf(paper_of(whole, before, made), at=made.instant)


def text_of(pdf: bytes, *options: str) -> str:
    read = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return read.stdout.decode()


def pages_of(pdf: bytes, *options: str) -> list[str]:
    """The text of each page."""
    return text_of(pdf, *(options or ("-layout",))).split("\f")[:-1]


def flat(text: str) -> str:
    return " ".join(text.split())


def below(element: Any) -> Iterator[Any]:
    """Every structure element below one, in reading order."""
    kids = element.get("/K", pikepdf.Array())
    for each in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each:
            yield each
            yield from below(each)


def scope(cell: Any) -> str:
    attributes = cell.get("/A", pikepdf.Array())
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return "".join(str(each.Scope)[1:] for each in listed if "/Scope" in each)


def rows_of(pdf: bytes) -> dict[str, tuple[str, str]]:
    """{code: (its letters, its number met)} as the table of every trust is read from the page."""
    found = {}
    for line in text_of(pdf, "-layout").splitlines():
        if match := re.match(r"\s*(DM[AMB]\d{3})\s.*?((?:\s+[●◐■]?[MPN–]){16})\s+(\d+ of \d+)$", line):
            found[match[1]] = (re.sub(r"[^MPN–]", "", match[2]), match[3])
    return found


def test_two_hundred_and_fourteen_trusts_take_a_few_landscape_pages():
    pdf = drawn(nation(), made=DEMONSTRATION)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert 6 <= len(document.pages) <= 12
        assert {tuple(round(float(each)) for each in page.MediaBox) for page in document.pages} == {tuple(LANDSCAPE)}


def test_nothing_is_smaller_than_9_points():
    pdf = drawn(nation(20, 5, 5))
    sizes = set()
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            names = {name: str(font.BaseFont) for name, font in page.Resources.Font.items()}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf" and "Inter" in names[str(operands[0])]:
                    sizes.add(round(float(operands[1]), 1))
    assert min(sizes) == 9


def test_every_trust_has_its_row_with_a_letter_for_each_recommendation():
    whole = nation()
    letters = {"met": "M", "partly_met": "P", "not_met": "N", "not_applicable": "–"}
    found = rows_of(drawn(whole))
    submitted = [each for each in whole["organisations"] if each["submitted"]]
    assert len(submitted) > 150
    for each in submitted:
        told = "".join(letters[each["statuses"][str(number)]] for number in NUMBERS)
        applying = 16 - told.count("–")
        assert found.pop(each["code"]) == (told, f"{told.count('M')} of {applying}")
    assert found == {}


def test_who_has_not_submitted_says_so_in_the_row():
    lines = text_of(drawn(nation(8, 0, 0)), "-layout").splitlines()
    assert [each.split()[0] for each in lines if re.match(r"DM.*Not submitted$", each)] == ["DMA004"]


def test_a_late_trust_is_told_so_in_words():
    lines = [flat(each) for each in text_of(drawn(nation(8, 0, 0)), "-layout").splitlines()]
    assert [each.split()[0] for each in lines if "(late)" in each] == ["DMA003"]


def test_the_counts_of_every_kind_are_those_of_the_form():
    whole = nation()
    text = flat(text_of(drawn(whole), "-raw"))
    summaries = {each.number: each.summary for each in framework_of(whole).recommendations}
    for each in whole["recommendations"]:
        counts = [list(each["counts"][kind].values()) for kind in whole["kinds"]]
        sums = [sum(several) for several in zip(*counts, strict=True)]
        expected = " ".join(str(n) for several in (sums, *counts) for n in several)
        assert f"{summaries[each['number']]} {expected}" in text


def test_the_first_page_tells_the_story():
    whole = nation(40, 10, 4)
    before = {"DMA001": said("N"), "DMA003": said("M"), "DMM002": said("M")}
    first = flat(pages_of(drawn(whole, before))[0])
    page = national_page(whole, before, AT)
    assert f"{page.total.submitted} of 54 trusts have submitted" in first
    assert f"Acute trusts {page.groups[0].submitted} of 40 {page.groups[0].late}" in first
    assert "Moved most since Baseline" in first
    assert "Weakest first" in first
    for row in page.rows:
        assert f"{row.total.met} {row.total.percent}%" in first
        for line in row.lines:
            assert f"{line.met} of {line.applying}" in first


def test_a_crowd_that_moved_by_the_same_number_is_counted_and_a_long_name_ends_in_dots():
    whole = nation(100, 0, 0, name="The Very Long and Winding Name of a Hospital by the Sea, NHS Foundation Trust")
    crowd = {each["code"]: said("N") for each in whole["organisations"] if each["submitted"]}
    words = paper_of(whole, crowd)["moved"]
    assert words["up"][-1]["name"].endswith(" more")
    assert flat(pages_of(drawn(whole, crowd))[0]).count("The Very Long and") == sum(
        bool(each["code"]) for several in ("up", "down") for each in words[several]
    )
    few = {code: crowd[code] for code in ("DMA001", "DMA002")}
    assert "…" in pages_of(drawn(whole, few))[0]


def test_the_headings_of_a_long_table_stand_on_each_of_its_pages():
    pages = pages_of(drawn(nation()))
    tables = [each for each in pages if re.search(r"DM[AMB]\d{3}.*\d+ of \d+$", each, re.M) and "Weakest" not in each]
    assert len(tables) >= 5
    heading = r"(Acute|Mental health|Ambulance) trusts\s+" + r"\s+".join(map(str, NUMBERS)) + r"\s+Met"
    for each in tables:
        assert re.search(heading, each)


def test_each_page_says_which_it_is_of_how_many_and_of_what():
    pages = pages_of(drawn(nation(), made=DEMONSTRATION))
    for n, each in enumerate(pages, 1):
        assert f"Page {n} of {len(pages)}" in each
        assert "Demonstration: invented organisations with invented figures" in each
        assert "2015-16 Performance Update" in each
        assert "sha256:abababababab…" in each
        assert "Work in progress: not for publication" in each


def test_no_other_paper_calls_itself_a_demonstration_or_unfinished():
    whole = nation(6, 1, 1) | {"stage": "final"}
    text = text_of(drawn(whole))
    assert "Demonstration" not in text
    assert "Work in progress" not in text


def test_it_is_tagged_named_and_in_british_english():
    with pikepdf.open(BytesIO(drawn(nation(40, 10, 4)))) as document:
        root = document.Root
        assert root.MarkInfo.Marked is True or bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en-GB"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == "Caldicott2 performance report: all trusts, 2015-16 Performance Update"
            assert told["xmp:CreatorTool"] == RENDERER
        assert {"/H1", "/H2", "/H3", "/Table", "/THead", "/TBody", "/TH", "/TD"} <= {
            str(each.S) for each in below(root.StructTreeRoot)
        }


def test_every_heading_cell_says_whether_it_heads_a_column_or_a_row():
    with pikepdf.open(BytesIO(drawn(nation(40, 10, 4)))) as document:
        elements = list(below(document.Root.StructTreeRoot))
        heads = [scope(each) for each in elements if str(each.S) == "/TH"]
        bodies = [each for each in elements if str(each.S) == "/TBody"]
        rows = [row for body in bodies for row in below(body) if str(row.S) == "/TR"]
        assert set(heads) == {"Column", "Row"}
        assert heads.count("Row") == len(rows) == 16 + 4 + 16 + 54


def test_every_font_is_in_the_file():
    with pikepdf.open(BytesIO(drawn(nation(6, 1, 1)))) as document:
        fonts = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        assert fonts
        assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)


WORST = (
    "W" * 200,
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Tŷ Bwrdd Iechyd Prifysgol " * 2,
    "東京大学医学部附属病院",
    '*bold* #panic("x") $x^2$ @ref <b> "q" \\ [a]',
    "=cmd|'/c calc'!A1",
    "Больница \u202eevil\u202c \x00\ud7ff\ue000",
    "\t\n",
    "a " * 100,
)


@pytest.mark.parametrize("name", WORST)
def test_the_worst_names_are_printed_and_nothing_of_them_is_read_as_a_command(name):
    whole = report(trust("DMA001", "MPN-", name=name[:200]), trust("DMA002", "", name=name[:200]), trust("DMB001", "M"))
    before = {"DMA001": said("N")}
    pdf = drawn(whole, before)
    read = text_of(pdf)
    assert "DMA001" in read
    if name.isascii() and name.isprintable():
        plain = re.sub(r"\s|\u200b", "", text_of(pdf, "-raw"))
        assert plain.count(re.sub(r"\s", "", name[:200])) >= 2  # in the table, and among those not submitted


def test_no_letter_of_a_long_name_leaves_the_page():
    whole = report(*(trust(f"DMA{n:03d}", "MN", name=name[:200]) for n, name in enumerate(WORST, 1)))
    boxes = text_of(drawn(whole), "-bbox")
    assert max(float(each) for each in re.findall(r'xMax="([\d.]+)"', boxes)) <= 842 - 20
    (table,) = [each for each in boxes.split("<page") if ">DMA001<" in each and ">Weakest<" not in each]
    cells = [float(each) for each in re.findall(r'xMin="([\d.]+)"[^>]*>[●◐■]?[MPN]<', table)]
    names = [float(each) for each in re.findall(r'xMax="([\d.]+)"[^>]*>(?:W[W\u200b]+|Llan[^<]*)<', table)]
    assert len(names) > 5
    assert max(names) < min(each for each in cells if each > 300)


def test_what_cannot_be_printed_is_a_box_and_a_note_says_so():
    assert "□ stands for a character" in flat(text_of(drawn(report(trust("DMA001", "M", name="東京")))))
    assert "□" not in text_of(drawn(report(trust("DMA001", "M", name="Tŷ Gwyn"))))


def test_a_code_of_twenty_characters_keeps_to_its_place():
    whole = report(trust("DMA001", "M") | {"code": "W" * 20}, trust("DMA002", "M"))
    assert "WWWW" in text_of(drawn(whole))


def test_where_nobody_has_submitted_the_paper_names_them_all():
    whole = report(trust("DMA001", "", name="Northmoor"), trust("DMB001", "", name="Ellerby"))
    text = flat(text_of(drawn(whole), "-layout"))
    assert "No trust has submitted its Performance Update" in text
    assert "Acute trusts 0 of 1 0" in text
    assert "DMA001 Northmoor" in text
    assert "Every trust" not in text


def test_a_year_without_organisations_is_one_page_that_says_so():
    pdf = national_file("2016-17", "baseline", "pdf", AT)
    assert len(pages_of(pdf)) == 1
    assert "No trusts are registered for 2016-17" in text_of(pdf)


def test_many_that_have_not_submitted_are_told_by_code_below_the_table_that_names_them():
    whole = report(trust("DMA001", "M"), *(trust(f"DMA{n:03d}", "", name=f"Trust {n}") for n in range(2, 60)))
    last = flat(pages_of(drawn(whole))[-1])
    assert "DMA057, DMA058, DMA059" in last
    assert "Trust 57" not in last.partition("Not submitted Acute trusts")[2]


def test_the_paper_of_the_record_carries_the_digest_of_its_json_and_the_same_bytes_each_time():
    one = small_nation.trust("DMA001", name="Northmoor")
    report_at(one, Stage.BASELINE, 1)
    report_at(one, Stage.UPDATE, 3)
    report_at(small_nation.trust("DMA002", name="Ashby"), Stage.UPDATE, 2, late=True)
    pdf = national_file(YEAR, "update", "pdf", AT)
    assert pdf == national_file(YEAR, "update", "pdf", AT.replace(hour=17))
    content = national_bytes(YEAR, "update", "json")
    text = flat(text_of(pdf))
    assert f"sha256:{sha256(content).hexdigest()}" in text
    assert "The latest submission of each of 2 trusts, of 2 registered; the last arrived on 2 November 2015" in text
    assert rows_of(pdf) == {"DMA001": ("M" * 16, "16 of 16"), "DMA002": (rows_of(pdf)["DMA002"][0], "12 of 16")}
    assert json.loads(content)["organisations"][0]["code"] == "DMA001"


def test_the_paper_of_a_demonstration_says_so(monkeypatch):
    monkeypatch.setattr(clock, "demonstration", lambda: Demonstration(clock_starts=AT, began=AT))
    small_nation.trust("DMA001")
    assert "Demonstration: invented organisations" in text_of(national_file(YEAR, "update", "pdf", AT))


def test_an_unknown_stage_has_no_paper():
    with pytest.raises(NoSuchReport):
        national_file(YEAR, "preview", "pdf", AT)


def test_the_notes_say_what_is_our_reading():
    whole = nation(2, 1, 1)
    conditions = sum(len(each.conditions) for each in framework_of(whole).recommendations)
    assert f"({conditions} conditions: " in flat(text_of(drawn(whole)))
    assert "our reading" in text_of(drawn(whole))
