"""Whatever goes wrong, the page that says so holds nothing of anybody's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.urls import reverse

from tests.proofs.crawl.world import CORRECTED, FULL, NDG, NOWHERE, SERVICE, UPDATE

HUGE = 3_000_000  # bytes: more than any form is


@pytest.fixture
def rival(crawl):
    return crawl.world.viewers[UPDATE, "administrator"]


@pytest.fixture
def own(addresses):
    """Addresses of the rival's own, by route."""
    return lambda route: addresses.of(route, UPDATE)[0].path


def test_what_cannot_be_read(crawl, rival, own):
    statuses = {
        crawl.ask(rival, "GET", own("assessment"), headers={"Host": "rival.example"}).status_code,
        crawl.ask(rival, "POST", own("requirement"), data=_huge(), headers={}).status_code,
        crawl.ask(rival, "POST", own("senior_people"), data={f"f{n}": "x" for n in range(2_100)}).status_code,
    }
    assert statuses <= {400, 413}
    _clean(crawl)


def test_what_is_refused_not_there_or_not_taken(crawl, addresses, own):
    viewers = crawl.world.viewers
    board = addresses.of("board", FULL)[0].path
    viewer = viewers[UPDATE, "viewer"]
    assert crawl.ask(viewer, "GET", own("submit")).status_code == 403
    assert crawl.ask(viewers[UPDATE, "administrator"], "GET", board).status_code == 404
    assert crawl.ask(viewers[UPDATE, "administrator"], "PUT", own("board")).status_code == 405
    assert crawl.ask(viewers[UPDATE, "administrator"], "GET", "/nowhere/at/all").status_code == 404
    assert crawl.ask(viewers[NOWHERE, "visitor"], "GET", addresses.of("api_board", FULL)[0].path).status_code == 401
    _clean(crawl)


def test_a_form_from_elsewhere(crawl, rival, own):
    rival.client.handler.enforce_csrf_checks = True
    try:
        assert crawl.ask(rival, "POST", own("requirement"), data={"comment": "x"}).status_code == 403
    finally:
        rival.client.handler.enforce_csrf_checks = False
    _clean(crawl)


def test_a_stale_form_and_one_that_is_wrong(crawl, rival, own):
    stale = {"version": "0", "comment": "Another text", "ticked": ["1a"]}
    assert crawl.ask(rival, "POST", own("requirement"), data=stale).status_code == 409
    assert crawl.ask(rival, "POST", own("requirement"), data={"version": "1", "ticked": ["9z"]}).status_code in (
        409,
        422,
    )
    assert crawl.ask(rival, "POST", own("tokens"), data={"name": ""}).status_code == 422
    assert crawl.ask(rival, "GET", f"{reverse('api_organisations')}?limit=x", token=True).status_code == 422
    _clean(crawl)


@pytest.mark.parametrize("who", [(UPDATE, "administrator"), (NDG, NDG), (SERVICE, SERVICE), (NOWHERE, "visitor")])
@pytest.mark.parametrize("route", ["board", "assessment", "api_board", "published", "people", "home"])
def test_a_fault_of_ours(crawl, addresses, monkeypatch, who, route):
    """What was in hand when it happened, another trust's comment say, is neither on the page nor in the log."""
    in_hand = crawl.world.assessment(FULL).answers.first().comment

    def broken(*args, **kwargs):
        held = in_hand  # noqa: F841 (it must not be told)
        raise RuntimeError("broken for a test")

    monkeypatch.setattr("igtoolkit.access.gate._record", broken)
    response = crawl.ask(crawl.world.viewers[who], "GET", addresses.of(route, FULL)[0].path)
    assert response.status_code in (500, 302, 401)
    _clean(crawl)


def test_no_database(crawl, rival, own, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the database is away")

    with monkeypatch.context() as patched:
        patched.setattr(CursorWrapper, "execute", away)
        statuses = {rival.client.get(path).status_code for path in (own("assessment"), own("board"), own("api_board"))}
        response = rival.client.post(own("requirement"), {"comment": "typed", "version": "1"})
    assert statuses <= {500, 503}
    crawl._look_at(response, rival, "no database", (own("requirement"), "requirement"), set())
    _clean(crawl)


def test_too_many_tries(crawl, monkeypatch):
    """Somebody guesses at a rival's login: what is said tells nothing of them.

    Each question of the crawl is undone, the count of tries with it: so the wait is laid down.
    """
    monkeypatch.setattr("igtoolkit.web.guesses.seconds_to_wait", lambda limits: 90)
    visitor, login = crawl.world.viewers[NOWHERE, "visitor"], crawl.world.person(CORRECTED).email
    guess = {"login": login, "password": "wrong and long"}
    assert crawl.ask(visitor, "POST", reverse("account_login"), data=guess).status_code == 429
    assert crawl.ask(visitor, "POST", reverse("account_reset_password"), data={"email": login}).status_code == 429
    _clean(crawl)


def _huge():
    return {"comment": "x" * HUGE, "file": SimpleUploadedFile("a.txt", b"x")}


def _clean(crawl):
    assert not crawl.leaks, "\n".join(crawl.leaks)
