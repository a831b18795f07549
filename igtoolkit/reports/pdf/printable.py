"""Text made ready for paper: only characters the shipped fonts can draw, and no wider than its place.

The record is untouched; only the copy that goes into a PDF is changed. Widths are in ems (one em is
the size of the type, so 80 ems of 8 pt type are 640 pt), in the regular face: bold is some 5 % wider.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import category, normalize

from fontTools.ttLib import TTFont

from igtoolkit.reports.pdf.typesetting import FONTS

REPLACEMENT = "□"
CUT = "…"
BREAK_HERE = "\u200b"  # zero-width space: a line may end here, inside a long word

_WHITESPACE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
_WORD = re.compile("[^ \u200b]+")  # a no-break space joins words, so it counts as part of one
_KEPT_FORMAT = "\u00ad\u200b\u200c\u200d"  # soft hyphen, zero-width space, non-joiner, joiner


class Glyph(NamedTuple):
    """How one character is drawn: by which of the shipped fonts (a bit each), and how wide in ems."""

    fonts: int
    ems: float


_MISSING = Glyph(fonts=0, ems=1.0)


@lru_cache(maxsize=1)
def _glyphs() -> dict[str, Glyph]:
    """{character: Glyph}, for all that the shipped fonts have; read once per process.

    Inter draws what it has and DejaVu the rest, so the width is that of the first regular face to have it.
    """
    faces = sorted(FONTS.glob("*.ttf"), key=_preference)
    if not faces:
        raise FileNotFoundError(f"no fonts in {FONTS}: scripts/assets.py puts them there")
    glyphs: dict[str, Glyph] = {}
    for bit, face in enumerate(faces):
        for each, width in _widths(face).items():
            had = glyphs.get(each, Glyph(0, width))
            glyphs[each] = Glyph(had.fonts | 1 << bit, had.ems)
    return glyphs


def _preference(path: Path) -> tuple[bool, bool, str]:
    return not path.name.startswith("Inter"), "Bold" in path.name, path.name


def _widths(path: Path) -> dict[str, float]:
    """{character: its width in ems} in one font; an accent counts for something, so that no text is endless."""
    font = TTFont(path, lazy=True)
    widths, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {chr(point): max(0.2, widths[name][0] / per_em) for point, name in font.getBestCmap().items()}


def printable(text: str) -> str:
    """`text` in NFC on one line, with □ for each character that cannot be printed.

    That is: control, surrogate, private-use and direction characters, whatever no shipped font has, and
    an accent that no font has together with its letter. Typst would refuse the whole PDF for most of these.
    """
    plain = normalize("NFC", _WHITESPACE.sub(" ", text)).strip()
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(_drawable(plain))


def _drawable(text: str) -> Iterator[str]:
    glyphs, fonts = _glyphs(), 0
    for each in text:
        kind = category(each)
        own = glyphs.get(each, _MISSING).fonts
        fonts = own & fonts if kind.startswith("M") else own
        if not fonts or (kind.startswith("C") and each not in _KEPT_FORMAT):
            each, fonts = REPLACEMENT, glyphs[REPLACEMENT].fonts
        yield each


def is_visible(text: str) -> bool:
    """Whether printing the text leaves a mark; a heading must."""
    return any(category(each)[0] in "LNPS" for each in text)


def ems(text: str) -> float:
    """How wide the text is, on one line."""
    glyphs = _glyphs()
    return sum(glyphs.get(each, _MISSING).ems for each in text)


def clipped(text: str, room: float) -> str:
    """`text`, or as much of it as `room` ems hold, ending in "…", after a whole word where there is one."""
    if ems(text) <= room:
        return text
    left, cut = room - 1.0, ""
    for each in text:
        left -= ems(each)
        if left < 0:
            break
        cut += each
    words, _, part = cut.rpartition(" ")
    return (words if words and len(part) < 12 else cut).rstrip(" ,.·") + CUT


def shortened(text: str, room: float, between: str = " · ") -> str:
    """A list in words, or as many of its first parts as `room` ems hold and how many more there are."""
    if ems(text) <= room:
        return text
    parts = text.split(between)
    left = room - ems(f"{between}{len(parts)} more")
    kept = 0
    while kept < len(parts) and (left := left - ems(parts[kept] + between)) >= 0:
        kept += 1
    return between.join([*parts[:kept], f"{len(parts) - kept} more"]) if kept else clipped(text, room)


def breakable(text: str, widest: float) -> str:
    """`text` with places to break inside every word wider than `widest` ems."""
    return _WORD.sub(lambda word: _with_breaks(word.group(), widest), text)


def _with_breaks(word: str, widest: float) -> str:
    """The word with a break after every fourth character, never between a letter and its accents."""
    if ems(word) <= widest:
        return word
    breaks = (n % 4 == 0 and n > 0 and not category(each).startswith("M") for n, each in enumerate(word))
    return "".join(BREAK_HERE + each if broken else each for broken, each in zip(breaks, word, strict=True))


def all_printable(value: Any) -> Any:
    """The same value with every text in it ready to print."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: all_printable(each) for key, each in value.items()}
        case list() | tuple():
            return [all_printable(each) for each in value]
    return value


def all_breakable(value: Any, widest: float) -> Any:
    """The same value with places to break in every word wider than `widest` ems."""
    match value:
        case str():
            return breakable(value, widest)
        case dict():
            return {key: all_breakable(each, widest) for key, each in value.items()}
        case list():
            return [all_breakable(each, widest) for each in value]
    return value
