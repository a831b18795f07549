"""The national report, as JSON and CSV; and its workbook, whose columns say themselves what they mean."""

from collections.abc import Sequence

from igtoolkit.reports.data_dictionary.entries import Field, File, codes
from igtoolkit.reports.national_xlsx import conditions, notes, summary, table
from igtoolkit.reports.national_xlsx.sheet import Column
from igtoolkit.standard.words import Stage, Status, Theme

NOT_SUBMITTED = "it has not submitted"
KINDS = "codes of the framework: acute, mental_health …"

WHOLE = (
    Field("report", "", "Which report it is.", "national"),
    Field("year", "year", "The year of the assessments, April to March.", "2015-16"),
    Field("stage", "stage", "The point of the year.", codes(Stage)),
    Field("framework", "framework", "The version of the requirements in force that year.", "igt-13"),
    Field("crosswalk", "crosswalk", "The version of the conditions behind the recommendations.", "caldicott2-1"),
    Field("kinds[]", "", "The kinds of organisation for which a Caldicott2 report exists.", KINDS),
)
COUNTS = (
    Field(
        "recommendations[].number", "recommendation", "The recommendation's number in the Caldicott2 review.", "1-26"
    ),
    Field("", "summary", "The recommendation in a few words of ours."),
    Field("", "theme", "Which of the four themes it belongs to.", codes(Theme), "", "it belongs to none"),
    Field(
        *("recommendations[].counts.KIND.STATUS", "", "How many organisations of a kind have a status."),
        *("every kind and status is there", "organisations"),
    ),
)
ORGANISATIONS = (
    Field("organisations[].code", "organisation_code", "The code by which the organisation is found in that year."),
    Field("organisations[].name", "organisation_name", "Its name on the day it submitted, else as registered."),
    Field("organisations[].kind", "kind", "Its kind, likewise.", KINDS),
    Field("organisations[].region", "region", "Its region, likewise.", "", "", "no file told us"),
    Field("organisations[].submitted", "submitted", "Whether it has submitted the stage.", "true, false"),
    Field(
        *("organisations[].late", "late", "Whether its first submission of the stage came after the deadline."),
        *("true, false", "", NOT_SUBMITTED),
    ),
    Field(
        *("organisations[].statuses.NUMBER", "status", "How it stands against a recommendation."),
        *(f"{codes(Status)} (the last in CSV alone)", "", "in JSON there is no key when it has not submitted"),
    ),
)
NATIONAL = File(
    "national",
    "National report",
    "Every organisation of the reported kinds at one stage, as it is counted at the moment it is asked for.",
    "/national/YEAR/STAGE/caldicott2.json, .csv",
    "organisation and recommendation",
    (*WHOLE, *COUNTS, *ORGANISATIONS),
)
UNITS = {"percent": "percent", "change": "organisations, more or fewer"}
EACH = Column("NUMBER: summary", 14, "How it stands against this recommendation: one column for each.")
ABOUT = (
    Column("About", 24, "What kind of thing is explained."),
    Column("What", 44, "The thing: a status, a column, a recommendation, a version."),
    Column("Meaning", 110, "What it means, or the digest that stands for it."),
)


def _sheet(name: str, row: str, columns: Sequence[Column]) -> File:
    """A sheet's columns in its own words: an empty cell is explained in them."""
    fields = tuple(Field("", each.heading, each.meaning, unit=UNITS.get(each.look, "")) for each in columns)
    about = f"The sheet “{name}” of the national report as a workbook."
    return File(
        f"workbook_{name.lower()}",
        f"Workbook: {name}",
        about,
        "/national/YEAR/STAGE/caldicott2.xlsx",
        row,
        fields,
        name,
    )


WORKBOOK = (
    _sheet(summary.NAME, "kind of trust; below, recommendation and kind", (*summary.WHO, *summary.COUNTS)),
    _sheet(table.NAME, "organisation", (*table.WHO, EACH, *table.AFTER)),
    _sheet(conditions.NAME, "condition and kind", conditions.COLUMNS),
    _sheet(notes.NAME, "thing to be explained", ABOUT),
)
