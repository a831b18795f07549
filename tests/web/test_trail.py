"""An organisation's own audit trail: its administrators read all of it, and nobody else's."""

import csv
import importlib.util
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from igtoolkit.access.reach import NOBODY, _telling
from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import audit
from igtoolkit.actions.inviting import invite_person
from igtoolkit.actions.second_factors import add_passkey
from igtoolkit.actions.tokens import make_token, revoke_token
from igtoolkit.actions.views import change_view, delete_view, save_view
from igtoolkit.records.models import AuditEvent
from igtoolkit.records.models.audit import FIRST
from igtoolkit.reports.verify import verify
from igtoolkit.web.pages.trail import A_PAGE
from igtoolkit.web.pages.trail_words import WORDS, shown
from tests.access.test_fences import modules
from tests.conftest import started
from tests.records.test_verify import make_submissions

ROOT = Path(__file__).parents[2]
NO_EVENTS = {"evidence_added"}  # a fact of an event, of the same shape


def tell(organisation, event="answer_saved", *, by, **facts) -> AuditEvent:
    with transaction.atomic():
        return audit(organisation, event, by=by, **facts)


def long_chain(organisation, events: int) -> None:
    """So many events at once, without their seals."""
    facts = {"organisation": organisation, "chain": organisation.code, "event": "answer_saved", "by": "ada@example.org"}
    at = datetime(2015, 7, 1, tzinfo=UTC)
    rows = [AuditEvent(**facts, number=n, at=at, facts="{}", previous=f"{n - 1:064}", hash=f"{n:064}") for n in range(1, events + 1)]  # fmt: skip  # noqa: E501
    everything(AuditEvent, reason="a test fills it").bulk_create(rows, batch_size=5000)


def test_an_administrator_reads_what_happened_newest_first_and_nothing_of_others(client, cast):
    tell(cast.ada.organisation, "assessment_started", by=cast.ada, after={"year": "2015-16"})
    change = {
        "before": {"role": "viewer", "login": "b@x.example"},
        "after": {"role": "reviewer", "login": "b@x.example"},
    }
    tell(cast.ada.organisation, "person_changed", by=cast.ada, **change)
    tell(cast.cleo.organisation, "answer_saved", by=cast.cleo)
    client.force_login(cast.ada)
    page = client.get("/trail/").content.decode()
    assert page.index("<strong>Name or role changed") < page.index("<strong>Assessment started")
    assert re.search(r"<dt>Role</dt><dd><del>.*viewer</del>.*reviewer", page)
    assert "cleo@example.org" not in page
    assert "Audit trail" in client.get("/people/").content.decode()


def test_the_service_team_reads_the_services_own_trail(client, cast):
    tell(None, "view_saved", by=cast.nia, after={"name": "Strongest first"})
    tell(cast.ada.organisation, by=cast.ada)
    client.force_login(cast.sam)
    page = client.get("/trail/").content.decode()
    assert "View of the national report saved" in page
    assert "ada@example.org" not in page


def test_it_is_narrowed_by_who_what_and_when(client, cast):
    long_chain(cast.ada.organisation, 3)
    tell(cast.ada.organisation, "stage_submitted", by=cast.con)
    client.force_login(cast.ada)

    def numbers(query: str) -> list[str]:
        return re.findall(r'igt-trail__number">(\d+)<', client.get(f"/trail/?{query}").content.decode())

    assert numbers("by=CON@") == numbers("event=stage_submitted") == numbers("after=2016-01-01") == ["4"]
    assert numbers("until=2015-07-01") == ["3", "2", "1"]
    assert numbers("until=2015-06-30") == []
    assert numbers("before=3") == ["2", "1"]


def test_a_date_that_is_none_is_said(client, cast):
    client.force_login(cast.ada)
    response = client.get("/trail/?after=soon")
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Audit trail" in page
    assert "From must be a real date" in page


@pytest.mark.parametrize("events", [20, 20_000])
def test_a_page_takes_as_few_queries_of_a_long_trail(client, cast, django_assert_max_num_queries, events):
    long_chain(cast.ada.organisation, events)
    client.force_login(cast.ada)
    client.get("/trail/")
    with django_assert_max_num_queries(12):
        page = client.get("/trail/").content.decode()
    assert page.count("igt-trail__number") == min(events, A_PAGE)


def test_the_table_is_safe_for_a_spreadsheet(client, cast):
    tell(cast.ada.organisation, by=None, after="=1+1")
    client.force_login(cast.ada)
    rows = list(csv.reader(io.StringIO(downloaded(client, "/trail.csv"))))
    assert [row[2] for row in rows] == ["event", "answer_saved", "trail_downloaded"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def downloaded(client, address: str) -> str:
    return b"".join(client.get(address).streaming_content).decode()


def test_somebody_outside_can_check_what_an_administrator_downloads(client, cast):
    make_submissions(cast)
    client.force_login(cast.ada)
    text = downloaded(client, "/trail.json")
    assert {each.get("chain", "DMA001") for each in json.loads(text)} == {"DMA001"}
    assert checked(text) == []
    assert checked(text.replace('"digest":"', '"digest":"f', 1)) != []


def checked(text: str) -> list[str]:
    spec = importlib.util.spec_from_file_location("verify_export", ROOT / "docs" / "verifier" / "verify_export.py")
    verifier = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(verifier)
    faults: list[str] = []
    verifier.check(text.splitlines(), {}, faults)
    return faults


def test_an_invitation_withheld_reads_like_one_that_was_sent(client, cast):
    for login in ("new@trust.example", "cleo@example.org"):
        invite_person(login, name="Una", role="viewer", organisation=cast.ada.organisation, by=cast.ada)
    client.force_login(cast.ada)
    page = client.get("/trail/").content.decode()
    assert page.count("<strong>Person invited</strong>") == 2
    assert client.get("/trail/?event=person_invited").content.decode().count("<strong>Person invited</strong>") == 2
    table, form = downloaded(client, "/trail.csv"), downloaded(client, "/trail.json")
    sealed = [each for each in json.loads(form) if each["line"] == "sealed"]
    assert [set(each) for each in sealed] == [{"line", "chain", "number", "previous", "hash"}] * 2
    assert checked(form) == []
    for told in (page, table, form):
        assert "withheld" not in told
        assert "salt" not in told
        assert all(each["hash"] not in told for each in sealed) or told == form
    assert sealed[0]["previous"] == FIRST


def constants() -> Iterator[str]:
    """Every word of the code that has the shape of an event, in the modules that tell the trail."""
    import ast

    for name, tree in modules():
        tells = re.search(r"\b(audit|audit_many|keep|save_new|Telling|telling_of)\(", ast.unparse(tree))
        if not tells or name.startswith("web/pages/trail"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_event_of_the_code_has_words():
    ends = "added|removed|away|saved|made|used|named|submitted|imported|started|confirmed|recorded|withdrawn|declared|reopened|sent|accepted|returned|invited|again|changed|deactivated|activated|revoked|connected|disconnected|ended|granted|looked|read|downloaded|gathered|exported|requested|fetched|refused|listed|dismissed|renamed|closed|loaded|on|set|deleted|witnessed|built|withheld"  # noqa: E501
    shape = re.compile(rf"[a-z]+(_[a-z]+)*_({ends})")
    found = {each for each in constants() if shape.fullmatch(each)} - NO_EVENTS
    assert len(found) > 40
    assert {each for each in found if shown(each) not in WORDS} == set()
    assert {each for each in WORDS if each not in found and each != "trail_downloaded"} <= {"password_set"}


def test_downloads_and_refusals_are_told_where_they_belong(client, cast):
    make_submissions(cast)
    started(cast.dev)

    def last(organisation) -> tuple[str, str, dict]:
        rows = everything(AuditEvent, reason="a test looks").filter(organisation=organisation)
        event = rows.order_by("-number").first()
        return event.event, event.by, json.loads(event.facts)

    client.force_login(cast.nia)
    client.get("/organisations/DMA001/2015-16/baseline/caldicott2/")
    event, by, facts = last(cast.ada.organisation)
    assert (event, by, facts["format"], facts["number"]) == ("report_read", "nia@example.org", "page", 2)
    response = client.get("/organisations/DMA001/2015-16/baseline/caldicott2.json")
    event, by, facts = last(cast.ada.organisation)
    assert (event, facts["format"], f'"{facts["sha256"]}"') == ("report_downloaded", "json", response.headers["ETag"])
    before = everything(AuditEvent, reason="a test looks").count()
    client.head("/organisations/DMA001/2015-16/baseline/caldicott2.json")
    unchanged = {"If-None-Match": response.headers["ETag"]}
    assert client.get("/organisations/DMA001/2015-16/baseline/caldicott2.json", headers=unchanged).status_code == 304
    client.force_login(cast.ada)
    client.get("/organisations/DMA001/2015-16/baseline/caldicott2/")
    assert everything(AuditEvent, reason="a test looks").count() == before, "own people's pages are not told"
    client.get("/national/2015-16/baseline/caldicott2.csv")
    refused = {
        "action": "view_national_report",
        "method": "GET",
        "address": "/national/2015-16/baseline/caldicott2.csv",
    }
    assert last(cast.ada.organisation) == ("access_refused", "ada@example.org", refused)
    client.force_login(cast.nia)
    client.get("/national/2015-16/baseline/caldicott2.csv")
    assert last(None)[0] == "report_downloaded"


def test_each_trust_is_told_who_took_the_nations_results_away(client, cast):
    """Once an hour for the same bytes: a loop of downloads keeps nobody waiting."""
    make_submissions(cast)
    client.force_login(cast.nia)
    with as_it_is_served():
        for _ in range(3):
            client.get("/national/2015-16/baseline/caldicott2.csv")
        client.get("/national/2015-16/baseline/caldicott2.pdf")
        client.get("/national/2015-16/baseline/caldicott2/")
        client.get("/api/v1/national/figures/")
    for trust in (cast.ada.organisation, cast.cleo.organisation):
        told = [(each.by, json.loads(each.facts)) for each in taken_away(trust)]
        sent = trust.submissions.filter(stage="baseline").order_by("-number").first()
        facts = {"report": "national", "year": "2015-16", "stage": "baseline", "number": sent.number}
        facts["digest"] = sent.digest
        assert told == [("nia@example.org", {**facts, "format": form}) for form in ("csv", "pdf")]
    assert [json.loads(each.facts)["format"] for each in taken_away(None)] == ["csv"] * 3 + ["pdf", "json"]
    assert taken_away(cast.dev.organisation) == [], "whose kind has no report"
    assert list(verify(Counter())) == []


def as_it_is_served() -> AbstractContextManager[None]:
    """Outside of pages the web server's connection reaches no tenant row."""
    return _telling(NOBODY) if connection.vendor == "postgresql" else nullcontext()


def taken_away(organisation) -> list[AuditEvent]:
    rows = everything(AuditEvent, reason="a test looks").filter(organisation=organisation, event="report_downloaded")
    return list(rows.order_by("number"))


def test_the_services_trail_holds_nothing_that_readers_call_their_own(client, cast, settings):
    words = ("Weakest first", "Ask Southwell", "q=southwell", "Nia's sheet", "Nia's laptop")
    asked = {"year": "2015-16", "stage": "baseline", "query": words[2]}
    view = save_view(name=words[0], note=words[1], **asked, by=cast.nia)
    view = change_view(view, name="Weakest first of all", note=words[1], version=1, by=cast.nia)
    delete_view(view, version=2, by=cast.nia)
    made, _ = make_token(words[3], by=cast.nia)
    revoke_token(made, by=cast.nia)
    add_passkey(words[4], {}, by=cast.nia)
    client.force_login(cast.sam)
    for address in ("/trail/", "/trail.csv", "/trail.json"):
        shown = b"".join(client.get(address)).decode()
        assert "view_saved" in shown or "View of the national report saved" in shown
        assert [each for each in words if each in shown] == [], address
    assert make_token("Ada's sheet", by=cast.ada)
    client.force_login(cast.ada)
    assert "Ada&#39;s sheet" in client.get("/trail/").content.decode(), "administrators manage these people"


def test_real_and_invented_addresses_are_told_alike_and_nobody_floods_the_trail(client, cast):
    make_submissions(cast)
    client.force_login(cast.dev)
    for n in range(64):
        client.post(f"/organisations/{'DMA001' if n % 2 else 'ZZZ999'}/2015-16/baseline/submit/?secret=1")
    told = [(each.event, json.loads(each.facts)) for each in cast.dev.organisation.events.order_by("number")]
    assert [event for event, _ in told] == ["access_refused"] * 60 + ["refusals_not_listed"]
    addresses = {facts["address"] for _, facts in told[:60]}
    assert addresses == {f"/organisations/{code}/2015-16/baseline/submit/" for code in ("DMA001", "ZZZ999")}
