"""Each row of the speed table that exists by now."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client

from bench.timing import Row, at_most, once, queries, times
from igtoolkit.access import scope
from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.assessments import start_assessment
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Person, Submission
from igtoolkit.reports.board_page import board_page, on_paper
from igtoolkit.reports.pdf import board_pdf
from igtoolkit.reports.pdf.drawing import several
from igtoolkit.standard.words import Stage

YEAR = "2015-16"  # whole: three stages, closed
OPEN = "2016-17"  # begun: Baseline is open
ORDINARY = {"sqlite": 10, "postgresql": 15}
PAGES = {
    "assessment page": "/organisations/DMA001/2016-17/",
    "requirement page": "/organisations/DMA001/2016-17/requirements/13-202/",
    "submit preview": "/organisations/DMA001/2016-17/baseline/submit/",
    "published result": "/published/DMA001/2015-16/",
    "home page": "/",
}
BOARD = "/organisations/DMA001/2015-16/baseline/caldicott2/"
NATIONAL = "/national/2015-16/baseline/caldicott2/"


def all_rows() -> list[Row]:
    return [*pages(), *actions(), *reports(), *national()]


def signed_in(login: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=login))
    return client


def pages() -> Iterator[Row]:
    """Ordinary pages: time in the server, and queries."""
    client = signed_in("administrator@dma001.example")
    for what, address in PAGES.items():
        taken = times(lambda _, address=address: _good(client, address), 200, warm=10)
        yield at_most(what, taken, p50=ORDINARY[connection.vendor], p99=50)
    counts = {what: queries(lambda address=address: _good(client, address)) for what, address in PAGES.items()}
    _good(client, BOARD)  # the first reading of a kind and stage makes its peer figures, once
    counts["board report"] = queries(lambda: _good(client, BOARD))
    reader = signed_in_reader()
    counts["national report"] = queries(lambda: _good(reader, NATIONAL))
    most = max(counts, key=lambda what: counts[what])
    yield Row("queries on any page", "≤ 12", f"{counts[most]} at most ({most})", counts[most] <= 12)


def signed_in_reader() -> Client:
    return signed_in("ndg@demo.example")


def actions() -> Iterator[Row]:
    """Saving an answer and submitting a stage, each durable."""
    person = Person.objects.get(email="administrator@dma002.example")
    yield at_most("save an answer, with its audit event", times(lambda run: _save(person, run), 100), p50=15)
    people = [_ready(number) for number in range(20, 50)]
    taken = times(lambda run: _submit(people[run]), 25, warm=2)
    yield at_most("submit a stage", taken, p50=150)


def reports() -> Iterator[Row]:
    """The board report as page and paper."""
    client = signed_in("administrator@dma001.example")
    yield at_most("board report, HTML", times(lambda _: _good(client, BOARD), 100), p50=15)
    page, at = _pages(1)[0]
    yield at_most("board report, PDF, warm, with its tags", times(lambda _: board_pdf(page, at=at), 50), p50=80)
    pages = _pages(214)
    begun = perf_counter()
    with several(2) as draw:
        made = [drawn() for drawn in [draw(*each) for each in pages]]
    yield once(f"{len(made)} board PDFs with two spawned processes", perf_counter() - begun, bar=12)


def national() -> Iterator[Row]:
    """The national page, workbook and paper over the demonstration."""
    client = signed_in_reader()
    yield at_most("national report of 214 trusts, HTML", times(lambda _: _good(client, NATIONAL), 20), p50=150)
    files = {form: NATIONAL.replace("caldicott2/", f"caldicott2.{form}") for form in ("xlsx", "pdf")}
    yield at_most("national report of 214 trusts, XLSX", times(lambda _: _good(client, files["xlsx"]), 10), p50=300)
    # Each once and never before: the typesetter remembers what it has set, and the next time takes a quarter.
    stages = [files["pdf"].replace("baseline", stage) for stage in ("baseline", "update")]
    taken = times(lambda run: _good(client, stages[run]), len(stages), warm=0)
    yield at_most("national report of 214 trusts, PDF", taken, p50=1200)


def _good(client: Client, address: str) -> Any:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"bench: {address} answered {response.status_code}.")
    return response


def _save(person: Person, run: int) -> Answer:
    assessment = scope.find_assessment(person, "DMA002", OPEN)
    answer = answer_to(assessment, "13-101")
    evidence = tuple(
        EvidenceSaid(each.criterion, each.note, each.link, each.dated, each.pk) for each in answer.evidence_list()
    )
    said = Said(ticked=frozenset({"1a", "1b"}), comment=f"Reviewed in run {run}.", evidence=evidence)
    return save_answer(assessment, "13-101", said, version=answer.version, by=person)


def _ready(number: int) -> Person:
    """The administrator of a trust whose year is begun, every requirement answered as in last year's Final."""
    person = Person.objects.get(email=f"administrator@dma{number:03d}.example")
    draft = start_assessment(scope.find_assessment(person, person.organisation.code, OPEN), by=person)
    draft.answers.all().delete()
    for each in draft.framework.requirements:
        before = draft.last_answers.get(each.code, {})
        answer = Answer(assessment=draft, requirement=each.code, comment=before.get("comment", ""), changed_by=person)
        answer.ticked = before.get("ticked") or [one.code for one in each.at_level(1)]
        answer.level, answer.changed_at = draft.level_of(each.code, answer.ticked), clock.now()
        answer.save()
    return person


def _submit(person: Person) -> Submission:
    assessment = scope.find_assessment(person, person.organisation.code, OPEN)
    facts = {"key": uuid4().hex, "arrived": clock.now(), "by": person, "reason": "measured"}
    return submit(assessment, Stage.BASELINE, **facts)


def _pages(most: int) -> list[tuple[dict[str, Any], Any]]:
    rows = scope.everything(Submission, reason="every board report is drawn").select_related("organisation")
    found = rows.filter(year=YEAR).order_by("pk")[:most]
    return [(on_paper(board_page(each)), each.submitted_at) for each in found]
