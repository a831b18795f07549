"""A nation in which each trust stands at another stage, with marks in everything that anybody ever wrote."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.people import add_person
from igtoolkit.actions.tokens import make_token
from igtoolkit.records.models import Assessment, FormerCode, Organisation, Person, Registration, Role, Succession
from tests.conftest import YEAR
from tests.proofs.crawl.canaries import Canaries
from tests.proofs.crawl.passkey import made_passkey

NONE, STARTED, BASELINE, UPDATE, FINAL, CORRECTED = "none", "started", "baseline", "update", "final", "corrected"
STATES = (NONE, STARTED, BASELINE, UPDATE, FINAL, CORRECTED)  # a Final is published as it is submitted
PRACTICE, NDG, SERVICE, NOWHERE = "practice", "ndg", "service", "nowhere"
FULL = CORRECTED  # the trust of which everything there can be is there
LOOKED_AT = UPDATE  # the trust that lets the service team look at this moment
PASSWORD = "a long password for the crawl"


@dataclass
class Viewer:
    """Somebody with a browser and, signed in, a token for the API."""

    place: str
    role: str
    person: Person | None = None
    token: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __str__(self) -> str:
        return f"{self.role} of {self.place}"


@dataclass
class World:
    """organisations: by place. viewers: everybody, by (place, role)."""

    canaries: Canaries = field(default_factory=Canaries)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    viewers: dict[tuple[str, str], Viewer] = field(default_factory=dict)

    def person(self, place: str, role: str = Role.ADMINISTRATOR) -> Person:
        found = self.viewers[place, role].person
        assert found is not None
        return found

    def assessment(self, place: str) -> Assessment:
        """The draft of a place, as it is now."""
        found = scope.find_assessment(self.person(place), self.organisations[place].code, YEAR)
        assert found is not None
        return found

    def mark(self, place: str, sort: str, login: str = "") -> str:
        return self.canaries.plant(place, sort, login)


def peopled() -> World:
    """Organisations and people, and nothing recorded yet."""
    world = World()
    for place in (*STATES, PRACTICE):
        _register(world, place)
        for role in Role.values:
            employ(world, place, role, organisation=world.organisations[place])
    employ(world, NDG, NDG, reads_for_ndg=True)
    employ(world, NDG, "another", reads_for_ndg=True)
    employ(world, SERVICE, SERVICE, serves=True)
    employ(world, FULL, "deactivated", organisation=world.organisations[FULL])
    world.viewers[NOWHERE, "visitor"] = Viewer(NOWHERE, "visitor")
    return world


def _register(world: World, place: str) -> None:
    """An organisation of two years, with a code from before, that took over the work of the one with nothing yet."""
    made = Organisation.objects.create(
        code=world.mark(place, "code").upper(), name=f"Trust {world.mark(place, 'name')}"
    )
    world.organisations[place] = made
    told = {sort: world.mark(place, sort) for sort in ("region", "kind_words", "source")}
    for year in ("2014-15", YEAR):
        named = {"code": made.code, "name": made.name, "kind": "gp" if place == PRACTICE else "acute"}
        Registration.objects.create(organisation=made, year=year, **named, **told)
    FormerCode.objects.create(organisation=made, code=world.mark(place, "former_code").upper(), until=date(2014, 1, 1))
    if place != NONE:
        before, source = world.organisations[NONE], world.mark(place, "source")
        Succession.objects.create(predecessor=before, successor=made, source=source)


def employ(world: World, place: str, role: str, **facts: Any) -> None:
    """Somebody in a role, signed in, with a token; who is to be deactivated is an administrator until then."""
    if "organisation" in facts:
        facts["role"] = Role.ADMINISTRATOR.value if role == "deactivated" else role
    login = f"{world.mark(place, 'login')}@example.org"
    name = world.mark(place, "submitter" if role == Role.ADMINISTRATOR else "person")  # boards are told who submitted
    person = add_person(login, name=f"Person {name}", password=PASSWORD, **facts)
    EmailAddress.objects.create(user=person, email=login, primary=True, verified=True)  # as the sign-in library does
    if role == Role.REVIEWER:  # nobody is asked for these here: that is the business of tests/web
        SocialAccount.objects.create(user=person, provider="service", uid=world.mark(place, "identity", login))
        told = {"name": world.mark(place, "passkey", login), "credential": made_passkey()}
        Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=told)
    viewer = Viewer(place, role, person)
    viewer.token = make_token(world.mark(place, "token", login), by=person)[1]
    viewer.client.force_login(person)
    world.viewers[place, role] = viewer
