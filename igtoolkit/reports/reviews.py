"""The reviewed grade: what the service team decided about an improvement plan."""

from igtoolkit.access.reach import raised
from igtoolkit.records.models import Review, Submission
from igtoolkit.records.rows import PUBLISHED


def reviewed_grade(submission: Submission) -> Review | None:
    """The accepted review that stands for a submission of Final; None while only its own grade does."""
    accepted = submission.plans.filter(review__accepted=True).select_related("review").order_by("-number")
    found = raised(accepted, PUBLISHED).first()
    return found.review if found else None
