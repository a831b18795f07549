"""Giving somebody an account."""

import json

import pytest

from igtoolkit.access.scope import everything
from igtoolkit.actions.people import add_person
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import AuditEvent, Organisation, Person
from tests.conftest import make_organisation

PASSWORD = "a password of its own"


@pytest.fixture
def trust(db) -> Organisation:
    return make_organisation("DMA001")


def last_event() -> tuple[str, str, str, dict]:
    event = everything(AuditEvent, reason="a test looks at all").latest("pk")
    return event.chain, event.event, event.by, json.loads(event.facts)


def test_a_person_is_added_in_a_role_and_the_organisation_is_told(trust):
    person = add_person(" Ada@Trust.Example ", organisation=trust, role="administrator", name="Ada")
    assert (person.email, person.role, person.organisation) == ("ada@trust.example", "administrator", trust)
    assert not person.has_usable_password()
    after = {"login": "ada@trust.example", "name": "Ada", "role": "administrator"}
    assert last_event() == ("DMA001", "person_added", "operator", {"after": after})


@pytest.mark.parametrize(("place", "role"), [({"reads_for_ndg": True}, "ndg"), ({"serves": True}, "service")])
def test_a_national_person_is_told_of_in_the_services_own_chain(db, place, role):
    add_person("nia@ndg.example", **place)
    chain, event, _, facts = last_event()
    assert (chain, event, facts["after"]["role"]) == ("service", "person_added", role)


def test_the_password_given_is_the_one_that_signs_in(trust):
    person = add_person("ada@trust.example", organisation=trust, role="viewer", password=PASSWORD)
    kept = Person.objects.get(pk=person.pk)
    assert kept.check_password(PASSWORD)
    assert not kept.check_password("something else")


def test_a_login_is_given_once_whatever_its_case(trust):
    add_person("ada@trust.example", organisation=trust, role="viewer")
    with pytest.raises(Invalid, match="already somebody with the login ada@trust.example"):
        add_person("ADA@trust.example", serves=True)
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    ["Dr. Ada O'Bell-Łukasz, R.N.", "\u0646\u06cc\u200c\u0645\u0627", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "a" * 100],
)
def test_names_as_people_write_them_are_taken(trust, name):
    assert add_person("ada@trust.example", organisation=trust, role="viewer", name=name).name == name


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"login": "not an address"}, "login"),
        ({"login": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example"}, "login"),
        ({"role": "king"}, "role"),
        ({"role": ""}, "role"),
        ({"serves": True}, "organisation"),
        ({"organisation": None}, "organisation"),
        ({"organisation": None, "reads_for_ndg": True}, "role"),
        ({"name": "a" * 101}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "Dr Reset, open https://evil.example"}, "name"),
        ({"name": "Ada WWW.evil.example"}, "name"),
        ({"name": "Ada \uff57\uff57\uff57.evil.example"}, "name"),
        ({"name": "Ada evil.example/in"}, "name"),
        ({"name": "Ada\nBell"}, "name"),
        ({"name": "Ada\u2028Bell"}, "name"),
        ({"name": "Ada \u202elleB"}, "name"),
        ({"name": "Ada\u200bBell"}, "name"),
        ({"name": "Ada\u200d Bell"}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "ada@trust.example"}, "password"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(trust, facts, field):
    good = {"login": "ada@trust.example", "organisation": trust, "role": "viewer"}
    given = {**good, **facts}
    with pytest.raises(Invalid) as refused:
        add_person(given.pop("login"), **given)
    assert list(refused.value.errors) == [field]
    assert not Person.objects.exists()
    assert not everything(AuditEvent, reason="a test looks at all").exists()


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u200d"], ids=ascii)
def test_a_login_holds_nothing_that_cannot_be_seen(db, unseen):
    with pytest.raises(Invalid, match="login|e-mail"):
        add_person(f"ada@exam{unseen}ple.example", serves=True, name="Ada")
