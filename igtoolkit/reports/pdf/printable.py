"""Text made ready for paper: only characters the shipped fonts can draw, and no wider than its place.

The record is untouched; only the copy that goes into a PDF is changed. Widths are in ems (one em is
the size of the type, so 80 ems of 8 pt type are 640 pt), taking the widest of the shipped fonts.
"""

import re
from functools import lru_cache
from typing import NamedTuple
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
    """How the shipped fonts draw one character: in which of them (a bit each), and how wide in ems at most."""

    fonts: int
    ems: float


_MISSING = Glyph(fonts=0, ems=1.0)


@lru_cache(maxsize=1)
def _glyphs() -> dict[str, Glyph]:
    """{character: Glyph} over all shipped fonts, read once per process."""
    glyphs: dict[str, Glyph] = {}
    for n, path in enumerate(sorted(FONTS.glob("*.ttf"))):
        font = TTFont(path, lazy=True)
        widths, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        for point, name in font.getBestCmap().items():
            had = glyphs.get(chr(point), Glyph(0, 0.0))
            glyphs[chr(point)] = Glyph(had.fonts | 1 << n, max(had.ems, widths[name][0] / per_em))
    return glyphs


def printable(text: str) -> str:
    """`text` in NFC on one line, with □ for each character that cannot be printed.

    That is: control, surrogate, private-use and direction characters, whatever no shipped font has,
    and an accent that no font has together with its letter (Typst would refuse the whole PDF).
    """
    plain = normalize("NFC", _WHITESPACE.sub(" ", text)).strip()
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(_drawable(plain))


def _drawable(text: str) -> list[str]:
    glyphs, drawn, fonts = _glyphs(), [], 0
    for each in text:
        kind = category(each)
        own = glyphs.get(each, _MISSING).fonts
        fonts = own & fonts if kind.startswith("M") else own
        hidden = kind.startswith("C") and each not in _KEPT_FORMAT
        if hidden or not fonts:
            each, fonts = REPLACEMENT, glyphs[REPLACEMENT].fonts
        drawn.append(each)
    return drawn


def ems(text: str) -> float:
    """How wide the text is at most, on one line."""
    glyphs = _glyphs()
    return sum(glyphs.get(each, _MISSING).ems for each in text)


def clipped(text: str, room: float) -> str:
    """`text`, or as much of it as `room` ems hold, ending in "…"."""
    if len(text) * 0.5 < room and ems(text) <= room:
        return text
    left, glyphs = room - 1.0, _glyphs()
    for n, each in enumerate(text):
        left -= glyphs.get(each, _MISSING).ems
        if left < 0:
            return text[:n].rstrip() + CUT
    return text


def breakable(text: str, widest: float) -> str:
    """`text` with places to break inside every word wider than `widest` ems."""
    return _WORD.sub(lambda word: _with_breaks(word.group(), widest), text)


def _with_breaks(word: str, widest: float) -> str:
    if ems(word) <= widest:
        return word
    return BREAK_HERE.join(word[n : n + 4] for n in range(0, len(word), 4))
