"""Loading organisations: what a file says, what is wrong with it, and what is recorded of it."""

import json
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from igtoolkit.access.scope import everything
from igtoolkit.actions.register.files import FileProblem, OrganisationFile, read_organisations
from igtoolkit.actions.register.loading import load_organisations
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import AuditEvent, Demonstration, Organisation, Registration

YEAR = "2015-16"
PUBLIC_FILE = Path(__file__).parents[1] / "data" / "trust-types-2015-16.csv"
HEADER = "code,name,region,kind\n"


def read(rows: str | bytes, header: str = HEADER) -> OrganisationFile:
    data = rows if isinstance(rows, bytes) else (header + rows).encode()
    return read_organisations(data, "file.csv", framework("igt-13"))


def reasons(rows: str) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in read(rows).wrong]


def events() -> list[tuple[str, str]]:
    rows = everything(AuditEvent, reason="a test looks at all")
    return list(rows.order_by("pk").values_list("chain", "event"))


def facts_of(chain: str, event: str) -> dict:
    rows = everything(AuditEvent, reason="a test looks at all")
    return json.loads(rows.filter(chain=chain, event=event).latest("pk").facts)


@pytest.mark.django_db
def test_the_public_file_of_2015_16_loads_whole_and_quickly():
    data = PUBLIC_FILE.read_bytes()
    began = time.process_time()
    loaded = load_organisations(read_organisations(data, PUBLIC_FILE.name, framework("igt-13")), YEAR)
    took = time.process_time() - began
    kinds = {"acute": 154, "mental_health": 50, "ambulance": 10, "community_provider": 18, "": 6}
    assert loaded.kinds == kinds
    assert dict(Counter(Registration.objects.values_list("kind", flat=True))) == kinds
    assert len(loaded.new) == Organisation.objects.count() == 238
    assert not loaded.wrong
    assert took < 3
    to_be_set = Registration.objects.filter(kind="").values_list("organisation__code", "kind_words")
    assert {words for _, words in to_be_set} == {"CARE TRUST"}
    assert {"TAD", "TAE", "TAF", "TAH", "TAJ"} < {code for code, _ in to_be_set}
    assert Registration.objects.get(organisation__code="RF4").organisation.name.startswith("BARKING, HAVERING AND")


@pytest.mark.django_db
def test_loading_tells_the_service_once_and_every_organisation_once():
    file = read("r1a,A trust,North,ACUTE\nR1B,B trust,South,ambulance\n")
    load_organisations(file, YEAR)
    assert events() == [
        ("R1A", "organisation_added"),
        ("R1B", "organisation_added"),
        ("service", "organisations_loaded"),
    ]
    told = facts_of("service", "organisations_loaded")
    assert told == {
        "year": YEAR,
        "file": "file.csv",
        "sha256": sha256((HEADER + "r1a,A trust,North,ACUTE\nR1B,B trust,South,ambulance\n").encode()).hexdigest(),
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "successions": 0,
    }
    after = {"name": "A trust", "kind": "acute", "kind_words": "ACUTE", "region": "North"}
    assert facts_of("R1A", "organisation_added") == {"year": YEAR, "before": {}, "after": after}


@pytest.mark.django_db
def test_loading_a_file_again_writes_nothing():
    load_organisations(read("R1A,A trust,North,ACUTE\n"), YEAR)
    before = events()
    again = load_organisations(read("R1A,A trust,North,ACUTE\n"), YEAR)
    assert (again.new, again.changed, again.unchanged, again.written) == ((), (), 1, False)
    assert events() == before


@pytest.mark.django_db
def test_a_changed_row_is_recorded_before_and_after():
    load_organisations(read("R1A,A trust,North,ACUTE\nR1B,B trust,North,ACUTE\n"), YEAR)
    loaded = load_organisations(read("R1A,The A trust,North,MENTAL HEALTH\nR1B,B trust,North,ACUTE\n"), YEAR)
    (change,) = loaded.changed
    assert (change.code, change.differing) == ("R1A", ("name", "kind", "kind_words"))
    assert loaded.unchanged == 1
    assert facts_of("R1A", "organisation_changed") == {
        "year": YEAR,
        "before": {"name": "A trust", "kind": "acute", "kind_words": "ACUTE", "region": "North"},
        "after": {"name": "The A trust", "kind": "mental_health", "kind_words": "MENTAL HEALTH", "region": "North"},
    }
    assert Organisation.objects.get(code="R1A").name == "The A trust"
    assert Registration.objects.get(organisation__code="R1A").kind == "mental_health"


@pytest.mark.django_db
def test_an_organisation_of_another_year_is_registered_for_this_one_too():
    load_organisations(read("R1A,A trust,North,ACUTE\n"), YEAR)
    loaded = load_organisations(read("R1A,Renamed trust,North,ACUTE\n"), "2016-17")
    assert [each.code for each in loaded.new] == ["R1A"]
    assert Registration.objects.filter(organisation__code="R1A").count() == 2
    assert facts_of("R1A", "organisation_added")["before"] == {"name": "A trust"}


@pytest.mark.django_db
def test_a_kind_set_by_hand_stays_where_the_file_leaves_it_open():
    load_organisations(read("TAD,A care trust,North,CARE TRUST\n"), YEAR)
    Registration.objects.update(kind="mental_health")
    again = load_organisations(read("TAD,A care trust,North,CARE TRUST\n"), YEAR)
    assert again.unchanged == 1
    assert Registration.objects.get().kind == "mental_health"


@pytest.mark.django_db
def test_a_kind_cannot_change_under_an_assessment(cast, assessment):
    row = "DMA001,Trust DMA001,North,AMBULANCE\nDMA002,Trust DMA002,North,AMBULANCE\n"
    loaded = load_organisations(read(row), YEAR, accept_good_rows=True)
    (wrong,) = loaded.wrong
    assert wrong.line == 2
    assert wrong.reason == (
        "DMA001 has an assessment for 2015-16 as acute, so its kind cannot become ambulance: correct the row"
    )
    assert Registration.objects.get(organisation__code="DMA001").kind == "acute"
    assert Registration.objects.get(organisation__code="DMA002").kind == "ambulance"


@pytest.mark.django_db
def test_an_assessed_organisation_can_be_renamed(cast, assessment):
    loaded = load_organisations(read("DMA001,New name,North,acute\n"), YEAR)
    assert loaded.written
    assert Organisation.objects.get(code="DMA001").name == "New name"


@pytest.mark.django_db
def test_one_wrong_row_keeps_the_whole_file_out_unless_good_rows_are_accepted():
    file = read("R1A,A trust,North,ACUTE\nR1B,,North,ACUTE\n")
    refused = load_organisations(file, YEAR)
    assert (refused.written, Organisation.objects.count(), events()) == (False, 0, [])
    accepted = load_organisations(file, YEAR, accept_good_rows=True)
    assert accepted.written
    assert [each.code for each in Organisation.objects.all()] == ["R1A"]
    assert facts_of("service", "organisations_loaded")["refused"] == 1


@pytest.mark.django_db
def test_a_dry_run_says_what_would_change_and_writes_nothing():
    loaded = load_organisations(read("R1A,A trust,North,ACUTE\n"), YEAR, dry_run=True)
    assert [each.code for each in loaded.new] == ["R1A"]
    assert (loaded.written, Organisation.objects.count(), Registration.objects.count(), events()) == (False, 0, 0, [])


@pytest.mark.django_db
def test_progress_is_told_as_organisations_are_written():
    told: list[tuple[int, int]] = []
    rows = read("R1A,A,North,ACUTE\nR1B,B,North,ACUTE\n")
    load_organisations(rows, YEAR, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]


@pytest.mark.django_db
def test_a_failure_halfway_leaves_nothing_behind():
    def stop(done: int, total: int) -> None:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        load_organisations(read("R1A,A,North,ACUTE\nR1B,B,North,ACUTE\n"), YEAR, progress=stop)
    assert (Organisation.objects.count(), events()) == (0, [])


def test_a_demonstration_takes_no_real_organisations(committed):
    Demonstration.objects.create(clock_starts=clock.now(), began=clock.now())
    clock.demonstration.cache_clear()
    with pytest.raises(Invalid, match="set IGTOOLKIT_HOME to a new folder"):
        load_organisations(read("R1A,A trust,North,ACUTE\n"), YEAR)
    assert Organisation.objects.count() == 0


WRONG_ROWS = {
    "no code": (",A trust,North,ACUTE\n", "no code"),
    "no name": ("R1A, ,North,ACUTE\n", "no name"),
    "no kind": ("R1A,A trust,North,\n", "no kind"),
    "a code with a space": ("R 1A,A trust,North,ACUTE\n", "code “R 1A” is not an ODS code"),
    "a code too short": ("R,A trust,North,ACUTE\n", "code “R” is not an ODS code"),
    "a code too long": ("R123456789012345678901234567890,A trust,North,ACUTE\n", "has 31 characters, and may have 30"),
    "a Cyrillic code": ("Р1А,A trust,North,ACUTE\n", "is not an ODS code"),
    "a sharp s": ("Rß,A trust,North,ACUTE\n", "is not an ODS code"),
    "an exponent": ("8E+61,A trust,North,ACUTE\n", "code “8E+61” is a number with an exponent"),
    "a date": ("1-Mar,A trust,North,ACUTE\n", "code “1-MAR” is a date"),
    "a whole date": ("2006-04-01 00:00:00,A trust,North,ACUTE\n", "is a date"),
    "a date with strokes": ("01/04/2006,A trust,North,ACUTE\n", "is a date"),
    "a formula": ("R1A,=cmd|x,North,ACUTE\n", "name begins with =, which a spreadsheet would take for a formula"),
    "a plus": ("R1A,+44 trust,North,ACUTE\n", "name begins with +"),
    "a minus": ("R1A,-1,North,ACUTE\n", "name begins with -"),
    "an at": ("R1A,@SUM(A1),North,ACUTE\n", "name begins with @"),
    "a full-width formula": ("R1A,＝1+1,North,ACUTE\n", "name begins with ＝"),
    "a formula as region": ("R1A,A trust,=1,ACUTE\n", "region begins with ="),
    "a NUL": ("R1A,A\0trust,North,ACUTE\n", "name holds the unseen character U+0000"),
    "a terminal's escape": ("R1A,A\x1b[31mtrust,North,ACUTE\n", "name holds the unseen character U+001B"),
    "a line break": ('R1A,"A\ntrust",North,ACUTE\n', "name holds the unseen character U+000A"),
    "a bidi override": ("R1A,A \u202etrust,North,ACUTE\n", "name holds the unseen character U+202E"),
    "a name too long": (f"R1A,{'a' * 201},North,ACUTE\n", "name has 201 characters, and may have 200"),
    "a region too long": (f"R1A,A trust,{'a' * 101},ACUTE\n", "region has 101 characters, and may have 100"),
    "an unknown kind": ("R1A,A trust,North,AMBULENCE\n", "kind “AMBULENCE” is not known. Nearest: ambulance"),
    "a slid cell": ("R1A,A trust,in two cells,North,ACUTE\n", "5 cells where the column names are 4"),
    "a lost cell": ("R1A,A trust,ACUTE\n", "3 cells where the column names are 4"),
}


@pytest.mark.parametrize("rows", WRONG_ROWS)
def test_a_wrong_row_is_refused_with_its_line_and_reason(rows):
    given, expected = WRONG_ROWS[rows]
    file = read(f"R1Z,A good one,North,ACUTE\n{given}R1Y,Another,North,ACUTE\n")
    assert [each.line for each in file.wrong] == [3]
    assert expected in file.wrong[0].reason
    assert [each.code for each in file.rows] == ["R1Z", "R1Y"]


def test_a_row_says_everything_that_is_wrong_with_it():
    assert [reason for _, reason in reasons("R,=x,North,HOTEL\n")] == [
        "code “R” is not an ODS code: 2 letters and figures or more, A to Z and 0 to 9, with hyphens only between them",
        "name begins with =, which a spreadsheet would take for a formula",
        reasons("R1A,x,North,HOTEL\n")[0][1],
    ]


def test_a_code_given_twice_names_both_lines_and_refuses_both():
    found = reasons("R1A,A trust,North,ACUTE\nR1B,B trust,North,ACUTE\nr1a,A again,North,ACUTE\n")
    assert found == [
        (2, "code “R1A” is given more than once, and not alike: also on line 4"),
        (4, "code “R1A” is given more than once, and not alike: also on line 2"),
    ]


def test_codes_that_only_look_damaged_are_taken():
    file = read("APR6,Leaf care,North,ACUTE\n12345,A number,North,ACUTE\nE87,Letter first,North,ACUTE\n")
    assert [each.code for each in file.rows] == ["APR6", "12345", "E87"]


def test_columns_are_found_by_name_in_any_order_and_case():
    header = "Extra,Organisation Type,NAME,\tCode ,Commissioning-Region\n"
    (row,) = read("x,acute - large,A trust, r1a ,North\n", header).rows
    assert (row.code, row.name, row.region, row.kind, row.kind_words, row.line) == (
        "R1A",
        "A trust",
        "North",
        "acute",
        "acute - large",
        2,
    )


def test_a_byte_order_mark_windows_line_ends_and_blank_rows_do_no_harm():
    file = read(b"\xef\xbb\xbfcode,name,region,kind\r\n\r\nR1A,A,North,ACUTE\r\n,,,\r\nR1B,B,North,NO SUCH\r\n")
    assert [(each.code, each.line) for each in file.rows] == [("R1A", 3)]
    assert [each.line for each in file.wrong] == [5]


def test_the_line_named_is_that_of_the_file_after_a_cell_of_several_lines():
    assert [line for line, _ in reasons('R1A,"A\ntrust",North,ACUTE\nR1B,,North,ACUTE\n')] == [2, 4]


def test_a_kind_is_known_by_the_codes_own_name_too():
    (row,) = read("R1A,A trust,North,Mental_Health\n").rows
    assert row.kind == "mental_health"


UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank": (b"\n , \n", "is empty"),
    "only a header": (HEADER.encode(), "no row"),
    "cp1252": (b"code,name,region,kind\nR1A,A trust,North,ACUTE\nR1B,Caf\xe9,North,ACUTE\n", "Line 3 is not UTF-8"),
    "UTF-16": ("code,name\n".encode("utf-16"), "Line 1 is not UTF-8"),
    "no names": (b"code;region\nR1A;North\n", "divided at semicolons, are: “code”, “region”"),
    "a column twice": (b"code,name,region,kind,Kind\nR1A,A,North,ACUTE,ACUTE\n", "kind more than once"),
    "a quotation never closed": (b'code,name,region,kind\nR1A,"A,North,ACUTE\n', "The row on line 2 is not CSV"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_read_says_what_to_do(kind):
    data, words = UNREADABLE[kind]
    with pytest.raises(FileProblem, match=words):
        read(data)
