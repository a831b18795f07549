"""Starting an assessment, and naming the people who answer for it."""

import pytest

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.assessments import (
    NOBODY,
    StalePeople,
    name_senior_people,
    people_digest,
    senior_people,
    start_assessment,
)
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import Assessment
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, make_person

pytestmark = pytest.mark.usefixtures("summer")


def unstarted(person) -> Assessment:
    return scope.find_assessment(person, person.organisation.code, "2015-16")


def test_an_administrator_starts_the_years_assessment(cast, summer, told):
    start_assessment(unstarted(cast.ada), by=cast.ada)
    found = unstarted(cast.ben)
    assert found.is_started
    assert (found.kind, found.framework_code, found.started_by, found.started_at) == (
        "acute",
        "igt-13",
        cast.ada,
        summer,
    )
    assert told(cast.ada.organisation) == [
        (
            "assessment_started",
            cast.ada.email,
            {"after": {"framework": "igt-13", "kind": "acute", "year": "2015-16"}},
        )
    ]


def test_starting_twice_starts_once(cast, told):
    two = unstarted(cast.ada), unstarted(cast.ada)
    first, second, third = (start_assessment(each, by=cast.ada) for each in (*two, unstarted(cast.ada)))
    assert first.pk == second.pk == third.pk
    assert len(told(cast.ada.organisation)) == 1


@pytest.mark.parametrize("who", ["ben", "con", "rex", "cleo", "nia", "sam"])
def test_nobody_else_starts_it(cast, told, who):
    with pytest.raises(Refused):
        start_assessment(unstarted(cast.ada), by=getattr(cast, who))
    assert not unstarted(cast.ada).is_started
    assert told(cast.ada.organisation) == []


def test_a_kind_to_be_set_cannot_start(cast):
    person = make_person("una", make_organisation("DMU001", kind=""), "administrator")
    with pytest.raises(Invalid, match="service team must set your organisation's kind"):
        start_assessment(unstarted(person), by=person)
    assert not unstarted(person).is_started


def test_a_kind_without_requirements_cannot_start(cast):
    person = make_person("una", make_organisation("DMU001", kind="dental"), "administrator")
    with pytest.raises(Invalid, match="Version 13 holds no requirements for dental practices yet"):
        start_assessment(unstarted(person), by=person)


NAMED = {"siro": ("Margaret Iredale", "Director of Finance"), "caldicott_guardian": (" Sunil Rao ", "")}


def test_senior_people_are_named_and_told(assessment, cast, told):
    name_senior_people(assessment, NAMED, by=cast.con)
    assert senior_people(unstarted(cast.ben)) == {
        "siro": ("Margaret Iredale", "Director of Finance"),
        "caldicott_guardian": ("Sunil Rao", ""),
        "ig_lead": NOBODY,
        "chief_executive": NOBODY,
    }
    event, by, facts = told(cast.ada.organisation)[-1]
    assert (event, by, facts["before"]) == ("senior_people_named", cast.con.email, {})
    assert facts["after"] == {"siro": "Margaret Iredale, Director of Finance", "caldicott_guardian": "Sunil Rao"}


def test_naming_the_same_people_again_changes_nothing(assessment, cast, told):
    for seen in (people_digest(senior_people(assessment)), "an old form", None):
        name_senior_people(assessment, NAMED, by=cast.con, seen=seen)
    assert len(told(cast.ada.organisation)) == 2


def test_an_empty_name_clears_the_post(assessment, cast, told):
    name_senior_people(assessment, NAMED, by=cast.con)
    name_senior_people(assessment, {"siro": NOBODY}, by=cast.con)
    assert senior_people(assessment)["siro"] == NOBODY
    assert senior_people(assessment)["caldicott_guardian"] == ("Sunil Rao", "")
    assert told(cast.ada.organisation)[-1][2]["after"] == {"caldicott_guardian": "Sunil Rao"}


def test_names_given_from_an_old_form_are_refused_with_what_stands(assessment, cast):
    seen = people_digest(senior_people(assessment))
    name_senior_people(assessment, NAMED, by=cast.con, seen=seen)
    with pytest.raises(StalePeople) as refused:
        name_senior_people(assessment, {"siro": ("Somebody Else", "")}, by=cast.ada, seen=seen)
    assert refused.value.theirs["siro"] == ("Margaret Iredale", "Director of Finance")
    assert senior_people(assessment)["siro"] == ("Margaret Iredale", "Director of Finance")


@pytest.mark.parametrize(
    ("named", "field", "words"),
    [
        ({"siro": ("x" * 101, "")}, "siro-name", "100 characters or fewer"),
        ({"siro": ("x", "y" * 101)}, "siro-title", "100 characters or fewer"),
        ({"siro": ("Margaret\x00", "")}, "siro-name", "after “Margaret”"),
        ({"siro": ("\ud800", "")}, "siro-name", "at its beginning"),
        ({"siro": ("", "Director of Finance")}, "siro-name", "Enter a name"),
        ({"president": ("x", "")}, "president-name", "There is no post “president”"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(assessment, cast, told, named, field, words):
    with pytest.raises(Invalid) as refused:
        name_senior_people(assessment, named, by=cast.con)
    assert list(refused.value.errors) == [field]
    assert words in refused.value.errors[field]
    assert len(told(cast.ada.organisation)) == 1


@pytest.mark.parametrize("who", ["ben", "cleo", "nia", "sam"])
def test_who_may_not_name_is_refused(assessment, cast, who):
    with pytest.raises(Refused):
        name_senior_people(assessment, NAMED, by=getattr(cast, who))
    assert senior_people(assessment)["siro"] == NOBODY


def test_nobody_is_named_once_final_is_submitted(assessment, cast):
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    with pytest.raises(Refused):
        name_senior_people(assessment, NAMED, by=cast.ada)
