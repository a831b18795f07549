"""The public registers as they really are: layouts, separators, damaged codes, several kinds, days and successors."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from igtoolkit.actions.register.files import FileProblem, OrganisationFile, Row, read_organisations
from igtoolkit.records.frameworks import framework

FILES = Path(__file__).parents[1] / "data" / "register"


def read(data: bytes | str, name: str = "file.csv") -> OrganisationFile:
    return read_organisations(data if isinstance(data, bytes) else data.encode(), name, framework("igt-13"))


def public(name: str) -> OrganisationFile:
    return read((FILES / name).read_bytes(), name)


def rows_of(file: OrganisationFile) -> dict[str, Row]:
    return {each.code: each for each in file.rows}


def layout_row(width: int, **cells: str) -> str:
    places = {"code": 0, "name": 1, "grouping": 2, "opened": 10, "closed": 11}
    row = [""] * width
    for name, text in cells.items():
        row[places[name]] = text
    return ",".join(f'"{each}"' for each in row)


def workbook(*rows: tuple) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for each in rows:
        sheet.append(each)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


WHOLE = {
    "etr-2025-12.csv": 20,
    "ect-2023.csv": 4,
    "epraccur.csv": 25,
    "status-with-successors-2022-02-08.csv": 9,
    "trust-types-2026-08.csv": 11,
    "trusts-2023-10-17.csv": 5,
    "icbs-2023-10-17.csv": 3,
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_public_file_is_read_whole(name):
    file = public(name)
    assert file.wrong == ()
    assert len(file.rows) == WHOLE[name]


def test_the_published_layout_needs_no_line_of_names():
    rows = rows_of(public("etr-2025-12.csv"))
    assert rows["RWR"].name == "HERTFORDSHIRE PARTNERSHIP UNIVERSITY NHS FOUNDATION TRUST"
    assert (rows["R0C"].opened, rows["R0C"].closed) == (date(2020, 3, 1), date(2020, 3, 26))
    assert (rows["RWR"].kind, rows["RWR"].kind_words, rows["RWR"].region) == ("", "", "")
    assert rows["G6V2S"].grouping == "London"
    assert rows["RT4"].name == "WELSH AMBULANCE SERVICES NHS TRUST"


@pytest.mark.parametrize("width", [15, 24, 27])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_shorter_layouts_line_ends_and_a_byte_order_mark_are_taken(width, line_end, mark):
    rows = [
        layout_row(width, code="R0A", name="KING'S LYNN, THE", opened="20171001"),
        layout_row(width, code="R0B", name="Ysbyty Tŷ Gwyn", closed="20190331"),
    ]
    file = read(mark + line_end.join(rows) + line_end)
    assert [(each.code, each.name, each.opened, each.closed) for each in file.rows] == [
        ("R0A", "KING'S LYNN, THE", date(2017, 10, 1), None),
        ("R0B", "Ysbyty Tŷ Gwyn", None, date(2019, 3, 31)),
    ]


def test_another_width_without_names_says_what_is_needed():
    with pytest.raises(FileProblem, match="it must have the published layout of 15, 24, 27 fields; it has 16"):
        read(layout_row(16, code="R0A", name="A"))


@pytest.mark.parametrize("separator", [",", "$", ";", "\t"])
def test_separators_are_told_from_the_first_line(separator):
    lines = ["code,name,kind", "R1A,A trust,ACUTE"]
    (row,) = read("\n".join(lines).replace(",", separator)).rows
    assert (row.code, row.name, row.kind) == ("R1A", "A trust", "acute")


def test_a_file_without_kinds_leaves_them_to_be_set():
    (row,) = read("code,name\nR1A,A trust\n").rows
    assert (row.kind, row.kind_words) == ("", "")


REGISTER_REFUSES = {
    "DEMO DENTAL ACCOUNT 009": "is not an ODS code",
    "HOME COUNTRIES - KAINOS": "is not an ODS code",
    "2006-04-01 00:00:00": "is a date, as spreadsheets make of codes",
}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_register_of_2019_is_read_but_for_three_codes(form):
    file = public(f"DSPT-progress-2019-06-17.{form}")
    assert len(file.wrong) == 3
    for code, words in REGISTER_REFUSES.items():
        assert [each for each in file.wrong if f"“{code}”" in each.reason and words in each.reason], code
    rows = rows_of(file)
    for code in (
        "8E461",
        "8E339",
        "204",
        "69730",
        "12345",
        "8D594-MASH",
        "P08F-OPD",
        "NMR-R",
        "G85016001",
        "EE133874-IOPPN-PM-BRCN",
    ):
        assert code in rows
    assert {"V12951", "FQN10", "DL2", "DXF"} < set(rows)  # in lower case in the file
    assert rows["VM8L1"].name == "LANGDALE HOUSE LTD (VM8L1)"  # the space before it goes, its remark stays
    assert len(rows["K81023"].name) == 162
    assert rows["VM8L1"].line == 2


def test_a_body_that_calls_itself_acute_is_not_a_trust_for_that():
    rows = rows_of(public("DSPT-progress-2019-06-17.csv"))
    for code, words in (("12345", "Acute"), ("8KA70", "Ambulance Trust"), ("RVN", "Mental Health Trust")):
        assert (rows[code].kind, rows[code].kind_words) == ("", words)
    assert (rows["FQN10"].kind, rows["204"].kind, rows["02N"].kind) == ("pharmacy", "local_authority", "ccg")
    assert rows["V11855"].kind == ""  # its profile is not complete


def test_a_published_type_is_taken_at_its_word():
    rows = rows_of(public("trust-types-2026-08.csv"))
    assert (rows["RA7"].kind, rows["RW1"].kind, rows["RX9"].kind) == ("acute", "mental_health", "ambulance")


def test_predecessors_and_the_day_of_a_merger_are_read():
    rows = rows_of(public("trust-types-2026-08.csv"))
    assert (rows["RA7"].predecessors, rows["RA7"].merged) == (("RVJ",), date(2026, 7, 1))
    assert (rows["RX9"].predecessors, rows["RX9"].merged) == ((), None)


def test_a_body_listed_twice_for_its_two_successors_is_one():
    rows = rows_of(public("status-with-successors-2022-02-08.csv"))
    assert rows["RW6"].successors == ("RM3", "R0A")
    assert (rows["RW6"].opened, rows["RW6"].closed) == (date(2002, 4, 1), date(2021, 9, 30))


def test_several_kinds_claimed_leave_it_to_be_set_and_keep_the_words():
    twice = read("code,name,kind\nR1F,Isle of Wight,ACUTE\nR1F,Isle of Wight,AMBULANCE\nR1G,Other,ACUTE\n")
    assert [(each.code, each.kind, each.kind_words) for each in twice.rows] == [
        ("R1F", "", "ACUTE; AMBULANCE"),
        ("R1G", "acute", "ACUTE"),
    ]
    (in_one_cell,) = read('code,name,kind\nR1F,Isle of Wight,"ACUTE; AMBULANCE"\n').rows
    assert (in_one_cell.kind, in_one_cell.kind_words) == ("", "ACUTE; AMBULANCE")
    (agreeing,) = read('code,name,kind\nR1F,A,"ACUTE - LARGE; ACUTE - TEACHING"\n').rows
    assert agreeing.kind == "acute"


MANY_KINDS = (
    "ACUTE - TEACHING",
    "ACUTE - SMALL",
    "AMBULANCE",
    "CARE TRUST",
    "COMMUNITY TRUSTS",
    "MENTAL HEALTH AND LEARNING DISABILITY",
)
WRONG = {
    "lost zeros": ("code,name\n12,A trust\n", "is a number of 2 figures, where codes of figures alone have 3 or 5"),
    "lost zeros of four": ("code,name\n4567,A trust\n", "is a number of 4 figures"),
    "a row number before": ("code,name,kind\n204,R1A,ACUTE\n", "name “R1A” is written like a code"),
    "another row's code": (
        "code,name\nX1,RWR\nRWR,A trust\n",
        "name “RWR” is the code of another row: its cells look slid",
    ),
    "slid to the left": (
        "code,name,kind,region\nR1A,A trust,North,ACUTE\n",
        "kind “North” is not known, and “ACUTE” stands in another column: its cells look slid by one",
    ),
    "a name in the code": ("code,name,kind\nA trust,ACUTE,North\n", "is not an ODS code"),
    "an open date that is none": ("code,name,opened\nR1A,A,20159901\n", "open date “20159901” is not a date"),
    "closed before it opened": (
        "code,name,opened,closed\nR1A,A,20150401,20150331\n",
        "closed on 2015-03-31, before it opened on 2015-04-01",
    ),
    "a successor that is no code": ("code,name,successor\nR1A,A,=1\n", "successors: code “=1” is not an ODS code"),
    "its own successor": ("code,name,successor\nR1A,A,r1a\n", "successors: R1A cannot be its own"),
    "endless words for kinds": (
        f'code,name,kind\nR1A,A,"{"; ".join(MANY_KINDS)}"\n',
        "its words for a kind have more than 100 characters together",
    ),
    "a hyphen at the end": ("code,name\nR1A-,A\n", "is not an ODS code"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_row_says_why(case):
    data, words = WRONG[case]
    assert [each.reason for each in read(data).wrong if words in each.reason], read(data).wrong


def test_a_true_name_that_looks_like_a_code_is_taken():
    assert rows_of(public("epraccur.csv"))["Y03409"].name == "J2R"
    assert rows_of(public("DSPT-progress-2019-06-17.csv"))["8KA63"].name == "3VEREST"


def test_a_workbook_keeps_numbers_and_names_what_it_damaged():
    file = read(
        workbook(
            ("Code", "Name", "Open date", None),
            (204, "A council", date(2015, 4, 1)),
            (8e61, "Lost", None),
            (date(2006, 4, 1), "Leaf care"),
            ("R1A", "A trust", "20150401", None),
        ),
        "register.xlsx",
    )
    assert [(each.code, each.opened) for each in file.rows] == [("204", date(2015, 4, 1)), ("R1A", date(2015, 4, 1))]
    exponent, a_date = file.wrong
    assert (exponent.line, a_date.line) == (3, 4)
    assert "“8E+61” is a number with an exponent" in exponent.reason
    assert "is a date" in a_date.reason


BROKEN = {
    "not a workbook": (b"PK\x03\x04 and nothing more", "cannot be read as an XLSX workbook"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old kind of spreadsheet"),
    "Windows letters": ("code,name\nR1A,Tŷ".encode("cp1250", "replace") + b"\xff\n", "Line 2 is not UTF-8"),
    "no name": (b"code,region\nR1A,North\n", r"no column name \(or OrganisationName\)"),
    "an empty workbook": (workbook(), "is empty"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_says_what_to_do(case):
    data, words = BROKEN[case]
    with pytest.raises(FileProblem, match=words):
        read(data, "register")
