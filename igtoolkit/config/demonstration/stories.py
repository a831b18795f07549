"""When each trust did what in 2015-16, up to the morning of 20 October 2015."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from igtoolkit.config.demonstration.dice import chance, day_between, dice, london, whole, working_day, working_instant
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.words import Stage

YEAR = "2015-16"
OPENS = date(2015, 6, 1)
BASELINE_DEADLINE = date(2015, 7, 31)
AFTER_THE_SUMMER = date(2015, 8, 31)
UPDATES = (date(2015, 9, 1), date(2015, 10, 19))
CLOCK_STARTS = london(date(2015, 10, 20), 9, 0)
SHARE_UPDATED = 0.54

# Tempers: how well a trust stands, and where it is going. Shares of all trusts, by kind.
TEMPERS = ("strong", "middling", "weak", "slipping", "climbing")
SHARES = {"acute": (21, 42, 20, 8, 9), "mental_health": (22, 44, 18, 6, 10), "ambulance": (10, 40, 30, 10, 10)}

NEVER_STARTED = {"DMA035", "DMA147", "DMM044"}
NO_BASELINE = {"DMA005", "DMA012", "DMA066", "DMA101", "DMM009", "DMB007"}
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
# Update: on this day (True: on a day that chance picks), or still open (False).
UPDATED: dict[str, date | bool] = {
    "DMA001": False,
    "DMA017": date(2015, 10, 14),
    "DMA110": date(2015, 9, 24),
    "DMM021": date(2015, 9, 30),
    **dict.fromkeys(("DMA003", "DMA004", "DMA042", "DMA064", "DMA077", "DMA090", "DMA108", "DMA136", "DMA149"), True),
    **dict.fromkeys(("DMM003", "DMM009", "DMM012", "DMM031", "DMB004", "DMB002"), True),
    **dict.fromkeys(("DMA005", "DMA066", "DMA101", "DMB007"), False),
    "DMA012": date(2015, 10, 9),
}


@dataclass(frozen=True)
class Correction:
    """A stage submitted a second time: one requirement moved from the level first given to another."""

    stage: Stage
    at: datetime
    requirement: int
    first: int
    level: int
    reason: str


CORRECTIONS = {
    "DMA002": Correction(
        Stage.BASELINE,
        london(date(2015, 8, 12), 10, 24),
        requirement=112,
        first=2,
        level=1,
        reason="13-112 was scored on figures that left out bank and agency staff; true completion is 88 per cent.",
    ),
    "DMA023": Correction(
        Stage.BASELINE,
        london(date(2015, 8, 20), 15, 47),
        requirement=206,
        first=2,
        level=3,
        reason="The list of systems with an audit trail had been entered against 13-305 instead of 13-206.",
    ),
    "DMA058": Correction(
        Stage.BASELINE,
        london(date(2015, 8, 4), 11, 15),
        requirement=302,
        first=3,
        level=2,
        reason="13-302 level 3 was ticked in error: staff have not been asked spot questions this year.",
    ),
    "DMB002": Correction(
        Stage.BASELINE,
        london(date(2015, 8, 10), 9, 36),
        requirement=301,
        first=2,
        level=1,
        reason="Two asset risk assessments counted in 13-301 were found to be unsigned.",
    ),
    "DMM021": Correction(
        Stage.UPDATE,
        london(date(2015, 10, 12), 13, 30),
        requirement=207,
        first=2,
        level=1,
        reason="Internal audit found two sharing agreements unsigned, so 13-207 is lowered to level 1.",
    ),
    "DMA110": Correction(
        Stage.UPDATE,
        london(date(2015, 10, 15), 16, 5),
        requirement=308,
        first=1,
        level=2,
        reason="The published list of disclosures went live on 2 October, after the form was filled in (13-308).",
    ),
}


@dataclass(frozen=True)
class Story:
    """One trust's year so far. None where it has not come to that."""

    code: str
    temper: str
    started: datetime | None
    baseline: datetime | None
    update: datetime | None
    correction: Correction | None

    @property
    def last_touched(self) -> datetime:
        """Until when its people have worked on the draft."""
        return self.update or london(UPDATES[1], 16, 30)

    def day_written(self, requirement: str, stage: Stage) -> date:
        """The working day on which the answer to a requirement was written for a stage."""
        first = london_day(self.started or self.last_touched)
        last = self.last_touched
        if stage is Stage.BASELINE:
            last = self.baseline or last
        elif self.baseline:
            first = max(london_day(self.baseline), AFTER_THE_SUMMER)
        day = day_between(first, london_day(last) - timedelta(days=1), self.code, requirement, stage, "written")
        return working_day(day)


def story(trust: Invented) -> Story:
    code = trust.code
    if code in NEVER_STARTED:
        return Story(code, "weak", None, None, None, None)
    baseline = None if code in NO_BASELINE else _baseline(code)
    begun = day_between(OPENS, min(date(2015, 6, 26), _day_before(baseline)), code, "started")
    return Story(
        code=code,
        temper=dice(code, "temper").choices(TEMPERS, SHARES[trust.kind])[0],
        started=working_instant(begun, code, "started"),
        baseline=baseline,
        update=_update(code),
        correction=CORRECTIONS.get(code),
    )


def _day_before(instant: datetime | None) -> date:
    return (instant.date() if instant else BASELINE_DEADLINE) - timedelta(days=4)


def _baseline(code: str) -> datetime:
    """Most come in the last week; one in nine on the last evening."""
    if code in LATE or code in BASELINES:
        return LATE.get(code) or BASELINES[code]
    if chance(0.11, code, "last evening"):
        minute, second = divmod(whole(0, 3_599, code, "evening minute"), 60)
        return london(BASELINE_DEADLINE, whole(18, 23, code, "evening hour"), minute, second)
    days = min(int(dice(code, "baseline").expovariate(1 / 5)), 28)
    return working_instant(BASELINE_DEADLINE - timedelta(days=days), code, "baseline")


def _update(code: str) -> datetime | None:
    planned = UPDATED.get(code, chance(SHARE_UPDATED, code, "update"))
    if planned is False:
        return None
    day = planned if isinstance(planned, date) else day_between(*UPDATES, code, "update day")
    return working_instant(day, code, "update")
