"""Stages that were submitted a second time, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from igtoolkit.config.demonstration.dice import london
from igtoolkit.standard.words import Stage


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
    "DMA008": Correction(
        Stage.FINAL,
        london(date(2016, 4, 21), 11, 52),
        requirement=112,
        first=2,
        level=1,
        reason="Training figures for 13-112 counted leavers; without them 93 per cent were trained by 31 March.",
    ),
    "DMA048": Correction(
        Stage.FINAL,
        london(date(2016, 4, 14), 15, 8),
        requirement=206,
        first=1,
        level=2,
        reason="The access audit procedure for 13-206 was approved on 22 March and had been left out by mistake.",
    ),
    "DMA092": Correction(
        Stage.FINAL,
        london(date(2016, 5, 9), 10, 17),
        requirement=308,
        first=3,
        level=2,
        reason="Internal audit could not find the yearly test of transfers that 13-308 level 3 asks for.",
    ),
    "DMM014": Correction(
        Stage.FINAL,
        london(date(2016, 4, 27), 14, 33),
        requirement=202,
        first=2,
        level=1,
        reason="The objections procedure counted in 13-202 covers the community teams alone, not the wards.",
    ),
}
