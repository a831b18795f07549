"""The national report as the National Data Guardian's reader opens it."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from igtoolkit.records.clock import now
from igtoolkit.records.models import Tries
from igtoolkit.reports import national_named, national_rows
from igtoolkit.reports.national import earlier_statuses
from igtoolkit.reports.national_files import national_file
from igtoolkit.reports.national_made import made_from
from igtoolkit.reports.national_page import national_page
from igtoolkit.reports.national_paper import national_paper
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_person
from tests.reports.small_nation import NUMBERS, report_at, trust
from tests.worlds import world

UPDATE = f"/national/{YEAR}/update/caldicott2"
AWKWARD = "O’Brien & Sons <b>Hospital</b> “Больница” NHS Trust"

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(make_person("nia", reads_for_ndg=True))
    return client


@world
def nation():
    """Three acute trusts, up from level 1 to 3, steady at 2 and late, and nothing said; an ambulance trust at 0."""
    one = trust("DMA001", name="Northmoor", region="North")
    report_at(one, Stage.BASELINE, 1)
    report_at(one, Stage.UPDATE, 3)
    two = trust("DMA002", name=AWKWARD, region="South")
    report_at(two, Stage.BASELINE, 2)
    report_at(two, Stage.UPDATE, 2, late=True)
    trust("DMA003", name="=cmd|'/c calc'!A1", region="South")
    report_at(trust("DMB001", kind="ambulance", name="Ellerby"), Stage.UPDATE, 0)


def page_of(reader: Client, query: str = "", address: str = f"{UPDATE}/") -> str:
    response = reader.get(address + query)
    assert response.status_code == 200
    return response.content.decode()


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def rows_of(html: str) -> list[str]:
    """The rows of the table of every trust, as text."""
    tables = re.findall(r'<table class="igt-matrix.*?</table>', html, re.S)
    return [text_of(row).strip() for table in tables for row in re.findall(r'<tr><th scope="row">.*?</tr>', table)]


def codes_of(html: str) -> list[str]:
    return [each.split()[0] for each in rows_of(html)]


def test_the_page_opens_with_its_story(reader, nation):
    html = page_of(reader)
    # 16, 12 and 0 met of 16 now; the two that submitted both went from 0 and 12 to 16 and 12.
    assert "Trusts meet 9.3 of 16 recommendations on average, up since Baseline;" in text_of(html)
    assert "3 of 4 trusts have submitted, 1 of them late; 1 has not. The deadline was 31 October 2015." in text_of(html)
    assert (
        "In the 2 trusts that also submitted at Baseline it went from 6.0 to 14.0: 1 meets more, 1 as many, 0 fewer."
        in (text_of(html))
    )
    assert "<title>Performance Update 2015-16, all trusts – National report" in html
    assert "Work in progress: not for publication" in html
    assert "as at " in text_of(html)


def test_who_has_submitted_stands_by_kind(reader, nation):
    text = text_of(page_of(reader))
    assert (
        "Kind Submitted Not submitted Late Acute trusts 2 of 3 1 1 Ambulance trusts 1 of 1 0 0 All trusts 3 of 4 1 1"
        in (text)
    )


def test_each_recommendation_has_its_counts_and_change_in_words(reader, nation):
    html = page_of(reader)
    (row,) = re.findall(r'<tr role="row" id="recommendation-11">.*?</tr>', html, re.S)
    cells = [text_of(each).strip() for each in re.findall(r"<td.*?</td>", row, re.S)]
    assert cells == [
        "Met 1 33%", "Partly met 0", "Not met 2", "Not applicable 0", "Not submitted 1", "Since Baseline ▲ 1 more",
    ]  # fmt: skip
    assert "People can object, and are heard" in row
    numbers = [int(each) for each in re.findall(r'id="recommendation-(\d+)"', html)]
    assert sorted(numbers) == list(NUMBERS)
    assert set(numbers[:4]) == {1, 2, 8, 11}


def test_bars_are_drawn_with_attributes_because_inline_styles_are_refused(reader, nation):
    html = page_of(reader)
    assert " style=" not in html
    assert "<style" not in html
    (row,) = re.findall(r'<tr role="row" id="recommendation-11">.*?</tr>', html, re.S)
    assert re.findall(r'igt-bar__(\w+)" x="([\d.]+)%" width="([\d.]+)%', row) == [
        ("met", "0.000", "25.000"), ("not_submitted", "75.000", "25.000"), ("not_met", "25.000", "50.000"),
    ]  # fmt: skip


def test_who_moved_most_is_shown_with_both_numbers(reader, nation):
    html = page_of(reader)
    text = text_of(html)
    assert "DMA001 Northmoor ▲ from 0 to 16 met" in text
    moved = html[html.index('id="moved"') :]
    assert f'<a href="/organisations/DMA001/{YEAR}/update/caldicott2/"><bdi>Northmoor</bdi></a>' in moved
    assert "Ties are shown together" in text
    assert "No trust meets fewer than at Baseline." in text


def test_who_has_not_submitted_is_named(reader, nation):
    text = text_of(page_of(reader))
    assert "Not submitted Acute trusts: 1 of 3 DMA003 =cmd|'/c calc'!A1" in text


def test_the_table_is_a_real_table_with_a_word_in_every_cell(reader, nation):
    html = page_of(reader)
    (acute, ambulance) = re.findall(r'<table class="igt-matrix.*?</table>', html, re.S)
    assert text_of(acute).strip().startswith("Acute trusts by recommendation : 3 of 3")
    assert text_of(ambulance).strip().startswith("Ambulance trusts by recommendation : 1 of 1")
    assert acute.count('<th scope="col"') == 18
    assert acute.count('<th scope="row">') == 3
    assert 'role="region" aria-labelledby="table-acute" tabindex="0"' in html
    assert rows_of(html) == [
        "DMA001 Northmoor " + "Met " * 16 + "16 of 16",
        f"DMA002 {AWKWARD} late Partly met Partly met Met Met Met Met Not met Met Not met " + "Met " * 7 + "12 of 16",
        "DMA003 =cmd|'/c calc'!A1 " + "Not submitted " * 16 + "Not submitted",
        "DMB001 Ellerby " + "Not met " * 16 + "0 of 16",
    ]


def test_awkward_names_are_escaped(reader, nation):
    html = page_of(reader)
    assert "<b>Hospital</b>" not in html
    assert "<bdi>O’Brien &amp; Sons &lt;b&gt;Hospital&lt;/b&gt; “Больница” NHS Trust</bdi>" in html


def test_a_trust_that_submitted_links_to_its_board_report_and_another_does_not(reader, nation):
    html = page_of(reader)
    assert f'href="/organisations/DMA001/{YEAR}/update/caldicott2/"' in html
    assert f'href="/organisations/DMA003/{YEAR}/update/caldicott2/"' not in html


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?kind=ambulance", ["DMB001"]),
        ("?region=South", ["DMA002", "DMA003"]),
        ("?status=partly_met", ["DMA002"]),
        ("?recommendation=11&status=met", ["DMA001"]),
        ("?submitted=no", ["DMA003"]),
        ("?late=yes", ["DMA002"]),
        ("?q=NORTH", ["DMA001"]),
        ("?sort=met&direction=desc", ["DMA001", "DMA002", "DMA003", "DMB001"]),
        ("?sort=code&direction=desc", ["DMA003", "DMA002", "DMA001", "DMB001"]),
        ("?sort=name", ["DMA003", "DMA001", "DMA002", "DMB001"]),
    ],
)
def test_filters_and_orders_are_in_the_address(reader, nation, query, codes):
    assert codes_of(page_of(reader, query)) == codes


def test_the_form_keeps_what_was_asked(reader, nation):
    html = page_of(reader, "?kind=acute&region=South&late=yes&q=%22o%E2%80%99brien&sort=met&direction=desc")
    for value in ("acute", "South", "yes"):
        assert f'<option value="{value}" selected>' in html
    assert 'name="q" type="search" value="&#34;o’brien"' in html
    assert '<input type="hidden" name="sort" value="met">' in html
    assert '<input type="hidden" name="direction" value="desc">' in html


def test_the_result_is_counted(reader, nation):
    assert "4 trusts , by kind and then by code." in text_of(page_of(reader))
    assert "1 trust of 4 matches, by kind and then by code." in text_of(page_of(reader, "?q=north"))
    assert "2 trusts of 4 match, by kind and then by recommendations met, most first." in text_of(
        page_of(reader, "?region=South&sort=met&direction=desc")
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?late=yes", "1 trust of the 3 that submitted matches (33%); 4 in all. By kind and then by code."),
        ("?status=not_met", "2 trusts of the 3 that submitted match (66%); 4 in all."),
        ("?status=not_met&kind=acute", "1 trust of the 2 acute trusts that submitted matches (50%); 4 in all."),
        ("?status=met&region=South", "1 trust of the 1 that submitted in South matches (100%); 4 in all."),
        ("?status=not_met&q=O", "1 trust of 4 matches, by kind"),
        ("?submitted=no&kind=acute", "1 trust of 4 matches, by kind"),
        ("?status=not_submitted", "1 trust of 4 matches, by kind"),
    ],
)
def test_how_those_that_submitted_stand_is_a_share_of_them(reader, nation, query, told):
    assert told in text_of(page_of(reader, query))


def test_the_page_has_ways_to_its_parts(reader, nation):
    def here(html):
        (ways,) = re.findall(r'<nav class="igt-here igt-no-print".*?</nav>', html, re.S)
        found = re.findall(r'<a href="#([\w-]+)">', ways)
        assert all(f' id="{each}"' in html for each in found)
        return found

    assert here(page_of(reader)) == ["weakest", "kinds", "moved", "second-look", "missing", "organisations"]
    assert "moved" not in here(page_of(reader, address=f"/national/{YEAR}/baseline/caldicott2/"))
    assert here(page_of(reader, address=f"/national/{YEAR}/final/caldicott2/")) == ["missing", "organisations"]


def test_nothing_matching_says_so_and_leads_back(reader, nation):
    html = page_of(reader, "?q=nowhere")
    assert "Nothing matches. None of the 4 trusts has everything that was asked for." in text_of(html)
    assert rows_of(html) == []
    assert f'<a href="{UPDATE}/#organisations">Show every trust</a>' in html


def test_an_unknown_filter_is_left_out_with_a_note(reader, nation):
    html = page_of(reader, "?kind=%3Cscript%3E&region=Mars&sort=rank")
    text = text_of(html)
    assert "Left out: there is no kind “ <script> ” in this report." in text
    assert "Left out: there is no region “ Mars ” in this report." in text
    assert "Left out: there is no sort “ rank ” in this report." in text
    assert "&lt;script&gt;" in html
    assert len(codes_of(html)) == 4


def test_headings_sort_and_say_how_it_is_sorted(reader, nation):
    html = page_of(reader, "?kind=acute&sort=met&direction=desc")
    assert '<th scope="col" class="igt-total" aria-sort="descending">' in html
    assert 'href="?kind=acute&amp;sort=met#organisations"' in html
    assert 'href="?kind=acute#organisations"' in html
    assert 'href="?kind=acute&amp;sort=name#organisations"' in html
    assert "Met , sorted descending: sort ascending" in text_of(html)
    assert html.count("aria-sort=") == 1
    for query in ("", "?sort=name"):
        assert page_of(reader, query).count('<th scope="col" aria-sort="ascending">') == 2  # one a table


def test_both_lists_by_kind_have_headings_of_one_form(reader, nation):
    html = page_of(reader)
    headings = [text_of(each).strip() for each in re.findall(r"<h3.*?</h3>", html)]
    assert headings[-3:] == [
        "Acute trusts: 1 of 3",
        "Acute trusts by recommendation : 3 of 3",
        "Ambulance trusts by recommendation : 1 of 1",
    ]


def test_many_that_have_not_submitted_stand_under_a_heading_too(reader, nation):
    for number in range(10, 20):
        trust(f"DMA{number:03d}")
    html = page_of(reader)
    assert '<h3 class="igt-subheading">Acute trusts: 11 of 13</h3>' in html
    assert "Show all 11 acute trusts that have not submitted" in text_of(html)


def test_one_recommendation_shows_one_column(reader, nation):
    html = page_of(reader, "?recommendation=11")
    assert html.count('<th scope="col" title=') == 2  # one a table
    assert rows_of(html)[1] == f"DMA002 {AWKWARD} late Not met 12 of 16"


def test_a_theme_shows_its_columns_alone_and_says_what_they_are(reader, nation):
    html = page_of(reader, "?theme=rights&kind=acute")
    assert rows_of(html)[1] == f"DMA002 {AWKWARD} late Partly met Not met Met Not met 12 of 16"
    assert "1 People can see their records, and who has looked" in text_of(html[html.index('id="found"') :])
    assert '<option value="rights" selected>' in html


def test_a_recommendation_of_another_theme_is_shown_with_a_note(reader, nation):
    html = page_of(reader, "?theme=rights&recommendation=25")
    assert "Recommendation 25 is not part of “People's rights”. It is shown all the same." in text_of(html)
    assert html.count('<th scope="col" title=') == 2  # one a table


def test_a_long_table_goes_on_from_page_to_page(reader, nation, monkeypatch):
    monkeypatch.setattr(national_rows, "PAGE", 2)
    html = page_of(reader, "?sort=name&page=2")
    assert codes_of(html) == ["DMA002", "DMB001"]
    text = text_of(html)
    assert "4 trusts , by kind and then by name. This page has 3 to 4." in text
    assert "Acute trusts by recommendation : 3 of 3, 1 on this page" in text
    assert text.count("Page 2 of 2 : 3 to 4 of 4 First page Previous page") == 2  # above the tables and below
    assert '<a href="?sort=name#organisations" rel="prev">' in html
    assert 'href="?sort=name&amp;page=2#organisations" rel="next"' in page_of(reader, "?sort=name")


def test_a_page_beyond_the_last_shows_the_last_and_says_so(reader, nation, monkeypatch):
    monkeypatch.setattr(national_rows, "PAGE", 2)
    html = page_of(reader, "?page=99")
    assert "There is no page 99: this is the last one, page 2." in text_of(html)
    assert codes_of(html) == ["DMA003", "DMB001"]
    assert "Left out: there is no page “ x ” in this report." in text_of(page_of(reader, "?page=x"))


def test_too_many_to_name_are_counted_with_a_way_to_the_list(reader, nation, monkeypatch):
    monkeypatch.setattr(national_named, "NAMED_MAX", 0)
    html = page_of(reader)
    assert "Acute trusts: 1 of 3 List all 1 acute trusts that have not submitted , page by page." in text_of(html)
    assert f'href="{UPDATE}/?kind=acute&amp;submitted=no#organisations"' in html
    assert codes_of(page_of(reader, "?kind=acute&submitted=no")) == ["DMA003"]


def test_every_figure_of_the_page_is_that_of_the_json_and_the_paper(reader, nation):
    html, report = page_of(reader), json.loads(national_file(YEAR, "update", "json", now()))
    before = earlier_statuses(report)
    page = national_page(report, before, now())
    paper = national_paper(report, page, made_from(report, page))
    statuses = ("met", "partly_met", "not_met", "not_applicable", "not_submitted")
    for each, drawn in zip(report["recommendations"], paper["recommendations"], strict=True):
        by_kind = [[each["counts"][kind][status] for status in statuses] for kind in report["kinds"]]
        everybody = [sum(column) for column in zip(*by_kind, strict=True)]
        assert [line["counts"] for line in drawn["lines"]] == [everybody, *by_kind]
        (row,) = re.findall(rf'<tr role="row" id="recommendation-{each["number"]}">.*?</tr>', html, re.S)
        cells = [text_of(cell) for cell in re.findall(r"<td.*?</td>", row, re.S)][: len(statuses)]
        assert [int(re.search(r"\d+", cell)[0]) for cell in cells] == everybody
        kinds = html[html.index('class="igt-kinds"') : html.index("</table>", html.index('class="igt-kinds"'))]
        number = rf'<span class="igt-weakest__number">{each["number"]}</span>.*?</tr>'
        (row,) = re.findall(number, kinds, re.S)
        assert [int(n) for n in re.findall(r"<b>(\d+)</b>", row)] == [
            counts[0] for counts in by_kind if sum(counts[:4]) and sum(counts[:3])
        ]


def test_the_other_stages_are_a_link_away(reader, nation):
    html = page_of(reader)
    assert f'href="/national/{YEAR}/baseline/caldicott2/"' in html
    assert f'href="{UPDATE}/" aria-current="page"' in html
    assert f'href="/national/{YEAR}/final/caldicott2/"' in html


def test_baseline_shows_no_change(reader, nation):
    html = page_of(reader, address=f"/national/{YEAR}/baseline/caldicott2/")
    assert "Since" not in text_of(html)
    assert "Moved most" not in html


def test_a_stage_nobody_submitted_is_a_page_of_not_submitted(reader, nation):
    html = page_of(reader, address=f"/national/{YEAR}/final/caldicott2/")
    assert "No trust has submitted its Final for 2015-16" in text_of(html)
    assert len(rows_of(html)) == 4
    assert all(each.endswith("Not submitted " * 16 + "Not submitted") for each in rows_of(html))
    assert "Work in progress" not in html


def test_a_year_with_no_trusts_is_an_empty_page(reader):
    html = page_of(reader, address="/national/2016-17/baseline/caldicott2/")
    assert "No trusts are registered for 2016-17" in text_of(html)
    assert rows_of(html) == []


@pytest.mark.parametrize("ending", ["/", ".pdf", ".xlsx", ".csv", ".json"])
@pytest.mark.parametrize("place", ["2012-13/update", "2015-16/preview", "2015-16/UPDATE", "x/y"])
def test_an_unknown_year_or_stage_is_not_found(reader, place, ending):
    assert reader.get(f"/national/{place}/caldicott2{ending}").status_code == 404


@pytest.mark.parametrize(
    ("form", "content_type", "place"),
    [
        ("pdf", "application/pdf", "inline"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
        ("csv", "text/csv; charset=utf-8", "attachment"),
        ("json", "application/json", "attachment"),
    ],
)
def test_a_download_is_the_whole_report_whatever_the_page_shows(reader, nation, form, content_type, place):
    response = reader.get(f"{UPDATE}.{form}?kind=ambulance&q=nowhere")
    assert response.content == national_file(YEAR, "update", form, now())
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'{place}; filename="caldicott2-national-{YEAR}-update.{form}"'
    if form in ("csv", "json"):
        assert b"DMA001" in response.content


def test_the_page_leads_to_every_form(reader, nation):
    html = page_of(reader)
    for form in ("pdf", "xlsx", "csv", "json"):
        assert f'href="{UPDATE}.{form}"' in html


def test_the_queries_are_as_many_for_two_trusts_as_for_twenty(reader, django_assert_max_num_queries):
    def build(numbers):
        for number in numbers:
            by = trust(f"DMA{number:03d}")
            report_at(by, Stage.BASELINE, 2)
            report_at(by, Stage.UPDATE, 3)

    def asked(ending: str) -> int:
        Tries.objects.all().delete()  # else the same bytes are told once an hour
        # A file that goes out is told to the service's trail and to every trust's: locks, ends, events, and how often.
        with django_assert_max_num_queries(12 if ending == "/" else 24) as queries:
            reader.get(f"{UPDATE}{ending}")
        return len(queries)

    endings = ("/", ".pdf", ".xlsx", ".csv", ".json")
    build(range(1, 3))
    reader.get(f"{UPDATE}/")
    at_two = {each: asked(each) for each in endings}
    build(range(3, 21))
    # A crowd of movers is counted, and not looked up by name.
    assert {each: most for each, most in at_two.items() if asked(each) > most} == {}
