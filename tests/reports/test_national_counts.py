"""The figures of the page come from counts, those of the files from every organisation: they are the same figures."""

import random
from datetime import date

import pytest

from igtoolkit.records.models import Organisation, RollUp
from igtoolkit.reports.national import earlier_statuses, national_report
from igtoolkit.reports.national_counts import NOT_BEFORE, Counted, counted, counted_of
from igtoolkit.reports.national_named import NAMED_MAX, named
from igtoolkit.reports.national_page import national_page, page_of
from igtoolkit.reports.national_words import headline, story
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_organisation
from tests.reports.national_example import report, said, trust
from tests.reports.small_nation import report_at
from tests.reports.small_nation import trust as registered
from tests.reports.test_national_page import PASSED
from tests.reports.written_nation import write

pytestmark = pytest.mark.django_db


def both_ways(stage: str) -> tuple[Counted, Counted]:
    whole = national_report(YEAR, stage)
    return counted(YEAR, stage), counted_of(whole, earlier_statuses(whole))


def test_a_small_nation_counted_by_hand():
    """Met of 16: DMA001 14, up from 1; DMA002 1, late, not before; DMM001 none, as before; DMA003 silent, 16 before."""
    nation = report(
        trust("DMA001", "NNM", region="North"),
        trust("DMA002", "MN", region="South", late=True),
        trust("DMA003", "", region="West"),
        trust("DMM001", "N", region=""),
    )
    write(nation, {"DMA001": said("MN"), "DMA003": said("M"), "DMM001": said("N")})
    found = counted(YEAR, "update")
    assert found.submitted == {
        ("acute", False, 14, 1): 1, ("acute", True, 1, NOT_BEFORE): 1, ("mental_health", False, 0, 0): 1,
    }  # fmt: skip
    assert found.registered == {"acute": 3, "mental_health": 1}
    assert found.before == {1: 1, 16: 1, 0: 1}
    assert found.regions == {"North", "South", "West", ""}
    assert found.results["acute", 1, "not_met", "met"] == 1
    assert found.results["acute", 1, "met", ""] == 1
    assert found.results["acute", 2, "not_met", "not_met"] == 1
    assert found.results["mental_health", 1, "not_met", "not_met"] == 1
    assert found.results.total() == 3 * 16
    page = page_of(found, PASSED, *named(found))
    assert [(each.total.met, each.total.change) for each in page.rows if each.number in (1, 4)] == [(1, -1), (1, 1)]
    assert headline(page).startswith("Trusts meet 5.0 of 16 recommendations on average, up since Baseline;")


@pytest.mark.parametrize("seed", range(6))
def test_counts_and_whole_report_give_the_same_page(seed):
    """Nations at random: every figure, word and name of the page is the same both ways."""
    dice = random.Random(seed)  # noqa: S311 (the same nations every time)
    trusts, before = [], {}
    for number in range(dice.randint(1, 30)):
        code = f"DM{dice.choice('AMB')}{number:03d}"
        letters = "".join(dice.choices("MPN-", [3, 2, 2, 1], k=16)) if dice.random() < 0.8 else ""
        region = dice.choice(["North", "South", ""])
        trusts.append(trust(code, letters, region=region, late=dice.random() < 0.2))
        if dice.random() < 0.7:
            before[code] = said("".join(dice.choices("MPN-", [2, 2, 3, 1], k=16)))
    write(report(*trusts), before)
    from_counts, from_report = both_ways("update")
    assert from_counts == from_report
    whole = national_report(YEAR, "update")
    assert whole == report(*trusts)
    one, other = page_of(from_counts, PASSED, *named(from_counts)), national_page(whole, before, PASSED)
    assert (headline(one), story(one)) == (headline(other), story(other))
    assert (one.total, one.groups, one.rows, one.average_before) == (
        other.total, other.groups, other.rows, other.average_before,
    )  # fmt: skip
    assert told(one) == told(other)


def told(page):
    """What a page says of who moved and who has not submitted."""
    ways = (page.moved.most_up, page.moved.most_down)
    moved = [
        [(each.change, each.n, [(one.organisation["code"], one.then, one.now) for one in each.movers]) for each in way]
        for way in ways
    ]
    missing = [(group, [each["code"] for each in several]) for group, several in page.not_submitted]
    return moved, (page.moved.both, page.moved.rose, page.moved.same, page.moved.fell), missing


@pytest.mark.parametrize("stage", list(Stage))
def test_what_was_really_submitted_and_corrected_counts_the_same_both_ways(stage):
    first = registered("DMA001", region="North")
    report_at(first, Stage.BASELINE, 1)
    report_at(first, Stage.BASELINE, 3, late=True, reason="A slip")
    report_at(first, Stage.UPDATE, 2)
    report_at(first, Stage.UPDATE, 3, late=True, reason="Another slip")
    report_at(registered("DMA002", region="South"), Stage.UPDATE, 0, late=True)
    report_at(registered("DMM001", kind="mental_health", region=""), Stage.BASELINE, 2)
    registered("DMB001", kind="ambulance")
    make_organisation("DMG001", kind="gp")
    from_counts, from_report = both_ways(stage)
    assert from_counts == from_report


@pytest.mark.parametrize("facts", [{"closed": date(2015, 10, 30)}, {"opened": date(2015, 11, 1)}])
def test_who_was_not_open_on_the_last_day_counts_only_where_it_submitted(facts):
    report_at(registered("DMA001"), Stage.UPDATE, 3)
    registered("DMA002")
    registered("DMA003")
    Organisation.objects.exclude(code="DMA003").update(**facts)
    from_counts, from_report = both_ways("update")
    assert from_counts == from_report
    assert (from_counts.registered["acute"], from_counts.missing_of("acute")) == (2, 1)


def test_the_figures_take_two_queries_however_many_organisations_there_are(django_assert_num_queries):
    write(report(trust("DMA001", "M"), trust("DMA002", "")), {})
    with django_assert_num_queries(2):
        counted(YEAR, "update")
    write(report(*(trust(f"DMM{n:03d}", "MN", late=n % 2 == 0) for n in range(60))), {})
    with django_assert_num_queries(2):
        counted(YEAR, "update")


def test_counts_that_do_not_agree_are_reported_and_say_to_verify(caplog):
    write(report(trust("DMA001", "M")), {})
    counted(YEAR, "update")
    assert not caplog.text
    RollUp.objects.filter(recommendation=1).update(n=7)
    counted(YEAR, "update")
    assert "igtoolkit verify" in caplog.text


def test_many_that_have_not_submitted_are_counted_and_not_named():
    silent = [trust(f"DMA{n:03d}", "") for n in range(NAMED_MAX + 1)]
    write(report(*silent, trust("DMM001", ""), trust("DMM002", "M")), {})
    found = counted(YEAR, "update")
    _, missing = named(found)
    assert found.missing_of("acute") == NAMED_MAX + 1
    assert [each["code"] for each in missing] == ["DMM001"]
