"""Everything by which another organisation's things could be named, and what would show that they were touched."""

import hashlib
from typing import Any

from django.apps import apps

from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models import ApiToken, AuditEvent, Person
from tests.proofs.crawl.world import FULL, NDG, World

AWAY = ("https://rival.example/", "//rival.example/", "/\\rival.example", "javascript:alert(1)")
OF_AN_ORGANISATION = {  # how each table says whose a row is
    "organisation": "organisation",
    "assessment": "assessment__organisation",
    "submission": "submission__organisation",
    "answer": "answer__assessment__organisation",
    "plan": "plan__submission__organisation",
    "second_look": "second_look__submission__organisation",
}


def rows_of(model: Any, organisation: Any) -> Any:
    """The rows of one table that are an organisation's."""
    names = {each.name for each in model._meta.concrete_fields}
    path = next(OF_AN_ORGANISATION[each] for each in OF_AN_ORGANISATION if each in names)
    return model.unscoped.filter(**{path: organisation}).order_by("pk")


def tenants() -> list[Any]:
    return [each for each in apps.get_models() if issubclass(each, Tenant)]


def names(world: World, place: str = FULL) -> list[str]:
    """Codes, keys, logins, digests, tokens and addresses that belong to a place."""
    organisation, viewer = world.organisations[place], world.viewers[place, "administrator"]
    keys = {str(key) for each in tenants() for key in rows_of(each, organisation).values_list("pk", flat=True)[:2]}
    keys |= {str(key) for key in Person.objects.filter(organisation=organisation).values_list("pk", flat=True)}
    keys |= {
        str(key) for key in ApiToken.objects.filter(person__organisation=organisation).values_list("pk", flat=True)
    }
    former = organisation.former_codes.get().code
    digests = organisation.submissions.values_list("digest", flat=True)
    told = [organisation.code, organisation.code.lower(), former, str(organisation.pk), organisation.name]
    held = [world.person(place).email, viewer.token, viewer.client.cookies["session"].value, *digests[:2]]
    made = [each.key for each in organisation.submissions.all()[:2]]
    pages = [f"/organisations/{organisation.code}/2015-16/", f"/published/{organisation.code}/2015-16/"]
    return [*told, *held, *made, *pages, *AWAY, world.person(NDG, NDG).email, *sorted(keys)]


def state_of_others(world: World, place: str) -> str:
    """A digest over every row that belongs to any other organisation than this: nothing may change in it."""
    found = hashlib.sha256()
    for other, organisation in world.organisations.items():
        if other != place:
            for model in tenants():
                if model is not AuditEvent:
                    found.update(repr(list(rows_of(model, organisation).values_list())).encode())
            found.update(str(organisation.events.count()).encode())
            found.update(repr(list(organisation.people.values_list("email", "role", "is_active", "name"))).encode())
    return found.hexdigest()
