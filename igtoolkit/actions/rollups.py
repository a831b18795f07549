"""Keeping the national counts: how many organisations stand where, without reading their rows."""

from django.db.models import F, QuerySet

from igtoolkit.records.models import RollUp, Submission

Key = tuple[int, str]


def count(submission: Submission, *, replacing: Submission | None) -> None:
    """Count a submission's results, inside its transaction; a correction moves its predecessor's count.

    Rows are locked in key order, so that two submissions at once never wait for each other in a ring.
    """
    now = _results(submission)
    before = _results(replacing) if replacing else []
    _make_rows(submission, sorted({*now, *before}))
    rows = _rows(submission).select_for_update().order_by("recommendation", "status")
    ids = {(each.recommendation, each.status): each.pk for each in rows}
    gained = [ids[key] for key in now if key not in before]
    lost = [ids[key] for key in before if key not in now]
    RollUp.objects.filter(pk__in=gained).update(n=F("n") + 1)
    RollUp.objects.filter(pk__in=lost).update(n=F("n") - 1)


def _results(submission: Submission) -> list[Key]:
    return [(each["number"], each["status"]) for each in submission.snapshot["recommendations"]]


def _rows(submission: Submission) -> QuerySet[RollUp]:
    return RollUp.objects.filter(**_place(submission))


def _place(submission: Submission) -> dict[str, str]:
    return {name: getattr(submission, name) for name in ("year", "stage", "kind", "region")}


def _make_rows(submission: Submission, keys: list[Key]) -> None:
    wanted = [RollUp(**_place(submission), recommendation=number, status=status) for number, status in keys]
    RollUp.objects.bulk_create(wanted, ignore_conflicts=True)
