"""Trusts whose calendar is told rather than left to chance: who was late, who never came, who closed."""

from dataclasses import dataclass
from datetime import date, datetime

from igtoolkit.config.demonstration.dice import london
from igtoolkit.config.demonstration.years import BASELINE_DEADLINE


@dataclass(frozen=True)
class Merger:
    """A trust whose last day was `closed`, and whose work went on in another from the day after."""

    successor: str
    closed: date


NEVER_STARTED = frozenset({"DMA035", "DMA147", "DMM044"})
NO_BASELINE = frozenset({"DMA005", "DMA012", "DMA066", "DMA101", "DMM009", "DMB007"})
NO_FINAL = frozenset({"DMA066", "DMA083", "DMA119", "DMA140", "DMM027", "DMB009"})
CLOSED = {"DMA007": Merger("DMA010", date(2015, 9, 30))}
SUCCESSORS = {merger.successor: code for code, merger in CLOSED.items()}
# {code: (the code it got, on which day)}
NEW_CODES = {"DMM002": ("DMM902", date(2016, 4, 1))}
# When the last work was done on a draft that was never submitted.
LEFT = {
    "DMA066": london(date(2015, 10, 19), 16, 30),
    "DMA007": london(date(2015, 9, 29), 16, 30),
}

LATE = {
    "DMA006": london(date(2015, 8, 1), 0, 0, 41),
    "DMA014": london(date(2015, 8, 3), 9, 12),
    "DMA029": london(date(2015, 8, 7), 16, 40),
    "DMA047": london(date(2015, 8, 1), 1, 27),
    "DMA053": london(date(2015, 8, 27), 11, 3),
    "DMA078": london(date(2015, 8, 3), 17, 55),
    "DMA095": london(date(2015, 8, 12), 10, 31),
    "DMA121": london(date(2015, 8, 4), 14, 8),
    "DMA133": london(date(2015, 8, 19), 12, 46),
    "DMM016": london(date(2015, 8, 5), 9, 50),
    "DMM037": london(date(2015, 8, 10), 15, 21),
    "DMB008": london(date(2015, 8, 3), 8, 58),
}
BASELINES = {
    "DMA001": london(date(2015, 7, 29), 16, 18, 5),
    "DMA011": london(BASELINE_DEADLINE, 23, 59, 12),
    "DMA017": london(date(2015, 7, 29), 14, 2, 11),
}
# Update: on this day or at this instant (True: when chance picks), or never (False).
UPDATED: dict[str, date | datetime | bool] = {
    "DMA001": date(2015, 10, 28),
    "DMA017": date(2015, 10, 14),
    "DMA110": date(2015, 9, 24),
    "DMM021": date(2015, 9, 30),
    **dict.fromkeys(("DMA003", "DMA004", "DMA042", "DMA064", "DMA077", "DMA090", "DMA108", "DMA136", "DMA149"), True),
    **dict.fromkeys(("DMM003", "DMM009", "DMM012", "DMM031", "DMB004", "DMB002"), True),
    **dict.fromkeys(("DMA005", "DMA066", "DMA007", "DMB007"), False),
    "DMA010": date(2015, 10, 27),
    "DMA012": date(2015, 10, 9),
    "DMA101": london(date(2015, 11, 6), 15, 38),
    "DMA037": london(date(2015, 11, 2), 9, 4),
    "DMA128": london(date(2015, 11, 16), 11, 21),
    "DMM006": london(date(2015, 11, 3), 16, 47),
}
LATE_UPDATES = frozenset(code for code, at in UPDATED.items() if isinstance(at, datetime))
LATE_FINALS = {
    "DMA016": london(date(2016, 4, 1), 0, 3, 18),
    "DMA044": london(date(2016, 4, 4), 10, 26),
    "DMA071": london(date(2016, 4, 1), 8, 51),
    "DMA101": london(date(2016, 5, 11), 14, 2),
    "DMA126": london(date(2016, 4, 19), 12, 33),
    "DMA150": london(date(2016, 4, 8), 15, 40),
    "DMM033": london(date(2016, 4, 6), 9, 17),
    "DMB005": london(date(2016, 4, 12), 16, 5),
}
FINALS = {
    **LATE_FINALS,
    "DMA001": london(date(2016, 3, 24), 15, 36, 40),
    "DMA003": london(date(2016, 3, 29), 11, 20, 9),
    "DMA017": london(date(2016, 3, 30), 10, 12, 55),
    "DMM002": london(date(2016, 3, 22), 13, 20, 31),
}
# The trusts that have begun 2016-17 whatever chance would say, and those that have sent its Baseline already.
NEXT_BASELINES = {
    "DMA010": london(date(2016, 6, 15), 10, 44),
    "DMA061": london(date(2016, 6, 17), 15, 12),
    "DMM011": london(date(2016, 6, 16), 9, 38),
}
NEXT = frozenset({"DMA001", *NEXT_BASELINES})
