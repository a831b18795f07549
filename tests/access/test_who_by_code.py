"""What each address leads to, by hand: codes that were passed on, corrections, two years."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from igtoolkit.access import scope
from igtoolkit.access.addresses import code_then, holding
from igtoolkit.records.models import FormerCode, Registration, Submission
from tests.access.nation import BEFORE, VISITOR
from tests.conftest import YEAR, register


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


def test_a_published_year_is_found_by_the_code_it_had(cast, nation):
    for organisation, code in ((nation.one, "OLD1"), (nation.two, "OLD2")):
        register(organisation, year=BEFORE)
        Registration.objects.filter(organisation=organisation).update(code=code)
        FormerCode.objects.create(organisation=organisation, code=code, until=date(2016, 4, 1))
    assert scope.published_years([nation.two, nation.practice]) == {
        nation.two.pk: {YEAR: "OLD2"},
        nation.practice.pk: {YEAR: "DMG001"},
    }


def test_whose_a_code_was_is_asked_only_where_one_was_registered_that_changed(cast, nation):
    with CaptureQueriesContext(connection) as asked:
        scope.published_years([nation.two, nation.practice])
    assert len(asked) == 2


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
    assert scope.find_submission(cast.ada, "OLD1", YEAR, "baseline") == nation.corrected
    assert scope.find_submission(cast.ada, "OLD2", YEAR, "baseline") is None


def test_whose_a_code_was_in_a_year(cast, nation):
    def had(organisation, since, until, code="OLD"):
        FormerCode.objects.create(organisation=organisation, code=code, since=since, until=until)

    had(nation.one, None, date(2014, 5, 1))
    had(nation.two, date(2014, 5, 1), date(2015, 5, 1))
    had(nation.practice, date(2017, 1, 1), date(2018, 1, 1), code="NEW")
    assert holding("OLD", BEFORE) == holding("OLD", YEAR) == nation.two.pk
    assert holding("OLD", "2013-14") == nation.one.pk
    assert holding("OLD", "2016-17") == holding("NEW", YEAR) == holding("ZZZ", YEAR) == 0
    assert holding("NEW", "2016-17") == nation.practice.pk
    assert holding("DMA001", YEAR) == nation.one.pk
    assert holding("DMA001", "1999-00") == 0


def test_a_code_taken_later_leads_first_to_who_had_it_then(cast, nation):
    nation.one.code, nation.one.code_since = "DMA9", date(2016, 5, 1)
    nation.one.save()
    FormerCode.objects.create(organisation=nation.two, code="DMA9", until=date(2016, 5, 1))
    assert holding("DMA9", YEAR) == nation.two.pk
    assert holding("DMA9", "2016-17") == nation.one.pk


def test_a_code_held_since_nobody_knows_when_leads_to_who_has_it(cast, nation):
    FormerCode.objects.create(organisation=nation.two, code="DMA001", until=date(2015, 5, 1))
    assert holding("DMA001", YEAR) == nation.one.pk


def test_rows_are_called_by_the_code_of_their_year(cast, nation):
    Registration.objects.filter(organisation=nation.two).update(code="OLD2")
    FormerCode.objects.create(organisation=nation.two, code="OLD2", until=date(2016, 4, 1))
    register(nation.one, year=BEFORE)
    Registration.objects.filter(organisation=nation.one, year=BEFORE).update(code="OLD1")
    FormerCode.objects.create(organisation=nation.one, code="OLD1", until=date(2015, 4, 1))
    rows = Submission.unscoped.annotate(then=code_then("organisation", "year"))
    called = {each.pk: each.then for each in rows}
    assert (called[nation.other.pk], called[nation.first.pk], called[nation.before.pk]) == ("OLD2", "DMA001", "OLD1")
