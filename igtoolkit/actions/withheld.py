"""Invitations withheld because the login has an account elsewhere: to an administrator they are like any other.

Each has a stand-in, a Person that is never saved, made from the audit trail; it is listed, changed, deactivated
and invited again as somebody who has set no password yet. What can still be inferred: nobody ever sets a password
with such an invitation. One that stays open for long may be of this sort, or its owner may have passed it over.
"""

import json
import secrets
from typing import cast

from igtoolkit.access.policy import Refused
from igtoolkit.access.reach import reaching
from igtoolkit.actions.audit import audit
from igtoolkit.records.models import AuditEvent, Organisation, Person
from igtoolkit.records.rows import AUDIT

WITHHELD = "invitation_withheld"
OF_ONE = "withheld_"  # before the event that it would be for an account
UNUSABLE = "!"  # how the digest of a password that was never set begins
ACTIVE = {f"{OF_ONE}person_deactivated": False, f"{OF_ONE}person_activated": True}


@reaching(AUDIT)
def withheld(organisation: Organisation) -> list[Person]:
    """A stand-in for each invitation withheld, oldest first, in two queries. None for who has an account here."""
    found: dict[str, Person] = {}
    events = organisation.events.filter(event__in=(WITHHELD, f"{OF_ONE}person_changed", *ACTIVE))
    for each in events.order_by("number"):
        after = json.loads(each.facts)["after"]
        before = found.get(after["login"])
        if before is None or each.event != WITHHELD:
            found[after["login"]] = _stand_in(organisation, each, after, active=before is None or before.is_active)
    here = set(organisation.people.values_list("email", flat=True))
    return [each for login, each in found.items() if login not in here]


def find_withheld(organisation: Organisation, login: str) -> Person | None:
    """The stand-in with this login."""
    return next((each for each in withheld(organisation) if each.email == login), None)


def as_now(person: Person) -> Person:
    """The person, or the stand-in, as recorded now. Raises Refused for a stand-in that is no longer one."""
    if person.pk is not None:
        return cast(Person, Person.objects.get(pk=person.pk))
    found = find_withheld(person.organisation, person.email) if person.organisation else None
    if found is None:
        raise Refused("This invitation is no longer there.")
    return found


def keep(person: Person, event: str, *fields: str, by: Person, **facts: object) -> None:
    """Write what was changed of a person, and tell the audit trail; of a stand-in the trail alone is told."""
    if person.pk is None:
        event = f"{OF_ONE}{event}"
    elif fields:
        person.save(update_fields=fields)
    audit(person.organisation, event, by=by, **facts, **salt())


def salt() -> dict[str, str]:
    """What keeps the hash of an event from telling an administrator which of two events it is: they guess in vain."""
    return {"salt": secrets.token_hex(16)}


def _stand_in(organisation: Organisation, event: AuditEvent, after: dict[str, str], *, active: bool) -> Person:
    facts = {"email": after["login"], "name": after["name"], "role": after["role"], "created": event.at}
    active = ACTIVE.get(event.event, active)
    return Person(organisation=organisation, password=UNUSABLE, is_active=active, **facts)
