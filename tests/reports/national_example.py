"""National reports written by hand, without a database: each trust is the letters of its 16 statuses.

M met, P partly met, N not met, - not applicable, in recommendation order; "" has not submitted.
"""

from collections import Counter

from igtoolkit.reports.national import Organisation, Report, Statuses
from igtoolkit.standard.words import Status
from tests.reports.small_nation import NUMBERS

LETTERS = {"M": "met", "P": "partly_met", "N": "not_met", "-": "not_applicable"}
KINDS = ("acute", "mental_health", "ambulance")
LETTER_OF_KIND = {"A": "acute", "M": "mental_health", "B": "ambulance"}


def said(letters: str) -> Statuses:
    """{"1": "met", …}; fewer than 16 letters are filled up with the last."""
    full = letters + letters[-1:] * (len(NUMBERS) - len(letters))
    return {str(number): LETTERS[letter] for number, letter in zip(NUMBERS, full, strict=False)}


def trust(code: str, letters: str, *, name: str = "", region: str = "North", late: bool = False) -> Organisation:
    facts = {"code": code, "name": name or f"Trust {code}", "kind": LETTER_OF_KIND[code[2]], "region": region}
    return {**facts, "submitted": bool(letters), "late": late if letters else None, "statuses": said(letters)}


def report(*trusts: Organisation, stage: str = "update") -> Report:
    """The national form of these trusts, its counts worked out from them."""
    tally = Counter(
        (each["kind"], number, each["statuses"].get(str(number), "not_submitted"))
        for each in trusts
        for number in NUMBERS
    )
    return {
        "report": "national",
        "year": "2015-16",
        "stage": stage,
        "framework": "igt-13",
        "crosswalk": "caldicott2-1",
        "kinds": list(KINDS),
        "recommendations": [
            {
                "number": number,
                "counts": {
                    kind: {status.value: tally[kind, number, status.value] for status in Status} for kind in KINDS
                },
            }
            for number in NUMBERS
        ],
        "organisations": sorted(trusts, key=lambda each: each["code"]),
    }
