"""Whose rows each person reaches, by hand: every filter of scope, seen from a small nation."""

from datetime import timedelta

import pytest
from django.db import connection

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, knows, may
from igtoolkit.access.trail import audit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, Submission
from igtoolkit.records.models.desk import KEPT, RequestedFile
from tests.access.nation import BEFORE, VISITOR, gone, refuse_nul, send
from tests.conftest import YEAR, make_organisation, make_person, register


def test_whose_reports_are_read(cast, nation):
    assert set(scope.submissions(cast.ada)) == {nation.first, nation.corrected, nation.before}
    assert set(scope.submissions(cast.nia)) == {
        each for each in vars(nation).values() if isinstance(each, Submission)
    } - {nation.practices}
    for nobody in (VISITOR, cast.dev, cast.sam, gone(cast.cleo), gone(cast.nia)):
        assert list(scope.submissions(nobody)) == []


def test_whose_assessments_are_known(cast, nation):
    assert set(scope.assessments(cast.ada)) == set(Assessment.unscoped.filter(organisation=nation.one))
    for nobody in (VISITOR, cast.nia, cast.sam, gone(cast.cleo)):
        assert list(scope.assessments(nobody)) == []
        assert scope.find_assessment(nobody, "DMA002", YEAR) is None
    assert scope.find_assessment(cast.ada, "dma001", BEFORE) == nation.before.assessment
    assert scope.find_assessment(cast.ada, "DMA002", YEAR) is None
    assert scope.find_assessment(cast.ada, "DMA001", "2016-17") is None
    register(nation.one, year="2013-14", kind="mental_health")
    unstarted = scope.find_assessment(cast.ada, "DMA001", "2013-14")
    assert (unstarted.year, unstarted.kind, unstarted.is_started) == ("2013-14", "mental_health", False)


def test_a_look_is_for_one_organisation_and_its_hours(cast, nation):
    at = clock.now()
    facts = {"reason": "help", "granted_by": cast.ada, "hours": 1}
    hour = timedelta(hours=1)
    over = nation.two.support_accesses.create(granted_at=at - 2 * hour, until=at - hour, **facts)
    later = nation.two.support_accesses.create(granted_at=at + hour, until=at + 2 * hour, **facts)
    ended = nation.two.support_accesses.create(granted_at=at, until=at + hour, revoked_at=at, **facts)
    stands = nation.one.support_accesses.create(granted_at=at, until=at + hour, **facts)
    assert list(scope.support_accesses(cast.sam)) == [stands]
    assert set(scope.support_accesses(cast.cleo)) == {over, later, ended}
    assert set(scope.support_accesses(cast.ada)) == {stands}
    assert set(scope.assessments(cast.sam)) == {nation.first.assessment, nation.before.assessment}
    assert scope.find_assessment(cast.sam, "DMA001", YEAR) == nation.first.assessment
    assert scope.find_assessment(cast.sam, "DMA001", BEFORE) == nation.before.assessment
    assert scope.find_assessment(cast.sam, "DMA002", YEAR) is None
    assert scope.find_assessment(cast.sam, "ZZZ999", YEAR) is None
    theirs, lent = nation.final.assessment, nation.first.assessment
    assert [may(cast.sam, Action.VIEW_ASSESSMENT, each) for each in (lent, theirs)] == [True, False]
    assert [knows(cast.sam, Action.VIEW_ASSESSMENT, each) for each in (lent, theirs)] == [True, False]
    for nobody in (VISITOR, cast.nia, cast.ben, gone(cast.sam), gone(cast.cleo)):
        assert list(scope.support_accesses(nobody)) == []
    assert not may(cast.nia, Action.VIEW_ASSESSMENT, lent)
    assert not knows(cast.nia, Action.VIEW_ASSESSMENT, lent)


def test_looks_at_two_organisations_are_kept_apart(cast, nation):
    at = clock.now()
    for administrator in (cast.cleo, cast.ada):
        facts = {"reason": "help", "granted_by": administrator, "hours": 1, "until": at + timedelta(hours=1)}
        administrator.organisation.support_accesses.create(granted_at=at, **facts)
    assert scope.find_assessment(cast.sam, "DMA001", YEAR) == nation.first.assessment
    assert scope.find_assessment(cast.sam, "DMA002", YEAR) == nation.other.assessment
    assert scope.find_assessment(cast.sam, "DMG001", YEAR) is None


def test_whose_register_is_read(cast, nation):
    other = make_organisation("DMP001", year="1999-00")
    assert set(scope.organisations(cast.sam)) == {nation.one, nation.two, nation.practice, other}
    assert set(scope.organisations(cast.nia)) == {nation.one, nation.two}
    assert set(scope.organisations(cast.ada)) == {nation.one}
    for nobody in (VISITOR, gone(cast.cleo), gone(cast.sam)):
        assert list(scope.organisations(nobody)) == []


def test_whose_people_are_managed(cast, nation):
    assert {each.organisation for each in scope.people(cast.ada)} == {nation.one}
    assert cast.nia not in scope.people(cast.sam)
    assert cast.cleo in scope.people(cast.sam)
    assert scope.managed(cast.ada, "dma001") == nation.one
    assert scope.managed(cast.ada, "DMA002") is None
    assert scope.managed(cast.sam, "DMA002") == nation.two
    assert scope.managed(cast.sam, "ZZZ999") is None
    with connection.execute_wrapper(refuse_nul):
        assert scope.managed(cast.sam, "DMA002\0") is None
    for nobody in (VISITOR, cast.ben, cast.nia, gone(cast.cleo), gone(cast.sam)):
        assert list(scope.people(nobody)) == []
        assert scope.managed(nobody, "DMA002") is scope.managed(nobody, "DMA001") is None


def test_plans_are_the_service_teams(cast, nation):
    def plan(of, number=1):
        return of.plans.create(number=number, document="[]", sent_at=clock.now(), sent_by=cast.ada)

    old, new, again = plan(nation.final), plan(nation.final_corrected), plan(nation.final_corrected, 2)
    practices = plan(nation.practices)
    last_year = plan(send(nation.two, "final", year=BEFORE))
    send(nation.practice, "baseline", number=2, kind="gp")  # another stage's correction corrects no Final
    corrected = {each.pk: each.corrected for each in scope.plans(cast.sam)}
    assert corrected == {old.pk: True, new.pk: False, again.pk: False, practices.pk: False, last_year.pk: False}
    assert scope.find_plan(cast.sam, "DMA002", YEAR) == again
    assert scope.find_plan(cast.sam, "DMG001", YEAR) == practices
    assert scope.find_plan(cast.sam, "DMA002", BEFORE) == last_year
    assert scope.find_plan(cast.sam, "DMA001", YEAR) is None
    for nobody in (VISITOR, cast.ada, cast.nia, gone(cast.sam)):
        assert list(scope.plans(nobody)) == []
        assert scope.find_plan(nobody, "DMA002", YEAR) is None


def test_files_are_of_who_asked_for_a_day(cast, nation):
    def ask(by, at):
        return RequestedFile.objects.create(asked_by=by, what="national_pdf", year=YEAR, stage="baseline", asked_at=at)

    now, other = clock.now(), make_person("nora", reads_for_ndg=True)
    mine, theirs = ask(cast.nia, now), ask(other, now)
    ask(cast.nia, now - KEPT)
    ask(cast.ada, now)
    assert list(scope.requested_files(cast.nia)) == [mine]
    assert list(scope.requested_files(other)) == [theirs]
    for nobody in (VISITOR, cast.ada, cast.sam, gone(cast.nia)):
        assert list(scope.requested_files(nobody)) == []


def test_everybody_is_known_to_the_service_team_alone(cast, nation):
    assert set(scope.everybody(cast.sam)) == set(Person.objects.all())
    for nobody in (VISITOR, cast.ada, cast.nia, gone(cast.sam)):
        assert list(scope.everybody(nobody)) == []


def test_whose_trail_is_read(cast, nation):
    own, theirs, services = (audit(each, "report_read", by=None) for each in (nation.one, nation.two, None))
    assert list(scope.trail(cast.ada)) == [own]
    assert list(scope.trail(cast.cleo)) == [theirs]
    assert list(scope.trail(cast.sam)) == [services]
    for nobody in (VISITOR, cast.ben, cast.rex, cast.nia, gone(cast.cleo), gone(cast.sam)):
        assert list(scope.trail(nobody)) == []


def test_whose_submissions_a_trail_tells_of(cast, nation):
    assert set(scope.trail_submissions(cast.ada)) == {nation.first, nation.corrected, nation.before}
    assert list(scope.trail_submissions(cast.dev)) == [nation.practices]
    for nobody in (VISITOR, cast.ben, cast.rex, cast.nia, cast.sam, gone(cast.cleo)):
        assert list(scope.trail_submissions(nobody)) == []


def test_all_rows_are_asked_for_with_a_reason(cast, nation):
    assert nation.before in scope.everything(Submission, reason="a test asks")
    with pytest.raises(ValueError, match="Say why"):
        scope.everything(Submission, reason="")
