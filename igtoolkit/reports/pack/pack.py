"""The words of the board pack, the same in PDF and Word: all of them worked out from the submission."""

from typing import Any

from django.conf import settings

from igtoolkit.records.models import Submission
from igtoolkit.reports.board_page import board_page, on_paper
from igtoolkit.reports.pack.asking import asking
from igtoolkit.reports.pack.owed import owed
from igtoolkit.reports.pack.reasons import reasons
from igtoolkit.reports.pack.speaking import speaking_notes
from igtoolkit.standard.words import Status

Pack = dict[str, Any]
ABOUT_QUESTIONS = {
    "weak": "About what is weakest, the weakest first: not met before partly met, then by share. "
    "A question asks for an example, a number or a date; “we have a policy” answers none of them.",
    "met": "Every recommendation that applies is met. These are the questions that keep it so, one for each theme.",
    "none": "No questions are written for this version of the recommendations.",
}

# What the pack rests on, and what nobody should take it for.
RESTS_ON = (
    "A condition is documented in a published source, or our reading of what a recommendation asks: the documented "
    "ones are marked. The questions, and what a good answer sounds like, are our reading; no result rests on them."
)
FULL_REASONS = (
    "Every figure comes from the submission with the digest below. The full reasons, with the source of each "
    "condition, are on the report’s page"
)


def pack(submission: Submission) -> Pack:
    """The pack of a submission, for its own people: it names who owns what.

    `page` is the board report as `board_page` words it for paper; the rest follows it, sheet by sheet.
    """
    snapshot = submission.snapshot
    page = on_paper(board_page(submission))
    questions = asking(snapshot)
    return {
        "title": f"Board pack: {page['organisation']['name']}, {page['year']} {page['stage']}",
        "page": page,
        "speaking_notes": speaking_notes(snapshot),
        "owed": owed(snapshot),
        "questions": questions,
        "about_questions": ABOUT_QUESTIONS[_tone(questions)],
        "reasons": reasons(snapshot),
        "sources": _sources(),
    }


def _tone(questions: list[Pack]) -> str:
    if not questions:
        return "none"
    return "met" if all(each["status"] == Status.MET for each in questions) else "weak"


def _sources() -> list[str]:
    return [RESTS_ON, f"{FULL_REASONS} at {settings.SITE_ADDRESS.split('://')[-1]}."]
