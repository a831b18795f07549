"""Tokens with which a person's programs read the API: made, revoked and used."""

import base64
import secrets

from django.db import transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid, line_problems, says_something
from igtoolkit.records import clock
from igtoolkit.records.models import ApiToken, Person
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.canonical import digest

PREFIX = "igt_"
SECRET_BYTES = 32
SHOWN = 12  # characters of a token that its owner is shown later
NAME_MAX = 100
MOST = 10


@transaction.atomic
def make_token(name: str, *, by: Person) -> tuple[ApiToken, str]:
    """A new token of one's own, and its text, which is told here and never again.

    Raises Refused when `by` may not; Invalid for `name` when it is empty, too long or that of another live
    token, and when there are MOST live ones already.
    """
    by = _held(by)
    require(by, Action.MANAGE_OWN_TOKENS)
    name = " ".join(name.split())
    _check(name, live=[each.name for each in live_tokens(by)])
    secret = base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).decode().rstrip("=")
    text = f"{PREFIX}{secret}"
    facts = {"begins": text[:SHOWN], "digest": digest(text), "created_at": clock.now()}
    made = ApiToken.objects.create(person=by, name=name, **facts)
    audit(by.organisation, "token_made", by=by, after=_told(made, by))
    return made, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person) -> None:
    """Stop one's own token at once. One that was revoked before stays as it is. Raises Refused when `by` may not."""
    by = _held(by)
    require(by, Action.MANAGE_OWN_TOKENS)
    found = ApiToken.objects.get(person=by, pk=token.pk)
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        found.save(update_fields=["revoked_at"])
        audit(by.organisation, "token_revoked", by=by, before=_told(found, by))


@transaction.atomic
def revoke_every_token(person: Person, *, by: Person | None) -> int:
    """Stop all of a person's tokens at once, as when they set a new password: whoever had the old one may have some.

    by: None is the operator. A stand-in (actions/withheld.py) has none. Returns how many.
    """
    if person.pk is None:
        return 0
    person = _held(person)
    live = live_tokens(person)
    ApiToken.objects.filter(pk__in=[each.pk for each in live]).update(revoked_at=clock.now())
    for each in live:
        audit(person.organisation, "token_revoked", by=by, person=person.email, before=_told(each, person))
    return len(live)


def live_tokens(person: Person) -> list[ApiToken]:
    """The tokens a person has not revoked, newest first."""
    return list(ApiToken.objects.filter(person=person, revoked_at=None))


def find_token(person: Person, pk: int) -> ApiToken | None:
    """A person's own token."""
    return ApiToken.objects.filter(person=person, pk=pk).first()


def bearer(text: str) -> Person | None:
    """Whose token this is, their rights being those of this moment; None for one that is unknown, revoked, or of
    somebody deactivated.

    One look-up whatever the text, so that the time taken tells nothing. The day of use is noted once a day.
    """
    found = ApiToken.objects.select_related("person__organisation").filter(digest=_digest(text)).first()
    if found is None or found.revoked_at is not None or not found.person.is_active:
        return None
    today = london_day(clock.now())
    if found.used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(used_on=today)
    return found.person


def _digest(text: str) -> str:
    """A header can hold what no UTF-8 writes: that is nobody's token."""
    return digest(text.encode("utf-8", "replace").decode())


def _held(person: Person) -> Person:
    """The person as they are now, held until the transaction ends, so that two windows cannot make an eleventh."""
    found: Person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return found


def _check(name: str, live: list[str]) -> None:
    """Raises Invalid, its words at the field `name`."""
    errors = dict(line_problems("name", "Name", name, NAME_MAX))
    if not says_something(name):
        errors = {"name": "Enter a name that says what the token is for"}
    elif name in live:
        errors.setdefault("name", "You have a token with this name already: choose another, or revoke that one first")
    elif len(live) >= MOST:
        errors.setdefault("name", f"You have {MOST} tokens, which is the most: revoke one you no longer use first")
    if errors:
        raise Invalid(errors)


def _told(token: ApiToken, owner: Person) -> dict[str, str]:
    """In an organisation's trail with its name; the service's trail has readers who may not see what others write."""
    begins = {"begins": token.begins}
    return begins if owner.organisation_id is None else {"name": token.name, **begins}
