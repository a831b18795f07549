"""When each trust did what, year by year, up to the morning on which the clock starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from igtoolkit.config.demonstration import days
from igtoolkit.config.demonstration.corrections import CORRECTIONS, Correction
from igtoolkit.config.demonstration.dice import chance, day_between, dice, london, whole, working_day, working_instant
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.years import (
    BASELINE_DEADLINE,
    CLOCK_STARTS,
    FINAL_DEADLINES,
    LAST,
    NEXT,
    OPENS,
    THIS,
    UPDATES,
    WRITTEN_FROM,
)
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.words import Stage

SHARE_EARLY_UPDATE = 0.5
SHARE_NO_UPDATE = 0.03
SHARE_STARTED_NEXT = 0.09
A_THIRD = 3  # every third trust has a Final of last year

# Tempers: how well a trust stands, and where it is going. Shares of all trusts, by kind.
TEMPERS = ("strong", "middling", "weak", "slipping", "climbing")
SHARES = {"acute": (21, 42, 20, 8, 9), "mental_health": (22, 44, 18, 6, 10), "ambulance": (10, 40, 30, 10, 10)}


@dataclass(frozen=True)
class Story:
    """One trust's year. sent: {stage: when it was first submitted}, in the order of the stages.

    left: when the last work was done on a draft that was never submitted.
    """

    code: str
    year: str
    temper: str
    started: datetime | None
    sent: Mapping[Stage, datetime] = field(default_factory=lambda: MappingProxyType({}))
    correction: Correction | None = None
    left: datetime | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages for which answers were written: those sent, and one that never was where the draft was left."""
        if self.started is None:
            return ()
        return (*self.sent, Stage.UPDATE if self.sent else Stage.BASELINE) if self.left else tuple(self.sent)

    def written_until(self, stage: Stage) -> datetime:
        """When people stopped working on the answers of a stage."""
        return self.sent.get(stage) or self.left or CLOCK_STARTS

    def day_written(self, requirement: str, stage: Stage) -> date:
        """The working day on which the answer to a requirement was written for a stage."""
        first = london_day(self.started or CLOCK_STARTS) + timedelta(days=1)
        earlier = [self.sent[each] for each in stage.earlier if each in self.sent]
        if earlier:
            first = max(london_day(earlier[-1]), WRITTEN_FROM[stage])
        last = london_day(self.written_until(stage)) - timedelta(days=2 if stage is Stage.FINAL else 1)
        return working_day(day_between(first, last, self.code, requirement, self.year, stage, "written"))


def story(trust: Invented) -> Story:
    """The year 2015-16."""
    code = trust.code
    if code in days.NEVER_STARTED:
        return Story(code, THIS, "weak", None)
    sent = {
        Stage.BASELINE: None if code in days.NO_BASELINE else _baseline(code),
        Stage.UPDATE: _update(code),
        Stage.FINAL: _final(code, THIS),
    }
    done = {stage: at for stage, at in sent.items() if at is not None}
    first = min(done.values(), default=london(BASELINE_DEADLINE, 9, 0))
    begun = day_between(OPENS[THIS], min(date(2015, 6, 26), london_day(first) - timedelta(days=4)), code, "started")
    return Story(
        code=code,
        year=THIS,
        temper=temper(trust),
        started=working_instant(begun, code, "started"),
        sent=done,
        correction=CORRECTIONS.get(code),
        left=days.LEFT.get(code),
    )


def last_year(trust: Invented) -> Story | None:
    """The year 2014-15, of which a third of the trusts have a Final; None for the others."""
    if trust.kind == "gp" or int(trust.code[-3:]) % A_THIRD != 1 or trust.code in days.NEVER_STARTED:
        return None
    begun = day_between(OPENS[LAST], date(2015, 1, 30), trust.code, LAST, "started")
    final = _final(trust.code, LAST)
    sent = {Stage.FINAL: final} if final else {}
    return Story(trust.code, LAST, temper(trust), working_instant(begun, trust.code, LAST), sent)


def next_year(trust: Invented) -> Story | None:
    """The year 2016-17, which a few have started; None for the others."""
    code = trust.code
    if code not in days.NEXT and not chance(SHARE_STARTED_NEXT, code, NEXT, "started"):
        return None
    if trust.kind == "gp" or code in days.CLOSED or Stage.FINAL not in story(trust).sent:
        return None
    begun = working_instant(day_between(date(2016, 6, 2), date(2016, 6, 13), code, NEXT), code, NEXT)
    sent = {Stage.BASELINE: days.NEXT_BASELINES[code]} if code in days.NEXT_BASELINES else {}
    left = None if sent else london(date(2016, 6, 17), 16, 30)
    return Story(code, NEXT, temper(trust), begun, sent, left=left)


def temper(trust: Invented) -> str:
    """How well it stands, and where it is going."""
    return dice(trust.code, "temper").choices(TEMPERS, SHARES[trust.kind])[0]


def _baseline(code: str) -> datetime:
    """Most come in the last week; one in nine on the last evening."""
    if code in days.LATE or code in days.BASELINES:
        return days.LATE.get(code) or days.BASELINES[code]
    if chance(0.11, code, "last evening"):
        minute, second = divmod(whole(0, 3_599, code, "evening minute"), 60)
        return london(BASELINE_DEADLINE, whole(18, 23, code, "evening hour"), minute, second)
    early = min(int(dice(code, "baseline").expovariate(1 / 5)), 28)
    return working_instant(BASELINE_DEADLINE - timedelta(days=early), code, "baseline")


def _update(code: str) -> datetime | None:
    planned = days.UPDATED.get(code, not chance(SHARE_NO_UPDATE, code, "no update"))
    if planned is False:
        return None
    if isinstance(planned, datetime):
        return planned
    day = planned if isinstance(planned, date) else day_between(*UPDATES, code, "update day")
    if planned is True and not chance(SHARE_EARLY_UPDATE, code, "early update"):
        day = UPDATES[1] - timedelta(days=min(int(dice(code, "update").expovariate(1 / 4)), 20))
    return working_instant(day, code, "update")


def _final(code: str, year: str) -> datetime | None:
    """Most come in the last fortnight of March; one in eight on the last evening; a few late, a few never."""
    if year == THIS and code in (days.NO_FINAL | days.CLOSED.keys()):
        return None
    if year == THIS and code in days.FINALS:
        return days.FINALS[code]
    if chance(0.12, code, year, "last evening"):
        minute, second = divmod(whole(0, 3_599, code, year, "evening minute"), 60)
        return london(FINAL_DEADLINES[year], whole(18, 23, code, year, "evening hour"), minute, second)
    early = min(int(dice(code, year, "final").expovariate(1 / 7)), 29)
    return working_instant(FINAL_DEADLINES[year] - timedelta(days=early), code, year, "final")
