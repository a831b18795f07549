"""The words of a board pack, shaped as `pack` gives them: the invented trust of board_page_example, for its papers."""

from typing import Any

from tests.reports.board_page_example import ordinary

Pack = dict[str, Any]
TITLE = "Board pack: Northmoor University Hospitals NHS Foundation Trust, 2015-16 Performance Update"


def pack_of(page: Pack) -> Pack:
    """The pack behind a page, its other sheets as `ordinary_pack` has them."""
    return ordinary_pack() | {"page": page}


def ordinary_pack() -> Pack:
    return {
        "title": TITLE,
        "page": ordinary(),
        "speaking_notes": [
            {"heading": "How we stand", "says": ["9 of 16 recommendations are met, 4 partly, 3 not."]},
            {"heading": "What is owed", "says": ["2 requirements hold back 3 recommendations.", "1 has no owner."]},
        ],
        "owed": [owed("13-202", "M. Okafor", "31 Jan 2016"), owed("13-112", "", "")],
        "questions": [question(8, "not_met", "Not met"), question(6, "partly_met", "Partly met")],
        "about_questions": "About what is weakest, the weakest first.",
        "reasons": [reason(8, "not_met", "Not met"), reason(15, "met", "Met")],
        "sources": ["The questions are our reading."],
    }


def owed(code: str, owner: str, due: str) -> Pack:
    return {
        "requirement": code, "title": f"What {code} is about", "level": 3, "numbers": [8, 11], "owner": owner,
        "due": "2016-01-31" if due else None, "due_words": due, "short_of": "",
    }  # fmt: skip


def question(number: int, status: str, words: str) -> Pack:
    return {
        "number": number, "summary": f"What {number} is about", "status": status, "status_words": words,
        "why": "13-202 lacks criterion 3b.", "ask": [f"What of {number}?", f"When is {number}?"], "good": "A date.",
    }  # fmt: skip


def reason(number: int, status: str, words: str) -> Pack:
    holds = status == "met"
    condition = {
        "requirement": "13-202", "title": "Used lawfully", "documented": holds,
        "stands": "3b is ticked" if holds else "3b is not ticked",
        "state": "holds" if holds else "does_not_hold", "state_words": "Holds" if holds else "Does not hold",
        "missing": "" if holds else "3b The words of 3b",
        "owed": "" if holds else "Due 31 January 2016; owner: M. Okafor",
    }  # fmt: skip
    return {
        "number": number, "summary": f"What {number} is about", "status": status, "status_words": words,
        "because": f"Its one condition {'holds' if holds else 'does not hold'}.", "arithmetic": "0 = 0 percent",
        "conditions": [condition],
    }  # fmt: skip
