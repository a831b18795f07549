"""The board report, as JSON and CSV."""

from igtoolkit.reports.board import ASSESSED
from igtoolkit.reports.data_dictionary.entries import Field, File, codes
from igtoolkit.standard.words import Basis, Grade, Stage, State, Theme

PREVIEW = "in a preview, which is not submitted"
STATUSES = codes(ASSESSED)
WHOLE = "whole number"

SUBMISSION = (
    Field("report", "", "Which report it is.", "board"),
    Field("organisation.code", "organisation_code", "The organisation's ODS code on the day of submission."),
    Field("organisation.name", "organisation_name", "Its name on that day."),
    Field("organisation.kind", "kind", "Its kind on that day.", "a code of the framework: acute, mental_health …"),
    Field("year", "year", "The year of the assessment, April to March.", "2015-16"),
    Field("stage", "stage", "The point of the year at which it was submitted.", f"{codes(Stage)}, preview"),
    Field(
        "number",
        "number",
        "Which submission of the stage it is: 1, or more for a correction.",
        "1, 2, 3 …",
        WHOLE,
        PREVIEW,
    ),
    Field("correction_reason", "", "Why the stage was submitted again.", empty="the first submission of the stage"),
    Field("framework", "framework", "The version of the requirements it was assessed against.", "igt-13"),
    Field("crosswalk", "crosswalk", "The version of the conditions behind the recommendations.", "caldicott2-1"),
    Field(
        "submitted_at", "", "When the submission reached the service.", "2015-07-29T13:02:11Z", "instant, UTC", PREVIEW
    ),
    Field("late", "", "Whether the first submission of the stage came after the deadline.", "true, false", "", PREVIEW),
    Field(
        "digest",
        "digest",
        "Stands for exactly what was submitted: SHA-256 of the snapshot.",
        "sha256: and 64 hex digits",
        "",
        PREVIEW,
    ),
)
TOTALS = (
    Field("headline.met", "", "Recommendations that are met.", "0-26", "recommendations"),
    Field("headline.partly_met", "", "Recommendations that are partly met.", "0-26", "recommendations"),
    Field("headline.not_met", "", "Recommendations that are not met.", "0-26", "recommendations"),
    Field(
        "headline.not_applicable", "", "Recommendations none of whose conditions applies.", "0-26", "recommendations"
    ),
    Field(
        "score.percent",
        "",
        "Points as a share of the maximum, rounded down.",
        "0-100",
        "percent",
        "nothing can be gained",
    ),
    Field("score.points", "", "The sum of all levels.", "0 or more", "levels"),
    Field("score.maximum", "", "The most the levels could add up to.", "0 or more", "levels"),
    Field("score.grade", "", "The self-assessed grade.", codes(Grade), "", "nothing can be gained"),
)
RECOMMENDATION = (
    Field(
        "recommendations[].number", "recommendation", "The recommendation's number in the Caldicott2 review.", "1-26"
    ),
    Field("recommendations[].summary", "summary", "The recommendation in a few words of ours."),
    Field("recommendations[].theme", "theme", "Which of the four themes it belongs to.", codes(Theme)),
    Field("recommendations[].status", "status", "What its conditions come to.", STATUSES),
    Field(
        *(
            "recommendations[].share",
            "share",
            "The mean over its applicable conditions of attained/needed, rounded down.",
        ),
        *("0-100", "percent", "not applicable"),
    ),
    Field(
        *("recommendations[].previous_status", "previous_status", "Its status at the stage it is compared with."),
        *(STATUSES, "", "nothing to compare with"),
    ),
    Field(
        *("recommendations[].target_date", "target_date", "The latest target among its failing requirements."),
        *("2015-10-31", "date", "none is failing, or one of them has no target"),
    ),
)
AT = "recommendations[].conditions[]"
CONDITION = (
    Field(f"{AT}.requirement", "requirement", "The requirement that the condition asks about.", "13-202"),
    Field(f"{AT}.criterion", "criterion", "The criterion that must be ticked.", "3b", "", "it asks for a level"),
    Field(f"{AT}.needed", "needed", "The level it needs; 1 where it asks for a criterion.", "1-3", "level"),
    Field(
        f"{AT}.attained",
        "attained",
        "The level reached, or 1 for a criterion that holds.",
        "0-3",
        "level",
        "not scored, or does not apply",
    ),
    Field(f"{AT}.state", "state", "What the condition comes to.", codes(State)),
    Field(f"{AT}.basis", "basis", "Whether a source says it, or we read it so.", codes(Basis)),
)
BOARD = File(
    "board",
    "Board report",
    "One organisation at one stage, exactly as it was submitted. The same bytes for ever.",
    "/organisations/CODE/YEAR/STAGE/caldicott2.json, .csv",
    "condition of a recommendation",
    (*SUBMISSION, *TOTALS, *RECOMMENDATION, *CONDITION),
)
LIST = File(
    "boards",
    "List in the ZIP file of every board report",
    "What contents.csv says of each PDF beside it: the latest submission of each trust at one stage.",
    "/national/YEAR/STAGE/files/",
    "board report",
    (
        Field("", "file", "The name of the PDF in the ZIP file."),
        Field("", "code", "The code by which the trust is found in that year."),
        Field("", "name", "Its name on the day of submission."),
        Field("", "kind", "Its kind on that day.", "a code of the framework: acute, mental_health …"),
        Field("", "submitted_at", "When the submission reached the service.", "2015-07-29T13:02:11Z", "instant, UTC"),
        Field("", "late", "Whether the first submission of the stage came after the deadline.", "true, false"),
        Field("", "number", "Which submission of the stage it is: 1, or more for a correction.", "1, 2, 3 …", WHOLE),
        Field("", "digest", "SHA-256 of the snapshot, as the report's foot has it.", "sha256: and 64 hex digits"),
        Field("", "sha256", "SHA-256 of the PDF.", "64 hex digits"),
    ),
)
