"""Ending sessions before their time: one's own, or those of somebody one manages."""

from django.db import transaction

from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.managing import hold_people
from igtoolkit.actions.tokens import revoke_every_token
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import end_rows


@transaction.atomic
def end_own_sessions(*, by: Person, only: str = "", but: str = "") -> int:
    """End one's own session of a mark (`only`), or all but the one with the key `but`. Returns how many.

    They are signed out at their very next request. Raises Refused for somebody deactivated.
    """
    require(by, Action.VIEW_OWN_ACCOUNT)
    ended = end_rows(by, only=only, but=but)
    if ended:
        audit(by.organisation, "own_sessions_ended", by=by, before={"sessions": ended})
    return ended


@transaction.atomic
def end_sessions_of(person: Person, *, by: Person) -> int:
    """End every session of somebody `by` manages, as when a machine of theirs is lost, and every token, which may be
    on it. Returns how many sessions.

    Raises Refused when `by` does not manage the person.
    """
    if person.organisation is None:
        raise Refused("This person belongs to no organisation.")
    by = hold_people(person.organisation, by=by)
    revoke_every_token(person, by=by)
    ended = end_rows(person)
    if ended:
        audit(person.organisation, "sessions_ended", by=by, before={"login": person.email, "sessions": ended})
    return ended
