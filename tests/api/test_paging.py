"""Long lists: each organisation once, in an order that every database agrees on, at the same cost."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from igtoolkit.access.paging import page_of
from igtoolkit.records.models import Organisation, Registration
from tests.api.conftest import program_of

LIST = "/api/v1/organisations/"
ODD = ["A1", "AA", "8E461", "~", "RWR", "RWR~1", "RW", "00A", "A-1", "A 1", "É1", "Z", "ZZ9", "_A"]


def many(n: int, begins: str = "M") -> None:
    made = [Organisation(code=f"{begins}{i:05}", name=f"Organisation {i}") for i in range(n)]
    Organisation.objects.bulk_create(made)
    facts = {"year": "2015-16", "kind": "acute", "region": "North", "source": "tests"}
    Registration.objects.bulk_create(
        Registration(organisation=each, code=each.code, name=each.name, **facts) for each in made
    )


def walked(program, path) -> list[str]:
    codes = []
    while path:
        told = program.read(path)
        codes += [each["code"] for each in told["items"]]
        path = told["next"]
    return codes


def test_codes_are_in_the_order_of_their_bytes_on_every_database(cast):
    Organisation.objects.bulk_create(Organisation(code=code, name=code) for code in ODD)
    expected = sorted([*ODD, "DMA001", "DMA002", "DMG001"], key=str.encode)
    program = program_of(cast.sam)
    for limit in (1, 2, 3, 500):
        assert walked(program, f"{LIST}?limit={limit}") == expected, limit
    for code in ODD:
        following = [each.code for each in page_of(Organisation.objects.all(), code, 500).rows]
        assert following == expected[expected.index(code) + 1 :]


def test_postgresql_is_asked_for_bytes_whatever_language_it_sorts_in(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite compares bytes unless told otherwise")
    with CaptureQueriesContext(connection) as asked:
        page_of(Organisation.objects.all(), "A", 1)
    assert "~>~ 'A'" in asked[0]["sql"]
    assert "USING ~<~" in asked[0]["sql"]


def test_nothing_is_skipped_or_told_twice_while_organisations_come_and_go(cast):
    many(10)
    program = program_of(cast.sam)
    first = program.read(f"{LIST}?limit=5")
    Registration.objects.filter(code="M00001").delete()
    Organisation.objects.filter(code="M00001").delete()
    Organisation.objects.create(code="A0", name="New, before")
    rest = walked(program, first["next"])
    assert [each["code"] for each in first["items"]] + rest == [
        *("DMA001", "DMA002", "DMG001", "M00000", "M00001"),
        *(f"M{i:05}" for i in range(2, 10)),
    ]


@pytest.mark.parametrize("person", ["nia", "sam"])
def test_a_page_costs_the_same_at_twenty_and_at_two_thousand(person, cast):
    program = program_of(getattr(cast, person))
    program.read(LIST)  # notes the day
    counts = []
    for n, begins in ((20, "M"), (2_000, "N")):
        many(n, begins)
        with CaptureQueriesContext(connection) as asked:
            told = program.read(f"{LIST}?limit=20&after=M00001")
        assert len(told["items"]) >= 18
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_the_published_list_costs_the_same_however_long(cast, final):
    with CaptureQueriesContext(connection) as few:
        assert len(json.loads(Client().get("/api/v1/published/").content)["items"]) == 1
    many(2_000)
    with CaptureQueriesContext(connection) as asked:
        assert len(json.loads(Client().get("/api/v1/published/").content)["items"]) == 1
    assert len(asked) == len(few) <= 12


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=501", "limit=-1", "limit=1e9", "limit=", "after=%00", f"after={'x' * 31}"]
)
def test_what_cannot_be_used_is_named(client, query, cast):
    client.force_login(cast.sam)
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 422
    told = json.loads(response.content)
    assert [each["parameter"] for each in told["errors"]] == [query.split("=")[0]]
    assert all(each["detail"] for each in told["errors"])


@pytest.mark.parametrize("query", ["after=%F0%9F%8F%A5", "after=%ED%A0%80", "after=%FF", "after=%27%3B--", "limit=500"])
def test_what_is_merely_odd_is_taken(client, query, cast):
    client.force_login(cast.sam)
    assert client.get(f"{LIST}?{query}").status_code == 200
