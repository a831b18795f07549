"""The first sheet: the story, who has submitted and how they score, and the counts behind every recommendation."""

from collections.abc import Iterable
from fractions import Fraction
from statistics import median

from igtoolkit.reports.national_page import Group, Line, Page, Row
from igtoolkit.reports.national_snapshots import Read, Score
from igtoolkit.reports.national_words import headline, story
from igtoolkit.reports.national_xlsx.sheet import Book, Column, Sheet, Value
from igtoolkit.standard.words import Grade, Status

NAME = "Summary"
# Their widths are those of the columns below them.
WHO = (
    Column("Kind", 44, "The kind of organisation, as it was on the day it submitted; “All trusts” adds the kinds up."),
    Column("Registered", 18, "Organisations of the kind registered for the year."),
    Column("Submitted", 22, "How many of them have submitted the stage; a correction counts once."),
    Column("Not submitted", 11, "How many have not."),
    Column("Late", 11, "Of those that submitted, how many did so for the first time after the deadline."),
    Column("Satisfactory", 13, "Submissions whose self-assessed grade is Satisfactory: level 2 or more throughout."),
    Column("Not satisfactory", 13, "Submissions whose self-assessed grade is Not satisfactory."),
    Column("No grade", 11, "Submissions in which no requirement counts towards a score."),
    Column("Lowest score", 11, "The lowest score, in whole percent rounded down; empty when there is none.", "percent"),
    Column("Middle score", 11, "The median: as many scores lie above as below. It can end in a half.", "percent"),
    Column("Highest score", 11, "The highest score.", "percent"),
)
COUNTS = (
    Column("Number", 9, "The recommendation's number in the Caldicott2 review."),
    Column("Recommendation", 44, "The recommendation in a few words of ours.", "wrapped"),
    Column("Theme", 18, "Which of the four asks of the panel after the review it belongs to."),
    Column("Kind", 22, "The kind of organisation counted in this row; “All trusts” adds the kinds up: filter by it."),
    *(Column(each.words, 11, f"How many stand at “{each.words}”.") for each in Status),
    Column("Registered", 11, "The sum of the five counts: every organisation of the kind."),
    Column("Applies to", 11, "Those that submitted and to which it applies: met, partly met and not met together."),
    Column("Met, %", 9, "Met as a share of those it applies to, rounded down; empty without any.", "percent"),
    Column(
        "Change in met",
        11,
        "How many more (fewer: -) meet it than at the stage before, in those that submitted both; or empty.",
        "change",
    ),
)


def write(book: Book, read: Read) -> None:
    page = book.page
    sheet = book.sheet(NAME, COUNTS)
    sheet.line([headline(page)], "lead")
    for each in story(page):
        sheet.line([each], "plain")
    sheet.row += 1
    sheet.headings(WHO, first=1)
    for group in (*page.groups, page.total):
        sheet.line(_who(group, read.scores.values()), [_bold(group, each.look) for each in WHO], first=1)
    sheet.row += 1
    _counts(sheet, page)


def _counts(sheet: Sheet, page: Page) -> None:
    heading = sheet.headings(COUNTS)
    for row in sorted(page.rows, key=lambda each: each.number):
        for group, line in ((page.total, row.total), *zip(page.groups, row.lines, strict=True)):
            sheet.line(_counted(row, group, line), [_bold(group, each.look) for each in COUNTS])
    sheet.filtered(heading, COUNTS)


def _who(group: Group, scores: Iterable[Score]) -> list[Value]:
    """The row of one kind, or of all. The scores given are everybody's."""
    mine = [each for each in scores if group.code in ("", each.kind)]
    grades = [sum(each.grade == one for each in mine) for one in (Grade.SATISFACTORY, Grade.NOT_SATISFACTORY, None)]
    percents = [each.percent for each in mine if each.percent is not None]
    low, middle, high = (min(percents), Fraction(median(percents)), max(percents)) if percents else (None, None, None)
    return [group.words, group.registered, group.submitted, group.missing, group.late, *grades, low, middle, high]


def _counted(row: Row, group: Group, line: Line) -> list[Value]:
    theme = row.recommendation.theme
    facts: list[Value] = [row.number, row.recommendation.summary, theme.words if theme else "", group.words]
    counts = [line.counts[each] for each in Status]
    return [*facts, *counts, sum(counts), line.applying, line.percent, line.change]


def _bold(group: Group, look: str) -> str:
    return "strong" if look == "cell" and not group.code else look
