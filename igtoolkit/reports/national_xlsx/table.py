"""The second sheet: every organisation against every recommendation, in words."""

from igtoolkit.reports.national import Organisation, Report, framework_of, status_of
from igtoolkit.reports.national_snapshots import Read, Score
from igtoolkit.reports.national_table import applying, met
from igtoolkit.reports.national_xlsx.sheet import Book, Column, Value
from igtoolkit.standard.framework import Recommendation
from igtoolkit.standard.words import Grade, Status

NAME = "Table"
WHO = (
    Column("Code", 10, "The organisation's ODS code."),
    Column("Organisation", 52, "Its name on the day it submitted; of one that has not, its name now."),
    Column("Kind", 16, "Its kind, likewise."),
    Column("Region", 30, "Its region, likewise; empty where no file told us."),
    Column("Submitted", 10, "Yes, or No: not having submitted is a result of its own."),
    Column("Late", 7, "Yes when its first submission of the stage came after the deadline; empty without one."),
)
AFTER = (
    Column("Met", 7, "How many recommendations it meets; empty when it has not submitted."),
    Column("Applying", 9, "How many apply to it; empty when it has not submitted."),
    Column("Score, %", 9, "Its self-assessed score, rounded down; empty when there is none.", "percent"),
    Column("Grade", 16, "Its self-assessed grade: level 2 or more in every requirement that counts is Satisfactory."),
)
YES_NO = {True: "Yes", False: "No", None: ""}
NO_SCORE = Score("", None, None)


def recommendation(each: Recommendation) -> Column:
    """The column of one recommendation."""
    return Column(f"{each.number}: {each.summary}", 14, f"How it stands against recommendation {each.number}.")


def write(book: Book, report: Report, read: Read) -> None:
    framework = framework_of(report)
    numbers = [each.number for each in framework.recommendations]
    columns = (*WHO, *(recommendation(each) for each in framework.recommendations), *AFTER)
    kinds = {each.code: each.name for each in framework.reported_kinds}
    sheet = book.sheet(NAME, columns)
    heading = sheet.headings(columns)
    after = [each.look for each in AFTER]
    for each in report["organisations"]:
        statuses = [Status(status_of(each, number)) for number in numbers]
        words = [one.words for one in statuses]
        score = read.scores.get(each["code"], NO_SCORE)
        values = [*_who(each, kinds[each["kind"]]), *words, *_after(each, score)]
        sheet.line(values, ["cell"] * len(WHO) + statuses + after)
    sheet.filtered(heading, columns, frozen=2)


def _who(each: Organisation, kind: str) -> list[Value]:
    return [each["code"], each["name"], kind, each["region"], YES_NO[each["submitted"]], YES_NO[each["late"]]]


def _after(each: Organisation, score: Score) -> list[Value]:
    if not each["submitted"]:
        return [None] * len(AFTER)
    return [met(each), applying(each), score.percent, Grade(score.grade).words if score.grade else ""]
