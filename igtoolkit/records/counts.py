"""What the national counts count of one submission."""

from typing import Any

from igtoolkit.records.models import Submission, Turnout
from igtoolkit.records.snapshots import Document, statuses_before
from igtoolkit.standard.words import Status

Key = tuple[Any, ...]
RESULT = ("recommendation", "status", "was")
TURNOUT = ("late", "met", "met_before")


def met(document: Document) -> dict[str, int | None]:
    """{met, met_before}: how many recommendations are met, and were at the stage directly before (None: missed)."""
    before = statuses_before(document)
    return {
        "met": sum(each["status"] == Status.MET for each in document["recommendations"]),
        "met_before": sum(each == Status.MET for each in before.values()) if before else None,
    }


def results(submission: Submission) -> list[Key]:
    """[(recommendation, status, status at the stage directly before, "" where that was missed)]"""
    document = submission.snapshot
    was = statuses_before(document)
    return [(each["number"], each["status"], was.get(each["number"], "")) for each in document["recommendations"]]


def turnout(submission: Submission) -> Key:
    """(late, recommendations met, met at the stage directly before)"""
    before = Turnout.NOT_BEFORE if submission.met_before is None else submission.met_before
    return submission.late, submission.met, before
