"""Trusts whose standing is told rather than left to chance, so that every page has something to show.

Levels by requirement number; `ALL` stands for every requirement not named.
"""

from collections.abc import Mapping
from datetime import date

Levels = Mapping[int | str, int | None]
ALL = "all"
CROSSWALK = (101, 105, 111, 112, 200, 201, 202, 203, 205, 206, 207, 210, 302, 307, 308)

# DMA001 is where most people begin: its Update is open, with four requirements to score and a clear next step.
_ALDERMOOR_3 = (101, 110, 300, 303, 305, 309, 311, 313, 401, 501, 502, 505, 601, 603)
_ALDERMOOR: dict[int | str, int | None] = {
    **dict.fromkeys(_ALDERMOOR_3, 3),
    **dict.fromkeys((112, 201, 202, 307, 308), 1),
    **dict.fromkeys((210, 324, 404, 508, 510, 604), None),
    ALL: 2,
}

# DMA017 is the trust in the picture of the board report: 6 recommendations met, then 9; 78 per cent.
_NORTHMOOR_3 = (110, 209, 300, 303, 304, 310, 311, 313, 323, 401, 402, 406, 501, 502, 504, 505, 510, 601, 603)
_NORTHMOOR_LATER = (209, 304, 323, 406, 502, 601)
_NORTHMOOR: dict[int | str, int | None] = {
    **dict.fromkeys(_NORTHMOOR_3, 3),
    **dict.fromkeys(CROSSWALK, 2),
    112: 1,
    202: 1,
    308: 1,
    ALL: 2,
}

BASELINE: dict[str, Levels] = {
    "DMA001": _ALDERMOOR,
    "DMA017": {**_NORTHMOOR, **dict.fromkeys(_NORTHMOOR_LATER, 2), 205: 1, 111: 1, 307: 1, 210: 1},
    "DMA054": {101: 0, 200: 1},
    "DMA077": {ALL: 2},
    "DMB004": {ALL: 2},
    "DMA090": {**dict.fromkeys(CROSSWALK, 2), 201: 3, 205: 3, 112: 3, 101: 3, 308: 1},
    "DMM003": {101: 2, 105: 1, 200: 2, 201: 1, 202: 1, 203: 1, 205: 1, 206: 1, 207: 2, 210: 2, 302: 2, 307: 1, 308: 1},
    **{code: dict.fromkeys((110, 303, 311, 313, 601), 1) for code in ("DMA042", "DMA108", "DMM031")},
}
UPDATE: dict[str, Levels] = {
    "DMA001": {**_ALDERMOOR, 201: 2, 307: 2, 404: 2, 508: 2},
    "DMA054": {101: 0, 200: 1},
    "DMA003": dict.fromkeys(CROSSWALK, 3),
    "DMA017": _NORTHMOOR,
    "DMA077": {ALL: 2},
    "DMB004": {ALL: 2},
    "DMA090": {**dict.fromkeys(CROSSWALK, 2), 201: 3, 101: 3, 308: 1},
    "DMM003": {101: 2, 105: 2, 111: 2, 201: 2, 202: 1, 203: 2, 207: 2, 210: 2, 302: 2, 307: 2, 308: 1, 112: 1, 200: 2},
    **{code: dict.fromkeys((110, 303, 311, 313, 601), 3) for code in ("DMA042", "DMA108", "DMM031")},
}
# The criteria that keep a requirement from its next level, where that matters.
MISSING: dict[tuple[str, int], frozenset[str]] = {
    ("DMA001", 202): frozenset({"2c"}),
    ("DMA001", 206): frozenset({"3b"}),
    ("DMA017", 202): frozenset({"2c"}),
    ("DMA017", 206): frozenset({"3b"}),
}
# Levels lost since Baseline, whatever the trust's temper: {requirement: criterion no longer ticked}.
SLIPS: dict[str, dict[int, str]] = {
    "DMA001": {},
    "DMA017": {},
    "DMA054": {},
    "DMA090": {112: "2a", 205: "2b", 302: "2c", 307: "2a"},
    **{code: {} for code in ("DMA003", "DMA077", "DMB004", "DMM003", "DMA042", "DMA108", "DMM031")},
}
TARGETS = {
    ("DMA001", 202): date(2016, 1, 29),
    ("DMA001", 206): date(2016, 3, 31),
    ("DMA017", 202): date(2016, 1, 29),
    ("DMA017", 112): date(2016, 2, 29),
    **{("DMA017", number): date(2016, 3, 31) for number in (201, 203, 206, 308)},
}
# The share of answers marked complete, where that matters.
BOLD = frozenset({"DMA017"})
COMPLETE = {"DMA001": 0.6, "DMA017": 0.7}
NO_NEW_EVIDENCE = {"DMA042", "DMA108", "DMM031"}
# The same words for nearly everything: something for the national report to notice.
ONE_COMMENT = {"DMM012": "Evidence reviewed and held by the IG team. No change since last year."}
