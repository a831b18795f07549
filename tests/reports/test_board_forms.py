"""CSV that a spreadsheet may open, and JSON that stays the same."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from igtoolkit.reports.forms import csv_bytes, json_bytes, safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", " =", "\u00a0+"])
def test_a_text_that_a_spreadsheet_would_work_out_begins_with_an_apostrophe(start):
    assert safe_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["Trust", "A=B", "13-203", "–", "", " 1", "'=1"])
def test_any_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert [safe_cell(each) for each in (55, -1, 0, None, True, False)] == [55, -1, 0, "", "true", "false"]


def test_csv_lines_end_as_rfc_4180_asks_and_quotes_are_doubled():
    assert csv_bytes([("name", "n"), ('St "Oswin", North', 1)]) == b'name,n\r\n"St ""Oswin"", North",1\r\n'


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may have much else to do
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), max_size=5))
def test_whatever_the_texts_they_read_back_and_none_is_a_formula(rows):
    read = list(csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8"), newline="")))
    assert [[each.removeprefix("'") for each in row] for row in read] == [
        [each.removeprefix("'") for each in row] for row in rows
    ]
    assert not any(each.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) for row in read for each in row)


def test_json_keeps_the_order_of_its_keys_and_the_letters_of_its_words():
    assert json_bytes({"b": "Ünïté", "a": None}) == '{\n  "b": "Ünïté",\n  "a": null\n}\n'.encode()
