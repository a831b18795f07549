"""Keeping the national counts: how many organisations stand where, without reading their rows."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from django.db.models import F, Manager

from igtoolkit.records.counts import RESULT, TURNOUT, Key, results, turnout
from igtoolkit.records.models import RollUp, Submission, Turnout

Table = TypeVar("Table", RollUp, Turnout)


def count(submission: Submission, *, replacing: Submission | None) -> None:
    """Count a submission's results and its turnout, inside its transaction; a correction moves its predecessor's count.

    Rows are locked in key order, so that two submissions at once never wait for each other in a ring.
    """
    _move(submission, RollUp, RESULT, results(submission), results(replacing) if replacing else [])
    _move(submission, Turnout, TURNOUT, [turnout(submission)], [turnout(replacing)] if replacing else [])


def _move(
    submission: Submission,
    table: type[Table],
    names: Sequence[str],
    now: Collection[Key],
    before: Collection[Key],
) -> None:
    place = {name: getattr(submission, name) for name in ("year", "stage", "kind", "region")}
    counts: Manager[Table] = table.objects
    keys = sorted({*now, *before})
    counts.bulk_create([table(**place, **dict(zip(names, key, strict=True))) for key in keys], ignore_conflicts=True)
    rows = counts.filter(**place).select_for_update().order_by(*names)
    pks = {tuple(getattr(each, name) for name in names): each.pk for each in rows}
    counts.filter(pk__in=[pks[key] for key in now if key not in before]).update(n=F("n") + 1)
    counts.filter(pk__in=[pks[key] for key in before if key not in now]).update(n=F("n") - 1)
