"""National figures over the years: what the national reports say, in one query."""

import pytest

from igtoolkit.records.models import RollUp
from igtoolkit.reports.national import national_report
from igtoolkit.reports.national_figures import COUNTED, national_figures
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports.small_nation import report_at, trust
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def nation():
    """Two acute trusts with a Baseline, one of them with an Update too."""
    first = trust("DMA001", name="Ashby")
    report_at(first, Stage.BASELINE, 3)
    report_at(trust("DMA003", name="Calder"), Stage.BASELINE, 2)
    report_at(first, Stage.UPDATE, 2)


def test_the_figures_are_those_of_the_national_reports(nation):
    found = {each["stage"]: each for each in national_figures()}
    assert list(found) == ["baseline", "update"]
    for stage, each in found.items():
        report = national_report(YEAR, stage)
        assert (each["framework"], each["crosswalk"]) == (report["framework"], report["crosswalk"])
        told = {one["number"]: one["counts"]["acute"] for one in report["recommendations"]}
        counted = {one["number"]: one["counts"]["acute"] for one in each["recommendations"]}
        assert counted == {number: {status: told[number][status] for status in COUNTED} for number in told}


def test_a_stage_of_which_nothing_was_submitted_is_left_out(db):
    assert national_figures() == []


def test_the_figures_take_one_query_however_many_rows_there_are(nation, django_assert_num_queries):
    with django_assert_num_queries(1):
        national_figures()
    facts = {"kind": "acute", "recommendation": 1, "status": "met", "n": 4}
    RollUp.objects.bulk_create(
        RollUp(year=year, stage=stage, region=f"Region {n}", **facts)
        for year in ("2014-15", "2016-17")
        for stage in Stage
        for n in range(50)
    )
    with django_assert_num_queries(1):
        assert len(national_figures()) == 8
