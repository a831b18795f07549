"""The board report of one organisation as data: exactly what its submission says, shorter."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.documents import board_pdf_of, preview_pdf
from igtoolkit.reports.drafts import draft
from igtoolkit.reports.forms import csv_bytes, json_bytes
from igtoolkit.standard.words import Status

Report = dict[str, Any]
Form = Literal["pdf", "csv", "json"]

ASSESSED = tuple(each for each in Status if each is not Status.NOT_SUBMITTED)
CSV_COLUMNS = (
    *("organisation_code", "organisation_name", "kind", "year", "stage", "number", "framework", "crosswalk", "digest"),
    *("recommendation", "summary", "theme", "status", "share", "previous_status", "target_date"),
    *("requirement", "criterion", "needed", "attained", "state", "basis"),
)


def board_report(submission: Submission) -> Report:
    """The report on a submission, from its snapshot alone. Source: docs/forms.md."""
    return _report(submission.snapshot, digest=f"sha256:{submission.digest}")


def preview_report(assessment: Assessment, at: datetime) -> Report:
    """The same of the live draft at an aware instant: stage “preview”; number, instant, late and digest None."""
    return _report(draft(assessment, at), digest=None)


def board_json(report: Report) -> bytes:
    """The report as JSON, keys in the order of the published form."""
    return json_bytes(report)


def board_csv(report: Report) -> bytes:
    """The report as CSV, a row per condition; a recommendation that does not apply keeps its rows."""
    return csv_bytes([CSV_COLUMNS, *_csv_rows(report)])


def board_bytes(submission: Submission, form: Form) -> bytes:
    """The report on a submission as a file: the bytes that the page's download gives."""
    if form == "pdf":
        return bytes(board_pdf_of(submission).content)
    return _written(board_report(submission), form)


def preview_bytes(assessment: Assessment, form: Form, at: datetime) -> bytes:
    """The report on the live draft as a file, marked as a preview; made afresh each time."""
    return preview_pdf(assessment, at) if form == "pdf" else _written(preview_report(assessment, at), form)


def _written(report: Report, form: Form) -> bytes:
    match form:
        case "csv":
            return board_csv(report)
        case "json":
            return board_json(report)
    raise ValueError(f"The board report has no form {form!r}: choose pdf, csv or json.")


def _report(document: Report, *, digest: str | None) -> Report:
    return {
        "report": "board",
        "organisation": _picked(document["organisation"], "code", "name", "kind"),
        **_picked(document, "year", "stage", "number", "correction_reason", "framework", "crosswalk"),
        **_picked(document, "submitted_at", "late"),
        "digest": digest,
        "headline": _headline(document["recommendations"]),
        "score": _picked(document["score"], "percent", "points", "maximum", "grade"),
        "recommendations": [_recommendation(each) for each in document["recommendations"]],
    }


def _headline(recommendations: list[Report]) -> dict[str, int]:
    counts = Counter(each["status"] for each in recommendations)
    return {status.value: counts[status.value] for status in ASSESSED}


def _recommendation(recommendation: Report) -> Report:
    names = ("number", "summary", "theme", "status", "share", "previous_status", "target_date")
    conditions = [
        _picked(each, "requirement", "criterion", "needed", "attained", "state", "basis")
        for each in recommendation["conditions"]
    ]
    return {**_picked(recommendation, *names), "conditions": conditions}


def _csv_rows(report: Report) -> Iterator[list[Any]]:
    organisation = {f"organisation_{name}": report["organisation"][name] for name in ("code", "name")}
    for recommendation in report["recommendations"]:
        for condition in recommendation["conditions"]:
            facts = {
                **report,
                **organisation,
                "kind": report["organisation"]["kind"],
                "recommendation": recommendation["number"],
                **_picked(recommendation, "summary", "theme", "status", "share", "previous_status", "target_date"),
                **condition,
            }
            yield [facts[column] for column in CSV_COLUMNS]


def _picked(facts: Report, *names: str) -> Report:
    """These facts alone, in this order."""
    return {name: facts[name] for name in names}
