"""The pictures on the national page: seen with their figures, in one page's worth of ids, and never of nobody."""

import re

import pytest

from igtoolkit.reports.charts import national_charts
from igtoolkit.reports.national import earlier_statuses, national_report
from igtoolkit.reports.national_page import national_page
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports.small_nation import DEADLINES, report_at, trust
from tests.worlds import world

pytestmark = pytest.mark.django_db
UPDATE = f"/national/{YEAR}/update/caldicott2/"


@world
def nation():
    """Two trusts in two regions: all met at Baseline by the first; at Update it meets 12, the other 16."""
    first, second = trust("DMA001"), trust("DMM001", kind="mental_health", region="South")
    report_at(first, Stage.BASELINE, 3)
    report_at(first, Stage.UPDATE, 2)
    report_at(second, Stage.UPDATE, 3)


@pytest.fixture
def reader(client, cast):
    client.force_login(cast.nia)
    return client


def test_each_chart_has_its_finding_its_picture_twice_and_its_figures(reader, nation):
    page = reader.get(UPDATE).content.decode()
    titles = re.findall(r'<h3 class="igt-chart__title" id="chart-(\w+)">(.*?)</h3>', page)
    assert [key for key, _ in titles] == ["distribution", "movement", "places", "trend"]
    assert dict(titles)["distribution"] == (
        "At least half of trusts meet each recommendation; the fewest, 50%, meet 4 of them"
    )
    assert page.count('role="img"') == 2 * len(titles)
    assert page.count('<details class="igt-more igt-chart__more">') == len(titles)


def test_the_page_has_no_id_twice_and_no_inline_style(reader, nation):
    page = reader.get(UPDATE).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert " style=" not in page
    assert "<style" not in page


def test_the_trend_leads_to_the_report_of_each_other_stage(reader, nation):
    trend = reader.get(UPDATE).content.decode().partition('id="chart-trend"')[2].partition("</section>")[0]
    assert f'<a href="/national/{YEAR}/baseline/caldicott2/">{YEAR} Baseline</a>' in trend
    assert UPDATE not in trend
    assert re.search(r"16\.0 of 16.*14\.0 of 16", trend, re.DOTALL)


def test_a_stage_nobody_submitted_has_no_picture_but_the_trend(reader, nation):
    page = reader.get(f"/national/{YEAR}/final/caldicott2/").content.decode()
    assert re.findall(r'id="chart-(\w+)"', page) == ["trend"]


def test_an_empty_nation_has_none_at_all(reader):
    trust("DMA001")
    assert "igt-chart" not in reader.get(UPDATE).content.decode().partition("<main")[2]


def test_one_stage_alone_says_that_there_is_nothing_to_compare(reader):
    report_at(trust("DMA001"), Stage.BASELINE, 3)
    page = reader.get(f"/national/{YEAR}/baseline/caldicott2/").content.decode()
    assert "Only one stage has been submitted so far" in page
    assert re.findall(r'id="chart-(\w+)"', page) == ["distribution", "trend"]


def test_pictures_and_trend_take_two_queries_together(nation, django_assert_num_queries):
    report = national_report(YEAR, "update")
    page = national_page(report, earlier_statuses(report), DEADLINES[Stage.UPDATE])
    with django_assert_num_queries(2):
        charts = national_charts(page)
        assert all(each.pictures for each in charts.every)
    assert len(charts.every) == 4


def test_a_paper_s_trend_ends_with_its_own_stage(nation):
    report = national_report(YEAR, "baseline")
    page = national_page(report, {}, DEADLINES[Stage.UPDATE])
    assert len(national_charts(page).trend.steps) == 2
    assert len(national_charts(page, later=False).trend.steps) == 1
