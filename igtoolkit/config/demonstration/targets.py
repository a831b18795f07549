"""What each trust means to reach, and by when."""

from dataclasses import replace
from datetime import date

from igtoolkit.actions.said import Said
from igtoolkit.config.demonstration import scripted
from igtoolkit.config.demonstration.dice import chance, pick
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.years import TARGETS
from igtoolkit.standard.framework import MAX_LEVEL, Requirement
from igtoolkit.standard.words import Stage

SHARE_TARGETED = {1: 0.88, 2: 0.88, 3: 0.45}  # by the level aimed at
SHARE_BOLD = 0.5
OWNERS = (
    "Information Governance Manager",
    "Head of Health Records",
    "IT Security Manager",
    "Deputy Chief Nurse",
    "Head of Communications",
    "Data Quality Manager",
)


def with_target(trust: Invented, at: tuple[str, Stage], requirement: Requirement, said: Said, level: int) -> Said:
    """Some trusts plan one level at a time; others mean to reach the top in one go. at: the year and stage."""
    target = _target(trust, at, requirement, level)
    bold = trust.code in scripted.BOLD or chance(SHARE_BOLD, trust.code, "means to reach the top")
    aim = MAX_LEVEL if bold else level + 1
    owner = pick(OWNERS, trust.code, requirement.number, "owner") if target else ""
    return replace(said, target_level=aim if target else None, target_date=target, owner=owner)


def _target(trust: Invented, at: tuple[str, Stage], requirement: Requirement, level: int) -> date | None:
    if level == MAX_LEVEL:
        return None
    told = scripted.TARGETS.get((trust.code, requirement.number))
    if told and told in TARGETS[at]:
        return told
    question = (trust.code, requirement.code)
    if not chance(SHARE_TARGETED[level + 1], *question, "targeted"):
        return None
    return pick(TARGETS[at], *question, "target")
