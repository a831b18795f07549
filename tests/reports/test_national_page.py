"""What the national page says of hand-made nations: headline, weakest first, change, who moved most."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from igtoolkit.reports.national_page import Page, national_page
from igtoolkit.reports.national_words import change_words, decimal, headline, story, trusts, whole
from tests.reports.national_example import report, said, trust

OPEN = datetime(2015, 10, 20, 8, tzinfo=UTC)
PASSED = datetime(2015, 11, 1, 8, tzinfo=UTC)
ALL_MET, NONE_MET = "M", "N"
NINE = "MMMMMMMMMN"
SEVEN = "MMMMMMMN"


def page(*organisations, stage="update", before=None, at=PASSED) -> Page:
    told = {code: said(letters) for code, letters in (before or {}).items()}
    return national_page(report(*organisations, stage=stage), told, at)


def test_the_headline_tells_average_change_and_weakest():
    # Met now 9 and 9, then 7 and 7. All 16 are equal but for 19, 20 … which nobody meets: seven of them.
    found = page(trust("DMA001", NINE), trust("DMA002", NINE), before={"DMA001": SEVEN, "DMA002": SEVEN})
    assert headline(found) == (
        "Trusts meet 9.0 of 16 recommendations on average, up from 7.0 at Baseline; 7 recommendations are equally weak"
    )


def test_the_weakest_is_named_when_it_stands_alone():
    # The ninth letter is recommendation 11.
    found = page(trust("DMA001", "MMMMMMMMNM"), trust("DMA002", ALL_MET))
    assert headline(found) == (
        "Trusts meet 15.5 of 16 recommendations on average; "
        "“People can object, and are heard” (recommendation 11) is the weakest"
    )


def test_two_or_three_that_are_equally_weak_are_named_by_number():
    found = page(trust("DMA001", "MMMMMMNMNM"), trust("DMA002", ALL_MET))
    assert headline(found).endswith("; recommendations 8 and 11 are the weakest")
    found = page(trust("DMA001", "NMMMMMNMNM"), trust("DMA002", ALL_MET))
    assert headline(found).endswith("; recommendations 1, 8 and 11 are the weakest")


def test_nothing_is_called_weakest_when_everything_is_met_where_it_applies():
    found = page(trust("DMA001", ALL_MET), trust("DMA002", "-M"))
    assert headline(found).endswith("; every recommendation is met wherever it applies")
    assert found.weakest == ()


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (NINE, NINE, ", the same as at Baseline;"),
        (SEVEN, NINE, ", down from 9.0 at Baseline;"),
    ],
)
def test_the_headline_says_same_or_down(now, then, words):
    assert words in headline(page(trust("DMA001", now), trust("DMA002", now), before={"DMA001": then, "DMA002": then}))


def test_the_headline_s_figures_are_those_of_the_story():
    # Three trusts, one of them up by one: 7 1/3 against 7.
    found = page(
        trust("DMA001", "MMMMMMMMN"), trust("DMA002", SEVEN), trust("DMA003", SEVEN),
        before={"DMA001": SEVEN, "DMA002": SEVEN, "DMA003": SEVEN},
    )  # fmt: skip
    assert "meet 7.3 of 16 recommendations on average, up from 7.0 at Baseline;" in headline(found)
    assert "On average 7.3 of 16 recommendations are met." in story(found)[1]
    assert "it went from 7.0 to 7.3:" in story(found)[1]


def test_a_small_change_without_a_figure_is_slight():
    # The three that submitted both went from 7 to 7 1/3; a newcomer makes 7 3/4 of it.
    found = page(
        trust("DMA001", "MMMMMMMMN"), trust("DMA002", SEVEN), trust("DMA003", SEVEN), trust("DMA004", NINE),
        before={"DMA001": SEVEN, "DMA002": SEVEN, "DMA003": SEVEN},
    )  # fmt: skip
    assert "meet 7.8 of 16 recommendations on average, slightly up since Baseline;" in headline(found)


def test_newcomers_do_not_pass_for_change():
    # All: (9 + 9 + 0) / 3 = 6. The two that submitted both went from 7 to 9: no “from 7” beside a 6.
    found = page(
        trust("DMA001", NINE), trust("DMA002", NINE), trust("DMA003", NONE_MET),
        before={"DMA001": SEVEN, "DMA002": SEVEN},
    )  # fmt: skip
    assert headline(found).startswith("Trusts meet 6.0 of 16 recommendations on average, up since Baseline;")
    assert (
        "In the 2 trusts that also submitted at Baseline it went from 7.0 to 9.0: 2 meet more, 0 as many, 0 fewer."
        in (story(found)[1])
    )


def test_an_earlier_figure_that_its_own_page_does_not_show_is_not_named():
    # Those that submitted both went from 7 to 9, but Baseline's own page says 9: DMA004 met 15 and is silent now.
    found = page(
        trust("DMA001", NINE), trust("DMA002", NINE), trust("DMA003", NINE), trust("DMA004", ""),
        before={"DMA001": SEVEN, "DMA002": SEVEN, "DMA003": SEVEN, "DMA004": "MMMMMMMMMMMMMMMN"},
    )  # fmt: skip
    assert found.average_before == 9
    assert headline(found).startswith("Trusts meet 9.0 of 16 recommendations on average, up since Baseline;")
    assert "In the 3 trusts that also submitted at Baseline it went from 7.0 to 9.0:" in story(found)[1]


def test_before_the_deadline_figures_are_so_far():
    assert headline(page(trust("DMA001", NINE), trust("DMA002", NINE), at=OPEN)).startswith(
        "So far, trusts meet 9.0 of"
    )
    assert "The deadline is 31 October 2015." in story(page(trust("DMA001", NINE), at=OPEN))[0]
    assert "The deadline was 31 October 2015." in story(page(trust("DMA001", NINE), at=PASSED))[0]


def test_one_trust_is_one_trust():
    found = page(trust("DMA001", NINE), trust("DMA002", ""))
    assert headline(found).startswith("The one trust that has submitted meets 9 of 16 recommendations;")
    found = page(trust("DMA001", NINE), before={"DMA001": SEVEN})
    assert " meets 9 of 16 recommendations, up from 7 at Baseline;" in headline(found)
    found = page(trust("DMA001", NINE), trust("DMA002", ""))
    assert story(found)[0].startswith("1 of 2 trusts has submitted, none of them late; 1 has not.")


def test_a_stage_nobody_submitted_says_so():
    assert headline(page(trust("DMA001", ""), at=OPEN)) == "No trust has submitted its Performance Update yet"
    assert headline(page(trust("DMA001", ""))) == "No trust has submitted its Performance Update for 2015-16"
    assert story(page(trust("DMA001", ""), trust("DMA002", "")))[0].startswith(
        "0 of 2 trusts have submitted; 2 have not."
    )


def test_a_year_without_trusts_says_so():
    assert headline(page()) == "No trusts are registered for 2015-16"


def test_who_has_submitted_is_counted_by_kind():
    found = page(
        trust("DMA001", NINE, late=True), trust("DMA002", ""), trust("DMA003", NINE), trust("DMM001", NINE),
        before={"DMA001": NINE, "DMA002": NINE},
    )  # fmt: skip
    groups = [(each.code, each.registered, each.submitted, each.missing, each.late, each.both) for each in found.groups]
    assert groups == [("acute", 3, 2, 1, 1, 1), ("mental_health", 1, 1, 0, 0, 0), ("ambulance", 0, 0, 0, 0, 0)]
    assert (found.total.registered, found.total.submitted, found.total.late, found.total.both) == (4, 3, 1, 1)
    assert [(group.code, [each["code"] for each in missing]) for group, missing in found.not_submitted] == [
        ("acute", ["DMA002"])
    ]


def test_everybody_submitted_reads_as_all():
    assert story(page(trust("DMA001", NINE), trust("DMA002", NINE, late=True)))[0].startswith(
        "All 2 trusts have submitted, 1 of them late."
    )


def test_weakest_first_goes_by_share_met_then_partly_then_number():
    # Met of two: 1 by none (one partly), 2 by none (none partly), 4 by one, 5 by one of the one it applies to.
    found = page(trust("DMA001", "PNMMM"), trust("DMA002", "NNN-M"))
    assert [each.number for each in found.rows][:4] == [2, 1, 4, 5]
    assert [each.total.share for each in found.rows][:4] == [0, 0, Fraction(1, 2), 1]
    assert found.rows[2].total.percent == 50


def test_what_applies_to_nobody_comes_last_and_has_no_share():
    found = page(trust("DMA001", "-N"), trust("DMA002", "-N"))
    assert (found.rows[-1].number, found.rows[-1].total.share, found.rows[-1].total.percent) == (1, None, None)


def test_the_share_is_rounded_down_and_never_all_when_one_is_missing():
    found = page(*(trust(f"DMA{number:03d}", "M") for number in range(1, 200)), trust("DMA200", "N"))
    assert found.rows[0].total.percent == 99


def test_change_is_net_and_only_in_those_that_submitted_both():
    found = page(
        trust("DMA001", "MN"), trust("DMA002", "MN"), trust("DMA003", "NN"), trust("DMA004", "M"), trust("DMM001", "M"),
        before={"DMA001": "N", "DMA002": "N", "DMA003": "M", "DMA005": "M"},
    )  # fmt: skip
    (first,) = [each for each in found.rows if each.number == 1]
    # 1: DMA001 and DMA002 gained, DMA003 lost it; DMA004 and DMM001 did not submit before.
    assert first.total.change == 1
    assert [each.change for each in first.lines] == [1, None, None]
    assert first.total.met == 4


def test_baseline_has_nothing_to_compare_with():
    found = page(trust("DMA001", NINE), stage="baseline")
    assert (found.before, found.moved, found.rows[0].total.change) == (None, None, None)


def test_lines_of_kinds_add_up_to_the_total():
    found = page(trust("DMA001", "MP"), trust("DMM001", "NM"), trust("DMB001", "-"), trust("DMB002", ""))
    for row in found.rows:
        for status, n in row.total.counts.items():
            assert n == sum(each.counts[status] for each in row.lines)
        assert sum(row.total.counts.values()) == 4


def test_numbers_round_halves_up():
    assert [whole(Fraction(n, 4)) for n in (5, 6, 7)] == [1, 2, 2]
    assert [decimal(Fraction(*pair)) for pair in ((9, 1), (37, 4), (187, 20), (1999, 200))] == [
        "9.0",
        "9.3",
        "9.4",
        "10.0",
    ]


def test_small_words():
    assert [trusts(n) for n in (0, 1, 2, 1214)] == ["0 trusts", "1 trust", "2 trusts", "1,214 trusts"]
    assert [change_words(n) for n in (14, -3, 0, None)] == ["14 more", "3 fewer", "no change", ""]


def test_what_does_not_apply_is_explained_only_where_it_occurs():
    note = "What does not apply to a trust is not counted as met."
    assert note in story(page(trust("DMA001", "-M")))[1]
    assert note not in story(page(trust("DMA001", "M")))[1]
