"""What the door answers, by hand: on pages of the service, and on small pages made here."""

from contextlib import nullcontext
from unittest.mock import patch

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from igtoolkit.access import gate
from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from tests.access.nation import VISITOR, refuse_nul
from tests.conftest import YEAR

OWN = {"code": "DMA001", "year": YEAR}


def test_the_door_gives_records_refusals_and_no_more(cast, nation):
    def answer(person, path, method="get"):
        browser = Client(raise_request_exception=False)
        if person:
            browser.force_login(person)
        return getattr(browser, method)(path).status_code

    own, theirs = f"/organisations/DMA001/{YEAR}/", f"/organisations/DMA002/{YEAR}/"
    assert [answer(cast.ada, each) for each in (own, theirs)] == [200, 404]
    with connection.execute_wrapper(refuse_nul):
        assert answer(cast.ada, "/organisations/DMA001%00/2015-16/") == 404
    assert [answer(cast.ada, own, "post"), answer(cast.ada, "/people/", "put"), answer(cast.ben, "/people/")] == [
        405,
        405,
        403,
    ]
    assert [answer(cast.ben, f"{each}start/", "post") for each in (own, theirs)] == [403, 404]
    assert answer(cast.ada, f"{own}start/") == 405
    assert [answer(each, f"{own}senior-people/", "post") for each in (cast.ben, cast.cleo)] == [403, 404]
    assert [answer(each, f"{own}baseline/caldicott2/") for each in (cast.cleo, cast.dev, cast.sam)] == [404, 404, 404]
    assert answer(None, f"/published/DMA001/{YEAR}/") == 404
    assert [answer(cast.ada, "/national/2015-16/baseline/caldicott2/"), answer(cast.ada, "/help/")] == [403, 200]


def plain(request, *record, **rest):
    return HttpResponse()


def asked(page, person, method="get", **address):
    """The request as a page left it, with the `status` it got."""
    request = getattr(RequestFactory(), method)("/")
    request.user = person
    try:
        request.status = page(request, **address).status_code
    except (PermissionDenied, Http404) as refused:
        request.status = 403 if isinstance(refused, PermissionDenied) else 404
    return request


def test_reading_and_sending_ask_for_what_the_page_names(cast, nation):
    page = allow(Action.VIEW_ASSESSMENT, post=Action.START_ASSESSMENT)(plain)
    assert [asked(page, cast.ben, each, **OWN).status for each in ("get", "post", "put")] == [200, 403, 405]
    assert asked(page, cast.ada, "post", **OWN).status == 200
    assert asked(allow(Action.VIEW_ASSESSMENT)(plain), cast.ada, "post", **OWN).status == 405


def test_a_refusal_says_what_was_asked_for_and_nothing_of_what_is_anybodys(cast, nation):
    page = allow(Action.VIEW_ASSESSMENT, post=Action.START_ASSESSMENT)(plain)
    assert asked(page, cast.ben, "post", **OWN).refused == Action.START_ASSESSMENT
    assert asked(page, cast.cleo, **OWN).refused == Action.VIEW_ASSESSMENT
    published = asked(allow(Action.VIEW_PUBLISHED)(plain), cast.ada, **OWN)
    assert (published.status, published.refused) == (404, None)


def test_a_report_that_is_told_of_is_noted_and_no_other(cast, nation):
    address = {**OWN, "stage": "baseline"}
    shown = asked(allow(Action.VIEW_BOARD_REPORT, told="board")(plain), cast.nia, **address).shown
    assert (shown.report, shown.record) == ("board", nation.corrected)
    assert not hasattr(asked(allow(Action.VIEW_BOARD_REPORT)(plain), cast.nia, **address), "shown")


def test_an_address_that_names_an_organisation_is_not_found_by_who_may_not(cast, nation):
    page = allow(Action.MANAGE_PEOPLE)(plain)
    assert [asked(page, each, code="DMA001").status for each in (cast.ada, cast.ben)] == [200, 404]
    assert asked(page, cast.ben).status == 403


def test_the_database_is_told_who_asks_but_where_all_get_the_same(cast, nation):
    told = []
    with patch.object(gate, "asking_for", lambda person: told.append(person) or nullcontext()):
        asked(allow(Action.VIEW_REGISTER)(plain), cast.ada)
        asked(allow(Action.VIEW_PUBLIC_PAGE, anybodys=True)(plain), cast.ada)
        asked(allow(Action.VIEW_PUBLIC_PAGE, rows=False)(plain), cast.ada)
    assert told == [cast.ada, VISITOR]
