"""What becomes of an organisation in the middle of a year: another name, its last day, who follows it."""

from datetime import date, timedelta

from django.db import transaction

from igtoolkit.actions.audit import Telling, audit, audit_many
from igtoolkit.actions.register.codes import check_lived, found
from igtoolkit.actions.register.faults import name_faults
from igtoolkit.actions.register.successions import Told, record_successions
from igtoolkit.actions.said import Invalid
from igtoolkit.records.models import Organisation
from igtoolkit.standard.calendar import span, year_of

BY_HAND = "told by the operator"


@transaction.atomic
def rename(code: str, name: str, *, on: date, year: str) -> Organisation:
    """Give an organisation another name from a day on. Years before it, and what was submitted, keep the old one.

    Later years that have the same name as this one change with it. Raises Invalid with words.
    """
    organisation, name = found(code), " ".join(name.split())
    if fault := next(name_faults(name), None):
        raise Invalid({"name": fault.capitalize()})
    registration = organisation.registrations.filter(year=year).first()
    if registration is None:
        raise Invalid({"year": f"{organisation.code} is not registered for {year}: load a register that has it"})
    if year_of(on) != year:
        raise Invalid({"on": f"{on} is not in {year}, which runs from {span(year)[0]} to {span(year)[1]}"})
    check_lived(organisation, on)
    before = registration.name
    if before == name:
        raise Invalid({"name": f"{name} is its name already"})
    organisation.registrations.filter(year__gte=year, name=before).update(name=name)
    if organisation.name == before:
        organisation.name = name
        organisation.save(update_fields=["name"])
    facts = {"year": year, "before": {"name": before}, "after": {"name": name, "on": on.isoformat()}}
    audit(organisation, "organisation_renamed", by=None, **facts)
    return organisation


@transaction.atomic
def close(code: str, *, on: date, successors: tuple[str, ...] = ()) -> Organisation:
    """Record an organisation's last day, and the bodies in which its work goes on from the next. Raises Invalid."""
    organisation = found(code)
    if organisation.opened and on < organisation.opened:
        raise Invalid({"on": f"{organisation.code} opened on {organisation.opened}: give a later day"})
    if organisation.closed and organisation.closed != on:
        raise Invalid({"on": f"{organisation.code} closed on {organisation.closed} already"})
    following = {each.code: each for each in map(found, successors)}
    for each in following.values():
        _check_successor(organisation, each, on)
    if organisation.closed is None:
        organisation.closed = on
        organisation.save(update_fields=["closed"])
        audit_many([Telling(organisation, "organisation_closed", {"after": {"closed": on.isoformat()}})], by=None)
    told = [Told(organisation.code, each, on + timedelta(days=1)) for each in following]
    record_successions(told, {organisation.code: organisation, **following}, BY_HAND, by=None)
    return organisation


def _check_successor(organisation: Organisation, successor: Organisation, on: date) -> None:
    if successor == organisation:
        raise Invalid({"successor": f"{organisation.code} cannot succeed itself"})
    if successor.closed and successor.closed <= on:
        raise Invalid({"successor": f"{successor.code} closed on {successor.closed}, so it cannot follow on {on}"})
