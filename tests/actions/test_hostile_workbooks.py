"""A workbook that is made to harm whoever opens it is refused, or read as what is plainly in it."""

import io
import time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from igtoolkit.actions.register.faults import code_faults
from igtoolkit.actions.register.tables import MEMBERS_MAX, UNPACKED_MAX, FileProblem, read_table

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "a file of the server": '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>',
    "another host": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>',
    "rules from another host": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY e "plain">]>',
    "a parameter from a file": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file://{secret}"> %p; <!ENTITY e "plain">]>',
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY e "&l9;">]>',
}


def workbook(**other: bytes) -> bytes:
    """A real workbook with some of its parts replaced or added."""
    book = Workbook()
    book.active.append(["code", "kind"])
    book.active.append(["R1A", "acute"])
    plain, made = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with ZipFile(plain) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, other.pop(name, before.read(name)))
        for name, content in other.items():
            after.writestr(name, content)
    return made.getvalue()


def part(data: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name).decode()


@pytest.mark.parametrize("what", DOCTYPES)
@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml"])
def test_nothing_is_fetched_or_blown_up_by_what_a_workbook_defines(what, name, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the server")
    whole = part(workbook(), name)
    head = whole[: whole.index("?>") + 2] if whole.startswith("<?xml") else ""
    body = whole.removeprefix(head).replace("code", "&e;").replace("R1A", "&e;").replace('name="Sheet', 'name="&e;')
    doctype = DOCTYPES[what].replace("{secret}", str(secret))
    data = workbook(**{name: f"{head}{doctype}{body}".encode()})
    began = time.process_time()
    with pytest.raises(FileProblem, match="holds definitions") as refused:
        read_table(data, "kinds.xlsx")
    assert "a secret of the server" not in str(refused.value)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("letters", ["utf-8", "utf-16"])
def test_definitions_are_found_behind_a_long_comment_and_in_other_letters(letters):
    whole = part(workbook(), SHEET)
    hidden = (
        f'<?xml version="1.0" encoding="{letters}"?><!--{"x" * 200_000}--><!DOCTYPE x [<!ENTITY e "plain">]>{whole}'
    )
    with pytest.raises(FileProblem, match="holds definitions"):
        read_table(workbook(**{SHEET: hidden.encode(letters)}), "kinds.xlsx")


def test_a_workbook_as_programs_write_it_is_read():
    assert read_table(workbook(), "kinds.xlsx").rows == ((1, ["code", "kind"]), (2, ["R1A", "acute"]))


def test_a_workbook_that_unpacks_to_more_than_a_register_is_refused_before_it_is_unpacked():
    data = workbook(**{SHEET: b" " * (UNPACKED_MAX + 1)})
    assert len(data) < 1_000_000
    began = time.process_time()
    with pytest.raises(FileProblem, match="unpacks to more"):
        read_table(data, "kinds.xlsx")
    assert time.process_time() - began < 0.5


def test_a_workbook_of_endless_many_parts_is_refused():
    data = workbook(**{f"xl/media/{n}.png": b"" for n in range(MEMBERS_MAX)})
    with pytest.raises(FileProblem, match="unpacks to more"):
        read_table(data, "kinds.xlsx")


@pytest.mark.parametrize(
    "code", ["../R1A", "R1A/../../x", "/etc/passwd", "..", "C:R1A", "R1A\\x", "~root", "R1A\0.pdf"]
)
def test_a_code_that_leads_out_of_its_folder_is_no_code(code):
    """Files of papers are called by codes."""
    assert list(code_faults(code)) != []
