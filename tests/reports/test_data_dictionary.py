"""The data dictionary says each name of each file, and no other: it is held against the files themselves."""

import csv
import json
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.reports import board_zip
from igtoolkit.reports.board import board_bytes
from igtoolkit.reports.data_dictionary import FILES, dictionary_csv, dictionary_json
from igtoolkit.reports.national import national_bytes
from igtoolkit.reports.national_files import national_file
from igtoolkit.reports.published import published
from igtoolkit.reports.scores import scores_csv
from igtoolkit.reports.scores_full import assessment_json
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, ready_for_final, started, submit_final
from tests.reports.small_nation import report_at, trust

AT = datetime(2015, 11, 5, 9, tzinfo=UTC)
ANY = {"counts": "KIND", "KIND": "STATUS", "statuses": "NUMBER", "levels": "LEVEL"}

pytestmark = pytest.mark.django_db


def names(code: str, form: str) -> set[str]:
    (file,) = (each for each in FILES if each.code == code)
    return {row["name"] for row in file.rows() if row["form"] == form}


def paths(value: object, at: str = "") -> set[str]:
    """The keys that lead to each value, [] for a list; a key that may be any is said by its word."""
    if isinstance(value, dict) and value:
        stands_for = ANY.get(at.rpartition(".")[2])
        return set().union(*(paths(each, f"{at}.{stands_for or key}".lstrip(".")) for key, each in value.items()))
    if isinstance(value, list) and value:
        return set().union(*(paths(each, f"{at}[]") for each in value))
    return {at} if not isinstance(value, list | dict) else set()


def columns(content: bytes) -> set[str]:
    return set(next(csv.reader(StringIO(content.decode()))))


@pytest.fixture
def submitted():
    return report_at(trust("DMA001"), Stage.BASELINE, 2)


def test_the_board_report(submitted):
    assert paths(json.loads(board_bytes(submitted, "json"))) == names("board", "json")
    assert columns(board_bytes(submitted, "csv")) == names("board", "csv")


def test_the_national_report(submitted):
    assert paths(json.loads(national_bytes(YEAR, "baseline", "json"))) == names("national", "json")
    assert columns(national_bytes(YEAR, "baseline", "csv")) == names("national", "csv")


def test_the_workbook_has_the_sheets_and_headings_that_are_explained(submitted):
    book = load_workbook(BytesIO(national_file(YEAR, "baseline", "xlsx", AT)))
    sheets = {each.sheet: each for each in FILES if each.sheet}
    assert [each.title for each in book.worksheets] == list(sheets)
    for sheet in book.worksheets:
        cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
        for each in sheets[sheet.title].fields:
            assert each.column in cells or each.column.startswith("NUMBER"), (sheet.title, each.column)


def test_the_list_in_the_zip_file():
    assert set(board_zip.COLUMNS) == names("boards", "csv")


def test_the_published_result(cast, assessment):
    final = submit_final(ready_for_final(assessment, cast), by=cast.ada, at=AT)
    told = published(final)
    assert paths(told) == {each for each in names("published", "json") if not each.startswith("reviewed.")}
    assert {f"reviewed.{name}" for name in ("grade", "reason", "decided_at")} <= names("published", "json")


def test_scores(submitted):
    assert columns(scores_csv([submitted])) == names("levels", "csv")


def test_a_whole_assessment(cast, assessment):
    ready = ready_for_final(assessment, cast)
    marked = paths(json.loads(assessment_json(ready)))
    evidence = (EvidenceSaid("1a", note="Minutes", dated=date(2015, 6, 1)),)
    fresh = scope.find_assessment(cast.cleo, "DMA002", YEAR) and started(cast.cleo)
    save_answer(fresh, "13-101", Said(ticked=frozenset({"1a"}), evidence=evidence), version=0, by=cast.cleo)
    unmarked = paths(json.loads(assessment_json(scope.find_assessment(cast.cleo, "DMA002", YEAR))))
    assert marked | unmarked == names("assessment", "json")


def test_every_name_has_a_meaning_and_stands_once():
    for file in FILES:
        rows = list(file.rows())
        assert all(row["meaning"] for row in rows), file.code
        assert len({(row["form"], row["name"]) for row in rows}) == len(rows) or file.code == "workbook_summary"


def test_the_files_of_the_dictionary_agree():
    table = list(csv.DictReader(StringIO(dictionary_csv().decode())))
    document = json.loads(dictionary_json())
    flat = [
        SimpleNamespace(file=file["file"], name=field["name"], form=field["form"], meaning=field["meaning"])
        for file in document["files"]
        for field in file["fields"]
    ]
    assert [(each.file, each.form, each.name, each.meaning) for each in flat] == [
        (row["file"], row["form"], row["name"], row["meaning"]) for row in table
    ]
