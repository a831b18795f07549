"""The page on which the service team sets kinds, and its spreadsheets."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from igtoolkit.records.models import Organisation, Registration
from tests.conftest import make_organisation, started

PAGE = "/register/2015-16/kinds/"
UPLOAD = PAGE + "upload/"
SOURCE = "ERIC 2015/16"


@pytest.fixture
def sam(cast, client):
    client.force_login(cast.sam)
    return client


def to_be_set(code: str, name: str = "") -> Registration:
    make_organisation(code, kind="", name=name)
    return Registration.objects.get(code=code)


def text(client, **query: str) -> str:
    return client.get(PAGE, query).content.decode()


def codes(html: str) -> list[str]:
    return re.findall(r"<tr><td>([^<]*)</td>", html)


def posted(*rows: tuple[Registration, str, str], source: str = SOURCE) -> dict[str, str]:
    found = {"source": source}
    for row, kind, seen in rows:
        found |= {f"kind-{row.pk}": kind, f"seen-{row.pk}": seen}
    return found


def csv_file(rows: str, name: str = "kinds.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, rows.encode(), "text/csv")


def many(count: int, kind: str) -> None:
    made = Organisation.objects.bulk_create([Organisation(code=f"Z{n:04}", name=f"Practice {n}") for n in range(count)])
    Registration.objects.bulk_create(
        [Registration(organisation=o, year="2015-16", code=o.code, name=o.name, kind=kind, source="t") for o in made]
    )


# The list


def test_those_to_be_set_come_first_then_all_by_code(sam):
    to_be_set("ZZ9")
    to_be_set("ZA1")
    html = text(sam)
    assert codes(html) == ["ZA1", "ZZ9", "DMA001", "DMA002", "DMG001"]
    assert "<strong>2</strong> of 5 registered organisations still need one." in html


def test_only_those_to_be_set_on_demand(sam):
    to_be_set("ZZ9")
    assert codes(text(sam, show="to_be_set")) == ["ZZ9"]


@pytest.mark.parametrize("asked", ["dma0", "trust dma", "TRUST DMA"])
def test_a_search_by_the_beginning_of_a_code_or_by_name(sam, asked):
    assert codes(text(sam, q=asked)) == ["DMA001", "DMA002"]


def test_a_search_that_finds_nothing_says_so(sam):
    assert "No organisation of 2015-16 has “nobody”" in text(sam, q="nobody")
    assert "Every registered organisation has its kind." in text(sam, show="to_be_set")
    assert "No organisation is registered for 2016-17 yet." in sam.get("/register/2016-17/kinds/").content.decode()


@pytest.mark.parametrize("query", [{}, {"q": "practice"}, {"show": "to_be_set"}])
@pytest.mark.parametrize("kind", ["", "gp"])
def test_every_organisation_is_on_exactly_one_page(sam, kind, query):
    many(120, kind)
    seen, address = [], PAGE + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")
    while address:
        html = sam.get(address).content.decode()
        found = codes(html)
        assert len(found) <= 50
        seen += found
        link = re.search(r'href="([^"]+)">Next 50', html)
        address = link[1].replace("&amp;", "&") if link else ""
    expected = list(Registration.objects.filter(code__startswith="Z").values_list("code", flat=True).order_by("code"))
    if query.get("show") == "to_be_set" and kind:
        expected = []
    assert [code for code in seen if code.startswith("Z")] == expected
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("count", [2, 20, 1200])
@pytest.mark.parametrize("query", [{}, {"q": "practice"}, {"show": "to_be_set"}])
def test_the_number_of_queries_does_not_grow(sam, count, query, django_assert_max_num_queries):
    many(count, "")
    text(sam, **query)
    with django_assert_max_num_queries(8):
        text(sam, **query)


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": "1"}, {"after": "7 A"}, {"show": "no"}, {"q": "\0%_'"}])
def test_whatever_an_address_holds_is_answered(sam, query):
    assert sam.get(PAGE, query).status_code == 200


def test_an_unknown_year_is_not_there(sam):
    assert sam.get("/register/1999-00/kinds/").status_code == 404
    assert sam.get("/register/1999-00/kinds/upload/").status_code == 404


def test_a_name_is_escaped(sam):
    to_be_set("ZZ9", '<b>"x')
    html = text(sam)
    assert "&lt;b&gt;&#34;x" in html
    assert "<b>" not in html


def test_home_leads_the_service_team_here(sam):
    assert f'href="{PAGE}"' in sam.get("/").content.decode()


# Setting them row by row


def test_several_kinds_are_set_in_one_form(sam):
    one, other = to_be_set("ZZ1"), to_be_set("ZZ2")
    response = sam.post(PAGE + "?show=to_be_set", posted((one, "gp", ""), (other, "pharmacy", "")))
    assert (response.status_code, response.headers["Location"]) == (302, PAGE + "?show=to_be_set")
    assert "2 kinds are set." in sam.get(PAGE).content.decode()
    assert set(Registration.objects.filter(code__startswith="ZZ").values_list("kind", "source")) == {
        ("gp", SOURCE),
        ("pharmacy", SOURCE),
    }


def test_a_form_in_which_nothing_was_chosen_changes_nothing(sam):
    one = to_be_set("ZZ1")
    sam.post(PAGE, posted((one, "", ""), source=""))
    assert "Nothing was changed." in sam.get(PAGE).content.decode()


def test_without_a_source_nothing_is_set_and_the_choice_is_kept(sam):
    one = to_be_set("ZZ1")
    response = sam.post(PAGE, posted((one, "gp", ""), source=""))
    html = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#source">Say where the kinds are from' in html
    assert '<option value="gp" selected>' in html
    assert "<title>Error: " in html


def test_an_old_form_shows_both_and_saves_on_the_second_time(sam):
    one = to_be_set("ZZ1")
    Registration.objects.filter(pk=one.pk).update(kind="acute")
    response = sam.post(PAGE, posted((one, "gp", "")))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Recorded now: <strong>Acute trust</strong>" in html
    assert '<option value="gp" selected>' in html
    assert f'name="seen-{one.pk}" value="acute"' in html
    assert sam.post(PAGE, posted((one, "gp", "acute"))).status_code == 302
    assert Registration.objects.get(pk=one.pk).kind == "gp"


def test_a_started_assessment_keeps_its_kind_on_the_page_and_off_it(sam, cast):
    started(cast.ada)
    own = Registration.objects.get(code="DMA001")
    html = text(sam)
    assert "Its assessment is started, so its kind stays." in html
    assert f'name="kind-{own.pk}"' not in html
    response = sam.post(PAGE, posted((own, "ambulance", "acute")))
    assert (response.status_code, Registration.objects.get(pk=own.pk).kind) == (422, "acute")


@pytest.mark.parametrize("field", ["kind-x", "kind-99999999999999999999", "kind-", "kind-0"])
def test_fields_of_nobody_do_no_harm(sam, field):
    assert sam.post(PAGE, {field: "gp", "source": SOURCE}).status_code in (302, 422)


# Spreadsheets


def test_a_spreadsheet_is_shown_first_and_set_when_confirmed(sam):
    one = to_be_set("ZZ1", "Tŷ Gwyn")
    page = sam.post(UPLOAD, {"file": csv_file("code,kind\nzz1,General practice\nDMA001,acute\n"), "source": SOURCE})
    html = page.content.decode()
    assert page.status_code == 200
    assert "kinds.csv would set 1 kind. 1 is so already." in " ".join(html.split())
    assert "<td>To be set</td><td>General practice</td><td>ERIC 2015/16</td>" in html
    assert Registration.objects.get(pk=one.pk).kind == ""
    proposed = re.search(r'name="proposed" value="([^"]*)"', html)[1]
    assert sam.post(UPLOAD, {"proposed": proposed}).headers["Location"] == PAGE
    found = Registration.objects.get(pk=one.pk)
    assert (found.kind, found.source) == ("gp", SOURCE)
    assert "1 kind is set." in sam.get(PAGE).content.decode()


def test_a_workbook_is_taken(sam):
    to_be_set("ZZ1")
    book, packed = Workbook(), BytesIO()
    book.active.append(["code", "kind"])
    book.active.append(["ZZ1", "gp"])
    book.save(packed)
    given = SimpleUploadedFile("kinds.xlsx", packed.getvalue())
    assert "would set 1 kind" in sam.post(UPLOAD, {"file": given}).content.decode()


def test_wrong_rows_are_named_by_line_and_nothing_can_be_confirmed(sam):
    page = sam.post(UPLOAD, {"file": csv_file("code,kind\nR9Z,acute\nDMA001,HOTEL\n")})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Line 2: “R9Z” is not registered for 2015-16" in html
    assert "Line 3: kind “HOTEL” is not known" in html
    assert 'name="proposed"' not in html


def test_a_confirmation_that_comes_too_late_sets_nothing(sam):
    one = to_be_set("ZZ1")
    html = sam.post(UPLOAD, {"file": csv_file("code,kind\nZZ1,gp\n")}).content.decode()
    proposed = re.search(r'name="proposed" value="([^"]*)"', html)[1]
    Registration.objects.filter(pk=one.pk).update(kind="acute")
    late = sam.post(UPLOAD, {"proposed": proposed})
    assert late.status_code == 409
    assert "Some kinds were set by somebody else after the preview" in late.content.decode()
    assert Registration.objects.get(pk=one.pk).kind == "acute"


@pytest.mark.parametrize(
    "proposed", ["", "x", "1\tgp", "a\tgp\t\tsource", "1\tgp\t\tsource\textra", "9" * 30 + "\tgp\t\ts"]
)
def test_a_broken_confirmation_is_answered(sam, proposed):
    assert sam.post(UPLOAD, {"proposed": proposed}).status_code in (302, 422)


FILES = {
    "nothing": (None, "Choose a spreadsheet"),
    "an empty one": (("kinds.csv", b""), "Choose a spreadsheet that is not empty"),
    "too large": (("kinds.csv", b"code,kind\n" + b"A" * 2_000_001), "It is over 2 MB"),
    "a picture": (("kinds.png", b"\x89PNG\r\n\x1a\n\x00"), "not UTF-8"),
    "no kinds": (("kinds.csv", b"code,name\nZZ1,A\n"), "has no column kind"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used_says_why(sam, case):
    given, words = FILES[case]
    page = sam.post(UPLOAD, {"file": SimpleUploadedFile(*given)} if given else {})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "<title>Error: " in page.content.decode()


def test_a_spreadsheet_that_changes_nothing_says_so(sam):
    html = sam.post(UPLOAD, {"file": csv_file("code,kind\nDMA001,acute\n")}).content.decode()
    assert "would change nothing" in html
    assert 'name="proposed"' not in html
