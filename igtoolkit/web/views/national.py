"""The national report, for the National Data Guardian's reader."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from markupsafe import Markup

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.reports.national import NoSuchReport, Organisation, earlier_statuses, national_bytes, national_report
from igtoolkit.reports.national_page import Counts, national_page
from igtoolkit.reports.national_table import DIRECTIONS, SORTS, applying, asked, choices, met, numbers_shown, sections
from igtoolkit.reports.national_words import change_words, headline, story, trusts
from igtoolkit.standard.words import Status

WORDS = {"change_words": change_words, "trusts": trusts}
CELLS = {each.value: f'<td class="igt-{each.value}"><span>{each.words}</span></td>' for each in Status}
# Beside each bar stand its figures, so the drawing itself is silent.
BAR = '<svg class="igt-bar" width="100%" height="16" aria-hidden="true" focusable="false">{}</svg>'
PART = '<rect class="igt-bar__{}" x="{:.3f}%" width="{:.3f}%" height="100%"{}/>'
HATCHED = {Status.PARTLY_MET: ' fill="url(#igt-hatch)"', Status.NOT_APPLICABLE: ' fill="url(#igt-dots)"'}


@allow(Action.VIEW_NATIONAL_REPORT)
def national(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    try:
        report = national_report(year, stage)
    except NoSuchReport:
        raise Http404 from None
    page = national_page(report, earlier_statuses(report), request.arrived)  # type: ignore[attr-defined]
    known = choices(report)
    wanted = asked(request.GET, known)
    numbers = numbers_shown(report, wanted)
    found = sections(report, wanted)
    board = _BoardAddress(year, stage)
    context = {
        "page": page,
        "headline": headline(page),
        "story": story(page),
        "asked": wanted,
        "choices": known,
        "sorts": SORTS,
        "directions": DIRECTIONS,
        "numbers": numbers,
        "summaries": {each.number: each.recommendation.summary for each in page.rows},
        "sections": [(each, [_row(one, numbers, board) for one in each.organisations]) for each in found],
        "matching": sum(len(each.organisations) for each in found),
        "bar": bar,
    }
    return render(request, "national/national.jinja", {**context, **WORDS})


@allow(Action.VIEW_NATIONAL_REPORT)
def national_csv(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return _download(year, stage, "csv", "text/csv; charset=utf-8")


@allow(Action.VIEW_NATIONAL_REPORT)
def national_json(request: HttpRequest, year: str, stage: str) -> HttpResponse:
    return _download(year, stage, "json", "application/json")


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


def _download(year: str, stage: str, form: str, content_type: str) -> HttpResponse:
    try:
        content = national_bytes(year, stage, form)
    except NoSuchReport:
        raise Http404 from None
    name = f'attachment; filename="caldicott2-national-{year}-{stage}.{form}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": name})


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
    if each["submitted"]:
        name = Markup('<a href="{}">{}</a>').format(board.of(each["code"]), name)
        cells = "".join(CELLS[each["statuses"].get(str(one), Status.NOT_SUBMITTED.value)] for one in numbers)
        total = f'<td class="igt-total"><b>{met(each)}</b> of {applying(each)}</td>'
    else:
        cells = CELLS[Status.NOT_SUBMITTED.value] * len(numbers)
        total = '<td class="igt-total">none</td>'
    late = Markup(' <span class="igt-late">late</span>') if each["late"] else ""
    return Markup(f'<tr><th scope="row">{code} {name}{late}</th>{cells}{total}</tr>')  # noqa: S704 (escaped above)
