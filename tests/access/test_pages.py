"""Every route x every person x every state, against the table written by hand."""

from itertools import cycle, islice, product

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from igtoolkit.access.policy import Action
from igtoolkit.web.middleware import CLOSED_TO_VISITORS
from tests.access.conftest import bring_to
from tests.access.pages import COLUMNS, PAGES, STATES, Page
from tests.proofs import PROVING

# These come last, for they change what the rest are tried with.
CHANGING = ("start_assessment", "reopen", "account_logout")
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


def routes(resolver=None):
    """(name, callback) of every address the service answers at."""
    for each in (resolver or get_resolver()).url_patterns:
        if hasattr(each, "url_patterns"):
            yield from routes(each)
        else:
            yield each.name, each.callback


def test_every_route_has_a_row_in_the_table():
    assert sorted(name for name, _ in routes()) == sorted(PAGES)


def test_every_route_declares_its_action():
    undeclared = [name for name, view in routes() if not isinstance(getattr(view, "action", None), Action)]
    assert undeclared == []


def test_a_route_that_takes_posts_says_what_they_ask_for():
    for name, view in routes():
        assert bool(PAGES[name].post) == (view.post_action is not None), name


@pytest.fixture
def papers_are_drawn_quickly(monkeypatch):
    """Who gets a board pack is asked here; what stands in it, in tests/reports and tests/web/test_pack_pages.py."""
    for name in ("pack_pdf", "pack_docx"):
        monkeypatch.setattr(f"igtoolkit.reports.pack.files.{name}", lambda pack, *, at: b"a paper")


def asked_in(state: str) -> list[tuple[str, str]]:
    """(page, method), all in the last state, which has most in it; before it those that name an organisation."""
    some = [name for name, page in PAGES.items() if PROVING or state == STATES[-1] or "code" in page.address]
    order = [*(each for each in some if each not in CHANGING), *(each for each in CHANGING if each in some)]
    return [(name, method) for name in order for method in ("GET", "POST")]


def asking(page: Page, method: str, state: str) -> str:
    """Everybody in the last state; before it those to whom the state makes a difference."""
    rows = [page.expected(method, each) for each in STATES if page.expected(method, each)]
    if PROVING or state == STATES[-1]:
        return COLUMNS if rows else ""
    return "".join(column for column, got in zip(COLUMNS, zip(*rows, strict=True), strict=False) if len(set(got)) > 1)


@pytest.mark.parametrize("state", STATES)
def test_each_person_gets_what_the_table_says(state, cast, browsers, papers_are_drawn_quickly):
    bring_to(state, cast)
    differences = []
    for name, method in asked_in(state):
        page = PAGES[name]
        address, people = reverse(name, kwargs=page.address), asking(page, method, state)
        expected = "".join(page.expected(method, state)[COLUMNS.index(each)] for each in people)
        # POSTs are empty: they are refused for what they say, after the door.
        got = "".join(letter(browsers[each], method, address) for each in people)
        if got != expected:
            differences.append((name, method, people, expected, got))
    assert differences == []


@pytest.mark.parametrize("state", STATES)
def test_only_an_administrator_starts(state, cast, browsers):
    bring_to(state, cast)
    page, got = PAGES["start_assessment"], ""
    for column in COLUMNS:
        with transaction.atomic():  # each finds what the others found
            got += letter(browsers[column], "POST", reverse("start_assessment", kwargs=page.address))
            transaction.set_rollback(True)
    assert got == page.expected("POST", state)


def test_other_methods_change_nothing_and_let_nobody_in(cast, browsers):
    """Every page is asked by each method; by whom goes round with the pages, so that everybody asks with each."""
    bring_to(STATES[2], cast)
    for n, (name, page) in enumerate(PAGES.items()):
        some = zip(islice(cycle(COLUMNS), n, None), OTHER_METHODS, strict=False)
        for column, method in product(COLUMNS, OTHER_METHODS) if PROVING else some:
            response = getattr(browsers[column], method)(reverse(name, kwargs=page.address))
            assert response.status_code in (302, 401, 403, 404, 405), (name, method, column, response.status_code)


def letter(client, method: str, address: str) -> str:
    response = client.get(address) if method == "GET" else client.post(address, {})
    location = response.headers.get("Location", "")
    if (
        response.status_code == 302
        and location.startswith("/sign-in/?next=")
        and address.startswith(CLOSED_TO_VISITORS)
    ):
        return ">"
    known = {200: ".", 302: ".", 409: ".", 422: ".", 401: "1", 403: "3", 404: "4"}
    return known.get(response.status_code, f"[{response.status_code}]")
