"""Levels from a file on the organisation's own pages: shown as they stand, and said to be imported."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.scores.files import read_scores
from igtoolkit.actions.scores.importing import import_scores
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation, Person
from tests.conftest import make_organisation, make_person, record, started
from tests.web.reading import words

COMPANY = "commercial_third_party"
HERE = "/organisations/8HX01/2015-16/"
TRUST = "/organisations/RXX01/2015-16/"
DAYS = {"Baseline": "2015-07-20", "Performance Update": "2015-10-20", "Final": "2016-03-09"}


@pytest.fixture(autouse=True)
def spring(monkeypatch, db):
    """30 March 2016 in the morning."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2016, 3, 30, 10, 0, tzinfo=UTC))


@pytest.fixture
def carol() -> Person:
    """Administrator of a company that submits Final alone."""
    return make_person("carol", make_organisation("8HX01", kind=COMPANY), "administrator")


@pytest.fixture
def tess() -> Person:
    """Administrator of a trust."""
    return make_person("tess", make_organisation("RXX01"), "administrator")


def bring(organisation: Organisation, stage: str, level: int, leaving_out: int = 0) -> None:
    """Import a stage with every requirement of the set at one level, but for the last ones left out."""
    asked = scope.unstarted(organisation, organisation.registrations.get()).framework.requirements
    codes = [each.code for each in asked][: len(asked) - leaving_out]
    rows = "".join(f"{stage},13,{DAYS[stage]},{code},{level}\n" for code in codes)
    import_scores(organisation, read_scores(f"stage,toolkit_version,date,requirement,level\n{rows}".encode(), "s.csv"))


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_imported_final_is_shown_as_it_is_published(carol):
    bring(carol.organisation, "Final", 3)
    page = browser(carol).get(HERE)
    assert "17 of 17 scored" in words(page)
    assert "Score and grade of Final 100% ● Satisfactory 51 of 51 points" in words(page)
    assert "the levels are as they were given, and which criteria stand behind them is not known" in words(page)
    assert len(re.findall("State ?Imported", words(page))) == 17
    assert "Not complete" not in words(page)
    assert "improvement-plan/" not in page.content.decode()
    assert "100%" in words(Client().get("/published/8HX01/2015-16/"))


def test_a_requirement_of_an_imported_final_says_its_level_and_where_it_is_from(carol):
    bring(carol.organisation, "Final", 2)
    page = words(browser(carol).get(f"{HERE}requirements/13-114/"))
    assert "■■□ Level 2 Final was imported from a file: the level is as given" in page
    assert "Not scored" not in page
    assert "still needs" not in page


def test_an_imported_final_below_level_2_asks_for_a_plan(carol):
    bring(carol.organisation, "Final", 1, leaving_out=1)
    page = browser(carol).get(HERE)
    assert "16 of 17 scored" in words(page)
    assert "31% ■ Not satisfactory 16 of 51 points; 17 requirements are below level 2" in words(page)
    assert len(re.findall("State ?Not in the file", words(page))) == 1
    assert f'href="{HERE}improvement-plan/"' in page.content.decode()


def test_the_list_of_an_imported_final_is_narrowed_by_its_levels(carol):
    bring(carol.organisation, "Final", 1, leaving_out=1)
    page = words(browser(carol).get(HERE))
    assert "All 17 Not scored 1 Below level 2 17" in page
    assert "Not complete" not in page


def test_an_imported_final_that_is_opened_again_says_what_was_imported(carol):
    bring(carol.organisation, "Final", 1)
    reopen_final(scope.find_assessment(carol, "8HX01", "2015-16"), by=carol)
    page = browser(carol).get(HERE)
    assert "0 of 17 scored" in words(page)
    assert "Final was imported from a file, as levels alone: 17 of 17 scored, 33% Not satisfactory" in words(page)
    assert len(re.findall("Not scored 1 imported", words(page))) == 17
    assert f'href="{HERE}improvement-plan/"' in page.content.decode()


def test_an_imported_stage_stands_beside_the_open_draft(tess):
    bring(tess.organisation, "Baseline", 2, leaving_out=5)
    page = words(browser(tess).get(TRUST))
    assert "0 of 45 scored" in page
    assert "Baseline was imported from a file, as levels alone: 40 of 45 scored, 59% Not satisfactory." in page
    assert "Nothing is recorded yet." in page
    assert page.count("2 imported") == 40
    record(scope.find_assessment(tess, "RXX01", "2015-16"), {"13-101": 1}, by=tess)
    assert "Nothing is recorded yet." not in words(browser(tess).get(TRUST))


def test_what_a_person_submitted_says_nothing_of_files(tess):
    started(tess)
    assert "imported" not in words(browser(tess).get(TRUST))


def test_imported_stages_of_a_small_body_are_listed(carol):
    assert "Baseline" not in words(browser(carol).get(HERE)).split("Stages")[-1]
    bring(carol.organisation, "Baseline", 1)
    bring(carol.organisation, "Performance Update", 2)
    page = browser(carol).get(HERE)
    for stage, name in (("baseline", "Baseline"), ("update", "Performance Update")):
        assert f'href="{HERE}{stage}/submitted/"' in page.content.decode()
        assert f'href="{HERE}{stage}/submit/"' not in page.content.decode()
        assert f"{name} submitted" in words(browser(carol).get(f"{HERE}{stage}/submitted/"))
    assert f'href="{HERE}final/submit/"' in page.content.decode()
    assert "Final is due by 31 March 2016" in words(browser(carol).get(f"{HERE}baseline/submitted/"))


def test_nobody_says_who_answered_for_a_small_body_whose_final_was_imported(carol):
    bring(carol.organisation, "Final", 3)
    page = words(Client().get("/published/8HX01/2015-16/"))
    assert "Imported from earlier records." in page
    assert "one person answers for it" not in page


@pytest.mark.parametrize("stages", [["Baseline"], ["Baseline", "Performance Update"], ["Final"]])
def test_imported_levels_ask_few_queries(tess, django_assert_max_num_queries, stages):
    for stage in stages:
        bring(tess.organisation, stage, 2)
    tess_looks = browser(tess)
    tess_looks.get(TRUST)
    with django_assert_max_num_queries(10):
        tess_looks.get(TRUST)


def test_an_imported_final_that_is_opened_again_asks_few_queries(tess, django_assert_max_num_queries):
    bring(tess.organisation, "Final", 1)
    reopen_final(scope.find_assessment(tess, "RXX01", "2015-16"), by=tess)
    draft = scope.find_assessment(tess, "RXX01", "2015-16")
    record(draft, {"13-101": 1}, by=tess)
    draft.answers.update(completed_by=tess, completed_at=clock.now())
    tess_looks = browser(tess)
    for path in (TRUST, f"{TRUST}final/submit/"):
        tess_looks.get(path)
        with django_assert_max_num_queries(12):
            tess_looks.get(path)
