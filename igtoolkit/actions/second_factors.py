"""Second factors: what somebody shows beside their password when they sign in, set up and taken away.

They are rows of the sign-in library: an app that shows codes (one at most), passkeys, and ten recovery codes that
are made with the first of them and go with the last. Secrets are encrypted as the library's adapter says.
"""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import encrypt
from django.db import transaction

from igtoolkit.access.policy import Action, Refused, needs_second_factor, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.codes import APP, PASSKEY, RECOVERY, matching_step
from igtoolkit.actions.identities import connected_to, forget_identities
from igtoolkit.actions.managing import hold_people
from igtoolkit.actions.said import Invalid, line_problems, says_something
from igtoolkit.actions.tokens import revoke_every_token
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import end_rows

NAME_MAX = 50
MOST_PASSKEYS = 10
WRONG_CODE = "This is not the code that the app shows now: enter the six figures it shows, before they change"
HAS_APP = "You have set up an app already: remove it first to set up another"
LAST = "Your work here needs a second factor: set up another before you remove this one"


def factors(person: Person) -> list[Authenticator]:
    """A person's app and passkeys, oldest first."""
    return list(Authenticator.objects.filter(user_id=person.pk).exclude(type=RECOVERY).order_by("pk"))


def recovery(person: Person) -> Authenticator | None:
    """The row of a person's recovery codes."""
    return Authenticator.objects.filter(user_id=person.pk, type=RECOVERY).first()


def has_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user_id=person.pk).exclude(type=RECOVERY).exists())


@transaction.atomic
def add_app(secret: str, code: str, *, by: Person, here: str = "") -> list[str]:
    """Set up the app that was given `secret` (base 32) and shows `code`. here: the key of the session it is done in.

    With the first factor come recovery codes, which are returned to be shown once, and every other session of the
    person ends, for it was begun without one. Raises Refused; Invalid for `code`.
    """
    by = _held(by)
    if Authenticator.objects.filter(user=by, type=APP).exists():
        raise Invalid({"code": HAS_APP})
    step = matching_step(secret, "".join(code.split()))
    if step is None:
        raise Invalid({"code": WRONG_CODE})
    Authenticator.objects.create(user=by, type=APP, data={"secret": encrypt(secret), "step": step})
    return _added(by, {"kind": "app"}, here)


@transaction.atomic
def add_passkey(name: str, credential: Mapping[str, Any], *, by: Person, here: str = "") -> list[str]:
    """Keep a passkey whose answer was found good (web/passkeys.py), under the person's own name for it.

    here, and what is returned: as of `add_app`. Raises Refused; Invalid for `name`.
    """
    by = _held(by)
    name = " ".join(name.split())
    rows = Authenticator.objects.filter(user=by, type=PASSKEY)
    if errors := passkey_problems(name, [each.wrap().name for each in rows]):
        raise Invalid(errors)
    Authenticator.objects.create(user=by, type=PASSKEY, data={"name": name, "credential": dict(credential)})
    return _added(by, {"kind": "passkey", "name": name}, here)


@transaction.atomic
def remove_factor(pk: int, *, by: Person) -> str:
    """Take away one's own app or passkey; with the last one go the recovery codes. Returns what it was, in words.

    Raises Refused, also for a factor that is nobody's or another's; Invalid where the person needs one.
    """
    by = _held(by)
    row = Authenticator.objects.filter(user=by, pk=pk).exclude(type=RECOVERY).first()
    if row is None:
        raise Refused("This second factor is not there.")
    others = Authenticator.objects.filter(user=by).exclude(type=RECOVERY).exclude(pk=pk)
    if needs_second_factor(by) and not others.exists():
        raise Invalid({"": LAST})
    told = _told(row)
    row.delete()
    if not others.exists():
        Authenticator.objects.filter(user=by).delete()
    audit(by.organisation, "second_factor_removed", by=by, before=_in_trail(told, by))
    return _words(told)


@transaction.atomic
def make_recovery_codes(*, by: Person) -> list[str]:
    """Ten new recovery codes, to be shown once; those from before end. Raises Refused; Invalid without a factor."""
    by = _held(by)
    if not has_factor(by):
        raise Invalid({"": "Set up an app or a passkey first"})
    Authenticator.objects.filter(user=by, type=RECOVERY).delete()
    audit(by.organisation, "recovery_codes_made", by=by)
    return list(RecoveryCodes.activate(by).generate_codes())


@transaction.atomic
def take_factors_away(person: Person, *, by: Person | None) -> None:
    """Take all second factors from somebody who has lost theirs, and with them their identities at other services,
    their tokens and their sessions: whoever found what was lost may have made these. by: None is the operator.

    Raises Refused for oneself and where `by` does not manage the person; Invalid where there are none.
    """
    if by is not None:
        if by.pk == person.pk or person.organisation is None:
            raise Refused("Nobody takes away their own second factors without using one.")
        by = hold_people(person.organisation, by=by)
    held = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()
    person = held or person  # or a stand-in
    rows = Authenticator.objects.filter(user_id=person.pk)
    if not rows.exists() and not connected_to(person):
        raise Invalid({"": f"{person} has no second factor"})
    before = [_told(each) for each in rows.exclude(type=RECOVERY).order_by("pk")]
    rows.delete()
    forget_identities(person, by=by)
    revoke_every_token(person, by=by)
    end_rows(person)
    audit(person.organisation, "second_factors_taken_away", by=by, person=person.email, before=before)


def passkey_problems(name: str, held: list[str]) -> dict[str, str]:
    """{name: what to do}. held: the names of the person's passkeys."""
    if not says_something(name):
        return {"name": "Enter a name that says where the passkey is, such as “work laptop”"}
    if name in held:
        return {"name": "You have a passkey with this name already: choose another name"}
    if len(held) >= MOST_PASSKEYS:
        return {"name": f"You have {MOST_PASSKEYS} passkeys, which is the most: remove one first"}
    return dict(line_problems("name", "Name", name, NAME_MAX))


def _held(person: Person) -> Person:
    found: Person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    require(found, Action.MANAGE_OWN_FACTORS)
    return found


def _added(by: Person, told: dict[str, str], here: str) -> list[str]:
    audit(by.organisation, "second_factor_added", by=by, after=_in_trail(told, by))
    if recovery(by):
        return []
    end_rows(by, but=here)
    audit(by.organisation, "recovery_codes_made", by=by)
    return list(RecoveryCodes.activate(by).generate_codes())


def _told(row: Authenticator) -> dict[str, str]:
    return {"kind": "app"} if row.type == APP else {"kind": "passkey", "name": row.wrap().name}


def _in_trail(told: dict[str, str], owner: Person) -> dict[str, str]:
    """The service's trail has readers who may not see what others write: a name of somebody's own is left out."""
    return {"kind": told["kind"]} if owner.organisation_id is None else told


def _words(told: dict[str, str]) -> str:
    return f"The passkey “{told['name']}”" if "name" in told else "The app"
