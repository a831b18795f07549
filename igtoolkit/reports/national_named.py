"""Whom the national page names: those that moved most, and those that have not submitted where they are few."""

from typing import Any

from django.db.models import BooleanField, F, IntegerField, QuerySet, Value

from igtoolkit.access.addresses import addressed
from igtoolkit.access.scope import national_submissions
from igtoolkit.reports.national import Organisation, organisation
from igtoolkit.reports.national_counts import Counted
from igtoolkit.reports.national_moved import Mover, named_changes
from igtoolkit.reports.national_rows import waiting

NAMED_MAX = 100

Named = tuple[list[Mover], list[Organisation]]


def named(counted: Counted) -> Named:
    """The movers that are named, and in code order those that have not submitted, of kinds where they are at most
    NAMED_MAX. In one query, or none."""
    movers: list[Mover] = []
    missing: list[Organisation] = []
    parts = [each for each in (_moved(counted), _missing(counted)) if each is not None]
    for submitted, code, name, kind, region, then, now in parts[0].union(*parts[1:], all=True) if parts else ():
        each = organisation(code, name, kind, region, submitted=bool(submitted), late=None)
        if submitted:
            movers.append(Mover(each, then, now))
        else:
            missing.append(each)
    return movers, sorted(missing, key=lambda each: each["code"])


def _moved(counted: Counted) -> QuerySet[Any] | None:
    changes = named_changes(counted)
    if not changes:
        return None
    rows = national_submissions(counted.year, counted.stage).annotate(change=F("met") - F("met_before"))
    rows = rows.filter(change__in=sorted(changes)).annotate(made=Value(True, BooleanField())).order_by()
    return rows.values_list("made", "year_code", "name", "kind", "region", "met_before", "met")


def _missing(counted: Counted) -> QuerySet[Any] | None:
    kinds = [each.code for each in counted.framework.reported_kinds if 0 < counted.missing_of(each.code) <= NAMED_MAX]
    if not kinds:
        return None
    nothing = {"then": Value(0, IntegerField()), "now": Value(0, IntegerField()), "made": Value(False, BooleanField())}
    rows = addressed(waiting(counted).filter(kind__in=kinds)).annotate(**nothing).order_by()
    return rows.values_list("made", "address", "name", "kind", "region", "then", "now")
