"""The table of organisations answers what the address asks: every filter, every order, nothing unknown."""

import pytest

from igtoolkit.reports.national_table import Asked, applying, asked, choices, met, numbers_shown, sections
from tests.reports.national_example import report, trust
from tests.reports.small_nation import NUMBERS

NATION = report(
    trust("DMA001", "PM", name="Northmoor", region="North"),
    trust("DMA002", "NM", name="ashby & Fen", region="South", late=True),
    trust("DMA003", "", name="Calder Vale", region="South"),
    trust("DMM001", "M", name="Bellhaven", region=""),
    trust("DMB001", "-NM", name="Élan", region="North"),
)


def shown(**given: str) -> list[str]:
    return [each["code"] for part in sections(NATION, wants(**given)) for each in part.organisations]


def wants(**given: str) -> Asked:
    return asked(given, choices(NATION))


def test_without_a_question_everybody_is_there_by_kind_and_code():
    assert shown() == ["DMA001", "DMA002", "DMA003", "DMM001", "DMB001"]
    assert [(each.kind.code, each.registered) for each in sections(NATION, Asked())] == [
        ("acute", 3), ("mental_health", 1), ("ambulance", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"kind": "mental_health"}, ["DMM001"]),
        ({"region": "South"}, ["DMA002", "DMA003"]),
        ({"region": "not-recorded"}, ["DMM001"]),
        ({"status": "partly_met"}, ["DMA001"]),
        ({"status": "not_met"}, ["DMA002", "DMB001"]),
        ({"status": "not_applicable"}, ["DMB001"]),
        ({"status": "not_submitted"}, ["DMA003"]),
        ({"status": "not_met", "recommendation": "1"}, ["DMA002"]),
        ({"status": "not_met", "recommendation": "2"}, ["DMB001"]),
        ({"status": "not_submitted", "recommendation": "25"}, ["DMA003"]),
        ({"recommendation": "2"}, ["DMA001", "DMA002", "DMA003", "DMM001", "DMB001"]),
        ({"submitted": "yes"}, ["DMA001", "DMA002", "DMM001", "DMB001"]),
        ({"submitted": "no"}, ["DMA003"]),
        ({"late": "yes"}, ["DMA002"]),
        ({"late": "no"}, ["DMA001", "DMM001", "DMB001"]),
        ({"q": "ASHBY & f"}, ["DMA002"]),
        ({"q": " élan "}, ["DMB001"]),
        ({"q": "dma00"}, ["DMA001", "DMA002", "DMA003"]),
        ({"q": "nowhere"}, []),
        ({"submitted": "no", "status": "met"}, []),
        ({"region": "South", "kind": "acute", "late": "yes", "q": "fen"}, ["DMA002"]),
    ],
)
def test_each_filter_leaves_what_was_asked_for(given, codes):
    assert shown(**given) == codes


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"sort": "code", "direction": "desc"}, ["DMA003", "DMA002", "DMA001", "DMM001", "DMB001"]),
        ({"sort": "name"}, ["DMA002", "DMA003", "DMA001", "DMM001", "DMB001"]),
        ({"sort": "name", "direction": "desc"}, ["DMA001", "DMA003", "DMA002", "DMM001", "DMB001"]),
        ({"sort": "met", "direction": "desc"}, ["DMA001", "DMA002", "DMA003", "DMM001", "DMB001"]),
    ],
)
def test_each_order_holds_within_each_kind(given, codes):
    assert shown(**given) == codes


def test_by_number_met_equals_go_by_code_and_who_has_not_submitted_is_last_both_ways():
    nation = report(
        trust("DMA001", ""), trust("DMA002", "NM"), trust("DMA003", "M"), trust("DMA004", "MN"), trust("DMA005", "NM")
    )

    def order(direction):
        wanted = asked({"sort": "met", "direction": direction}, choices(nation))
        return [each["code"] for part in sections(nation, wanted) for each in part.organisations]

    assert order("asc") == ["DMA004", "DMA002", "DMA005", "DMA003", "DMA001"]
    assert order("desc") == ["DMA003", "DMA002", "DMA005", "DMA004", "DMA001"]


@pytest.mark.parametrize(
    "name", ["kind", "region", "recommendation", "status", "submitted", "late", "sort", "direction"]
)
def test_an_unknown_value_is_left_out_and_noted(name):
    found = wants(**{name: "gp"})
    assert found == Asked()
    assert found.ignored == ((name, "gp"),)
    assert shown(**{name: "gp"}) == shown()


def test_an_unknown_name_is_nothing_to_us():
    assert wants(page="2", utm="x") == Asked()
    assert wants(page="2").ignored == ()


def test_a_long_unknown_value_is_shortened_in_the_note():
    assert wants(kind="x" * 1000).ignored == (("kind", "x" * 40 + "…"),)


def test_recommendation_3_has_no_column_because_it_does_not_fall_on_trusts():
    assert wants(recommendation="3").ignored == (("recommendation", "3"),)


def test_asking_for_one_recommendation_shows_one_column():
    assert numbers_shown(NATION, Asked()) == NUMBERS
    assert numbers_shown(NATION, wants(recommendation="11")) == (11,)


def test_an_address_keeps_what_is_asked_and_leaves_out_what_goes_without_saying():
    found = wants(kind="acute", q="a&b", sort="met", direction="desc")
    assert found.address() == "?kind=acute&q=a%26b&sort=met&direction=desc"
    assert found.address(sort="code", direction="asc") == "?kind=acute&q=a%26b"
    assert Asked().address() == "?"


def test_only_filters_narrow():
    assert not wants(sort="met", direction="desc").narrows
    assert not wants(kind="unknown").narrows
    assert wants(q="a").narrows


def test_met_is_counted_of_what_applies():
    found = {each["code"]: (met(each), applying(each)) for each in NATION["organisations"]}
    assert found == {"DMA001": (15, 16), "DMA002": (15, 16), "DMA003": (0, 0), "DMM001": (16, 16), "DMB001": (14, 15)}
