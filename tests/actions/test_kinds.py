"""The service team sets kinds: row by row, from a spreadsheet, never under an assessment, nobody's choice lost."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from igtoolkit.access.policy import Refused
from igtoolkit.actions.register.files import FileProblem
from igtoolkit.actions.register.kind_files import KindFile, read_kinds
from igtoolkit.actions.register.kinds import Setting, StaleKinds, set_kinds
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import Registration
from tests.conftest import make_organisation, started

YEAR = "2015-16"
SOURCE = "ERIC 2015/16, read 1 June 2015"


@pytest.fixture
def to_be_set(cast) -> Registration:
    make_organisation("TAD", kind="", name="A care trust")
    return Registration.objects.get(code="TAD")


def setting(registration: Registration, kind: str, seen: str = "", source: str = SOURCE) -> Setting:
    return Setting(registration.pk, kind, seen, source)


def test_a_kind_is_set_with_its_source_and_told(to_be_set, cast, told):
    assert set_kinds(YEAR, [setting(to_be_set, "mental_health")], by=cast.sam) == 1
    to_be_set.refresh_from_db()
    assert (to_be_set.kind, to_be_set.source) == ("mental_health", SOURCE)
    assert told(to_be_set.organisation) == [
        (
            "kind_set",
            "sam@example.org",
            {
                "year": YEAR,
                "before": {"kind": "", "source": "tests"},
                "after": {"kind": "mental_health", "source": SOURCE},
            },
        )
    ]


def test_setting_a_kind_twice_sets_it_once(to_be_set, cast, told):
    set_kinds(YEAR, [setting(to_be_set, "acute")], by=cast.sam)
    assert set_kinds(YEAR, [setting(to_be_set, "acute")], by=cast.sam) == 0
    assert len(told(to_be_set.organisation)) == 1


@pytest.mark.parametrize("somebody", ["ada", "cleo", "dev", "nia"])
def test_nobody_else_sets_kinds(to_be_set, cast, somebody):
    with pytest.raises(Refused):
        set_kinds(YEAR, [setting(to_be_set, "acute")], by=getattr(cast, somebody))


def test_another_ones_choice_is_not_overwritten(to_be_set, cast):
    set_kinds(YEAR, [setting(to_be_set, "acute")], by=cast.sam)
    with pytest.raises(StaleKinds) as stale:
        set_kinds(YEAR, [setting(to_be_set, "ambulance")], by=cast.sam)
    assert stale.value.now == {to_be_set.pk: "acute"}
    to_be_set.refresh_from_db()
    assert to_be_set.kind == "acute"


def test_a_kind_stays_under_an_assessment_and_then_nothing_is_set(to_be_set, cast):
    started(cast.ada)
    own = Registration.objects.get(code="DMA001")
    with pytest.raises(Invalid) as invalid:
        set_kinds(YEAR, [setting(to_be_set, "acute"), setting(own, "ambulance", "acute")], by=cast.sam)
    words = "DMA001 has started its assessment of 2015-16, so its kind stays"
    assert invalid.value.errors == {f"kind-{own.pk}": words}
    to_be_set.refresh_from_db()
    assert to_be_set.kind == ""


@pytest.mark.parametrize(
    ("kind", "source", "field"),
    [("hotel", SOURCE, "kind"), ("acute", " ", "source"), ("acute", "=1+1", "source"), ("acute", "x" * 201, "source")],
)
def test_what_cannot_be_kept_is_refused(to_be_set, cast, kind, source, field):
    with pytest.raises(Invalid) as invalid:
        set_kinds(YEAR, [setting(to_be_set, kind, source=source)], by=cast.sam)
    assert [name.split("-")[0] for name in invalid.value.errors] == [field]


def test_a_registration_of_another_year_is_not_reached(to_be_set, cast):
    with pytest.raises(Invalid):
        set_kinds("2016-17", [setting(to_be_set, "acute")], by=cast.sam)


# Spreadsheets


def read(rows: str, header: str = "code,kind,source\n", **more: str) -> KindFile:
    return read_kinds((header + rows).encode(), "kinds.csv", YEAR, **more)


def test_a_spreadsheet_says_what_it_would_change(to_be_set, cast):
    file = read("tad,Mental health trust,Its board\nDMA001,acute,\nDMA002,ACUTE - LARGE,\nDMG001,to be set,\n")
    assert [(each.registration.code, each.kind, each.source) for each in file.changes] == [
        ("TAD", "mental_health", "Its board"),
        ("DMG001", "", "kinds.csv"),
    ]
    assert (file.unchanged, file.wrong) == (2, ())


def test_a_source_is_its_own_the_one_typed_or_the_files_name(to_be_set):
    assert read("TAD,acute,Its own\n", source="Typed").changes[0].source == "Its own"
    assert read("TAD,acute,\n", source="Typed").changes[0].source == "Typed"
    assert read("TAD,acute\n", "code,kind\n").changes[0].source == "kinds.csv"


def test_wrong_rows_are_named_by_line(to_be_set, cast):
    started(cast.ada)
    file = read(
        "R9Z,acute,\nTAD,HOTEL,\nTAD,acute,\nDMA001,ambulance,\n8E+61,acute,\nDMA002,acute,=1\nDMA002\n,acute,\n"
    )
    found = [(each.line, each.reason) for each in file.wrong]
    for line, words in (
        (2, "“R9Z” is not registered for 2015-16"),
        (3, "kind “HOTEL” is not known"),
        (3, "code “TAD” is given more than once"),
        (5, "DMA001 has started its assessment of 2015-16, so its kind stays"),
        (6, "code “8E+61” is a number with an exponent"),
        (7, "source begins with ="),
        (8, "1 cells where the column names are 3"),
        (9, "no code"),
    ):
        assert any(at == line and words in reason for at, reason in found), (line, words, found)


def test_a_workbook_does_as_well(to_be_set):
    book = Workbook()
    book.active.append(["Kind", "ODS code"])
    book.active.append(["Care home", "TAD"])
    packed = BytesIO()
    book.save(packed)
    assert [each.kind for each in read_kinds(packed.getvalue(), "kinds.xlsx", YEAR).changes] == ["voluntary"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (b"code,name\nTAD,A\n", r"no column kind"), (b"code,kind\n", "no row")],
)
def test_a_spreadsheet_that_cannot_be_read_says_why(db, data, words):
    with pytest.raises(FileProblem, match=words):
        read_kinds(data, "kinds.csv", YEAR)
