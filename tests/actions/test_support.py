"""Letting the service team look: by an administrator alone, for a day at most, and told in the trail."""

from datetime import UTC, datetime, timedelta

import pytest

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, Refused, may
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.support import grant_support, revoke_support, tell_look
from igtoolkit.records import clock
from tests.conftest import YEAR

MORNING = datetime(2015, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """at(instant): the clock of the service from now on."""

    def move(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    move(MORNING)
    return move


def sees(person, code="DMA001"):
    """Whether somebody finds an organisation's assessment."""
    found = scope.find_assessment(person, code, YEAR)
    return found is not None and may(person, Action.VIEW_ASSESSMENT, found)


def test_without_a_look_the_service_team_finds_no_assessment(cast, assessment):
    assert not sees(cast.sam)
    assert not scope.assessments(cast.sam).exists()


def test_a_look_shows_that_organisation_alone_until_its_time_is_over(cast, assessment, at):
    grant_support(reason="A comment is not saved", hours=2, by=cast.ada)
    assert sees(cast.sam)
    assert not sees(cast.sam, "DMA002")
    assert not sees(cast.nia)
    assert not sees(cast.cleo)
    at(MORNING + timedelta(hours=2) - timedelta(microseconds=1))
    assert sees(cast.sam)
    at(MORNING + timedelta(hours=2))
    assert not sees(cast.sam)
    assert not scope.assessments(cast.sam).exists()


def test_a_look_that_is_taken_back_ends_at_once(cast, assessment, at):
    granted = grant_support(reason="Look at 13-202", hours=24, by=cast.ada)
    revoke_support(granted, by=cast.ada)
    assert not sees(cast.sam)


def test_a_look_shows_the_assessment_and_nothing_else(cast, assessment, at):
    grant_support(reason="Look at 13-202", hours=24, by=cast.ada)
    found = scope.find_assessment(cast.sam, "DMA001", YEAR)
    assert [each for each in Action if may(cast.sam, each, found) and not may(cast.sam, each)] == [
        Action.VIEW_ASSESSMENT
    ]
    assert scope.find_submission(cast.sam, "DMA001", YEAR, "baseline") is None


@pytest.mark.parametrize("who", ["rex", "con", "ben", "nia", "sam"])
def test_only_an_administrator_grants_a_look(cast, assessment, at, who):
    with pytest.raises(Refused):
        grant_support(reason="Please look", hours=1, by=getattr(cast, who))
    assert not sees(cast.sam)


def test_another_trusts_administrator_takes_no_look_back(cast, assessment, at):
    granted = grant_support(reason="Please look", hours=1, by=cast.ada)
    with pytest.raises(type(granted).DoesNotExist):
        revoke_support(granted, by=cast.cleo)
    assert sees(cast.sam)


@pytest.mark.parametrize("hours", [None, 0, 25, -1, 1000])
def test_a_look_lasts_from_one_hour_to_a_day(cast, at, hours):
    with pytest.raises(Invalid) as told:
        grant_support(reason="Please look", hours=hours, by=cast.ada)
    assert told.value.errors == {"hours": "Enter a number of hours from 1 to 24"}


def test_a_look_says_what_for_and_there_is_one_at_a_time(cast, at):
    with pytest.raises(Invalid):
        grant_support(reason=" \n", hours=1, by=cast.ada)
    grant_support(reason="Please look", hours=1, by=cast.ada)
    with pytest.raises(Invalid):
        grant_support(reason="Once more", hours=1, by=cast.ada)
    at(MORNING + timedelta(hours=1))
    grant_support(reason="Once more", hours=1, by=cast.ada)


def test_granting_looking_and_taking_back_are_in_the_trail(cast, assessment, at, told):
    granted = grant_support(reason="Please look", hours=1, by=cast.ada)
    tell_look(assessment, address="/organisations/DMA001/2015-16/", by=cast.sam)
    tell_look(assessment, address="/organisations/DMA001/2015-16/", by=cast.ben)
    revoke_support(granted, by=cast.ada)
    revoke_support(granted, by=cast.ada)
    assert [(event, by) for event, by, _ in told(cast.ada.organisation)][-3:] == [
        ("support_granted", cast.ada.email),
        ("support_looked", cast.sam.email),
        ("support_revoked", cast.ada.email),
    ]
