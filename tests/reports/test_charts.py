"""What the charts say and are drawn from: figures worked by hand, and words that claim no more than they show."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from igtoolkit.reports.charts.chart import percent_words
from igtoolkit.reports.charts.distribution import distribution
from igtoolkit.reports.charts.movement import movement
from igtoolkit.reports.charts.places import places
from igtoolkit.reports.charts.trend import trend
from igtoolkit.reports.national_page import national_page
from igtoolkit.reports.national_trend import Place, Point, Share
from igtoolkit.standard.words import Stage
from tests.reports.national_example import report, trust
from tests.reports.small_nation import NUMBERS

AT = datetime(2016, 4, 1, 8, tzinfo=UTC)


def page(*organisations, stage="update"):
    return national_page(report(*organisations, stage=stage), {}, AT)


def point(stage, shares, *where, year="2015-16"):
    """A stage at which recommendation n is met by `shares[n]` = (met, applying)."""
    told = where or (Place("acute", "North", 20, 200),)
    return Point(year, stage, told, {number: Share(*each) for number, each in shares.items()})


# ---- distribution ----


def test_the_bars_are_the_counts_of_those_it_applies_to_weakest_first():
    # 1: met, partly, not = 33%. 2: does not apply to one, met by one of two. 4: met by all three, as the rest.
    found = distribution(
        page(trust("DMA001", "MMM"), trust("DMA002", "P-M"), trust("DMA003", "NNM"), trust("DMA004", ""))
    )
    first, second, third = found.figures.data["rows"][:3]
    names = ("number", "met", "partly_met", "not_met", "applying", "percent")
    assert tuple(first[each] for each in names) == (1, 1, 1, 1, 3, "33%")
    assert tuple(second[each] for each in names) == (2, 1, 0, 1, 2, "50%")
    assert tuple(third[each] for each in names) == (4, 3, 0, 0, 3, "100%")
    assert found.figures.data["usual"] == 3
    assert found.title == (
        "Fewer than half of trusts meet 1 of the 16 recommendations; the fewest, 33%, meet recommendation 1"
    )
    assert found.note == (
        "Shares of the 3 trusts that submitted and to which a recommendation applies, rounded down."
        " Where it applies to fewer, the row says of how many."
    )
    assert found.table.rows[0] == ("1 People can see their records, and who has looked", "1", "1", "1", "3", "33%")


@pytest.mark.parametrize(
    ("letters", "title"),
    [
        (["M", "M"], "Every recommendation is met wherever it applies"),
        (["M", "NM"], "At least half of trusts meet each recommendation; the fewest, 50%, meet recommendation 1"),
        (["N", "N"], "No recommendation is met by half of trusts; none meets 16 of them"),
        (["NM", "NM"], "Fewer than half of trusts meet 1 of the 16 recommendations; none meets recommendation 1"),
    ],
)
def test_the_finding_is_one_sentence(letters, title):
    assert distribution(page(*(trust(f"DMA00{n}", each) for n, each in enumerate(letters)))).title == title


def test_what_applies_to_nobody_has_no_bar_and_an_empty_nation_no_chart():
    found = distribution(page(trust("DMA001", "-M")))
    assert [each["number"] for each in found.figures.data["rows"]] == list(NUMBERS[1:])
    assert distribution(page(trust("DMA001", ""))) is None


def test_a_share_is_rounded_down_but_never_to_nothing():
    assert [percent_words(Fraction(n, 200)) for n in (0, 1, 2, 199, 200)] == ["0%", "<1%", "1%", "99%", "100%"]


# ---- movement ----

BEFORE = point(Stage.BASELINE, {1: (1, 4), 2: (3, 4), 4: (2, 4)})
NOW = point(Stage.UPDATE, {1: (3, 4), 2: (2, 4), 4: (2, 4), 5: (4, 4)})


def test_movement_joins_the_shares_of_each_stage():
    found = movement(page(trust("DMA001", "M")), (BEFORE, NOW))
    drawn = {each["number"]: each["shares"] for each in found.figures.data["rows"]}
    assert drawn[1] == {"baseline": 0.25, "update": 0.75}
    assert drawn[5] == {"update": 1.0}, "what applied to nobody at Baseline has no mark there"
    assert found.title == (
        "1 of the 3 recommendations is met by a larger share of trusts than at Baseline, 1 by a smaller one;"
        " recommendation 1 differs most, from 25% to 75%"
    )
    assert ("5 After a breach: explain, put right, apologise", "applies to none", "100% (4 of 4)") in found.table.rows
    assert found.note.startswith(
        "Each mark is the share that the stage’s own report gives: of 20 trusts at Baseline and"
    )


def test_movement_says_when_nothing_moved_and_when_several_moved_as_much():
    shown = page(trust("DMA001", "M"))
    same = point(Stage.UPDATE, dict.fromkeys(BEFORE.shares, (1, 4)) | {2: (3, 4), 4: (2, 4)})
    assert movement(shown, (BEFORE, same)).title == (
        "As large a share of trusts meets each recommendation as at Baseline"
    )
    two = point(Stage.UPDATE, {1: (2, 4), 2: (4, 4), 4: (2, 4)})
    assert movement(shown, (BEFORE, two)).title.endswith("; recommendations 1 and 2 differ most")


def test_movement_ends_with_the_stage_of_the_page():
    later = point(Stage.FINAL, {1: (4, 4)})
    assert list(movement(page(trust("DMA001", "M")), (BEFORE, NOW, later)).figures.data["stages"]) == [
        "baseline",
        "update",
    ]
    assert movement(page(trust("DMA001", "M"), stage="baseline"), (BEFORE, NOW)) is None
    other_year = point(Stage.FINAL, {1: (4, 4)}, year="2014-15")
    assert movement(page(trust("DMA001", "M")), (other_year, NOW)) is None


# ---- by kind and region ----


def test_averages_by_kind_and_region_are_of_all_the_trusts_there():
    # North: (30 x 9 + 10 x 13) / 40 = 10. South: 12. Acute: (270 + 240) / 50 = 10.2. All: 640 / 60 = 10.67.
    where = (
        Place("acute", "North", 30, 270),
        Place("acute", "South", 20, 240),
        Place("mental_health", "North", 10, 130),
    )
    found = places(page(trust("DMA001", "M"), trust("DMM001", "M")), (point(Stage.UPDATE, {}, *where),))
    assert found.table.rows == (
        ("Acute trusts", "50 trusts", "10.2"),
        ("Mental health trusts", "10 trusts", "13.0"),
        ("North", "40 trusts", "10.0"),
        ("South", "20 trusts", "12.0"),
        ("All trusts", "60 trusts", "10.7"),
    )
    assert (
        found.title == "By region, trusts meet between 10.0 (North) and 12.0 (South) of 16 recommendations on average"
    )


def test_few_trusts_are_said_to_be_few_and_make_no_headline():
    where = (Place("acute", "East Region", 30, 300), Place("acute", "", 1, 16), Place("ambulance", "West Region", 9, 0))
    found = places(page(trust("DMA001", "M"), trust("DMB001", "M")), (point(Stage.UPDATE, {}, *where),))
    sizes = {each.get("name"): each.get("size") for each in found.figures.data["rows"]}
    assert (sizes["Ambulance trusts"], sizes["Region not recorded"]) == ("few", "few")
    assert ("Region not recorded", "1 trust, few", "16.0") in found.table.rows
    assert found.title == "On average, trusts meet 7.9 of 16 recommendations"


def test_one_kind_in_one_region_has_nothing_to_set_side_by_side():
    assert places(page(trust("DMA001", "M")), (point(Stage.UPDATE, {}),)) is None


def test_names_lose_only_an_ending_that_all_of_them_share():
    where = tuple(Place("acute", f"{each} Commissioning Region", 20, 200) for each in ("London", "North of England"))
    found = places(page(trust("DMA001", "M")), (point(Stage.UPDATE, {}, *where),))
    assert [each["name"] for each in found.figures.data["rows"][1:]] == ["London", "North of England"]
    assert found.table.rows[0][0] == "London Commissioning Region"


# ---- trend ----


def test_one_stage_alone_has_no_line_and_none_at_all_no_trend():
    found = trend((point(Stage.BASELINE, {1: (1, 2)}),))
    assert found.chart is None
    assert [each.average for each in found.steps] == ["10.0 of 16"]
    assert trend(()) is None


def test_the_trend_tells_each_stage_and_its_shares():
    then = point(Stage.FINAL, {1: (1, 2)}, Place("acute", "North", 40, 300), year="2014-15")
    now = point(Stage.BASELINE, {1: (3, 4)}, Place("acute", "North", 20, 200))
    last = point(Stage.UPDATE, {}, Place("acute", "North", 3, 48))
    found = trend((then, now, last))
    assert [(each.point.submitted, each.average, each.broken) for each in found.steps] == [
        (40, "7.5 of 16", ""), (20, "10.0 of 16", ""), (3, "16.0 of 16", ""),
    ]  # fmt: skip
    assert found.shares.rows[0][1:] == ("50%", "75%", "–")
    assert found.chart.note.endswith("Years are not joined: different trusts submitted.")
    assert "Years" not in trend((now, last)).chart.note
    # The last stage has 3 trusts: too few to end a sentence on.
    assert found.chart.title == (
        "Trusts met 7.5 recommendations at 2014-15 Final on average, and 10.0 recommendations at 2015-16 Baseline"
    )


def test_a_year_without_a_crosswalk_is_a_gap_in_words_and_has_no_average():
    before = point(Stage.FINAL, {}, Place("acute", "North", 12, 0), year="2013-14")
    found = trend((before, point(Stage.FINAL, {1: (1, 2)}, year="2014-15"), NOW))
    assert [each.average for each in found.steps] == ["no Caldicott2 report", "10.0 of 16", "10.0 of 16"]
    assert found.steps[1].broken == ("Caldicott2 reports begin with 2014-15: the framework before had no crosswalk.")
    runs = [[each["average"] for each in run] for run in found.chart.figures.data["runs"]]
    assert runs == [[None], [10.0, 10.0]]
    assert found.shares.heads == ("Recommendation", "2014-15 Final", "2015-16 Performance Update")


def test_another_crosswalk_breaks_the_line_and_says_so(monkeypatch):
    from igtoolkit.reports import national_trend

    kept = national_trend.framework_for
    monkeypatch.setattr(national_trend, "framework_for", lambda year: Changed(kept(year), year))
    found = trend((point(Stage.FINAL, {1: (1, 2)}, year="2014-15"), BEFORE, NOW))
    codes = "from caldicott2-2014-15 to caldicott2-2015-16"
    assert [each.broken for each in found.steps] == [
        "",
        f"From 2015-16 the crosswalk changed {codes}: figures before and after may not be compared.",
        "",
    ]
    assert list(map(len, found.chart.figures.data["runs"])) == [1, 2]
    assert found.chart.title.startswith("Trusts met 10.0 recommendations at 2015-16 Baseline on average,")


class Changed:
    """A framework whose crosswalk has another code each year."""

    def __init__(self, framework, year):
        self.code, self.reported_kinds = framework.code, framework.reported_kinds
        self.recommendations = framework.recommendations
        self.crosswalk = type("Crosswalk", (), {"code": f"caldicott2-{year}"})
