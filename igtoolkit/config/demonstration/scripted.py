"""Trusts whose standing is told rather than left to chance, so that every page has something to show.

Levels by requirement number; `ALL` stands for every requirement not named. When they did what: days.py.
"""

from collections.abc import Mapping
from datetime import date

from igtoolkit.config.demonstration.years import LAST, NEXT, THIS
from igtoolkit.standard.words import Stage

Levels = Mapping[int | str, int | None]
ALL = "all"
CROSSWALK = (101, 105, 111, 112, 200, 201, 202, 203, 205, 206, 207, 210, 302, 307, 308)

# DMA001 is where most people begin: one requirement short of satisfactory in 2015-16, with a plan that was accepted,
# and a new year begun, with work to do.
_ALDERMOOR_3 = (101, 110, 300, 303, 305, 309, 311, 313, 401, 501, 502, 505, 601, 603)
_ALDERMOOR: dict[int | str, int | None] = {
    **dict.fromkeys(_ALDERMOOR_3, 3),
    **dict.fromkeys((112, 201, 202, 307, 308), 1),
    **dict.fromkeys((210, 324, 404, 508, 510, 604), None),
    ALL: 2,
}
_ALDERMOOR_UPDATE: dict[int | str, int | None] = {
    **dict.fromkeys(_ALDERMOOR_3, 3),
    **dict.fromkeys((112, 202, 308, 324), 1),
    **dict.fromkeys((510, 604), None),
    ALL: 2,
}
_ALDERMOOR_FINAL: dict[int | str, int | None] = {
    **dict.fromkeys((*_ALDERMOOR_3, 105, 111, 207, 304, 404, 506), 3),
    202: 1,
    ALL: 2,
}
_ALDERMOOR_LAST: dict[int | str, int | None] = {
    **dict.fromkeys((110, 200, 300, 303, 305, 309, 401, 501, 601), 3),
    **dict.fromkeys((112, 202, 210), 1),
    ALL: 2,
}
_ALDERMOOR_NEXT: dict[int | str, int | None] = {
    **dict.fromkeys((110, 303, 309), 3),
    **dict.fromkeys((101, 105, 200, 201, 205, 206, 300, 302, 305, 313, 401, 501), 2),
    **dict.fromkeys((202, 308), 1),
    ALL: None,
}

# DMA003 comes to 97 per cent in its Final and is not satisfactory: one requirement stands at level 1.
_BELLHAVEN_BELOW: dict[int | str, int | None] = {505: 2, 604: 1}

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

_BASELINE: dict[str, Levels] = {
    "DMA001": _ALDERMOOR,
    "DMA003": _BELLHAVEN_BELOW,
    "DMA017": {**_NORTHMOOR, **dict.fromkeys(_NORTHMOOR_LATER, 2), 205: 1, 111: 1, 307: 1, 210: 1},
    "DMA054": {101: 0, 200: 1},
    "DMA077": {ALL: 2},
    "DMB004": {ALL: 2},
    "DMA090": {**dict.fromkeys(CROSSWALK, 2), 201: 3, 205: 3, 112: 3, 101: 3, 308: 1},
    "DMM003": {101: 2, 105: 1, 200: 2, 201: 1, 202: 1, 203: 1, 205: 1, 206: 1, 207: 2, 210: 2, 302: 2, 307: 1, 308: 1},
    **{code: dict.fromkeys((110, 303, 311, 313, 601), 1) for code in ("DMA042", "DMA108", "DMM031")},
}
_UPDATE: dict[str, Levels] = {
    "DMA001": _ALDERMOOR_UPDATE,
    "DMA054": {101: 0, 200: 1},
    "DMA003": {**dict.fromkeys(CROSSWALK, 3), **_BELLHAVEN_BELOW},
    "DMA017": _NORTHMOOR,
    "DMA077": {ALL: 2},
    "DMB004": {ALL: 2},
    "DMA090": {**dict.fromkeys(CROSSWALK, 2), 201: 3, 101: 3, 308: 1},
    "DMM003": {101: 2, 105: 2, 111: 2, 201: 2, 202: 1, 203: 2, 207: 2, 210: 2, 302: 2, 307: 2, 308: 1, 112: 1, 200: 2},
    **{code: dict.fromkeys((110, 303, 311, 313, 601), 3) for code in ("DMA042", "DMA108", "DMM031")},
}
_FINAL: dict[str, Levels] = {
    "DMA001": _ALDERMOOR_FINAL,
    "DMA003": {ALL: 3, **_BELLHAVEN_BELOW},
    "DMA017": {**_NORTHMOOR, **dict.fromkeys((112, 202, 308), 2), **dict.fromkeys((101, 105, 200, 302), 3)},
    "DMA054": {101: 0, 200: 2},
    "DMA077": {ALL: 2},
    "DMB004": {ALL: 2},
    "DMA090": {**dict.fromkeys(CROSSWALK, 2), 201: 3, 101: 3, 112: 1},
    **{code: dict.fromkeys((110, 303, 311, 313, 601), 3) for code in ("DMA042", "DMA108", "DMM031")},
}
# {(year, stage): {trust: levels}}
LEVELS: Mapping[tuple[str, Stage], Mapping[str, Levels]] = {
    (LAST, Stage.FINAL): {"DMA001": _ALDERMOOR_LAST},
    (THIS, Stage.BASELINE): _BASELINE,
    (THIS, Stage.UPDATE): _UPDATE,
    (THIS, Stage.FINAL): _FINAL,
    (NEXT, Stage.BASELINE): {"DMA001": _ALDERMOOR_NEXT},
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
# Levels lost between the Update and Final, in trusts that had them until then.
LATE_SLIPS: dict[str, dict[int, str]] = {
    "DMA020": {112: "2a", 307: "2a"},
    "DMA034": {302: "2c"},
    "DMA063": {205: "2b", 302: "2c"},
    "DMA074": {112: "2a"},
    "DMA098": {307: "2a", 302: "2c"},
    "DMA107": {205: "2b"},
    "DMM013": {302: "2c"},
    "DMM043": {307: "2a"},
    "DMB006": {302: "2c"},
}
# {(trust, requirement): the target set at Baseline and the Update of 2015-16}
TARGETS = {
    ("DMA001", 202): date(2016, 1, 29),
    ("DMA001", 206): date(2016, 3, 31),
    ("DMA017", 202): date(2016, 1, 29),
    ("DMA017", 112): date(2016, 2, 29),
    **{("DMA017", number): date(2016, 3, 31) for number in (201, 203, 206, 308)},
}
# The trusts whose Final has no requirement below level 2, or has some, whatever chance would say.
SATISFACTORY = frozenset({"DMA017", "DMA077", "DMB004", "DMA042"})
# The share of answers marked complete, where that matters.
BOLD = frozenset({"DMA017"})
COMPLETE = {"DMA001": 0.6, "DMA017": 0.7}
NO_NEW_EVIDENCE = {"DMA042", "DMA108", "DMM031"}
# The same words for nearly everything: something for the national report to notice.
ONE_COMMENT = {"DMM012": "Evidence reviewed and held by the IG team. No change since last year."}
