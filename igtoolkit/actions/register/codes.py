"""Codes that organisations have, change and pass on, told by the operator."""

from datetime import date
from itertools import count

from django.db import transaction

from igtoolkit.actions.audit import Telling, audit_many
from igtoolkit.actions.register.faults import code_faults
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import FormerCode, Organisation
from igtoolkit.standard.calendar import london_day, year_of


def pass_on_code(organisation: Organisation, on: date) -> Telling:
    """Take a closed body's code away from it on a day, inside the caller's transaction; what to tell its trail.

    It is known from then on as CODE~1 (or ~2 …), and is still found under the code in the years it had it.
    Raises Invalid when no name is left for it.
    """
    code = organisation.code
    marked = next(
        name for name in (f"{code}~{n}" for n in count(1)) if not Organisation.objects.filter(code=name).exists()
    )
    longest = Organisation._meta.get_field("code").max_length
    if longest is not None and len(marked) > longest:
        raise Invalid(
            {"code": f"{code} is too long to be told apart from another body's code, so it stays its holder's"}
        )
    _take_code(organisation, marked, on)
    after = {"code": marked, "on": on.isoformat()}
    return Telling(organisation, "code_passed_on", {"before": {"code": code}, "after": after})


def _take_code(organisation: Organisation, code: str, on: date) -> None:
    since = organisation.code_since
    FormerCode.objects.create(organisation=organisation, code=organisation.code, since=since, until=on)
    organisation.code, organisation.code_since = code, on
    organisation.save(update_fields=["code", "code_since"])


@transaction.atomic
def change_code(old: str, new: str, *, on: date) -> Organisation:
    """Give the organisation with the code `old` the code `new` from a day on. What it submitted keeps the old one.

    A closed body that has `new` is known as NEW~1 from then on. Raises Invalid with words.
    """
    organisation, new = found(old), new.strip().upper()
    _check_new_code(organisation, new, on)
    holder = Organisation.objects.select_for_update(no_key=True).filter(code=new).first()
    passed = [pass_on_code(holder, on)] if holder and _may_pass_on(holder, on) else []
    before, year = organisation.code, year_of(on)
    _take_code(organisation, new, on)
    organisation.registrations.filter(year__gte=year).update(code=new)
    facts = {"before": {"code": before}, "after": {"code": new, "on": on.isoformat()}}
    audit_many([Telling(organisation, "code_changed", facts), *passed], by=None)
    return organisation


def _check_new_code(organisation: Organisation, new: str, on: date) -> None:
    if fault := next(code_faults(new), None):
        raise Invalid({"new": fault.capitalize()})
    if new == organisation.code:
        raise Invalid({"new": f"{new} is its code already"})
    check_lived(organisation, on)
    if on > _today():
        raise Invalid({"on": f"{on} has not come yet: change the code on that day"})
    if organisation.code_since and on <= organisation.code_since:
        raise Invalid({"on": f"{organisation.code} is its code only since {organisation.code_since}: give a later day"})


def _may_pass_on(holder: Organisation, on: date) -> bool:
    """Raises Invalid unless the holder of a code had closed before the day."""
    if holder.closed is None:
        raise Invalid({"new": f"{holder.code} is the code of {holder.name}, which is open: close that first"})
    if holder.closed >= on:
        raise Invalid({"on": f"{holder.code} is the code of {holder.name} until {holder.closed}: give a later day"})
    return True


def check_lived(organisation: Organisation, on: date) -> None:
    if organisation.opened and on < organisation.opened:
        raise Invalid({"on": f"{organisation.code} opened on {organisation.opened}: give a later day"})
    if organisation.closed and on > organisation.closed:
        raise Invalid({"on": f"{organisation.code} closed on {organisation.closed}: give an earlier day"})


def found(code: str) -> Organisation:
    """The organisation whose present code this is, held until the transaction ends."""
    code = code.strip().upper()
    holder = Organisation.objects.select_for_update(no_key=True).filter(code=code).first()
    if holder is None:
        former = FormerCode.objects.filter(code=code).select_related("organisation").order_by("-until").first()
        past = f". {former.organisation} had it until {former.until}" if former else ""
        raise Invalid({"code": f"No organisation has the code {code!a}{past}"})
    return holder


def _today() -> date:
    return london_day(clock.now())
