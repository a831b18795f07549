"""Text made ready for Word: what XML cannot hold, and what turns the direction of reading, becomes □."""

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from igtoolkit.reports.pdf.printable import REPLACEMENT

_WHITESPACE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def all_holdable(value: Any) -> Any:
    """The same value with every text in it on one line, and such as a Word file can hold.

    Unlike paper, Word has fonts of its own: whatever has a meaning is kept, in every script.
    """
    match value:
        case str():
            return holdable(value)
        case Mapping():
            return {key: all_holdable(each) for key, each in value.items()}
        case list() | tuple():
            return [all_holdable(each) for each in value]
    return value


def holdable(text: str) -> str:
    plain = _WHITESPACE.sub(" ", text).strip()
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(REPLACEMENT if _is_refused(each) else each for each in plain)


def _is_refused(each: str) -> bool:
    """Controls, halves of pairs, private and unassigned characters, and marks of direction."""
    return category(each) in ("Cc", "Cs", "Co", "Cn") or each in _TURNING
