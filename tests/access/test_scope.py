"""Scope (which rows) and policy (which answers) agree for every person."""

import pytest
from django.contrib.auth.models import AnonymousUser

from igtoolkit.access import scope
from igtoolkit.access.policy import ON_NOTHING, Action, Refused, knows, may, require
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import record, started
from tests.worlds import world


@world
def everybody(cast):
    for administrator in (cast.ada, cast.cleo):
        assessment = started(administrator)
        record(assessment, {"13-101": 2}, by=administrator)
        submit(assessment, Stage.BASELINE, key="k", arrived=clock.now(), by=administrator)
    return [
        AnonymousUser(),
        *(getattr(cast, name) for name in ("ada", "rex", "con", "ben", "cleo", "dev", "nia", "sam")),
    ]


def test_the_assessments_in_scope_are_those_the_policy_lets_be_seen(everybody):
    every = list(scope.everything(Assessment, reason="tests"))
    assert len(every) == 2
    for person in everybody:
        allowed = {each.pk for each in every if may(person, Action.VIEW_ASSESSMENT, each)}
        assert {each.pk for each in scope.assessments(person)} == allowed, person
        assert {each.pk for each in every if knows(person, Action.VIEW_ASSESSMENT, each)} == allowed


def test_the_submissions_in_scope_are_those_whose_report_the_policy_lets_be_read(everybody):
    every = list(scope.everything(Submission, reason="tests").select_related("assessment"))
    assert len(every) == 2
    for person in everybody:
        allowed = {each.pk for each in every if may(person, Action.VIEW_BOARD_REPORT, each)}
        assert {each.pk for each in scope.submissions(person)} == allowed, person


def test_every_action_is_refused_to_somebody_deactivated(everybody, cast):
    record_of = {"assessment": scope.find_assessment(cast.ada, "DMA001", "2015-16")}["assessment"]
    cast.ada.is_active = False
    granted = [action for action in Action if may(cast.ada, action, record_of)]
    assert granted == [Action.VIEW_PUBLIC_PAGE]
    assert list(scope.assessments(cast.ada)) == list(scope.submissions(cast.ada)) == []


def test_an_action_about_an_assessment_is_refused_without_one(cast):
    for action in set(Action) - ON_NOTHING:
        with pytest.raises(Refused):
            require(cast.ada, action, None)


def test_reaching_for_everything_needs_a_reason(db):
    with pytest.raises(ValueError, match="Say why"):
        scope.everything(Assessment, reason="")
