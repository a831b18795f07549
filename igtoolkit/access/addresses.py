"""Whose a code was in a year, and the code under which an organisation is found in it."""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from igtoolkit.records.frameworks import years
from igtoolkit.records.models import FormerCode, Organisation, Registration
from igtoolkit.standard.calendar import span


def holding(code: str, year: str) -> int:
    """The pk of the organisation whose code this was in a year, the last of several.

    Failing that, of the one that has it now: its own earlier years are found by it too. 0 for nobody's.
    """
    if year not in years():
        return 0
    found = (Subquery(rows.values("holder")[:1]) for rows in _holders(code, *span(year)))
    # One query whoever it is: the time taken does not tell a code that is somebody's from one that is nobody's.
    holder: int | None = Organisation.objects.filter(pk=Coalesce(*found)).values_list("pk", flat=True).first()
    return holder or 0


def addressed(registrations: QuerySet[Registration]) -> QuerySet[Any]:
    """Registrations with the code in an address that leads to each, as `address`, in the one query.

    That is the code as registered; or, where that was passed on within the year and is another's there, the
    present one (RWR~1).
    """
    first, last = (
        Case(*(When(year=each, then=Value(span(each)[end])) for each in years()), output_field=DateField())
        for end in (0, 1)
    )
    held = _holders(OuterRef("code"), OuterRef("first_day"), OuterRef("last_day"))
    holder = Coalesce(*(Subquery(rows.values("holder")[:1]) for rows in held))
    # The code it still has is looked at first: that saves most rows the look for a holder.
    leads = Case(
        When(code=F("organisation__code"), then=F("code")),
        When(organisation=holder, then=F("code")),
        default=F("organisation__code"),
    )
    return registrations.annotate(first_day=first, last_day=last).annotate(address=leads)


def code_then(organisation: str, year: str) -> Coalesce:
    """The code by which rows' organisation is found in their year; its present one where it is not registered.

    organisation, year: the names of both columns, as in a filter.
    """
    then = addressed(Registration.objects.filter(organisation=OuterRef(organisation), year=OuterRef(year)))
    return Coalesce(Subquery(then.values("address")[:1]), f"{organisation}__code")


def _holders(code: str | OuterRef, first: date | OuterRef, last: date | OuterRef) -> tuple[QuerySet[Any, Any], ...]:
    """Whose a code was from a first to a last day: rows with `holder`, those that count before others first."""
    of_code = Organisation.objects.filter(code=code).annotate(holder=F("pk"))
    before = FormerCode.objects.filter(Q(since=None) | Q(since__lte=last), code=code, until__gt=first)
    return (
        of_code.filter(Q(code_since=None) | Q(code_since__lte=last)),
        before.order_by("-until").annotate(holder=F("organisation")),
        of_code,
    )
