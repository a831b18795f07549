"""A code that one body gave up and another has since: neither is ever taken for the other."""

import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from igtoolkit.access import scope
from igtoolkit.actions.register import codes, lives
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation, Registration
from igtoolkit.reports.national import earlier_statuses, national_report
from igtoolkit.reports.verify import verify
from igtoolkit.standard.words import Stage
from tests.access.conftest import bring_to
from tests.access.pages import CLOSED
from tests.actions.test_organisation_lives import load, organisation, reasons
from tests.conftest import make_organisation, make_person, record, register, stand_ready, started, submit_final
from tests.worlds import world

YEAR = "2015-16"
BOARD = "/organisations/{}/2015-16/baseline/caldicott2{}"
pytestmark = pytest.mark.django_db


@world
def vacated(cast):
    """DMA001 submitted Baseline and Final of 2015-16, and has been NEW01 since February 2016."""
    bring_to(CLOSED, cast)
    codes.change_code("DMA001", "NEW01", on=date(2016, 2, 1))
    register(organisation("NEW01"), year="2016-17")
    return organisation("NEW01")


def browser(person) -> Client:
    client = Client()
    client.force_login(type(person).objects.get(pk=person.pk))
    return client


@pytest.mark.parametrize("year", [YEAR, "2016-17"])
def test_a_code_given_up_makes_another_organisation(vacated, year):
    opened = date(2016, 2, 3) if year == YEAR else date(2016, 4, 8)
    loaded = load(f"DMA001,Brand new body,ACUTE,{opened}\n", year)
    assert (len(loaded.new), loaded.changed, loaded.wrong) == (1, (), ())
    new = organisation("DMA001")
    assert (new.name, new.opened, new.code_since) == ("Brand new body", opened, opened)
    assert set(new.registrations.values_list("year", "code")) == {(year, "DMA001")}
    assert organisation("NEW01").name == "Trust DMA001"
    assert set(vacated.registrations.values_list("year", "code")) == {(YEAR, "NEW01"), ("2016-17", "NEW01")}
    assert load(f"DMA001,Brand new body,ACUTE,{opened}\n", year).unchanged == 1
    assert list(verify(Counter())) == []


def test_the_new_bodys_people_see_nothing_of_the_old_ones(vacated):
    load("DMA001,Brand new body,ACUTE,20160408\n", "2016-17")
    newcomer = browser(make_person("newcomer", organisation("DMA001"), "administrator"))
    for code in ("DMA001", "NEW01"):
        for path in ("", "baseline/caldicott2/", "baseline/caldicott2.json", "final/caldicott2.pdf", "senior-people/"):
            assert newcomer.get(f"/organisations/{code}/{YEAR}/{path}").status_code == 404, (code, path)
        assert newcomer.get(f"/api/v1/organisations/{code}/{YEAR}/").status_code == 404
    told = newcomer.get("/api/v1/organisations/").json()["items"]
    assert [(each["code"], [one["year"] for one in each["registrations"]]) for each in told] == [
        ("DMA001", ["2016-17"])
    ]
    page = newcomer.get("/organisations/DMA001/2016-17/")
    assert (page.status_code, "has not been started" in page.content.decode()) == (200, True)


def test_the_old_ones_return_stays_under_its_code_of_that_day(vacated, cast, client):
    load("DMA001,Brand new body,ACUTE,20160408\n", "2016-17")
    for person in (cast.ben, cast.nia):
        for code in ("DMA001", "NEW01"):
            report = browser(person).get(BOARD.format(code, ".json")).json()
            assert (report["organisation"]["code"], report["organisation"]["name"]) == ("DMA001", "Trust DMA001")
    for address in ("/api/v1/published/{}/2015-16/", "/published/{}/2015-16/"):
        for code in ("DMA001", "NEW01"):
            assert "Trust DMA001" in client.get(address.format(code)).content.decode()
        assert client.get(address.format("DMA001").replace("2015", "2016").replace("16/", "17/")).status_code == 404


def test_a_row_with_a_code_given_up_says_which_body_it_means(vacated):
    was = "DMA001 was a code of Trust DMA001 until 2016-02-01"
    undated, before = load("DMA001,Brand new body,ACUTE\n", "2016-17"), load("DMA001,B,ACUTE,19910401\n", "2016-17")
    assert reasons(undated) == [f"{was}: give the opening day of the body that has it now, or the code that it has now"]
    assert reasons(before) == [f"{was}, and this opened before, on 1991-04-01: look up its code and its opening day"]
    assert not Organisation.objects.filter(name__in=("Brand new body", "B")).exists()
    assert load("DMA001,Trust DMA001,ACUTE\n").new == ()  # in the year it had the code, it is still who is meant


def test_a_register_of_all_times_still_speaks_of_the_body_that_closed():
    load("R1A,Old body,ACUTE,19910401,20140331\n")
    load("R1A,Another,ACUTE,20160601\n", "2016-17")
    loaded = load("R1A,Old body,ACUTE,19910401,20140331\n", "2016-17")
    assert (loaded.unchanged, loaded.not_of_year, loaded.wrong) == (1, 1, ())


# One code, two bodies, one year


@pytest.fixture
def within(cast, monkeypatch):
    """DMA001 reported and closed in August 2015, and another body was given its code in September and reported too."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2015, 7, 1, 9, 0, tzinfo=UTC))
    old = started(cast.ada)
    record(old, {"13-202": 2}, by=cast.ada)
    submit(old, Stage.BASELINE, key="old", arrived=clock.now(), by=cast.ada)
    submit(old, Stage.BASELINE, key="old 2", arrived=clock.now(), by=cast.ada, reason="A figure was wrong")
    submit_final(stand_ready(old, cast, level=2), by=cast.ada, at=clock.now())
    lives.close("DMA001", on=date(2015, 8, 31))
    load("DMA001,Another body,ACUTE,20150901\n")
    newcomer = make_person("newcomer", organisation("DMA001"), "administrator")
    new = started(newcomer)
    submit(new, Stage.BASELINE, key="new", arrived=clock.now(), by=newcomer)
    submit_final(stand_ready(new, cast, level=3), by=newcomer, at=clock.now())
    return organisation("DMA001~1"), organisation("DMA001")


def test_both_bodies_are_in_the_national_report(within):
    found = {each["code"]: each for each in national_report(YEAR, "baseline")["organisations"]}
    names = {code: each["name"] for code, each in found.items() if code.startswith("DMA001")}
    assert names == {"DMA001": "Another body", "DMA001~1": "Trust DMA001"}
    assert found["DMA001"]["statuses"] != found["DMA001~1"]["statuses"]
    assert set(earlier_statuses(national_report(YEAR, "final"))) == set()  # nobody made an update
    assert [each["submitted"] for code, each in found.items() if code.startswith("DMA001")] == [True, True]


def test_the_nations_links_lead_to_each_of_them(within, cast):
    reader = browser(cast.nia)
    page = reader.get(f"/national/{YEAR}/baseline/caldicott2/").content.decode()
    for code, name in (("DMA001", "Another body"), ("DMA001~1", "Trust DMA001")):
        assert BOARD.format(code, "/") in page
        board = reader.get(BOARD.format(code, "/")).content.decode()
        assert f"{name}</h1>" in board
        assert BOARD.format(code, ".pdf") in board
        assert reader.get(BOARD.format(code, ".json")).json()["organisation"]["name"] == name
    assert (
        f"/organisations/DMA001~1/{YEAR}/baseline/1/caldicott2/"
        in reader.get(BOARD.format("DMA001~1", "/")).content.decode()
    )


def test_the_public_links_lead_to_each_of_them(within, cast, client):
    listed = client.get("/api/v1/published/").json()["items"]
    urls = {each["name"]: [one["url"] for one in each["published"]] for each in listed}
    assert urls == {
        "Another body": ["/api/v1/published/DMA001/2015-16/"],
        "Trust DMA001": ["/api/v1/published/DMA001~1/2015-16/"],
    }
    for name, (url,) in urls.items():
        assert json.loads(client.get(url).content)["organisation"]["name"] == name
    register_ = browser(cast.nia).get("/api/v1/organisations/DMA001~1/").json()["registrations"]
    assert [(each["code"], each["published"]) for each in register_] == [
        ("DMA001", "/api/v1/published/DMA001~1/2015-16/")
    ]
    home = client.get("/?q=DMA001").content.decode()
    assert "/published/DMA001/2015-16/" in home
    assert "/published/DMA001~1/2015-16/" in home


def test_a_code_taken_over_leads_to_who_had_it_in_each_year(cast):
    """DMA002 takes DMA001's code in the next year: its Final of this one is found by its code of then."""
    bring_to(CLOSED, cast)
    theirs = started(cast.cleo)
    submit_final(stand_ready(theirs, cast), by=cast.cleo, at=clock.now())
    lives.close("DMA001", on=date(2016, 4, 30))
    codes.change_code("DMA002", "DMA001", on=date(2016, 6, 1))
    found = scope.published_years([organisation("DMA001"), organisation("DMA001~1")])
    assert found == {organisation("DMA001").pk: {YEAR: "DMA002"}, organisation("DMA001~1").pk: {YEAR: "DMA001"}}
    for pk, years in found.items():
        assert [scope.find_published(code, year).organisation_id for year, code in years.items()] == [pk]


def test_a_page_of_codes_passed_on_costs_no_more(within, cast):
    reader, counts = browser(cast.nia), []
    reader.get("/api/v1/organisations/")  # notes the day
    for n in range(2):
        for i in range(20 * n):
            made = make_organisation(f"R{i:03}~1")
            Registration.objects.filter(organisation=made).update(code="DMA001")
        with CaptureQueriesContext(connection) as asked:
            told = reader.get("/api/v1/organisations/?limit=100").json()["items"]
        assert len(told) == 3 + 20 * n
        counts.append(len(asked))
    assert counts[0] == counts[1]
