"""The nation over stages and years: what its own reports say, from two queries over the roll-ups."""

from fractions import Fraction

import pytest

from igtoolkit.records.models import RollUp, Turnout
from igtoolkit.reports.national import national_report
from igtoolkit.reports.national_trend import Place, Share, national_trend, unbroken
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports.small_nation import NUMBERS, report_at, trust
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def nation():
    """Two acute trusts with a Baseline, one of them with an Update too; a practice whose Final is no trust's."""
    first = trust("DMA001")
    report_at(first, Stage.BASELINE, 3)
    report_at(trust("DMA003", region="South"), Stage.BASELINE, 2)
    report_at(first, Stage.UPDATE, 2)
    turnout("2015-16", "final", kind="gp")


def turnout(year, stage, *, kind="acute", n=1, met=0, region="North"):
    Turnout.objects.create(year=year, stage=stage, kind=kind, region=region, late=False, met=met, n=n)


def test_each_stage_has_its_turnout_its_average_and_its_shares(nation):
    # Level 3 meets 16 of 16, level 2 all but 1, 2, 8 and 11: (16 + 12) / 2 = 14 at Baseline, 12 at Update.
    baseline, update = national_trend()
    assert (baseline.stage, baseline.submitted, baseline.average) == (Stage.BASELINE, 2, Fraction(14))
    assert (update.stage, update.submitted, update.average) == (Stage.UPDATE, 1, Fraction(12))
    assert baseline.places == (Place("acute", "North", 1, 16), Place("acute", "South", 1, 12))
    assert baseline.shares == {each: Share(1 if each in (1, 2, 8, 11) else 2, 2) for each in NUMBERS}
    assert [update.shares[each].percent for each in (1, 4)] == [0, 100]


def test_the_shares_are_those_of_the_national_reports(nation):
    for each in national_trend():
        told = {one["number"]: one["counts"]["acute"] for one in national_report(YEAR, each.stage)["recommendations"]}
        assert {number: share.met for number, share in each.shares.items()} == {n: told[n]["met"] for n in told}


def test_what_does_not_apply_is_on_neither_side_of_a_share(nation):
    facts = {"year": "2016-17", "stage": "baseline", "kind": "acute", "recommendation": 17}
    RollUp.objects.create(**facts, status="not_applicable", n=3)
    turnout("2016-17", "baseline", n=3)
    last = national_trend()[-1]
    assert (last.year, last.shares, last.average) == ("2016-17", {}, 0)


def test_a_year_without_a_crosswalk_has_no_average_and_follows_nothing(nation):
    turnout("2013-14", "final", n=5)
    turnout("2014-15", "final", n=2, met=10)
    points = national_trend()
    assert [(each.year, each.submitted, each.average) for each in points[:2]] == [
        ("2013-14", 5, None),
        ("2014-15", 2, 10),
    ]
    assert [[each.year for each in run] for run in unbroken(points)] == [["2013-14"], ["2014-15", "2015-16", "2015-16"]]


def test_nothing_submitted_is_no_point_and_a_count_gone_to_nought_none_either(db):
    turnout("2015-16", "baseline", n=0)
    assert national_trend() == ()


def test_it_takes_two_queries_however_many_places_there_are(nation, django_assert_num_queries):
    with django_assert_num_queries(2):
        national_trend()
    for n in range(20):
        turnout("2014-15", "final", region=f"Region {n}")
    with django_assert_num_queries(2):
        assert len(national_trend()[0].places) == 20
