"""Identities: that somebody is known to another sign-in service (OpenID Connect), connected by themself alone."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import Person

TAKEN = "This identity is connected to another account here, and was not connected to yours"
HAS_ONE = "You have connected an identity already: disconnect it first to connect another"


def named_service() -> Any:
    """The sign-in service that the operator named (config/places.py), None without one."""
    return settings.OIDC


def identity_of(person: Person) -> tuple[str, bool]:
    """(the name of the sign-in service, whether the person is connected to it); ("", False) where there is none."""
    service = named_service()
    if not service:
        return "", False
    return service.name, SocialAccount.objects.filter(user_id=person.pk, provider=service.key).exists()


@transaction.atomic
def connect_identity(uid: str, *, by: Person) -> None:
    """Let a person sign in as who they are to the sign-in service. uid: what it calls them, for ever.

    Nothing else of what it says is kept. Raises Refused; Invalid for an identity that is somebody's.
    """
    by = _held(by)
    if identity_of(by)[1]:
        raise Invalid({"": HAS_ONE})
    try:
        with transaction.atomic():
            SocialAccount.objects.create(user=by, provider=named_service().key, uid=uid, extra_data={})
    except IntegrityError as error:
        raise Invalid({"": TAKEN}) from error
    audit(by.organisation, "identity_connected", by=by, after={"service": named_service().name})


@transaction.atomic
def disconnect_identity(*, by: Person) -> bool:
    """Let nobody in any more as the person's identity. False where there was none. Raises Refused."""
    by = _held(by)
    removed, _ = SocialAccount.objects.filter(user=by, provider=named_service().key).delete()
    if removed:
        audit(by.organisation, "identity_disconnected", by=by, before={"service": named_service().name})
    return bool(removed)


def connected_to(person: Person) -> str:
    """What an identity of the person is at, in words; empty where none is connected."""
    if not SocialAccount.objects.filter(user_id=person.pk).exists():
        return ""
    service = named_service()
    return service.name if service else "another sign-in service"


@transaction.atomic
def forget_identities(person: Person, *, by: Person | None) -> bool:
    """Let nobody in any more as any identity of the person, who is held. by: None is the operator. False where there
    was none. Whoever once connected one keeps no way in."""
    words = connected_to(person)
    if words:
        SocialAccount.objects.filter(user_id=person.pk).delete()
        audit(person.organisation, "identity_disconnected", by=by, person=person.email, before={"service": words})
    return bool(words)


def _held(person: Person) -> Person:
    found: Person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    require(found, Action.MANAGE_OWN_FACTORS)
    return found
