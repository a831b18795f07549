"""The API held against its own description, which is served by us alone."""

import json
from collections.abc import Iterator
from zlib import crc32

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as given

from igtoolkit.api import urls
from igtoolkit.config.wsgi import application
from tests import databases
from tests.access.conftest import bring_to
from tests.access.pages import CLOSED
from tests.api.conftest import program_of
from tests.conftest import make_cast
from tests.web.reading import words

REAL = {
    "code": given.sampled_from(["DMA001", "dma001", "DMA002", "DMG001", "ZZZ", "..", "%00", "a\0b", "é", "~1"]),
    "year": given.sampled_from(["2015-16", "2014-15", "1999-00", "soon", "\0"]),
    "stage": given.sampled_from(["baseline", "update", "final", "Baseline", "preview"]),
    "number": given.sampled_from([1, 2, 0, 10**30]),
}


described = schemathesis.openapi.from_dict(urls.service.openapi())
described.app = application
described.location = "/api/v1/openapi.json"


@described.hook
def before_generate_path_parameters(context, strategy):
    """Addresses that mean something, as often as any others."""
    names = [each.name for each in context.operation.path_parameters]
    return given.one_of(strategy, given.fixed_dictionaries({name: REAL[name] for name in names}))


Asker = dict[str, str]


@pytest.fixture(scope="module")
def lived(template, quick, django_db_blocker) -> Iterator[tuple[str, list[Asker]]]:
    """A database in which DMA001 has submitted Baseline and Final, made once to be copied; and the askers."""
    with django_db_blocker.unblock():
        name = databases.copy_of(template, quick)
        with databases.pointed_at(name):
            cast = make_cast()
            bring_to(CLOSED, cast)
            tokens = [program_of(each).token for each in (cast.ben, cast.nia, cast.sam)]
            databases.settle()
    yield name, [{}, *({"Authorization": f"Bearer {token}"} for token in tokens)]
    with django_db_blocker.unblock():
        databases.throw_away(name)


@pytest.fixture
def askers(lived, quick, django_db_blocker) -> Iterator[list[Asker]]:
    """The headers of a visitor's program, and of those of a trust's viewer, the NDG reader and the service team."""
    name, headers = lived
    with django_db_blocker.unblock(), databases.used(databases.copy_of(name, quick)):
        yield headers


def asking(askers: list[Asker], case: schemathesis.Case) -> list[Asker]:
    """Two of them, who go round with what is asked."""
    first = crc32(repr((case.path_parameters, case.query)).encode())
    return [askers[(first + n) % len(askers)] for n in range(2)]


@described.parametrize()
@settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_described(case, askers):
    for headers in asking(askers, case):
        case.call_and_validate(headers=headers)


def test_every_operation_is_on_the_page_with_a_way_to_ask(db, client):
    page = client.get("/api/v1/")
    told = words(page)
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    assert schema["openapi"] == "3.1.0"
    for path, methods in schema["paths"].items():
        assert set(methods) == {"get"}
        assert f"GET {path}" in told
        assert methods["get"]["summary"] in told
    assert len(schema["paths"]) == len(urls.service.urls())
    for shape in schema["components"]["schemas"]:
        assert f'id="shape-{shape}"' in page.content.decode()
    assert told.count("curl ") == len(schema["paths"])


def test_the_page_and_the_description_name_no_outside_host(db, client, settings):
    for path in ("/api/v1/", "/api/v1/openapi.json"):
        content = client.get(path).content.decode().replace(settings.SITE_ADDRESS, "")
        content = content.replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in content
        assert "https://" not in content
    assert "<script>" not in client.get("/api/v1/").content.decode()


def test_what_anybody_may_read_asks_for_no_token_in_the_description(db, client):
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    for path, methods in schema["paths"].items():
        is_open = methods["get"]["security"] == [{}]
        assert is_open == (Client().get(path.replace("{", "").replace("}", "")).status_code != 401), path


def test_links_within_the_page_lead_somewhere(db, client):
    html = client.get("/api/v1/").content.decode()
    wanted = {each.split('"')[0] for each in html.split('href="#')[1:]}
    there = {each.split('"')[0] for each in html.split(' id="')[1:]}
    assert wanted <= there
