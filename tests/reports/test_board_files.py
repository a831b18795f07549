"""Every board report of a stage: each the bytes of its download, in one ZIP file with a list."""

import csv
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from igtoolkit.reports import board_zip, documents
from igtoolkit.reports.board_files import board_files, latest_boards
from igtoolkit.reports.documents import board_pdf_of
from igtoolkit.reports.pdf.drawing import here
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports.small_nation import report_at, trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def nation(monkeypatch):
    """DMA002's Baseline, corrected once; DMA001's, late; an Update; papers that are quickly drawn."""
    monkeypatch.setattr(documents, "board_pdf", lambda page, *, at: f"{page['digest']} {at}".encode())
    monkeypatch.setattr("igtoolkit.reports.pdf.drawing.board_pdf", documents.board_pdf)
    two = trust("DMA002", name="Ashby")
    report_at(two, Stage.BASELINE, 1)
    corrected = report_at(two, Stage.BASELINE, 2, reason="A slip")
    late = report_at(trust("DMA001", name="=Northmoor"), Stage.BASELINE, 2, late=True)
    report_at(trust("DMB001", kind="ambulance"), Stage.UPDATE, 2)
    trust("DMA003")
    return late, corrected


def zipped(progress=lambda done, total: None) -> bytes:
    return board_zip.board_zip(YEAR, "baseline", progress).content


def test_it_is_the_latest_of_each_trust_in_code_order(nation):
    made = list(board_files(latest_boards(YEAR, "baseline"), here))
    assert [each.submission.pk for each in made] == [each.pk for each in nation]
    assert [each.name for each in made] == [f"caldicott2-{code}-2015-16-baseline.pdf" for code in ("DMA001", "DMA002")]


def test_each_is_the_paper_that_was_made_first_and_a_new_one_is_kept(nation):
    late, corrected = nation
    documents.keep_board_pdf(late, b"as it was first drawn")
    made = {each.code: each.content for each in board_files(latest_boards(YEAR, "baseline"), here)}
    assert made["DMA001"] == b"as it was first drawn"
    assert made["DMA002"] == bytes(corrected.documents.get().content) == bytes(board_pdf_of(corrected).content)


def test_the_zip_file_holds_them_and_a_list(nation):
    with ZipFile(BytesIO(zipped())) as found:
        names = found.namelist()
        listed = list(csv.DictReader(StringIO(found.read("contents.csv").decode())))
        sums = {name: sha256(found.read(name)).hexdigest() for name in names[:-1]}
    assert names[-1] == "contents.csv"
    assert [each["file"] for each in listed] == names[:-1]
    assert {each["file"]: each["sha256"] for each in listed} == sums
    assert [(each["code"], each["name"], each["late"], each["number"]) for each in listed] == [
        ("DMA001", "'=Northmoor", "true", "1"),
        ("DMA002", "Ashby", "false", "2"),
    ]


def test_the_same_submissions_give_the_same_bytes_and_progress_is_told(nation):
    told = []
    assert zipped(lambda done, total: told.append((done, total))) == zipped()
    assert told == [(1, 2), (2, 2)]


def test_a_stage_nobody_submitted_and_one_too_large_are_refused_in_words(nation, monkeypatch):
    with pytest.raises(board_zip.NothingSubmitted, match="No trust has submitted Final 2015-16 yet"):
        board_zip.board_zip(YEAR, "final", lambda done, total: None)
    monkeypatch.setattr(board_zip, "MOST", 1)
    with pytest.raises(board_zip.TooLarge, match="2 board reports are more"):
        zipped()
