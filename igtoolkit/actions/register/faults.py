"""What can be wrong with one row of a file of organisations, in words for whoever can correct it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from igtoolkit.actions.register.columns import shown

CODE_MAX = 30
NAME_MAX = 200
REGION_MAX = 100
KIND_WORDS_MAX = 100
# The register's own codes for parts of a body add words to its code: 8D594-MASH.
CODE = re.compile(r"[A-Z0-9]{2,}(-[A-Z0-9]+)*")
EXPONENT = re.compile(r"[0-9]+(\.[0-9]+)?E[+-][0-9]+")  # 8E461 is a true code; a spreadsheet writes the sign
MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
# A month alone is no sign of damage: APR6 is a code of the register. A separator is.
DATE = re.compile(rf"\d{{1,4}}[-/ ](\d{{1,2}}|({MONTHS})[A-Z]*)([-/ ]\d.*)?|({MONTHS})[A-Z]*[-/ ]\d+")
FIGURES = (3, 5)  # how many figures the register's codes of figures alone have: 204, 69730
LIKE_A_CODE = re.compile(r"(?=[0-9]*[A-Z])[A-Z0-9]{3,}")
FORMULA_STARTS = tuple("=+-@＝＋－＠")
UNSEEN = {"Cc", "Cs", "Co", "Zl", "Zp"}  # control characters, half pairs, private use, line separators
BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
DATE_FORMS = ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")
LONG_AGO = date(1800, 1, 1)


def code_faults(code: str) -> Iterator[str]:
    """code: in capitals."""
    if not code:
        yield "no code"
    elif EXPONENT.fullmatch(code):
        yield f"code {shown(code)} is a number with an exponent, as spreadsheets make of codes: look up the true one"
    elif DATE.fullmatch(code):
        yield f"code {shown(code)} is a date, as spreadsheets make of codes: look up the true one"
    elif not CODE.fullmatch(code):
        yield (
            f"code {shown(code)} is not an ODS code: 2 letters and figures or more, A to Z and 0 to 9, "
            "with hyphens only between them"
        )
    elif code.isdecimal() and len(code) not in FIGURES:
        yield (
            f"code {shown(code)} is a number of {len(code)} figures, where codes of figures alone have "
            f"{' or '.join(map(str, FIGURES))}: look up whether a spreadsheet dropped its zeros"
        )
    elif len(code) > CODE_MAX:
        yield f"code {shown(code)} has {len(code)} characters, and may have {CODE_MAX}"


def name_faults(name: str) -> Iterator[str]:
    """What is wrong with an organisation's name."""
    yield from text_faults("name", name, NAME_MAX)
    if not name:
        yield "no name"


def text_faults(column: str, text: str, limit: int) -> Iterator[str]:
    """What no text of a register may have: too much of it, a formula's beginning, unseen characters."""
    if len(text) > limit:
        yield f"{column} has {len(text):,} characters, and may have {limit}"
    if text.startswith(FORMULA_STARTS):
        yield f"{column} begins with {text[0]}, which a spreadsheet would take for a formula"
    hidden = next((each for each in text if unicodedata.category(each) in UNSEEN or each in BIDI), None)
    if hidden is not None:
        yield f"{column} holds the unseen character U+{ord(hidden):04X}, which can make it read as something else"


def kind_faults(kind: str, words: Mapping[str, str], others: tuple[str, ...]) -> Iterator[str]:
    """kind: one kind in the file's words. others: the other cells of its row, one of which may be a slid kind."""
    if not kind:
        yield "no kind"
    elif folded(kind) not in words:
        slid = next((each for each in others if folded(each) in words), "")
        near = get_close_matches(folded(kind), words, n=3) or sorted(words)
        yield f"kind {shown(kind)} is not known" + (
            f", and {shown(slid)} stands in another column: its cells look slid by one"
            if slid
            else f". Nearest: {', '.join(near)}"
        )


def slid_faults(code: str, name: str) -> Iterator[str]:
    """A name that is written like a code, after a number: a row number came in before it. J2R alone is a true name."""
    if code.isdecimal() and LIKE_A_CODE.fullmatch(name):
        yield f"name {shown(name)} is written like a code: its cells look slid by one"


def date_in(text: str) -> date | None:
    """20150401, 2015-04-01 or 01/04/2015 as a date; None for no text. Raises ValueError."""
    if not text:
        return None
    for form in DATE_FORMS:
        try:
            # A day of the calendar, not an instant.
            found = datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        if found >= LONG_AGO:
            return found
    raise ValueError(f"{shown(text)} is not a date: write 20150401, 2015-04-01 or 01/04/2015")


def folded(words: str) -> str:
    """Words for a kind, as they are compared."""
    return " ".join(words.split()).casefold()
