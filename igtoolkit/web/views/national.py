"""The national report, for the National Data Guardian's reader."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from markupsafe import Markup

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.reports.charts import Charts, national_charts
from igtoolkit.reports.charts.chart import percent_words
from igtoolkit.reports.national import NoSuchReport, Organisation, status_of
from igtoolkit.reports.national_counts import Counted, counted
from igtoolkit.reports.national_files import Form, national_file
from igtoolkit.reports.national_named import named
from igtoolkit.reports.national_page import Counts, Page, page_of
from igtoolkit.reports.national_rows import table
from igtoolkit.reports.national_second_look import national_second_look
from igtoolkit.reports.national_table import DIRECTIONS, Asked, applying, asked, choices_of, met, submitted_among
from igtoolkit.reports.national_words import change_words, headline, movement, story, trusts
from igtoolkit.reports.requested import takes_a_while
from igtoolkit.standard.words import Status
from igtoolkit.web.pages.saved_views import find_view

CONTENT_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
WORDS = {"change_words": change_words, "movement": movement, "trusts": trusts, "figure": "{:,}".format}
CELLS = {each.value: f'<td class="igt-{each.value}"><span>{each.words}</span></td>' for each in Status}
# Beside each bar stand its figures, so the drawing itself is silent.
BAR = '<svg class="igt-bar" width="100%" height="16" aria-hidden="true" focusable="false">{}</svg>'
PART = '<rect class="igt-bar__{}" x="{:.3f}%" width="{:.3f}%" height="100%"{}/>'
HATCHED = {Status.PARTLY_MET: ' fill="url(#igt-hatch)"', Status.NOT_APPLICABLE: ' fill="url(#igt-dots)"'}


@allow(Action.VIEW_NATIONAL_REPORT)
def national(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    try:
        figures = counted(year, stage)
    except NoSuchReport:
        raise Http404 from None
    page = page_of(figures, request.arrived, *named(figures))  # type: ignore[attr-defined]
    charts, found = national_charts(page), _table(figures, request.GET)
    told = {"page": page, "headline": headline(page), "story": story(page), "bar": bar, "charts": charts, **WORDS}
    told["second_look"] = national_second_look(year, stage) if page.total.submitted else ()
    told["view"] = find_view(request.user, request.GET.get("view", ""))
    return render(request, "national/national.jinja", {**told, **found, **_share_here(charts, page, found)})


@allow(Action.VIEW_NATIONAL_REPORT, told="national.pdf")
def national_pdf(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return _file(request, year, stage, "pdf")


@allow(Action.VIEW_NATIONAL_REPORT, told="national.xlsx")
def national_xlsx(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return _file(request, year, stage, "xlsx")


@allow(Action.VIEW_NATIONAL_REPORT, told="national.csv")
def national_csv(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return _file(request, year, stage, "csv")


@allow(Action.VIEW_NATIONAL_REPORT, told="national.json")
def national_json(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return _file(request, year, stage, "json")


def bar(counts: Counts) -> Markup:
    """A bar of the counts as parts of their sum, in attributes: the content policy refuses inline styles."""
    total = sum(counts.values())
    parts, x = {}, 0.0
    for status in Status:
        width = 100 * counts.get(status, 0) / total if total else 0.0
        if width:
            parts[status] = PART.format(status.value, x, width, HATCHED.get(status, ""))
        x += width
    parts[Status.NOT_MET] = parts.pop(Status.NOT_MET, "")  # drawn last: its outline lies over its neighbours
    return Markup(BAR.format("".join(parts.values())))  # noqa: S704 (numbers and our own words only)


def _file(request: HttpRequest, year: str, stage: str, form: Form) -> HttpResponse:
    """The whole report as a file to save; a PDF opens in the browser. What takes a while is asked for elsewhere."""
    try:
        if takes_a_while(year, stage):
            return redirect("request_file", year=year, stage=stage)
        content = national_file(year, stage, form, request.arrived)  # type: ignore[attr-defined]
    except NoSuchReport:
        raise Http404 from None
    place = content_disposition_header(form != "pdf", f"caldicott2-national-{year}-{stage}.{form}") or ""
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers={"Content-Disposition": place})


def _table(figures: Counted, given: Mapping[str, str]) -> dict[str, Any]:
    """What the table of every trust needs, as the address asks for it."""
    known = choices_of(figures.year, figures.regions)
    wanted = asked(given, known)
    numbers = wanted.numbers(figures.framework)
    board = _BoardAddress(figures.year, figures.stage)
    found = table(figures, wanted)
    return {
        "asked": wanted,
        "choices": known,
        "directions": DIRECTIONS,
        "numbers": numbers,
        "summaries": {each.number: each.summary for each in figures.framework.recommendations},
        "sections": [(each, [_row(one, numbers, board) for one in each.organisations]) for each in found.sections],
        "matching": found.matching,
        "table": found,
        "theme_agrees": wanted.theme_agrees(figures.framework),
    }


def _share_here(charts: Charts, page: Page, found: Mapping[str, Any]) -> dict[str, Any]:
    """How many submitted where the address asks how they stand, and which share of them was found; else 0."""
    n = _submitted_here(charts, page, found["asked"])
    return {"submitted_here": n, "share_here": percent_words(Fraction(found["matching"], n)) if n else ""}


def _submitted_here(charts: Charts, page: Page, wanted: Asked) -> int:
    """From what the charts have read; 0 where the address asks something else."""
    steps = charts.trend.steps if charts.trend and wanted.is_of_submitted else ()
    here = (each.point for each in steps if (each.point.year, each.point.stage) == (page.year, page.stage))
    return sum(submitted_among(each.places, wanted) for each in here)


class _BoardAddress:
    """The address of each trust's board report at a stage, resolved once for the whole table."""

    def __init__(self, year: str, stage: str) -> None:
        facts = {"code": "CODE", "year": year, "stage": stage}
        self.before, self.after = reverse("board", kwargs=facts).split("CODE")

    def of(self, code: str) -> str:
        return f"{self.before}{quote(code, safe='')}{self.after}"


def _row(each: Organisation, numbers: tuple[int, ...], board: _BoardAddress) -> Markup:
    """One row of the table as markup: a nation has thousands of cells, too many to make one by one in a template."""
    code = Markup('<span class="igt-code">{}</span>').format(each["code"])
    name = Markup("<bdi>{}</bdi>").format(each["name"])
    total = '<td class="igt-total igt-total--none">Not submitted</td>'
    if each["submitted"]:
        name = Markup('<a href="{}">{}</a>').format(board.of(each["code"]), name)
        total = f'<td class="igt-total"><b>{met(each)}</b> of {applying(each)}</td>'
    late = Markup(' <span class="igt-late">late</span>') if each["late"] else ""
    cells = "".join(CELLS[status_of(each, number)] for number in numbers)
    return Markup(f'<tr><th scope="row">{code} {name}{late}</th>{cells}{total}</tr>')  # noqa: S704 (escaped above)
