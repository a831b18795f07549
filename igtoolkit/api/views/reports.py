"""Both Caldicott2 reports: the bytes of the pages' JSON files."""

from django.http import Http404, HttpRequest, HttpResponse

from igtoolkit.access.policy import Action
from igtoolkit.api.answers import answer
from igtoolkit.api.description import REPORTS
from igtoolkit.api.service import reads
from igtoolkit.api.shapes.reports import BoardReport, NationalFigures, NationalReport
from igtoolkit.records.models import Submission
from igtoolkit.reports.board import board_bytes
from igtoolkit.reports.national import NoSuchReport, national_bytes
from igtoolkit.reports.national_figures import national_figures as figures

HERE = "organisations/{code}/{year}/{stage}/"


@reads(HERE + "caldicott2/", Action.VIEW_BOARD_REPORT, BoardReport, about=REPORTS, told="board.json")
def board(request: HttpRequest, record: Submission) -> HttpResponse:
    """The board report of a stage.

    For the trust's own people and the National Data Guardian's reader: the report on the latest submission of the
    stage, in the same bytes as the page's JSON file.
    """
    return _board(request, record)


@reads(HERE + "{int:number}/caldicott2/", Action.VIEW_BOARD_REPORT, BoardReport, about=REPORTS, told="board.json")
def earlier_board(request: HttpRequest, record: Submission) -> HttpResponse:
    """The board report on a submission by its number.

    The first of a stage is 1; a correction has the next number.
    """
    return _board(request, record)


@reads(
    "national/{year}/{stage}/caldicott2/",
    Action.VIEW_NATIONAL_REPORT,
    NationalReport,
    about=REPORTS,
    told="national.json",
)
def national(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    """The national report of a stage.

    For the National Data Guardian's reader, in the same bytes as the page's JSON file.
    """
    try:
        return answer(request, national_bytes(year, stage, "json"))
    except NoSuchReport:
        raise Http404 from None


@reads("national/figures/", Action.VIEW_NATIONAL_REPORT, NationalFigures, about=REPORTS, told="national-figures.json")
def national_figures(request: HttpRequest) -> HttpResponse:
    """How many organisations stood where, at every stage of every year.

    For the National Data Guardian's reader, oldest first. Each stage names its framework and crosswalk: figures
    under two versions of these are not one line.
    """
    return answer(request, {"stages": figures()})


def _board(request: HttpRequest, record: Submission) -> HttpResponse:
    return answer(request, board_bytes(record, "json"), modified=record.submitted_at)
