"""Reports as JSON and CSV: the same values give the same bytes for ever."""

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO

# A spreadsheet takes a cell that begins so for a formula, in full-width form too, and drops a leading NUL.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
BLANKS = " \u00a0\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"


def json_bytes(value: object) -> bytes:
    """The value as UTF-8 JSON, keys in their own order, two spaces deep, ending in a newline."""
    return f"{json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)}\n".encode()


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows, column names first, as UTF-8 CSV with CRLF after each (RFC 4180); every cell made safe."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe_cell(each) for each in row] for row in rows)
    return out.getvalue().encode()


def safe_cell(value: object) -> str | int:
    """The cell as a spreadsheet may open it: nothing is empty, yes and no are JSON's words, numbers stay.

    A text that a spreadsheet would work out as a formula begins with an apostrophe, also where blanks come first:
    some programs drop those.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip(BLANKS).startswith(FORMULA_STARTS) else text
