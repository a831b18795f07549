"""The board report on screen, its files, and the live preview."""

import hashlib
import re
import subprocess
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from igtoolkit.records.models import Organisation, Submission
from igtoolkit.reports.board import board_bytes
from igtoolkit.reports.board_page import board_page
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, make_person, started
from tests.reports.board_example import JULY, NOVEMBER, OCTOBER, handed_in, raised, recorded, submitted
from tests.worlds import world

BASELINE = "/organisations/DMA001/2015-16/baseline/caldicott2/"
UPDATE = "/organisations/DMA001/2015-16/update/caldicott2/"
PREVIEW = "/organisations/DMA001/2015-16/preview/caldicott2/"


@world
def baseline(cast, assessment) -> Submission:
    """The trust that was worked out by hand, as submitted on 29 July 2015."""
    return handed_in(assessment, cast.ada)


def text_of(html: str) -> str:
    """The words of a page as they are read, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def read(client, person, address: str) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def recommendation(html: str, number: int) -> str:
    """The row of one recommendation."""
    return re.search(rf'<tr role="row"[^>]* id="recommendation-{number}">.*?</tr>', html, re.DOTALL)[0]


def test_the_headline_comes_first_and_every_word_of_the_report_is_there(client, cast, baseline):
    html, page = read(client, cast.ben, BASELINE), board_page(baseline)
    words = text_of(html)
    for said in (page["headline"], page["story"], page["submitted"], page["basis"], page["digest"]):
        assert said in words
    assert "Work in progress: not for publication" in words
    assert words.index(page["headline"]) < words.index(page["story"]) < words.index("What would move most")
    assert "<title>Trust DMA001, 2015-16 Baseline – Board report – IG Toolkit</title>" in html
    assert html.count("<h1") == 1


def test_what_is_dated_in_part_is_told_from_what_has_no_date(client, cast, baseline):
    html = read(client, cast.ben, BASELINE)
    assert "Part dated" in recommendation(html, 2)
    assert "No date" in recommendation(html, 1)


def test_a_final_in_time_has_no_empty_list_of_flags_before_its_heading(client, cast, baseline, monkeypatch):
    assert '<ul class="board-flags">' in read(client, cast.ben, BASELINE)
    page = board_page(baseline) | {"work_in_progress": False}
    monkeypatch.setattr("igtoolkit.web.views.board.board_page", lambda *_, **__: page)
    assert "board-flags" not in read(client, cast.ben, BASELINE)


def test_each_status_is_a_mark_and_a_word_and_opens_why(client, cast, baseline):
    html, page = read(client, cast.ben, BASELINE), board_page(baseline)
    assert html.count("<details") == 16
    for row in page["rows"]:
        shown = recommendation(html, row["number"])
        summary = text_of(re.search(r"<summary>.*</summary>", shown, re.DOTALL)[0])
        assert summary.split(" ", 1)[1].startswith(row["status_words"])
        seen, _, heard = text_of(summary).partition(" Why is recommendation ")
        assert seen.replace(" · ", "·").endswith(row["rests_on"].replace(" · ", "·"))
        assert heard == f"{row['number']} {row['status_words'].lower()}?"
        why = text_of(shown)
        assert row["because"] in why
        assert row["arithmetic"] in why
        for each in row["why"]:
            assert each["title"] in why
            assert f"Needs {each['needed']}; {each['attained']}." in why
            assert f"{each['basis_words']}: {each['source'].rstrip('.')}." in why
            assert all(f"{one['code']} {one['text']}" in why for one in each["missing"])


def test_the_table_says_what_its_cells_are_even_when_laid_out_as_cards(client, cast, baseline):
    html = read(client, cast.ben, BASELINE)
    assert text_of(re.search(r"<caption.*?</caption>", html)[0]) == (
        "How each of the 16 recommendations stands, and why"
    )
    assert html.count('<th scope="col" role="columnheader">') == 3
    assert html.count('<th scope="row" role="rowheader">') == 16
    assert html.count('<tr role="row"') == 17
    assert html.count('role="cell"') == 32


def test_what_was_stands_before_what_is_in_marks_and_in_words(client, cast, assessment, baseline):
    assert "board-before" not in read(client, cast.ada, BASELINE)
    raised(assessment, "13-112", 2, cast.ada)
    submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada)
    html = read(client, cast.ada, UPDATE)
    moved, still = recommendation(html, 14), recommendation(html, 1)
    assert re.search(r'<span class="board-line" aria-hidden="true">.*?data-label="Baseline">■</span>.*?▲', moved)
    assert "Baseline: not met. Now: met, up from not met." in text_of(moved)
    assert "▲" not in still
    assert "Key 2/3: has level 2, needs 3. 3b: one criterion. ▲ up, ▼ down since Baseline." in text_of(html)
    assert "No change" not in text_of(html)


def test_each_condition_that_falls_short_says_when_it_is_due(client, cast, baseline):
    shown = text_of(recommendation(read(client, cast.nia, BASELINE), 11))
    assert "3a is not ticked. Due 31 January 2016. Still to tick:" in shown
    assert "No target date." in text_of(recommendation(read(client, cast.nia, BASELINE), 14))
    assert "Due" not in text_of(recommendation(read(client, cast.nia, BASELINE), 5))


OWNER = "Zuleika Dobson-Wraxall"


@world
def owned(cast, assessment) -> Submission:
    """The same trust, with somebody named who sees to 13-202."""
    recorded(assessment, cast.ada)
    assessment.answers.filter(requirement="13-202").update(owner=OWNER)
    return submitted(assessment, Stage.BASELINE, JULY, cast.ada)


@pytest.mark.parametrize("address", [BASELINE, f"{BASELINE}?annex=1"])
def test_who_owns_it_is_told_to_the_organisations_own_people_alone(client, cast, owned, address):
    own, ndg = read(client, cast.ben, address), read(client, cast.nia, address)
    assert f"Due 31 January 2016; owner: {OWNER}" in text_of(own)
    assert "No target date; no owner named." in text_of(own)
    assert "Due 31 January 2016." in text_of(ndg)
    assert OWNER not in ndg
    assert "owner:" not in text_of(ndg)
    assert "owner named" not in text_of(ndg)


@pytest.mark.parametrize("form", ["pdf", "pdf?annex=1", "csv", "json"])
def test_no_file_that_the_ndg_reader_can_fetch_names_an_owner(client, cast, owned, form):
    client.force_login(cast.nia)
    content = client.get(f"{BASELINE[:-1]}.{form}").content
    assert OWNER not in (on_paper(content) if content.startswith(b"%PDF") else content.decode())


def on_paper(pdf: bytes) -> str:
    return " ".join(
        subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode().split()
    )


def test_with_its_annex_every_why_stands_in_full_after_the_page(client, cast, owned):
    html, page = read(client, cast.ben, f"{BASELINE}?annex=1"), board_page(owned)
    annex = text_of(html[html.index('class="board-annex"') :])
    for row in page["rows"]:
        assert f"{row['number']} {row['summary']}" in annex
        assert row["because"] in annex
        assert all(f"{one['code']} {one['text']}" in annex for each in row["why"] for one in each["missing"])
    assert f'<a href="{BASELINE}">Without reasons</a>' in html
    plain = read(client, cast.ben, BASELINE)
    assert "board-annex" not in plain
    assert '<a href="?annex=1">Print with reasons</a>' in plain


def test_the_paper_with_reasons_is_the_page_and_sheets_behind_it(client, cast, owned):
    client.force_login(cast.ben)
    response = client.get(f"{BASELINE[:-1]}.pdf?annex=1")
    assert response["Content-Disposition"] == ('inline; filename="caldicott2-DMA001-2015-16-baseline-with-reasons.pdf"')
    words = on_paper(response.content)
    assert words.index("What would move most") < words.index("Why each recommendation stands as it does")
    assert f"owner: {OWNER}" in words
    assert "Page 2 of" in words
    assert owned.documents.count() == 0, "only the page itself is kept"
    first, with_reasons = (
        subprocess.run(["pdftotext", "-l", "1", "-", "-"], input=each, capture_output=True, check=True).stdout
        for each in (client.get(f"{BASELINE[:-1]}.pdf").content, response.content)
    )
    assert first == with_reasons
    preview = client.get(f"{PREVIEW[:-1]}.pdf?annex=1")
    assert f"owner: {OWNER}" in on_paper(preview.content)


def test_a_target_that_is_missing_is_said_to_be_missing(client, cast, baseline):
    html = read(client, cast.ben, BASELINE)
    assert text_of(recommendation(html, 20)).endswith("31 Dec 2015")
    assert text_of(recommendation(html, 14)).endswith("No date")
    assert "No date" not in recommendation(html, 5)


def test_the_figures_of_the_table_have_a_key_beside_it(client, cast, baseline):
    html = read(client, cast.ben, BASELINE)
    assert "Key 2/3: has level 2, needs 3. 3b: one criterion." in text_of(html)
    assert '<table class="board-table" aria-describedby="key"' in html


def test_the_code_of_a_requirement_never_breaks_at_its_hyphen(client, cast, baseline):
    html = read(client, cast.ben, BASELINE)
    assert '<span class="board-whole">13-202.</span>' in html
    assert '<strong>Bring <span class="board-whole">13-202</span> to level 3' in html


def test_a_report_with_nothing_to_compare_with_says_so(client, cast, assessment):
    note = "Baseline was not submitted: nothing to compare with"
    assert note not in text_of(read(client, cast.ada, PREVIEW))
    submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada)
    assert note in text_of(read(client, cast.ada, UPDATE))


def test_the_themes_are_told_in_words_as_well_as_bars(client, cast, baseline):
    words = text_of(read(client, cast.ben, BASELINE))
    assert "People's rights 1 of 4 met" in words
    assert "1 met, 1 partly met, 2 not met" in words


def test_own_staff_find_their_requirements_and_the_ndg_reader_their_way_back(client, cast, baseline):
    own, ndg = read(client, cast.ben, BASELINE), read(client, cast.nia, BASELINE)
    requirement = reverse("requirement", kwargs={"code": "DMA001", "year": "2015-16", "requirement": "13-206"})
    assert f'<a href="{requirement}">13-206</a>' in own
    assert f'href="{PREVIEW}"' in own
    assert "/requirements/" not in ndg
    assert PREVIEW not in ndg
    assert f'href="{reverse("national", kwargs={"year": "2015-16", "stage": "baseline"})}"' in ndg


def test_stages_link_to_each_other_and_say_which_is_missing(client, cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    submitted(assessment, Stage.UPDATE, OCTOBER, cast.ada)
    html = read(client, cast.ada, UPDATE)
    assert f'<a href="{BASELINE}">Baseline</a>' in html
    assert f'<a href="{UPDATE}" aria-current="page">Performance Update</a>' in html
    assert "Final: not submitted" in text_of(html)


def test_a_corrected_version_stays_readable_and_points_to_the_latest(client, cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    submitted(assessment, Stage.BASELINE, JULY, cast.ada, reason="Training was counted twice")
    latest, earlier = read(client, cast.ada, BASELINE), f"{BASELINE.removesuffix('caldicott2/')}1/caldicott2/"
    assert "Correction 2: Training was counted twice" in text_of(latest)
    assert f'href="{earlier}"' in latest
    first = read(client, cast.ada, earlier)
    assert f"sha256:{baseline.digest}" in first
    assert f'<a href="{BASELINE}">Read the latest, version 2</a>' in first
    assert f'href="{earlier[:-1]}.pdf"' in first
    assert "Read the latest" not in latest


@pytest.mark.parametrize(
    ("form", "kind", "disposition"),
    [
        ("pdf", "application/pdf", "inline"),
        ("csv", "text/csv; charset=utf-8", "attachment"),
        ("json", "application/json", "inline"),
    ],
)
def test_a_file_has_its_type_its_name_and_its_digest_for_a_tag(client, cast, baseline, form, kind, disposition):
    client.force_login(cast.ben)
    response = client.get(f"{BASELINE[:-1]}.{form}")
    assert response.status_code == 200
    assert response.content == board_bytes(baseline, form)
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'{disposition}; filename="caldicott2-DMA001-2015-16-baseline.{form}"'
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"{BASELINE[:-1]}.{form}", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_each_version_has_files_of_its_own(client, cast, assessment, baseline):
    raised(assessment, "13-112", 2, cast.ada)
    submitted(assessment, Stage.BASELINE, JULY, cast.ada, reason="A slip")
    client.force_login(cast.ben)
    stage = BASELINE.removesuffix("caldicott2/")
    first, latest = (client.get(f"{stage}{part}caldicott2.json") for part in ("1/", ""))
    assert (first.json()["number"], latest.json()["number"]) == (1, 2)
    assert latest["Content-Disposition"] == 'inline; filename="caldicott2-DMA001-2015-16-baseline-2.json"'
    assert client.get(f"{stage}3/caldicott2.json").status_code == 404


def test_the_preview_is_marked_everywhere(client, cast, assessment, baseline, time_machine):
    time_machine.move_to(NOVEMBER, tick=False)
    raised(assessment, "13-112", 2, cast.ada)
    words = text_of(read(client, cast.ben, PREVIEW))
    assert "Preview, not submitted" in words
    assert "As recorded on 3 November 2015 at 09:15" in words
    assert "there is no digest yet" in words
    assert "sha256:" not in words
    report = client.get(f"{PREVIEW[:-1]}.json")
    assert (report.json()["stage"], report.json()["digest"]) == ("preview", None)
    assert "ETag" not in report
    assert report["Content-Disposition"] == 'inline; filename="caldicott2-DMA001-2015-16-preview.json"'
    assert b",preview,," in client.get(f"{PREVIEW[:-1]}.csv").content
    with pikepdf.open(BytesIO(client.get(f"{PREVIEW[:-1]}.pdf").content)) as paper:
        assert len(paper.pages) == 1


def test_the_preview_of_an_empty_draft_is_a_page_too(client, cast, assessment):
    words = text_of(read(client, cast.ada, PREVIEW))
    assert "None of 16 recommendations is met." in words
    assert "No requirement has been scored yet." in words


def test_awkward_names_are_shown_as_they_are_written(client, cast):
    name = "St. Oswin's <b>& “Łódź”</b> ${7*7} {{7*7}}"
    boss = make_person("eve", make_organisation("DMA009", name=name), "administrator")
    submitted(started(boss), Stage.BASELINE, JULY, boss)
    html = read(client, boss, "/organisations/DMA009/2015-16/baseline/caldicott2/")
    assert "<b>&" not in html
    assert f"<h1>{name}</h1>" in unescape(re.sub(r"<h1 [^>]*>", "<h1>", html))


def test_a_name_changed_since_does_not_change_the_report(client, cast, baseline):
    Organisation.objects.filter(code="DMA001").update(name="Renamed since")
    assert "Trust DMA001</h1>" in read(client, cast.ada, BASELINE)


@pytest.mark.parametrize("address", [BASELINE, PREVIEW, f"{BASELINE[:-1]}.json", f"{BASELINE[:-1]}.pdf"])
def test_a_page_asks_the_database_little(client, cast, baseline, address, django_assert_max_num_queries):
    client.force_login(cast.ada)
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_nothing_is_written_inline(client, cast, baseline):
    html = read(client, cast.ada, BASELINE)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", html)
