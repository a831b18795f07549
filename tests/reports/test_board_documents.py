"""The PDF of a submission: made once, the same bytes for everybody ever after."""

import hashlib
from threading import Barrier, Thread

from igtoolkit.access import scope
from igtoolkit.records.models import Submission
from igtoolkit.reports import documents
from igtoolkit.reports.board import board_bytes, preview_bytes
from igtoolkit.reports.pdf.board import RENDERER
from igtoolkit.standard.words import Stage
from tests.reports.board_example import JULY, OCTOBER, fresh, handed_in, submitted
from tests.worlds import world


@world
def baseline(cast, assessment) -> Submission:
    """The trust that was worked out by hand, as submitted on 29 July 2015."""
    return handed_in(assessment, cast.ada)


def test_the_first_pdf_is_kept_under_its_digest_and_renderer(baseline):
    stored = documents.board_pdf_of(baseline)
    assert bytes(stored.content).startswith(b"%PDF")
    assert stored.sha256 == hashlib.sha256(stored.content).hexdigest()
    assert (stored.form, stored.renderer) == ("board.pdf", RENDERER)
    assert list(baseline.documents.all()) == [stored]


def test_later_requests_get_the_stored_bytes_and_render_nothing(baseline, monkeypatch):
    def renders(*_: object, **__: object) -> bytes:
        raise AssertionError("rendered again")

    first = board_bytes(baseline, "pdf")
    monkeypatch.setattr(documents, "board_pdf", renders)
    again = Submission.unscoped.get(pk=baseline.pk)
    assert board_bytes(again, "pdf") == first
    assert baseline.documents.count() == 1


def test_every_submission_has_a_pdf_of_its_own(cast, assessment, baseline):
    corrected = submitted(assessment, Stage.BASELINE, JULY, cast.ada, reason="A slip")
    assert board_bytes(baseline, "pdf") != board_bytes(corrected, "pdf")


def test_a_preview_is_made_afresh_and_never_kept(cast, assessment, baseline):
    made = preview_bytes(fresh(assessment, cast.ada), "pdf", OCTOBER)
    assert made.startswith(b"%PDF")
    assert scope.everything(documents.StoredDocument, reason="a test").count() == 0


def test_two_who_ask_at_once_get_the_same_document(committed, cast, assessment, monkeypatch):
    made = submitted(assessment, Stage.BASELINE, JULY, cast.ada)
    both_rendered, got = Barrier(2, timeout=20), []

    def rendered(*_: object, **__: object) -> bytes:
        return b"%PDF, rendering " + str(both_rendered.wait()).encode()

    def ask() -> None:
        mine = Submission.unscoped.get(pk=made.pk)
        got.append(board_bytes(mine, "pdf"))

    monkeypatch.setattr(documents, "board_pdf", rendered)
    threads = [Thread(target=ask) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(got) == 2
    assert got[0] == got[1]
    assert made.documents.count() == 1
