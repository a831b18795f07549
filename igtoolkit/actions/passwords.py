"""Setting a password with a link that works once."""

from collections.abc import Callable

from django.db import transaction

from igtoolkit.actions.audit import audit
from igtoolkit.actions.identities import forget_identities
from igtoolkit.actions.people import told
from igtoolkit.actions.tokens import revoke_every_token
from igtoolkit.records.models import Person

PASSWORD_SET = "password_set"  # noqa: S105 (an event's name)


@transaction.atomic
def set_password(person: Person, password: str, *, still: Callable[[Person], bool]) -> bool:
    """Give somebody a new password, end their tokens and forget their identities: whoever had the old one may have
    made or connected some.

    still: whether the link still lets the person as they are now, held until the transaction ends, so that of two
    windows only one sets a password. False, and nothing changed, where it does not. Nothing else of the person is
    written: their role may be changing at this moment.
    """
    held: Person | None = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk).first()
    if held is None or not still(held):
        return False
    held.set_password(password)
    held.save(update_fields=["password"])
    revoke_every_token(held, by=held)
    forget_identities(held, by=held)
    audit(held.organisation, PASSWORD_SET, by=held, after=told(held))
    return True
