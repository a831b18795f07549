"""A refusal tells nothing: what may not be seen and what does not exist give the same answer."""

import pytest
from django.urls import reverse

from tests.access.conftest import bring_to
from tests.access.pages import BASELINE, COLUMNS, PAGES
from tests.proofs import full
from tests.worlds import world

NAMING_AN_ORGANISATION = [name for name, page in PAGES.items() if "code" in page.address]
STRANGERS = [each for each in COLUMNS if each in "PONS"]
NOT_TOLD = ("X-Request-Id", "Date")
INVENTED = ("ZZZ999", "DMA001\0", "R1", "..", "dma003")


@world
def submitted(cast, sessions):
    return bring_to(BASELINE, cast)


@pytest.fixture
def seen(submitted, browsers):
    return browsers


def answer(client, method, name, **address):
    response = getattr(client, method)(reverse(name, kwargs={**PAGES[name].address, **address}))
    headers = {key: value for key, value in response.headers.items() if key not in NOT_TOLD}
    return response.status_code, response.content, headers


def invented(method: str, name: str, column: str) -> list[str]:
    """All in full; else some of them, others for the next page and the next stranger, so that each is asked by each."""
    first = NAMING_AN_ORGANISATION.index(name) + STRANGERS.index(column)
    return [INVENTED[(first + 2 * n) % len(INVENTED)] for n in range(full(2 if method == "get" else 1, len(INVENTED)))]


@pytest.mark.parametrize("method", ["get", "post", "head"])
@pytest.mark.parametrize("name", NAMING_AN_ORGANISATION)
def test_a_foreign_trust_and_an_invented_one_are_twins(seen, method, name):
    for column in STRANGERS:
        foreign = answer(seen[column], method, name)
        if foreign[0] in (200, 405):  # the NDG reader may read board reports, and nobody may post to one
            continue
        twins = [answer(seen[column], method, name, code=code) for code in invented(method, name, column)]
        assert {foreign[0], *(each[0] for each in twins)} == {404}, column
        assert all(each == foreign for each in twins), column


@pytest.mark.parametrize("name", [each for each in NAMING_AN_ORGANISATION if "stage" in PAGES[each].address])
def test_unknown_stages_and_years_are_not_found(seen, name):
    for changed in ({"stage": "midsummer"}, {"year": "1999-00"}, {"year": "soon"}, {"year": "2015\0"}):
        assert answer(seen["a"], "get", name, **changed)[0] == 404, changed


def test_a_visitor_is_sent_to_sign_in_from_real_and_invented_addresses_alike(seen):
    for path in ("/organisations/DMA001/2015-16/", "/organisations/none/at/all/", "/national/", "/national/x.pdf"):
        response = seen["V"].get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={path}")


def test_a_refusal_carries_no_time_name_form_or_nonce(seen):
    status, content, headers = answer(seen["O"], "get", "board")
    assert status == 404
    for telling in (b"DMA001", b"DMA002", b"Cleo", b"csrf", b"nonce", b"seconds", b"2015-16"):
        assert telling not in content
    assert "Set-Cookie" not in headers


def test_codes_are_found_whatever_their_case(seen):
    assert answer(seen["a"], "get", "board", code="dma001")[0] == 200
    assert answer(seen["O"], "get", "board", code="dma001")[0] == 404
