"""Ending sessions before their time: one's own, or those of somebody one manages."""

from typing import NamedTuple

from django.db import transaction

from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import renew
from igtoolkit.actions.managing import hold_people
from igtoolkit.actions.tokens import revoke_every_token
from igtoolkit.records.models import Person
from igtoolkit.records.sessions import end_rows


class Ended(NamedTuple):
    """How many of each ended."""

    sessions: int
    tokens: int


@transaction.atomic
def end_own_sessions(*, by: Person, only: str = "", but: str = "", tokens: bool = False) -> Ended:
    """End one's own session of a mark (`only`), or all but the one with the key `but`.

    They are signed out at their very next request. tokens: whether all of one's tokens are revoked too, as when a
    machine that holds both is lost. Raises Refused for somebody deactivated.
    """
    renew(by)
    require(by, Action.VIEW_OWN_ACCOUNT)
    revoked = revoke_every_token(by, by=by) if tokens else 0
    ended = end_rows(by, only=only, but=but)
    if ended:
        audit(by.organisation, "own_sessions_ended", by=by, before={"sessions": ended})
    return Ended(ended, revoked)


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
