"""Files that take a while, as the National Data Guardian's reader asks for them, waits and fetches."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from igtoolkit.actions.files import begin_file, count_parts, finish_file, give_up_file
from igtoolkit.records import clock
from igtoolkit.records.models import RequestedFile
from igtoolkit.reports import requested
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_person
from tests.reports.small_nation import report_at, trust
from tests.worlds import world

ASK = f"/national/{YEAR}/baseline/files/"

pytestmark = pytest.mark.django_db


def reader_called(name: str) -> Client:
    client = Client()
    client.force_login(make_person(name, reads_for_ndg=True))
    return client


@pytest.fixture
def reader() -> Client:
    return reader_called("nia")


@world
def nation():
    report_at(trust("DMA001"), Stage.BASELINE, 2)


@pytest.fixture
def file(reader, nation) -> RequestedFile:
    reader.post(ASK, {"what": "board_pdfs"})
    return RequestedFile.objects.get()


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def address(file: RequestedFile, rest: str = "") -> str:
    return f"/national/files/{file.pk}/{rest}"


def test_the_national_report_leads_to_every_board_report(reader, nation):
    assert f'<a href="{ASK}">Every board report, PDFs in one file</a>' in page(
        reader, f"/national/{YEAR}/baseline/caldicott2/"
    )
    assert "1 PDF in one ZIP file" in page(reader, ASK)


def test_asking_leads_to_where_it_is_being_made_and_asking_again_to_the_same(reader, nation):
    first, second = (reader.post(ASK, {"what": "board_pdfs"}) for _ in range(2))
    assert first.status_code == 302
    assert first["Location"] == second["Location"] == address(RequestedFile.objects.get())


@pytest.mark.parametrize(
    ("stage", "what", "said"), [("baseline", "", "Choose one"), ("final", "board_pdfs", "No trust")]
)
def test_what_cannot_be_made_is_refused_in_words(reader, nation, stage, what, said):
    response = reader.post(ASK.replace("baseline", stage), {"what": what})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not RequestedFile.objects.exists()


@pytest.mark.parametrize("place", ["2051-16/baseline", "2015-16/finale", "2013-14/final"])
def test_there_are_no_files_of_a_stage_without_a_report(reader, place):
    assert reader.get(f"/national/{place}/files/").status_code == 404


def test_a_page_that_waits_asks_again_by_itself_without_javascript(reader, file):
    html = page(reader, address(file))
    assert "Waiting to be made" in html
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
    assert "data-igt-waits" in html
    assert "You may leave this page" in html


def test_how_far_it_is_stands_in_words_and_as_a_bar(reader, file):
    count_parts(begin_file(file.pk), 57, 214)
    html = page(reader, address(file))
    assert "<b>57</b> of 214 board reports" in html
    assert re.search(r'<progress [^>]*value="57" max="214" aria-labelledby="count">57 of 214</progress>', html)
    assert 'data-igt-says="A quarter is made"' in html


def test_a_file_that_nothing_takes_up_says_what_to_do(reader, file):
    RequestedFile.objects.update(asked_at=clock.now() - timedelta(minutes=2))
    assert "tell the service team that no worker is running" in page(reader, address(file))


def test_a_file_that_is_ready_is_fetched_and_no_page_waits(reader, file):
    assert reader.get(address(file, "download/"))["Location"] == address(file), "not ready yet"
    finish_file(begin_file(file.pk), "boards.zip", b"PK" * 700_000)
    html = page(reader, address(file))
    assert "data-igt-waits" not in html
    assert "refresh" not in html
    assert "1.4 MB" in html
    assert f'href="{address(file, "download/")}"' in page(reader, "/national/files/")
    got = reader.get(address(file, "download/"))
    assert (got.content, got["Content-Type"]) == (b"PK" * 700_000, "application/zip")
    assert got["Content-Disposition"] == 'attachment; filename="boards.zip"'


def test_a_file_that_failed_says_why_and_can_be_asked_for_again(reader, file):
    give_up_file(file.pk, "The process ended.")
    html = page(reader, address(file))
    assert "The process ended." in html
    assert f'action="{ASK}"' in html
    assert "Ask for it again" in html
    assert reader.get(address(file, "download/"))["Location"] == address(file)


def test_nobody_else_can_see_or_fetch_it(reader, file):
    finish_file(begin_file(file.pk), "boards.zip", b"zip")
    other = reader_called("ned")
    for rest in ("", "download/"):
        assert other.get(address(file, rest)).status_code == 404
    assert "board report" not in page(other, "/national/files/")
    team = Client()
    team.force_login(make_person("cat", serves=True))
    for rest in ("", "download/"):
        assert team.get(address(file, rest)).status_code == 403


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv", "json"])
def test_a_large_nation_is_asked_for_and_never_made_while_a_page_waits(reader, nation, monkeypatch, form):
    trust("DMA002")
    monkeypatch.setattr(requested, "MOST_AT_ONCE", 1)
    download = reader.get(f"/national/{YEAR}/baseline/caldicott2.{form}")
    assert (download.status_code, download["Location"]) == (302, ASK)
    assert f'name="what" value="national_{form}"' in page(reader, ASK)
    asked = reader.post(ASK, {"what": f"national_{form}"})
    assert asked["Location"] == address(RequestedFile.objects.get())


def test_the_list_takes_as_many_queries_for_two_files_as_for_twenty(reader, django_assert_max_num_queries):
    nia = RequestedFile._meta.get_field("asked_by").related_model.objects.get()
    for n in range(20):
        at = clock.now()
        RequestedFile.objects.create(asked_by=nia, what="board_pdfs", year=YEAR, stage="final", asked_at=at, done=n)
    with django_assert_max_num_queries(5) as taken:
        html = page(reader, "/national/files/")
    assert html.count("igt-files__file") == 20
    assert not any(
        '"content"' in each["sql"].replace('LENGTH("records_requestedfile"."content")', "") for each in taken
    )
