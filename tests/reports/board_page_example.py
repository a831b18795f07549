"""Sample inputs for the board report's PDF, shaped as the page that `board_pdf` is given.

All names and figures are invented. `ordinary` is a trust at Performance Update; `perfect`, `empty`
and `preview` are the same page at its edges; `worst` is every field at the longest it can be.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

Page = dict[str, Any]

AT = datetime(2015, 10, 29, 14, 2, 11, tzinfo=UTC)
HEX = sha256(b"an invented submission").hexdigest()

WORDS = {"met": "Met", "partly_met": "Partly met", "not_met": "Not met", "not_applicable": "Not applicable"}
MARKS = {"met": "●", "partly_met": "◐", "not_met": "■", "not_applicable": "–"}
ORDER = ["not_applicable", "not_met", "partly_met", "met"]
LAST_YEAR = {"words": "2014-15 Final", "short": "2014-15 Final", "broken": ""}
BASELINE = {"words": "Baseline", "short": "B", "broken": ""}
UPDATE = {"words": "Performance Update", "short": "U", "broken": ""}

# number, summary, status now, status at the stage before, what it rests on, due
ROWS = [
    (1, "People can see their records, and who has looked", "partly_met", "not_met",
     "13-203 2/3 · 13-205 2/2 · 13-206 3b no", "31 Mar 2016"),
    (2, "Information is shared for direct care", "partly_met", "partly_met", "13-201 2/3 · 13-207 2/2", "31 Mar 2016"),
    (4, "The whole care team shares safely", "met", "partly_met", "13-201 2/2 · 13-111 2/2 · 13-207 2/2", ""),
    (5, "After a breach: explain, put right, apologise", "met", "met", "13-302 2/2", ""),
    (6, "No legal basis means a breach, and the board hears", "partly_met", "partly_met",
     "13-202 2c no · 13-302 2/2", "31 Jan 2016"),
    (7, "The public is told how data is used, and its rights", "met", "met", "13-203 2/2", ""),
    (8, "Consent decisions are recorded and respected", "not_met", "not_met", "13-202 3b no", "31 Jan 2016"),
    (9, "NHS Constitution rights on information hold here", "met", "met", "13-203 2/2", ""),
    (11, "People can object, and are heard", "not_met", "not_met", "13-202 3a no", "31 Jan 2016"),
    (12, "The board answers for information governance", "met", "partly_met",
     "13-101 2/2 · 13-307 2/2 · 13-200 2/2", ""),
    (14, "Staff are trained to protect and to share", "not_met", "partly_met", "13-112 1/2", "29 Feb 2016"),
    (15, "A Caldicott Guardian and IG leads are in place", "met", "met", "13-101 2/2 · 13-200 2/2", ""),
    (17, "Virtual consultations follow the same rules", "met", "not_met", "13-210 2/2", ""),
    (19, "What is disclosed, to whom and why, is published", "partly_met", "not_met",
     "13-203 2/2 · 13-308 1/2", "31 Mar 2016"),
    (20, "Sharing agreements use the standard form", "met", "met", "13-207 2/2", ""),
    (25, "The Caldicott principles are adopted and spread", "met", "met", "13-105 2/2 · 13-101 2/2", ""),
]  # fmt: skip


def change(status: str, previous: str) -> str:
    if status == previous:
        return "same"
    return "up" if ORDER.index(status) > ORDER.index(previous) else "down"


def row(number: int, summary: str, status: str, previous: str | None, rests_on: str, due: str, stages: int = 1) -> Page:
    """One row; previous: how it stood at each of so many stages before, None where none was submitted."""
    before = [previous] * stages if previous else []
    return {
        "number": number, "summary": summary, "status": status, "status_words": WORDS[status],
        "rests_on": rests_on.replace("13-", ""), "change": change(status, previous) if previous else "none",
        "line": [{"status": each, "mark": MARKS[each], "words": WORDS[each]} for each in before],
        "line_words": f"Before: {WORDS[previous].lower()}. Now: {WORDS[status].lower()}." if previous else "",
        "due": due, "undated": not due and status in ("partly_met", "not_met"),
        "part_dated": False,
    }  # fmt: skip


def theme(name: str, *counts: int) -> Page:
    """One theme; counts: met, partly met, not met, not applicable."""
    met, partly, not_met, not_applicable = counts
    applicable = met + partly + not_met
    words = f"{met} of {applicable} met" if applicable else "Not applicable"
    return {
        "name": name, "met": met, "partly_met": partly, "not_met": not_met, "not_applicable": not_applicable,
        "words": words,
    }  # fmt: skip


def ordinary() -> Page:
    """A trust at Performance Update, submitted in time."""
    return {
        "demonstration": True,
        "work_in_progress": True,
        "preview": False,
        "organisation": {
            "code": "DMA017", "name": "Northmoor University Hospitals NHS Foundation Trust", "kind": "Acute trust",
        },
        "year": "2015-16",
        "stage": "Performance Update",
        "submitted": "Submitted 29 October 2015 at 14:02",
        "notes": [],
        "headline": "9 of 16 recommendations are met, 4 partly, 3 not.",
        "story": "Up from 6 at Baseline. People’s right to object (11) and their understanding of their choices (8) "
        "both wait on one requirement, 13-202, due in January; staff training (14) stands at 1 where 2 is needed.",
        "score": {
            "percent": "78%", "grade": "Not satisfactory", "grade_mark": "not_met",
            "note": "3 of 45 requirements below level 2",
        },
        "score_absent": "",
        "themes": [
            theme("Leadership", 3, 1, 1, 0), theme("Sharing for care", 3, 1, 0, 0),
            theme("Transparency", 2, 1, 0, 0), theme("People’s rights", 1, 1, 2, 0),
        ],
        "previous_stage": "Baseline",
        "stages": [BASELINE],
        "broken": "",
        "breaks": [],
        "line_key": "B Baseline, ▲ up, ▼ down since Baseline.",
        "rows": [row(*each) for each in ROWS],
        "rests_on": "Rests on 13-…",
        "key": "2/3: has level 2, needs 3. 3b: one criterion.",
        "steps": [
            {"doing": "Tick 3a in 13-202", "about": "Objections are recorded and honoured",
             "result": "Recommendation 11 becomes met."},
            {"doing": "Tick 3b in 13-202", "about": "People understand the choices they make",
             "result": "Recommendation 8 becomes met."},
            {"doing": "Bring 13-112 to level 2: tick 2a, 2b and 2c", "about": "Mandatory training is finished",
             "result": "Recommendation 14 becomes met."},
        ],
        "steps_absent": "",
        "people": [
            {"post": "SIRO", "name": "A. Adeyemi, Finance Director"},
            {"post": "Caldicott Guardian", "name": "Dr P. Lindqvist, Medical Director"},
            {"post": "IG lead", "name": "M. Okafor, Head of IG"},
            {"post": "Chief executive", "name": "not named"},
            {"post": "Submitted by", "name": "R. Hale, 29 October 2015"},
        ],
        "digest": f"sha256:{HEX}",
        "check_address": f"igtoolkit.example/check/{HEX}/",
        "check_link": f"https://igtoolkit.example/check/{HEX}/",
        "feedback_address": "feedback@igtoolkit.example",
        "basis": "Framework igt-13, crosswalk caldicott2-1 (28 conditions: 1 documented, 27 our reading). "
        "Self-assessment; not independently verified.",
    }  # fmt: skip


def _reached(rests_on: str) -> str:
    """The same conditions, each of them holding."""
    return rests_on.replace("2/3", "3/3").replace("1/2", "2/2").replace(" no", " yes")


def _each(rests_on: str, state: str) -> str:
    """The same requirements, all in one state."""
    return " · ".join(f"{condition.split()[0]} {state}" for condition in rests_on.split(" · "))


def perfect() -> Page:
    """A Final where every recommendation is met and nothing is left to do."""
    people = ordinary()["people"]
    rows = [row(n, summary, "met", now, _reached(rests), "", 3) for n, summary, now, _, rests, _ in ROWS]
    return ordinary() | {
        "work_in_progress": False,
        "stage": "Final",
        "submitted": "Submitted 24 March 2016 at 09:40",
        "headline": "All 16 recommendations are met.",
        "story": "Up from 9 at Performance Update (7 recommendations now met).",
        "score": {"percent": "97%", "grade": "Satisfactory", "grade_mark": "met",
                  "note": "Every requirement at level 2 or above"},
        "themes": [
            theme("Leadership", 5, 0, 0, 0), theme("Sharing for care", 4, 0, 0, 0),
            theme("Transparency", 3, 0, 0, 0), theme("People’s rights", 4, 0, 0, 0),
        ],
        "previous_stage": "Performance Update",
        "stages": [LAST_YEAR, BASELINE | {"broken": "framework changed"}, UPDATE],
        "breaks": ["framework changed before Baseline: not comparable"],
        "line_key": "B Baseline, U Performance Update, ▲ up, ▼ down since Performance Update.",
        "rows": rows,
        "steps": [],
        "steps_absent": "Every recommendation is met.",
        "people": [each | ({"name": "S. Brandt"} if each["name"] == "not named" else {}) for each in people],
    }  # fmt: skip


def empty() -> Page:
    """A Baseline where nothing was scored and no one is named."""
    unscored = [
        row(n, summary, "not_applicable" if n == 17 else "not_met", None, _each(rests, state), "")
        for n, summary, _, _, rests, _ in ROWS
        for state in ["does not apply" if n == 17 else "not scored"]
    ]
    return ordinary() | {
        "stage": "Baseline",
        "submitted": "Submitted 31 July 2015 at 23:58",
        "headline": "None of 15 recommendations is met.",
        "story": "No requirement has been scored yet.",
        "score": None,
        "score_absent": "There is no score: no requirement counts towards it.",
        "themes": [
            theme("Leadership", 0, 0, 5, 0),
            theme("Sharing for care", 0, 0, 3, 1),
            theme("Transparency", 0, 0, 3, 0),
            theme("People’s rights", 0, 0, 4, 0),
        ],
        "previous_stage": None,
        "stages": [],
        "line_key": "",
        "rows": unscored,
        "steps": [],
        "steps_absent": "Nothing is scored yet, so no step can be compared with another.",
        "people": [],
    }


def preview() -> Page:
    """The live draft, as the organisation alone may see it: no digest, so nothing to check."""
    return ordinary() | {
        "preview": True,
        "submitted": "As recorded on 20 October 2015 at 09:12",
        "digest": "",
        "check_address": "",
        "check_link": "",
    }


def late() -> Page:
    """A correction of a late submission, with a reason of ordinary length."""
    return ordinary() | {
        "notes": [
            "Submitted late: the deadline was 31 October 2015",
            "Correction 2: the training figures for October had been entered against the wrong requirement",
        ],
    }


def worst() -> Page:
    """Every field at its longest: 26 recommendations, long names, long notes, long steps."""
    name = "Northmoor, Eastmere and Upper Wharfedale University Hospitals, Community and Mental Health Services "
    summary = "Uses without a clear legal basis are treated as a breach, reported and explained to people"
    rests = "13-203 2/3 · 13-205 2/2 · 13-206 3b no · 13-202 not scored · 13-307 1/2"
    sentence = "the figures for mandatory training and for access audits had been entered against another trust. "
    statuses = ["not_met", "partly_met", "met", "not_applicable"]
    rows = [row(n, summary, statuses[n % 4], statuses[(n // 4) % 4], rests, "30 Sep 2016", 3) for n in range(1, 27)]
    return ordinary() | {
        "preview": True,
        "organisation": {
            "code": "DMA017", "kind": "Mental health trust",
            "name": (name + "Partnership NHS Foundation Trust, with the Royal Infirmary for Children")[:167],
        },
        "submitted": "Submitted 29 November 2015 at 14:02",
        "notes": [("Correction 12: " + sentence * 6)[:500] for _ in range(3)],
        "story": ("Down from 16 at Baseline. " + sentence.capitalize() * 4)[:400],
        "score": {"percent": "100%", "grade": "Satisfactory with improvement plan", "grade_mark": "partly_met",
                  "note": "13 of 45 requirements below level 2, each with an action, an owner and a date"},
        "themes": [theme(f"People’s rights and choices {n}", 2, 2, 1, 1) for n in range(4)],
        "previous_stage": "Performance Update",
        "stages": [each | {"broken": "framework and crosswalk changed"} for each in (LAST_YEAR, BASELINE, UPDATE)],
        "broken": "crosswalk changed",
        "breaks": [f"framework and crosswalk changed before {each}: not comparable" for each in ("Baseline", "Final")],
        "line_key": "B Baseline, U Performance Update, · not submitted.",
        "rows": rows,
        "steps": [{key: (sentence.capitalize() * 2)[:160] for key in ("doing", "about", "result")}] * 3,
        "people": [{"post": "Caldicott Guardian", "name": ("Professor Dame " + sentence * 3)[:202]}] * 5,
    }  # fmt: skip


def long() -> Page:
    """The longest that the service lets people write, around the sixteen recommendations as they are."""
    kept = ("rows", "themes", "preview", "previous_stage", "stages", "broken", "breaks", "line_key")
    return worst() | {key: ordinary()[key] for key in kept}


def imported() -> Page:
    """Levels from a file: nobody is named, criteria are unknown, nothing earlier was submitted."""
    rows = [
        row(n, summary, now, None, rests.replace(" no", " not scored"), "") for n, summary, now, _, rests, _ in ROWS
    ]
    posts = ("SIRO", "Caldicott Guardian", "IG lead", "Chief executive")
    return ordinary() | {
        "submitted": "Submitted 29 October 2015",
        "notes": ["Imported: criteria unknown, so conditions on a criterion are not scored",
                  "Baseline was not submitted: nothing to compare with"],
        "previous_stage": None, "stages": [], "line_key": "", "rows": rows,
        "people": [*({"post": post, "name": "not named"} for post in posts),
                   {"post": "Submitted by", "name": "imported from a file, 29 October 2015"}],
    }  # fmt: skip


SAMPLES = {
    "ordinary": ordinary, "late": late, "perfect": perfect, "empty": empty, "preview": preview, "long": long,
    "imported": imported, "worst": worst,
}  # fmt: skip
