"""After a sample of everything, faults included, the log holds nothing that anybody typed or must keep secret."""

import io
import logging
import re
import secrets

import pytest
from django.core import mail
from django.test import Client

from igtoolkit.config.logs import Line, WorthALine
from igtoolkit.web.links import FORGOTTEN
from tests.conftest import with_password
from tests.proofs import report

REQUIREMENT = "/organisations/DMA001/2015-16/requirements/13-202/"
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) [\w.]+ .+")


@pytest.fixture
def log():
    """Everything that would be logged, down to the least."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(Line())
    handler.addFilter(WorthALine())
    root = logging.getLogger()
    root.addHandler(handler)
    yield kept
    root.removeHandler(handler)


def fail(*args, **kwargs):
    raise RuntimeError(f"broken with {args} {kwargs}")


def lines(log) -> list[str]:
    return log.getvalue().splitlines()


def test_after_a_sample_of_everything_no_secret_and_no_text_is_in_the_log(cast, assessment, log, monkeypatch):
    canary = {
        each: f"canary{secrets.token_hex(8)}" for each in ("comment", "password", "name", "login", "query", "host")
    }
    with_password(cast.ada)
    ada = Client(raise_request_exception=False)
    ada.post("/sign-in/", {"login": "ada@example.org", "password": canary["password"]})
    ada.post("/sign-in/", {"login": f"{canary['login']}@example.org", "password": canary["password"]})
    ada.post("/sign-in/forgotten/", {"email": "ada@example.org"})
    link = FORGOTTEN.made_for(cast.ben)
    for path in (link.removeprefix("http://127.0.0.1:8000"), f"/sign-in/forgotten/{canary['query']}/"):
        ada.get(path)
        ada.delete(path)
    ada.force_login(cast.ada)
    made = ada.post("/account/tokens/", {"name": canary["name"]}).content.decode()
    token = re.search(r"igt_[\w-]{20,}", made)[0]
    comment = {"not_yet": "1", "comment": canary["comment"], "version": "0"}
    ada.post(REQUIREMENT, comment)
    ada.get(f"/nowhere/{canary['query']}/?q={canary['query']}")
    ada.get(f"/organisations/{canary['query']}/2015-16/")
    ada.get("/national/2015-16/baseline/caldicott2/")
    ada.post("/people/invite/", {"login": f"{canary['login']}@b.example", "name": canary["name"], "role": "viewer"})
    Client().get("/api/v1/organisations/", headers={"Authorization": f"Bearer {token}x"})
    Client().get("/", headers={"Host": "elsewhere.example"})
    Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x", "password": canary["password"]})
    monkeypatch.setattr("igtoolkit.web.views.requirement.save_answer", fail, raising=False)
    monkeypatch.setattr("igtoolkit.web.views.public.find", fail)
    ada.post(REQUIREMENT, comment)
    ada.get(f"/?q={canary['query']}")
    told = log.getvalue()
    key = link.partition("-")[2].rstrip("/")
    hidden = {
        **canary,
        "token": token,
        "session": ada.session.session_key,
        "key": key,
        "cookie": ada.cookies["csrf"].value,
    }
    assert [name for name, value in hidden.items() if value in told] == []
    assert [each.body for each in mail.outbox if each.body.splitlines()[2] in told] == []
    assert [each for each in lines(log) if not LINE.fullmatch(each)] == []
    report("logs leak nothing", f"{len(lines(log))} lines after a sample of everything, {len(hidden)} secrets, 0 found")


def test_each_refusal_is_one_line_with_who_what_and_where_and_no_traceback(cast, assessment, log):
    cleo = Client()
    cleo.force_login(cast.cleo)
    cleo.get("/organisations/DMA001/2015-16/")
    cleo.get("/national/2015-16/baseline/caldicott2/")
    [first, second] = [each for each in lines(log) if "Refused" in each]
    assert f"Refused 404 to person {cast.cleo.pk}: view_assessment GET /organisations/<str:code>/<str:year>/" in first
    assert f"Refused 403 to person {cast.cleo.pk}: view_national" in second
    assert "DMA001" not in log.getvalue()
    assert "Traceback" not in log.getvalue()


def test_a_fault_is_one_line_with_the_reference_of_its_page_and_where_it_was(db, log, monkeypatch):
    monkeypatch.setattr("igtoolkit.web.views.public.find", fail)
    page = Client(raise_request_exception=False).get("/").content.decode()
    reference = re.search(r"[0-9a-f]{4}-[0-9a-f]{4}", page.partition("igt-reference")[2])[0]
    [line] = [each for each in lines(log) if f"ref={reference}" in each]
    assert "RuntimeError at" in line
    assert "views/public.py:" in line
    assert "broken" not in line


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\x85", "\u2028", "\x1b[2J", "\0"], ids=ascii)
def test_nobody_can_write_a_line_of_their_own(db, log, break_):
    logging.getLogger("igtoolkit.tests").warning("begun%s2026-01-01T00:00:00.000Z ERROR forged", break_)
    Client().get("/", headers={"Host": f"evil{break_}2026-01-01T00:00:00.000Z ERROR forged"})
    assert len(lines(log)) == 2
    assert all(LINE.fullmatch(each) for each in lines(log))
