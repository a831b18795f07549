"""Refusals: the same bytes every time, plain words, and a way on."""

import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from igtoolkit.web import refusals

ALIKE = {
    "not_found": (refusals.not_found, 404, "Page not found"),
    "forbidden": (refusals.forbidden, 403, "You may not do this"),
}
GONE_WRONG = {
    "bad_request": (refusals.bad_request, 400, "We could not read this request"),
    "failed": (refusals.failed, 500, "Something went wrong here"),
    "too_large": (refusals.too_large, 413, "This is too large to send"),
    "stale_form": (refusals.stale_form, 403, "This form is out of date"),
}
PAGES = ALIKE | GONE_WRONG


@pytest.fixture(params=PAGES)
def refusal(request):
    return PAGES[request.param]


def at(path: str, **rest):
    return RequestFactory().get(path, **rest)


def test_a_refusal_says_what_happened_and_leads_home(refusal):
    refuse, status, heading = refusal
    response = refuse(RequestFactory().get("/anywhere/"))
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert f"<title>{heading} – IG Toolkit</title>" in html
    assert '<a href="/">Go to the home page</a>' in html


@pytest.mark.parametrize("name", ALIKE)
def test_what_may_not_be_seen_is_the_same_bytes_for_everybody_everywhere(name, cast):
    refuse = ALIKE[name][0]
    first, second = RequestFactory().get("/organisations/DMA001/2015-16/"), RequestFactory().post("/x/", {"a": "b"})
    second.user = cast.ada
    assert refuse(first).content == refuse(second).content
    refusals._page.cache_clear()
    assert refuse(second).content == refuse(first).content
    assert "reference" not in refuse(first).content.decode()


@pytest.mark.parametrize("name", GONE_WRONG)
def test_what_went_wrong_carries_a_reference_of_its_own_and_is_the_same_otherwise(name):
    refuse, requests = GONE_WRONG[name][0], [at("/organisations/DMA001/2015-16/"), at("/x/")]
    pages = [refuse(each).content.decode() for each in requests]
    told = [refusals.reference(each) for each in requests]
    assert all(re.fullmatch("[0-9a-f]{4}-[0-9a-f]{4}", each) for each in told)
    assert told[0] != told[1]
    assert pages[0].count(told[0]) == 1
    assert pages[0].replace(told[0], told[1]) == pages[1]


def test_a_refusal_carries_no_time_path_form_or_name(refusal, cast):
    request = RequestFactory().get("/organisations/DMA001/2015-16/")
    request.user = cast.ada
    html = refusal[0](request).content.decode()
    for told in ("page-time", "seconds to make", "DMA001", "Ada", "<form", "<input", "nonce", "csrf", "Sign out"):
        assert told not in html


def test_a_refusal_asks_the_database_nothing(refusal, db):
    def refuse_to_answer(*args, **kwargs):
        raise AssertionError("asked the database")

    refusals._page.cache_clear()
    with connection.execute_wrapper(refuse_to_answer):
        assert refusal[0](RequestFactory().get("/")).content


def test_an_address_that_does_not_exist_gets_the_not_found_page(db, client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert response.content == refusals.not_found(response.wsgi_request).content


def test_a_form_without_its_token_gets_the_stale_form_page(db):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/sign-in/", {"login": "ada@example.org", "password": "x"})
    assert response.status_code == 403
    assert "This form is out of date" in response.content.decode()


def test_a_request_to_a_host_that_is_not_ours_gets_the_bad_request_page(db, client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "We could not read this request" in response.content.decode()


def test_a_fault_of_ours_gets_the_failed_page(db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("igtoolkit.web.views.public.find", fail)
    response = Client(raise_request_exception=False).get("/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong here" in html
    assert "broken" not in html


# An old form


def stale(body: dict[str, str], path: str = "/check/none/", **headers: str):
    return Client(enforce_csrf_checks=True).post(path, body, headers=headers)


def test_an_old_form_gives_back_what_was_typed_to_be_copied_and_sends_nothing(db):
    response = stale({"comment": "Minutes of <May>", "ticked": "1a", "version": "3"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Minutes of &lt;May&gt;" in html
    assert "<form" not in html
    assert 'type="hidden"' not in html
    assert "Set-Cookie" not in response.headers


def test_an_old_form_gives_no_password_back(db):
    html = stale({"login": "ada@example.org", "password": "lantern gravel otter"}, "/sign-in/").content.decode()
    assert "ada@example.org" in html
    assert "lantern" not in html


def test_what_another_site_sent_is_not_shown(db):
    html = stale({"comment": "not theirs"}, Origin="https://elsewhere.example").content.decode()
    assert "This form is out of date" in html
    assert "not theirs" not in html
