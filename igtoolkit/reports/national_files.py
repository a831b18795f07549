"""The national report as a file, in each of its forms: the whole report, whatever the page shows."""

from datetime import datetime
from typing import Literal

from igtoolkit.reports.national import earlier_statuses, national_bytes, national_report
from igtoolkit.reports.national_made import made_from
from igtoolkit.reports.national_page import national_page
from igtoolkit.reports.national_paper import national_paper
from igtoolkit.reports.national_xlsx import national_xlsx
from igtoolkit.reports.pdf.national import national_pdf

Form = Literal["pdf", "xlsx", "csv", "json"]


def national_file(year: str, stage: str, form: Form, at: datetime) -> bytes:
    """The report as a file. at: the (aware) instant it is asked for; the words differ once the deadline is past.

    Raises NoSuchReport.
    """
    if form == "csv" or form == "json":
        return national_bytes(year, stage, form)
    report = national_report(year, stage)
    page = national_page(report, earlier_statuses(report), at)
    made = made_from(report, page)
    if form == "xlsx":
        return national_xlsx(report, page, made)
    return national_pdf(national_paper(report, page, made), at=made.instant)
