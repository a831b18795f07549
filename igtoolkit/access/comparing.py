"""The rows behind figures that tell of a kind and of nobody in it. They are read for those figures alone."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from igtoolkit.access.reach import raised
from igtoolkit.records.models import RecordedPerformance, Submission
from igtoolkit.records.rows import SUBMITTED


def standing(year: str, stage: str, kind: str, before: datetime) -> QuerySet[Submission]:
    """What counted for each organisation of a kind at an (aware) instant: the latest submission made before it."""
    made = Submission.unscoped.filter(year=year, stage=stage, kind=kind, submitted_at__lt=before)
    later = Submission.unscoped.filter(
        assessment=OuterRef("assessment"), stage=stage, submitted_at__lt=before, number__gt=OuterRef("number")
    )
    return raised(made.filter(~Exists(later)), SUBMITTED)


def results(submissions: QuerySet[Submission]) -> QuerySet[RecordedPerformance]:
    """The recommendations' results in these submissions, in no order."""
    rows = RecordedPerformance.unscoped.filter(submission__in=submissions.values("pk"))
    return raised(rows.order_by(), SUBMITTED)
