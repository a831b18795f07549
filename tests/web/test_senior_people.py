"""Naming the senior people by a plain form."""

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.assessments import NOBODY, name_senior_people, senior_people
from igtoolkit.records.models import Assessment, SeniorPerson
from igtoolkit.standard.words import Stage
from tests.web.reading import form_of, title, words

PLACE = "/organisations/DMA001/2015-16/"
PAGE = PLACE + "senior-people/"


@pytest.fixture
def con(client, cast, assessment):
    """A contributor's browser."""
    client.force_login(cast.con)
    return client


def test_names_are_saved_and_shown(con, assessment):
    sent = form_of(con.get(PAGE), "version")
    sent |= {"siro-name": [" Margaret   Iredale "], "siro-title": ["Director of Finance"]}
    told = con.post(PAGE, sent)
    assert (told.status_code, told.url) == (302, PLACE)
    assert senior_people(assessment)["siro"] == ("Margaret Iredale", "Director of Finance")
    shown = con.get(PLACE)
    assert "The senior people are saved." in words(shown)
    assert title(shown).startswith("Saved: Assessment")
    assert title(con.get(PLACE)).startswith("Assessment")
    assert form_of(con.get(PAGE), "version")["siro-name"] == ["Margaret Iredale"]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"siro-name": "x" * 101}, "siro-name", "Name must be 100 characters or fewer; it has 101"),
        ({"ig_lead-name": "Con\x00"}, "ig_lead-name", "Name holds a character that cannot be kept, after “Con”"),
        ({"siro-name": "Ada \u202eradI"}, "siro-name", "Name holds a character that cannot be seen"),
        ({"siro-name": "Ada", "siro-title": "a\u2066b"}, "siro-title", "Job title holds a character that cannot be"),
        ({"ig_lead-title": "Head"}, "ig_lead-name", "Enter a name to go with the job title"),
    ],
)
def test_what_is_wrong_is_said_beside_the_name_and_nothing_is_lost(con, assessment, given, field, said):
    typed = {**form_of(con.get(PAGE), "version"), "chief_executive-name": "Bola Adeyemi", **given}
    page = con.post(PAGE, typed)
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert f'<a href="#{field}">' in page.content.decode()
    post = SeniorPerson.Post(field.split("-")[0]).label
    assert f'<a href="#{field}">{post}: {said[:1].lower()}{said[1:]}' in page.content.decode().replace("&#39;", "'")
    assert f"Error: {said}" in words(page)
    sent = form_of(page, "version")
    assert sent["chief_executive-name"] == ["Bola Adeyemi"]
    assert all(sent[name] == [value] for name, value in given.items())
    assert senior_people(assessment)["chief_executive"] == NOBODY


def test_an_old_form_is_refused_with_both_sets_of_names(con, assessment, cast):
    mine = form_of(con.get(PAGE), "version")
    name_senior_people(assessment, {"siro": ("Margaret Iredale", "Director of Finance")}, by=cast.ada)
    page = con.post(PAGE, {**mine, "siro-name": ["Somebody Else"]})
    assert page.status_code == 409
    assert "Senior Information Risk Owner: Margaret Iredale, Director of Finance (differs from yours)" in words(page)
    sent = form_of(page, "version")
    assert sent["siro-name"] == ["Somebody Else"]
    assert senior_people(assessment)["siro"][0] == "Margaret Iredale"
    assert con.post(PAGE, sent).status_code == 302
    assert senior_people(assessment)["siro"] == ("Somebody Else", "")


def test_errors_are_listed_as_the_page_reads(con):
    typed = {"ig_lead-name": "Con\x00", "siro-title": "x" * 101, "siro-name": ""}
    html = con.post(PAGE, {**form_of(con.get(PAGE), "version"), **typed}).content.decode()
    places = [html.index(f'<a href="#{field}">') for field in ("siro-name", "siro-title", "ig_lead-name")]
    assert places == sorted(places)


def test_ones_own_other_window_is_called_that(con, assessment, cast):
    mine = form_of(con.get(PAGE), "version")
    name_senior_people(assessment, {"siro": ("Margaret Iredale", "")}, by=cast.con)
    page = con.post(PAGE, {**mine, "siro-name": ["Somebody Else"]})
    assert page.status_code == 409
    assert title(page).startswith("Changed in another window: ")
    assert "You saved the senior people in another window" in words(page)
    assert "omebody else changed" not in words(page)


def test_a_form_that_names_no_version_overwrites_nothing(con, assessment, cast):
    name_senior_people(assessment, {"siro": ("Margaret Iredale", "")}, by=cast.ada)
    assert con.post(PAGE, {"siro-name": "Somebody Else"}).status_code == 409
    assert senior_people(assessment)["siro"][0] == "Margaret Iredale"


def test_a_viewer_reads_the_names(client, assessment, cast):
    name_senior_people(assessment, {"siro": ("Margaret <Iredale>", "")}, by=cast.ada)
    client.force_login(cast.ben)
    page = client.get(PAGE)
    assert "Margaret <Iredale>" in words(page)
    assert 'name="version"' not in page.content.decode()
    assert client.post(PAGE, {"siro-name": "x"}).status_code == 403


def test_names_typed_while_final_was_submitted_are_given_back(con, assessment, cast):
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    page = con.post(PAGE, {"siro-name": "Margaret Iredale", "siro-title": "Director", "version": "x"})
    assert page.status_code == 409
    assert "Final was submitted meanwhile, so this was not saved" in words(page)
    assert "Margaret Iredale, Director</textarea>" in page.content.decode()
    assert senior_people(assessment)["siro"] == NOBODY
    con.force_login(cast.ben)
    assert con.post(PAGE, {"siro-name": "x"}).status_code == 403


def test_before_the_start_nobody_is_named(client, cast):
    client.force_login(cast.cleo)
    page = client.get("/organisations/DMA002/2015-16/senior-people/")
    assert "This assessment has not been started." in words(page)
    assert words(page).count("Not named") == 4
