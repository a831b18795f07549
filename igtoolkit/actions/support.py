"""Letting the service team look at an organisation's assessments: granted, taken back, and each look told."""

from datetime import timedelta

from django.db import transaction

from igtoolkit.access import scope
from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import Invalid, read_problems, says_something
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Person, SupportAccess
from igtoolkit.records.models.support import AT_MOST, standing

REASON_MAX = 500


@transaction.atomic
def grant_support(*, reason: str, hours: int | None, by: Person) -> SupportAccess:
    """Let the service team look at the assessments of `by`'s own organisation for so many hours.

    Raises Refused when `by` may not; Invalid for `reason` and `hours`, and when a look stands already.
    """
    by, organisation = _held(by)
    require(by, Action.GRANT_SUPPORT)
    reason = " ".join(reason.split())
    _check(reason, hours, standing=standing_look(organisation))
    at = clock.now()
    facts = {"reason": reason, "hours": hours, "granted_at": at, "until": at + timedelta(hours=hours or 0)}
    made: SupportAccess = organisation.support_accesses.create(granted_by=by, **facts)
    audit(organisation, "support_granted", by=by, after=_told(made))
    return made


@transaction.atomic
def revoke_support(access: SupportAccess, *, by: Person) -> None:
    """End a look at once. One that is over or was taken back before stays so. Raises Refused when `by` may not."""
    by, organisation = _held(by)
    require(by, Action.GRANT_SUPPORT)
    found = organisation.support_accesses.select_for_update(of=("self",)).get(pk=access.pk)
    if found.stands(at := clock.now()):
        found.revoked_at, found.revoked_by = at, by
        found.save(update_fields=["revoked_at", "revoked_by"])
        audit(organisation, "support_revoked", by=by, before=_told(found))


def tell_look(assessment: Assessment, *, address: str, by: Person) -> None:
    """Tell the organisation's trail that the service team looked at a page. One's own people leave no such mark."""
    if by.serves:  # asked first: on SQLite a transaction takes the only writer's place, and these pages are read often
        with transaction.atomic():
            audit(assessment.organisation, "support_looked", by=by, address=address)


def standing_look(organisation: Organisation) -> SupportAccess | None:
    """The look that an organisation grants at this moment."""
    rows = organisation.support_accesses.filter(standing(clock.now()))
    return rows.select_related("granted_by").first()


def _held(by: Person) -> tuple[Person, Organisation]:
    """The person as they are now, and their organisation, held so that two windows cannot grant twice."""
    now = Person.objects.get(pk=by.pk)
    if now.organisation is None:
        raise Refused("Only an organisation's administrator grants support access.")
    held: Organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=now.organisation_id)
    return now, held


def _check(reason: str, hours: int | None, *, standing: SupportAccess | None) -> None:
    errors = dict(read_problems("reason", "Reason", reason, REASON_MAX))
    if not says_something(reason):
        errors["reason"] = "Enter what the service team is asked to look at"
    if hours is None or not 1 <= hours <= AT_MOST:
        errors["hours"] = f"Enter a number of hours from 1 to {AT_MOST}"
    if standing is not None:
        errors.setdefault("reason", "The service team may look already: take that back first, or wait until it ends")
    if errors:
        raise Invalid(errors)


def _told(access: SupportAccess) -> dict[str, str | int]:
    until = access.until.isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"reason": access.reason, "hours": access.hours, "until": until}


def find_look(by: Person, pk: int) -> SupportAccess | None:
    """A look that `by` may take back."""
    return scope.support_accesses(by).filter(pk=pk).first() if by.organisation_id else None
