"""The table of organisations answers what the address asks: every filter, every order, every page, nothing unknown."""

import pytest

from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Submission
from igtoolkit.reports import national_rows
from igtoolkit.reports.national_counts import counted
from igtoolkit.reports.national_rows import Table, table
from igtoolkit.reports.national_table import Asked, applying, asked, choices, met
from tests.conftest import YEAR
from tests.reports.national_example import report, trust
from tests.reports.small_nation import NUMBERS
from tests.reports.written_nation import write
from tests.worlds import world

NATION = report(
    trust("DMA001", "PM", name="Northmoor", region="North"),
    trust("DMA002", "NM", name="ashby & Fen", region="South", late=True),
    trust("DMA003", "", name="Calder Vale", region="South"),
    trust("DMM001", "M", name="Bellhaven", region=""),
    trust("DMB001", "-NM", name="Élan", region="North"),
)
FRAMEWORK = framework_for(YEAR)
RIGHTS = (1, 8, 9, 11)


@world
def nation():
    write(NATION, {})


def found(of=NATION, **given: str) -> Table:
    return table(counted(YEAR, "update"), asked(given, choices(of)))


def codes(page: Table) -> list[str]:
    return [each["code"] for part in page.sections for each in part.organisations]


def shown(**given: str) -> list[str]:
    return codes(found(**given))


def wants(**given: str) -> Asked:
    return asked(given, choices(NATION))


def test_without_a_question_everybody_is_there_by_kind_and_code(nation):
    page = found()
    assert codes(page) == ["DMA001", "DMA002", "DMA003", "DMM001", "DMB001"]
    assert [(each.kind.code, each.registered, each.matching) for each in page.sections] == [
        ("acute", 3, 3), ("mental_health", 1, 1), ("ambulance", 1, 1),
    ]  # fmt: skip
    assert (page.matching, page.page, page.pages, page.first, page.last) == (5, 1, 1, 1, 5)


def test_the_rows_are_those_of_the_whole_report(nation):
    rows = {each["code"]: each for part in found().sections for each in part.organisations}
    assert rows == {each["code"]: each for each in NATION["organisations"]}


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
        ({"theme": "rights", "status": "not_met"}, ["DMA002"]),
        ({"theme": "sharing", "status": "not_met"}, ["DMB001"]),
        ({"theme": "rights", "recommendation": "2", "status": "not_met"}, ["DMB001"]),
        ({"theme": "rights"}, ["DMA001", "DMA002", "DMA003", "DMM001", "DMB001"]),
        ({"late": "no", "status": "not_submitted"}, []),
        ({"q": "_"}, []),
        ({"q": "x" * 60_000}, []),
        ({"q": "\0north\0"}, ["DMA001"]),
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
def test_each_filter_leaves_what_was_asked_for(nation, given, codes):
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
def test_each_order_holds_within_each_kind(nation, given, codes):
    assert shown(**given) == codes


def test_by_number_met_equals_go_by_code_and_who_has_not_submitted_is_last_both_ways(db):
    nation = report(
        trust("DMA001", ""), trust("DMA002", "NM"), trust("DMA003", "M"), trust("DMA004", "MN"), trust("DMA005", "NM")
    )
    write(nation, {})
    up, down = (codes(found(nation, sort="met", direction=each)) for each in ("asc", "desc"))
    assert up == ["DMA004", "DMA002", "DMA005", "DMA003", "DMA001"]
    assert down == ["DMA003", "DMA002", "DMA005", "DMA004", "DMA001"]


def test_a_correction_takes_the_place_of_what_it_corrects_and_nobody_is_there_twice(nation):
    first = Submission.unscoped.get(organisation__code="DMM001")
    facts = {name: getattr(first, name) for name in ("assessment", "organisation", "year", "stage", "kind", "late")}
    facts |= {"number": 2, "name": "Wellhaven", "region": "South", "submitted_at": first.submitted_at, "met": 0}
    made = Submission.unscoped.create(**facts, key="again", digest="again", document="{}")
    made.performance.create(recommendation=1, status="partly_met")
    everybody = ["DMA001", "DMA002", "DMA003", "DMM001", "DMB001"]
    assert shown(sort="name") == ["DMA002", "DMA003", "DMA001", "DMM001", "DMB001"]
    assert sorted(shown(sort="met")) == sorted(shown(q="a")) == sorted(everybody)
    assert (shown(q="bellhaven"), shown(q="wellhaven")) == ([], ["DMM001"])
    assert shown(region="South") == ["DMA002", "DMA003", "DMM001"]
    assert shown(region="North", status="met", recommendation="1") == []
    assert shown(kind="mental_health", status="met", q="haven") == []
    assert shown(kind="mental_health", status="partly_met", q="haven") == ["DMM001"]
    assert found(q="haven").matching == 1


@pytest.mark.parametrize("sort", ["code", "name", "met"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("narrowed", [{}, {"region": "South"}])
def test_pages_follow_one_another_without_a_gap(nation, monkeypatch, sort, direction, narrowed):
    write(report(*(trust(f"DMM1{n:02d}", "MN" * (n % 3), name=f"Trust {n % 4}", region="South") for n in range(9))), {})
    asked_for = {"sort": sort, "direction": direction, **narrowed}
    whole = shown(**asked_for)
    monkeypatch.setattr(national_rows, "PAGE", 4)
    pages = found(**asked_for).pages
    assert pages == -(-len(whole) // 4)
    assert [code for n in range(pages) for code in shown(**asked_for, page=str(n + 1))] == whole


def test_a_page_says_which_rows_it_has_and_a_page_beyond_the_last_is_the_last(nation, monkeypatch):
    monkeypatch.setattr(national_rows, "PAGE", 2)
    second, beyond = found(page="2"), found(page="99")
    assert (second.page, second.pages, second.first, second.last, codes(second)) == (2, 3, 3, 4, ["DMA003", "DMM001"])
    assert (beyond.page, beyond.first, beyond.last, codes(beyond)) == (3, 5, 5, ["DMB001"])
    assert [(each.kind.code, each.matching, len(each.organisations)) for each in second.sections] == [
        ("acute", 3, 1), ("mental_health", 1, 1),
    ]  # fmt: skip


def test_pages_by_name_go_by_letters_whatever_their_case(nation, monkeypatch):
    monkeypatch.setattr(national_rows, "PAGE", 1)
    named = [codes(found(sort="name", kind="acute", page=str(n))) for n in (1, 2, 3)]
    assert named == [["DMA002"], ["DMA003"], ["DMA001"]]  # ashby, Calder, Northmoor


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "²", "9" * 30])
def test_a_page_that_is_none_is_noted_and_the_first_is_shown(page):
    assert wants(page=page).page == 1
    assert wants(page=page).ignored == (("page", page),)


def test_the_table_takes_as_many_queries_for_few_as_for_many(nation, django_assert_num_queries):
    def ask() -> None:
        figures = counted(YEAR, "update")
        for given, queries in (({}, 2), ({"status": "met", "sort": "met"}, 3)):
            with django_assert_num_queries(queries):
                table(figures, wants(**given))

    ask()
    write(report(*(trust(f"DMM1{n:02d}", "MN") for n in range(60))), {})
    ask()


@pytest.mark.parametrize(
    "name", ["kind", "region", "theme", "recommendation", "status", "submitted", "late", "sort", "direction"]
)
def test_an_unknown_value_is_left_out_and_noted(nation, name):
    found = wants(**{name: "gp"})
    assert found == Asked()
    assert found.ignored == ((name, "gp"),)
    assert shown(**{name: "gp"}) == shown()


def test_an_unknown_name_is_nothing_to_us():
    assert wants(utm="x") == Asked()
    assert wants(utm="x").ignored == ()


def test_a_long_unknown_value_is_shortened_in_the_note():
    assert wants(kind="x" * 1000).ignored == (("kind", "x" * 40 + "…"),)


def test_recommendation_3_has_no_column_because_it_does_not_fall_on_trusts():
    assert wants(recommendation="3").ignored == (("recommendation", "3"),)


def test_columns_are_those_of_the_recommendation_or_theme_asked_for():
    assert Asked().numbers(FRAMEWORK) == NUMBERS
    assert wants(recommendation="11").numbers(FRAMEWORK) == (11,)
    assert wants(theme="rights").numbers(FRAMEWORK) == RIGHTS
    assert wants(theme="rights", recommendation="25").numbers(FRAMEWORK) == (25,)


@pytest.mark.parametrize(
    ("given", "agrees"),
    [
        ({}, True),
        ({"theme": "rights"}, True),
        ({"recommendation": "25"}, True),
        ({"theme": "rights", "recommendation": "11"}, True),
        ({"theme": "rights", "recommendation": "25"}, False),
    ],
)
def test_a_recommendation_of_another_theme_is_noticed(given, agrees):
    assert wants(**given).theme_agrees(FRAMEWORK) is agrees


def test_an_address_keeps_what_is_asked_and_leaves_out_what_goes_without_saying():
    found = wants(kind="acute", q="a&b", sort="met", direction="desc", page="7")
    assert found.address() == "?kind=acute&q=a%26b&sort=met&direction=desc"
    assert found.address(sort="code", direction="asc") == "?kind=acute&q=a%26b"
    assert Asked().address() == "?"


def test_an_address_begins_at_the_first_page_unless_another_is_asked_for():
    found = wants(kind="acute", page="3")
    assert found.address() == found.address(page=1) == "?kind=acute"
    assert found.address(page=2) == "?kind=acute&page=2"


def test_only_filters_narrow():
    assert not wants(sort="met", direction="desc").narrows
    assert not wants(kind="unknown").narrows
    assert wants(q="a").narrows
    assert wants(theme="rights").narrows
    assert not wants(theme="rights", recommendation="1").leaves_out
    assert wants(status="met").leaves_out


def test_met_is_counted_of_what_applies():
    found = {each["code"]: (met(each), applying(each)) for each in NATION["organisations"]}
    assert found == {"DMA001": (15, 16), "DMA002": (15, 16), "DMA003": (0, 0), "DMM001": (16, 16), "DMB001": (14, 15)}
