"""Every filter of scope and of the addresses, by hand: a small nation of two years with corrections and old codes."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.access.addresses import code_then, holding
from igtoolkit.access.policy import Action, knows, may
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, FormerCode, Person, Registration, Submission
from igtoolkit.records.models.desk import KEPT, RequestedFile
from tests.conftest import YEAR, make_organisation, make_person, register

BEFORE = "2014-15"
VISITOR = AnonymousUser()


def assess(organisation, *, year=YEAR, kind="acute"):
    facts = {"kind": kind, "framework_code": "igt-13", "started_at": clock.now()}
    return Assessment.unscoped.get_or_create(organisation=organisation, year=year, defaults=facts)[0]


def send(organisation, stage, *, number=1, year=YEAR, kind="acute", **rest):
    """A submission as the database keeps it, with nothing worked out."""
    count = Submission.unscoped.count()
    assessment = assess(organisation, year=year, kind=kind)
    facts = {"name": organisation.name, "submitted_at": clock.now(), "late": False, "document": "{}", **rest}
    place = {"organisation": organisation, "year": year, "stage": stage, "number": number, "kind": kind}
    return Submission.unscoped.create(assessment=assessment, **place, **facts, key=str(count), digest=f"{count:064}")


@pytest.fixture
def nation(cast):
    """DMA001: two Baselines, and Baseline the year before. DMA002: Baseline, Final twice. A practice: Final."""
    one, two, practice = cast.ada.organisation, cast.cleo.organisation, cast.dev.organisation
    return SimpleNamespace(
        one=one,
        two=two,
        practice=practice,
        first=send(one, "baseline"),
        corrected=send(one, "baseline", number=2),
        before=send(one, "baseline", year=BEFORE),
        other=send(two, "baseline"),
        final=send(two, "final"),
        final_corrected=send(two, "final", number=2),
        practices=send(practice, "final", kind="gp"),
    )


def gone(person: Person) -> Person:
    person.is_active = False
    return person


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


def test_which_submission_stands_at_an_address(cast, nation):
    assert scope.find_submission(cast.ada, "DMA001", YEAR, "baseline") == nation.corrected
    assert scope.find_submission(cast.ada, "DMA001", YEAR, "baseline", 1) == nation.first
    assert scope.find_submission(cast.ada, "DMA001", BEFORE, "baseline") == nation.before
    assert scope.find_submission(cast.ada, "DMA001", YEAR, "final") is None
    assert scope.find_submission(cast.ada, "DMA002", YEAR, "baseline") is None
    assert scope.find_submission(cast.nia, "DMA001", YEAR, "baseline") == nation.corrected
    assert scope.find_submission(cast.nia, "DMA002", YEAR, "baseline") == nation.other
    assert scope.find_submission(cast.nia, "DMA002", YEAR, "final") == nation.final_corrected
    assert scope.find_submission(VISITOR, "DMA001", YEAR, "baseline") is None


def test_what_is_published(cast, nation):
    assert scope.find_published("DMA001", YEAR) is None
    assert scope.find_published("DMA002", YEAR) == nation.final_corrected
    assert scope.find_published("DMA002", BEFORE) is None
    assert set(scope.published_organisations()) == {nation.two, nation.practice}
    assert scope.published_years([nation.one, nation.two]) == {nation.two.pk: {YEAR: "DMA002"}}


def test_a_published_year_is_found_by_the_code_it_had(cast, nation):
    Registration.objects.filter(organisation=nation.two).update(code="OLD2")
    FormerCode.objects.create(organisation=nation.two, code="OLD2", until=date(2016, 4, 1))
    register(nation.two, year=BEFORE)
    assert scope.published_years([nation.two, nation.practice]) == {
        nation.two.pk: {YEAR: "OLD2"},
        nation.practice.pk: {YEAR: "DMG001"},
    }


def test_whose_register_is_read(cast, nation):
    other = make_organisation("DMP001", year="1999-00")
    assert set(scope.organisations(cast.sam)) == {nation.one, nation.two, nation.practice, other}
    assert set(scope.organisations(cast.nia)) == {nation.one, nation.two}
    assert set(scope.organisations(cast.ada)) == {nation.one}
    for nobody in (VISITOR, gone(cast.cleo), gone(cast.sam)):
        assert list(scope.organisations(nobody)) == []


def test_an_organisation_is_found_by_each_code_it_had(cast, nation):
    FormerCode.objects.create(organisation=nation.two, code="OLD2", until=date(2015, 1, 1))
    FormerCode.objects.create(organisation=nation.one, code="OLD1", until=date(2015, 1, 1))
    assert scope.find_organisation(cast.sam, "dma002") == nation.two
    assert scope.find_organisation(cast.sam, "OLD2") == nation.two
    assert scope.find_organisation(cast.sam, "OLD1") == nation.one
    assert scope.find_organisation(cast.sam, "OLD3") is None
    assert scope.find_organisation(cast.ada, "OLD2") is None
    assert scope.find_assessment(cast.ada, "OLD1", YEAR) == nation.first.assessment
    assert scope.find_assessment(cast.ada, "OLD2", YEAR) is None


def test_whose_people_are_managed(cast, nation):
    assert {each.organisation for each in scope.people(cast.ada)} == {nation.one}
    assert cast.nia not in scope.people(cast.sam)
    assert cast.cleo in scope.people(cast.sam)
    assert scope.managed(cast.ada, "dma001") == nation.one
    assert scope.managed(cast.ada, "DMA002") is None
    assert scope.managed(cast.sam, "DMA002") == nation.two
    assert scope.managed(cast.sam, "ZZZ999") is scope.managed(cast.sam, "DMA002\0") is None
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


def test_which_started(cast, nation):
    assert scope.assessed(YEAR) == {nation.one.pk, nation.two.pk, nation.practice.pk}
    assert scope.assessed(BEFORE) == {nation.one.pk}
    assert scope.assessed(YEAR, among=[nation.two.pk]) == {nation.two.pk}
    assert scope.assessed(YEAR, among=[]) == set()


def test_a_digest_is_one_submissions(cast, nation):
    assert scope.digest_exists(nation.other.digest)
    assert not scope.digest_exists("f" * 64)
    assert scope.submission_with(nation.other.digest) == nation.other
    assert scope.submission_with("f" * 64) is None


def test_the_nations_rows_are_the_latest_of_one_stage_and_year(cast, nation):
    send(nation.practice, "baseline", kind="gp")
    late = send(nation.one, "update", number=3)
    for rows in (scope.latest_submissions, scope.national_submissions):
        assert set(rows(YEAR, "baseline")) == {nation.corrected, nation.other}
        assert set(rows(BEFORE, "baseline")) == {nation.before}
        assert set(rows(YEAR, "final")) == {nation.final_corrected}
        assert set(rows(YEAR, "update")) == {late}
    assert set(scope.made_submissions(YEAR, "baseline")) == {nation.first, nation.corrected, nation.other}
    assert set(scope.made_submissions(YEAR, "final")) == {nation.final, nation.final_corrected}
    registered = Registration.objects.filter(year=YEAR)
    made = scope.with_made(registered, YEAR, "baseline").annotate(found=F("made_pk"))
    assert {(each.organisation_id, each.found) for each in made} >= {
        (nation.one.pk, nation.corrected.pk),
        (nation.two.pk, nation.other.pk),
    }
    assert len(made) == 3


def test_results_are_those_of_the_submission_itself(cast, nation):
    for submission, number, status in (
        (nation.corrected, 1, "met"),
        (nation.other, 2, "met"),
        (nation.other, 1, "not_met"),
    ):
        submission.performance.create(recommendation=number, status=status)
    rows = scope.with_made(Registration.objects.filter(year=YEAR), YEAR, "baseline")

    def those(status, among):
        return set(rows.filter(scope.made_results(status=status, among=among)).values_list("organisation", flat=True))

    assert those("met", [1]) == {nation.one.pk}
    assert those("met", [1, 2]) == {nation.one.pk, nation.two.pk}
    assert those("not_met", [1, 2]) == {nation.two.pk}
    assert those("not_met", [2]) == set()


def test_second_looks_are_of_the_latest_of_one_stage_and_year(cast, nation):
    practices = send(nation.practice, "baseline", kind="gp")
    sent = (
        nation.first,
        nation.corrected,
        nation.before,
        nation.other,
        nation.final,
        nation.final_corrected,
        practices,
    )
    looks = {each: each.second_looks.create(rule="r", requirements="13-101") for each in sent}
    assert set(scope.national_second_looks(YEAR, "baseline")) == {looks[nation.corrected], looks[nation.other]}
    assert set(scope.national_second_looks(YEAR, "final")) == {looks[nation.final_corrected]}
    assert set(scope.national_second_looks(BEFORE, "baseline")) == {looks[nation.before]}


def test_whose_a_code_was_in_a_year(cast, nation):
    def had(organisation, since, until, code="OLD"):
        FormerCode.objects.create(organisation=organisation, code=code, since=since, until=until)

    had(nation.one, None, date(2014, 5, 1))
    had(nation.two, date(2014, 5, 1), date(2015, 5, 1))
    had(nation.practice, date(2017, 1, 1), date(2018, 1, 1), code="NEW")
    assert holding("OLD", BEFORE) == holding("OLD", YEAR) == nation.two.pk
    assert holding("OLD", "2013-14") == nation.one.pk
    assert holding("OLD", "2016-17") is holding("NEW", YEAR) is holding("ZZZ", YEAR) is None
    assert holding("NEW", "2016-17") == nation.practice.pk
    assert holding("DMA001", YEAR) == nation.one.pk
    assert holding("DMA001", "1999-00") is None


def test_a_code_taken_later_leads_first_to_who_had_it_then(cast, nation):
    nation.one.code, nation.one.code_since = "DMA9", date(2016, 5, 1)
    nation.one.save()
    FormerCode.objects.create(organisation=nation.two, code="DMA9", until=date(2016, 5, 1))
    assert holding("DMA9", YEAR) == nation.two.pk
    assert holding("DMA9", "2016-17") == nation.one.pk


def test_rows_are_called_by_the_code_of_their_year(cast, nation):
    Registration.objects.filter(organisation=nation.two).update(code="OLD2")
    FormerCode.objects.create(organisation=nation.two, code="OLD2", until=date(2016, 4, 1))
    register(nation.one, year=BEFORE)
    Registration.objects.filter(organisation=nation.one, year=BEFORE).update(code="OLD1")
    FormerCode.objects.create(organisation=nation.one, code="OLD1", until=date(2015, 4, 1))
    rows = Submission.unscoped.annotate(then=code_then("organisation", "year"))
    called = {each.pk: each.then for each in rows}
    assert (called[nation.other.pk], called[nation.first.pk], called[nation.before.pk]) == ("OLD2", "DMA001", "OLD1")


def test_nobody_is_their_own_who_belongs_nowhere(cast, nation):
    nowhere = Submission(organisation=None, assessment=nation.first.assessment, stage="baseline")
    assert not may(cast.sam, Action.VIEW_BOARD_REPORT, nowhere)
    assert not knows(cast.sam, Action.VIEW_BOARD_REPORT, nowhere)


def test_the_door_gives_records_refusals_and_no_more(cast, nation):
    def answer(person, path, method="get"):
        browser = Client(raise_request_exception=False)
        if person:
            browser.force_login(person)
        return getattr(browser, method)(path).status_code

    own, theirs = f"/organisations/DMA001/{YEAR}/", f"/organisations/DMA002/{YEAR}/"
    assert [answer(cast.ada, each) for each in (own, theirs, "/organisations/DMA001%00/2015-16/")] == [200, 404, 404]
    assert [answer(cast.ada, own, "post"), answer(cast.ada, "/people/", "put"), answer(cast.ben, "/people/")] == [
        405,
        405,
        403,
    ]
    assert [answer(cast.ben, f"{each}start/", "post") for each in (own, theirs)] == [403, 404]
    assert answer(cast.ada, f"{own}start/") == 405
    assert [answer(each, f"{own}senior-people/", "post") for each in (cast.ben, cast.cleo)] == [403, 404]
    assert [answer(each, f"{own}baseline/caldicott2/") for each in (cast.cleo, cast.dev, cast.sam)] == [404, 404, 404]
    assert answer(None, f"/published/DMA001/{YEAR}/") == 404
    assert [answer(cast.ada, "/national/2015-16/baseline/caldicott2/"), answer(cast.ada, "/help/")] == [403, 200]
