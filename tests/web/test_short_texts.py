"""Whatever somebody types that others read: nothing unseen in it, by one rule, said beside its field."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from igtoolkit.records import clock
from igtoolkit.records.models import Registration
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_organisation, started
from tests.plan_examples import SPRING, final_of, sent_plan
from tests.reports.small_nation import report_at
from tests.web.reading import form_of, title

TEMPLATES = Path(__file__).parents[2] / "igtoolkit" / "web" / "jinja2"
OWN = f"/organisations/DMA001/{YEAR}/"
LOOK = OWN + "baseline/second-look/all_at_level_2/"
KINDS = f"/register/{YEAR}/kinds/"
UNSEEN = {"turns the direction": "a\u202eb", "has no width": "a\u200bb", "is a control": "a\x07b"}
TOLD = re.compile(r"cannot be (seen|kept)|holds the unseen character|does not look like an e-mail address")
BY_MACRO = re.compile(r"(?:text_input|textarea)\(([^,]+),")
BY_HAND = re.compile(r"<(?:textarea|input(?=[^>]*type=\"(?:text|email|search)\"))[^>]* name=\"([^\"]*)\"")
# {field: (who sends it, what must be there first, where to, with what else)}
Sent = tuple[str, Callable[[Any], Any], Callable[[Any], str], Callable[[Any, Any], dict[str, Any]]]


def nothing(*given: Any) -> Any:
    return {}


def at(address: str) -> Callable[[Any], str]:
    return lambda made: address


def _submitted(cast) -> None:
    report_at(cast.ada, Stage.BASELINE, 2)  # everything at exactly level 2 asks a question too


def _to_be_set(cast) -> Registration:
    return Registration.objects.get(organisation=make_organisation("TAD", kind=""), year=YEAR)


def _final(cast) -> None:
    started(cast.ada)
    final_of(cast, r112=1, r202=0)


def _plan(cast) -> Any:
    _final(cast)
    return sent_plan(cast)


def _sheet(made: Any, client: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("kinds.csv", b"code,kind\nTAD,acute\n", "text/csv")}


FIELDS: dict[tuple[str, str], Sent] = {
    ("assessment/_form.jinja", "owner"): (
        "con",
        lambda cast: started(cast.ada),
        at(OWN + "requirements/13-202/"),
        lambda made, client: {"version": "0", "then": "save"},
    ),
    ("assessment/_form.jinja", "reason"): (
        "con",
        lambda cast: started(cast.ada),
        at(OWN + "requirements/13-202/"),
        lambda made, client: {"version": "0", "not_relevant": "1", "then": "save"},
    ),
    ("assessment/senior_people.jinja", "siro-name"): (
        "con",
        lambda cast: started(cast.ada),
        at(OWN + "senior-people/"),
        nothing,
    ),
    ("assessment/senior_people.jinja", "siro-title"): (
        "con",
        lambda cast: started(cast.ada),
        at(OWN + "senior-people/"),
        lambda made, client: {"siro-name": "Ada"},
    ),
    ("assessment/submit.jinja", "reason"): (
        "ada",
        _submitted,
        at(OWN + "baseline/submit/"),
        lambda made, client: form_of(client.get(OWN + "baseline/submit/"), "key"),
    ),
    ("plans/_row.jinja", "13-202-owner"): (
        "con",
        _final,
        at(OWN + "improvement-plan/"),
        lambda made, client: form_of(client.get(OWN + "improvement-plan/"), "13-202-owner"),
    ),
    ("plans/plan.jinja", "reason"): (
        "sam",
        _plan,
        lambda made: reverse("plan", kwargs={"code": "DMA001", "year": YEAR}),
        lambda made, client: {"plan": str(made.pk), "decision": "return"},
    ),
    ("submission/second_look.jinja", "reason"): ("nia", _submitted, at(LOOK), nothing),
    ("support/support.jinja", "reason"): ("ada", nothing, at("/support/"), lambda made, client: {"hours": "2"}),
    ("account/tokens.jinja", "name"): ("con", nothing, at("/account/tokens/"), nothing),
    ("account/add_passkey.jinja", "name"): ("con", nothing, lambda made: reverse("add_passkey"), nothing),
    ("national/views/_fields.jinja", "name"): (
        "nia",
        _submitted,
        at("/national/views/save/"),
        lambda made, client: {"year": YEAR, "stage": "baseline", "query": "", "note": ""},
    ),
    ("people/invite.jinja", "name"): (
        "ada",
        nothing,
        at("/people/invite/"),
        lambda made, client: {"login": "una@example.org", "role": "viewer"},
    ),
    ("people/invite.jinja", "login"): (
        "ada",
        nothing,
        at("/people/invite/"),
        lambda made, client: {"name": "Una", "role": "viewer"},
    ),
    ("people/person.jinja", "name"): (
        "ada",
        lambda cast: cast.con,
        lambda made: f"/people/{made.pk}/",
        lambda made, client: form_of(client.get(f"/people/{made.pk}/"), "name"),
    ),
    ("register/kinds.jinja", "source"): (
        "sam",
        _to_be_set,
        at(KINDS),
        lambda made, client: {f"kind-{made.pk}": "acute", f"seen-{made.pk}": ""},
    ),
}
# Longer texts of several lines: others read them as a whole, so that a soft hyphen or a joiner pasted in may stay.
LONG = {
    ("assessment/_form.jinja", "comment"): FIELDS["assessment/_form.jinja", "owner"],
    ("assessment/_form.jinja", "evidence-1a-0-note"): (
        *FIELDS["assessment/_form.jinja", "owner"][:3],
        lambda made, client: {"version": "0", "then": "save", "ticked": "1a"},
    ),
    ("plans/_row.jinja", "13-202-action"): FIELDS["plans/_row.jinja", "13-202-owner"],
    ("national/views/_fields.jinja", "note"): (
        *FIELDS["national/views/_fields.jinja", "name"][:3],
        lambda made, client: {"year": YEAR, "stage": "baseline", "query": "", "name": "A view"},
    ),
}
# How a template writes the names of the fields that are several.
WRITTEN = {
    "siro-name": 'post.value ~ "-name"',
    "siro-title": 'post.value ~ "-title"',
    "13-202-owner": 'code ~ "-owner"',
    "13-202-action": 'code ~ "-action"',
    "evidence-1a-0-note": "{{ f }}-note",
}
NOBODY_READS = {  # looked for, counted, a date, a secret, or read as figures; a link is held to https and what prints
    *(
        "q",
        "by",
        "after",
        "until",
        "digest",
        "code",
        "year",
        "met",
        "partly_met",
        "not_met",
        "not_applicable",
        "percent",
    ),
    *("password", "password1", "password2", "current", "hours", "email", "{{ f }}-link"),
}
DATES = re.compile(r"dated|target_date")


def asked_for() -> set[tuple[str, str]]:
    """Every field for text, by template and name as written there."""
    found = set()
    for path in TEMPLATES.rglob("*.jinja"):
        if path.parent.name != "macros":
            text = path.read_text("utf-8")
            names = [each.strip().strip('"') if "~" not in each else each.strip() for each in BY_MACRO.findall(text)]
            found |= {(path.relative_to(TEMPLATES).as_posix(), each) for each in [*names, *BY_HAND.findall(text)]}
    return found


def test_every_field_for_text_is_here():
    of_signing_in = {("account/login.jinja", "login"), ("account/again.jinja", "login")}
    uploaded = {("register/kinds_upload.jinja", "source")}  # it becomes the source of each row: the next test
    known = {(template, WRITTEN.get(name, name)) for template, name in {**FIELDS, **LONG}} | of_signing_in | uploaded
    found = {(path, name) for path, name in asked_for() if name not in NOBODY_READS and not DATES.search(name)}
    assert found == known


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    """10 April 2016. What a browser makes of a passkey is not what is asked about here."""
    monkeypatch.setattr(clock, "now", lambda: SPRING)
    monkeypatch.setattr("igtoolkit.web.passkeys.made", lambda request, answer: {})


@pytest.mark.parametrize(("place", "field"), FIELDS, ids=map(" ".join, FIELDS))
def test_what_cannot_be_seen_is_refused_beside_its_field(cast, client, place, field):
    who, arrange, address, rest = FIELDS[place, field]
    made = arrange(cast)
    client.force_login(getattr(cast, who))
    facts = rest(made, client)
    for unseen in UNSEEN.values():
        text = f"{unseen}@example.org" if field == "login" else unseen
        page = client.post(address(made), {**facts, field: text})
        assert page.status_code == 422, (unseen, page.status_code)
        assert title(page).startswith("Error: ")
        assert f'href="#{field}"' in page.content.decode()
        assert TOLD.search(page.content.decode()), ascii(unseen)


@pytest.mark.parametrize(("place", "field"), LONG, ids=map(" ".join, LONG))
def test_a_longer_text_may_hold_no_control_character(cast, client, place, field):
    who, arrange, address, rest = LONG[place, field]
    made = arrange(cast)
    client.force_login(getattr(cast, who))
    form = {**rest(made, client), field: UNSEEN["is a control"]}
    if "evidence" in field:
        form |= {"evidence-1a-0-dated-day": "1", "evidence-1a-0-dated-month": "6", "evidence-1a-0-dated-year": "2015"}
    page = client.post(address(made), form)
    assert page.status_code == 422
    assert TOLD.search(page.content.decode())


def test_the_source_that_stands_for_a_whole_spreadsheet_too(cast, client):
    _to_be_set(cast)
    client.force_login(cast.sam)
    for unseen in UNSEEN.values():
        preview = client.post(KINDS + "upload/", {**_sheet(None, client), "source": unseen})
        if preview.status_code == 200:
            preview = client.post(KINDS + "upload/", form_of(preview, "proposed"))
        assert preview.status_code == 422, ascii(unseen)
        assert TOLD.search(preview.content.decode())
    assert Registration.objects.get(code="TAD").kind == ""
