"""Using a passkey. Its device counts its answers: a count that does not go on tells of a copy."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from igtoolkit.actions.audit import audit

COUNTED = "counted"  # in a passkey's row: what its device had counted when it was used last


@transaction.atomic
def use_passkey(row: Authenticator, counted: int) -> bool:
    """Note that a passkey gave a good answer. False, and nothing noted, where the count does not go on from the last.

    counted: what the device says, signed with its answer; always 0 for one that does not count. Two devices hold a
    passkey whose count goes back, and nobody can tell which of them is its owner's. `row` with its person.
    Source: W3C, Web Authentication level 2 (2021), 7.2 "Verifying an authentication assertion", on signCount.
    """
    held = Authenticator.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if held is None:
        return False
    before = held.data.get(COUNTED, held.wrap().authenticator_data.counter)
    if max(counted, before) > 0 and counted <= before:
        owner = row.user
        name = {} if owner.organisation_id is None else {"name": held.wrap().name}
        audit(owner.organisation, "passkey_refused", by=owner, after={"kind": "passkey", **name, "counted": counted})
        return False
    held.data[COUNTED] = counted
    held.save(update_fields=["data"])
    held.record_usage()
    return True
