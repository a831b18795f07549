"""The looks that the service team was granted, as both sides see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from igtoolkit.access import scope
from igtoolkit.access.addresses import addressed
from igtoolkit.records import clock
from igtoolkit.records.models import Person, Registration, SupportAccess
from igtoolkit.reports.phrases import minute as told

__all__ = ["granted", "standing_looks", "told", "whole"]
SHOWN = 50  # the looks of an organisation that its page shows; its audit trail has them all


@dataclass(frozen=True)
class Look:
    """Where the service team may look now: what for, until when, and {year: the code of its address}."""

    access: SupportAccess
    years: dict[str, str]


def granted(rows: QuerySet[SupportAccess]) -> tuple[SupportAccess | None, list[SupportAccess]]:
    """(the look that stands, the others), newest first, of one organisation."""
    shown, at = list(rows[:SHOWN]), clock.now()
    standing = next((each for each in shown if each.stands(at)), None)
    return standing, [each for each in shown if each is not standing]


def standing_looks(person: Person) -> list[Look]:
    """Every look that stands, the one that ends first at the top, in two queries."""
    rows = list(scope.support_accesses(person).order_by("until", "pk"))
    years = _years([each.organisation_id for each in rows])
    return [Look(each, years.get(each.organisation_id, {})) for each in rows]


def _years(organisations: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = addressed(Registration.objects.filter(organisation__in=organisations)).order_by("-year")
    for organisation, year, code in rows.values_list("organisation", "year", "address"):
        found.setdefault(organisation, {})[year] = code
    return found


def whole(typed: str) -> int | None:
    """A whole number as typed; None for anything else."""
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
