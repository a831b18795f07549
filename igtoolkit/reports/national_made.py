"""What a paper or workbook of the nation is made from: said on it, so that a copy can be held against the record."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from igtoolkit.access.scope import national_submissions
from igtoolkit.records import clock
from igtoolkit.reports.forms import json_bytes
from igtoolkit.reports.national import Report
from igtoolkit.reports.national_page import Page
from igtoolkit.reports.national_words import trusts
from igtoolkit.reports.phrases import minute


@dataclass(frozen=True)
class Made:
    """What a paper or workbook is made from, and the mark it carries.

    latest: when the latest submission in it arrived, None before any. sha256: of the report's JSON file.
    instant: what the file gives as its time, from the records alone: the same records, the same bytes.
    """

    latest: datetime | None
    instant: datetime
    sha256: str
    demonstration: bool


def made_from(report: Report, page: Page) -> Made:
    rows = national_submissions(page.year, page.stage).filter(kind__in=report["kinds"])
    latest = rows.aggregate(at=Max("submitted_at"))["at"]
    return Made(
        latest=latest,
        instant=latest or page.calendar.closes_at(page.stage),
        sha256=hashlib.sha256(json_bytes(report)).hexdigest(),
        demonstration=clock.demonstration() is not None,
    )


def words(page: Page, made: Made) -> str:
    """The latest submission of each of 128 trusts, of 214 registered; the last arrived on 29 October 2015 at 14:02."""
    if made.latest is None:
        return "No submission yet."
    submitted, registered = trusts(page.total.submitted), f"{page.total.registered:,} registered"
    return f"The latest submission of each of {submitted}, of {registered}; the last arrived on {minute(made.latest)}."
