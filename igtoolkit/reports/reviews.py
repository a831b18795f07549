"""The reviewed grade: what the service team decided about an improvement plan."""

from igtoolkit.records.models import Review, Submission


def reviewed_grade(submission: Submission) -> Review | None:
    """The accepted review that stands for a submission of Final; None while only its own grade does."""
    accepted = submission.plans.filter(review__accepted=True).select_related("review").order_by("-number").first()
    return accepted.review if accepted else None
