"""The shape of the sentences written for one requirement, and the open places they may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Filled in from the trust and the day: see comments.py.
SLOTS = (
    "month",  # a month of the last half-year
    "now",  # the month in which it is written, with its year
    "soon",  # a month to come
    "few",  # 3-9
    "some",  # 12-48
    "many",  # 110-890
    "low",  # a percentage that is not enough, 71-89
    "high",  # a percentage that is, 95-99
    "place",  # a ward, clinic, team or station
    "committee",  # the group that looks after information governance
    "board",  # the board's committee that hears about it
    "system",  # the main patient system
    "siro",
    "guardian",
    "lead",
)


@dataclass(frozen=True)
class Words:
    """Sentences for one requirement.

    have: {level: what is in place there}. gaps: {criterion: why it is not ticked}. slips: {criterion: why
    it was ticked before and is not any more}.
    """

    have: Mapping[int, tuple[str, ...]]
    gaps: Mapping[str, str]
    slips: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
