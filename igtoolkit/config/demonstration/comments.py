"""The comment beside a score, put together from the sentences written for its requirement."""

import re
from datetime import date

from igtoolkit.config.demonstration.dice import chance, pick, whole
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.people import senior_people
from igtoolkit.config.demonstration.words import WORDS
from igtoolkit.config.demonstration.words.everywhere import (
    ACTIONS,
    AS_ON_THE_ROAD,
    BOARDS,
    COMMITTEES,
    HELD,
    LOST,
    NOT_CHECKED,
    NOT_RELEVANT,
    NOT_YET,
    PLACES,
    READ_AGAIN,
    REVIEWED,
    ROSE,
    ROSE_BY_FINAL,
    STILL_SHORT,
    SYSTEMS,
)
from igtoolkit.standard.framework import MAX_LEVEL, Requirement
from igtoolkit.standard.words import Stage

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = {"few": (3, 9), "some": (12, 48), "many": (110, 890), "low": (71, 89), "high": (95, 99)}
COMING = ("November", "December", "January", "February")
COMING_IN_SPRING = ("June", "July", "September", "October")  # as seen from the months before Final
STYLES = ("full", "full", "plain", "plain", "terse")
A_START = re.compile(r"(?:^|(?<=[.?!] ))[a-z]")
OPEN_PLACE = re.compile(r"\{(\w+)\}")


class Pen:
    """One trust's way of writing about one requirement for a stage, up to a day. The same sentences each time.

    maintained: the requirement was at level 3 in last year's Final.
    """

    def __init__(
        self, trust: Invented, requirement: Requirement, stage: Stage, until: date, *, maintained: bool = False
    ) -> None:
        self.trust, self.requirement, self.stage, self.until = trust, requirement, stage, until
        self.maintained = maintained
        self.words = WORDS[requirement.number]
        self.question = (trust.code, requirement.code, until.month)
        self.style = pick(STYLES, trust.code, "style")

    def about(self, level: int, ticked: frozenset[str], *, planned: bool) -> str:
        """What is in place at a level and what is missing for the next. planned: a target is set."""
        if level == 0:
            return self._written([self._one(NOT_YET, "not yet"), *self._actions(planned)])
        have, gaps = self._have(level), self._gaps(level + 1, ticked)
        if self.style == "terse":
            return self._written(gaps[:1] or (have[:1] if chance(0.7, *self.question, "says") else []))
        if self.style == "plain":
            return self._written([*have[:1], *gaps[:1]])
        return self._written([*have, *gaps, *self._actions(planned)])

    def risen(self, level: int, before: int, ticked: frozenset[str]) -> str:
        lead = (
            self._one(ROSE_BY_FINAL if self.stage is Stage.FINAL else ROSE, "rose")
            .replace("{from}", str(before))
            .replace("{to}", str(level))
        )
        return self._written([lead, *self._have(level)[:1], *self._gaps(level + 1, ticked)[:1]])

    def slipped(self, criterion: str, before: int, level: int) -> str:
        lost = self._one(LOST, "lost").replace("{from}", str(before)).replace("{to}", str(level))
        return self._written([self.words.slips[criterion], lost])

    def reviewed(self, comment: str) -> str:
        """The same comment, with a line that somebody looked at it again."""
        lines = READ_AGAIN if self.stage is Stage.FINAL else REVIEWED
        return f"{comment}\n{self._written([self._one(lines, 'reviewed')])}".strip()

    def short(self, comment: str) -> str:
        """The same comment, with a line that level 2 was missed."""
        return f"{comment}\n{self._written([self._one(STILL_SHORT, 'short')])}".strip()

    def not_relevant(self) -> str:
        """The reason why the requirement does not apply."""
        return self._written([self._one(NOT_RELEVANT, "not relevant")])

    def _have(self, level: int) -> list[str]:
        if self.maintained and level == MAX_LEVEL and chance(0.6, *self.question, "held"):
            return [self._one(HELD, "held")]
        said = [self._one(self.words.have[level], "have", level)]
        if level > 1 and chance(0.35, *self.question, "says more"):
            said.append(self._one(self.words.have[level - 1], "have", level - 1))
        return said

    def _gaps(self, level: int, ticked: frozenset[str]) -> list[str]:
        if self.maintained and level == MAX_LEVEL:
            return [self._one(NOT_CHECKED, "not checked")]
        return [
            words
            for criterion, words in self.words.gaps.items()
            if int(criterion[0]) == level and criterion not in ticked
        ]

    def _actions(self, planned: bool) -> list[str]:
        return [self._one(ACTIONS, "action")] if planned and chance(0.4, *self.question, "acts") else []

    def _one(self, sentences: tuple[str, ...], *question: object) -> str:
        return pick(sentences, *self.question, *question)

    def _written(self, sentences: list[str]) -> str:
        """The sentences with every open place filled in, the trust's own words for places and people."""
        text = " ".join(sentences)
        if self.trust.kind == "ambulance":
            for word, other in AS_ON_THE_ROAD.items():
                text = re.sub(rf"\b{word}\b", other, text)
        thrown = iter(range(99))
        filled = OPEN_PLACE.sub(lambda found: self._slot(found.group(1), next(thrown)), text)
        return A_START.sub(lambda found: found.group().upper(), filled)

    def _slot(self, name: str, nth: int) -> str:
        question = (*self.question, name, nth)
        if name in NUMBERS:
            return str(whole(*NUMBERS[name], *question))
        if name in ("month", "now"):
            return self._past_month(whole(1, 7, *question)) if name == "month" else f"{self.until:%B %Y}"
        if name == "soon":
            return pick(COMING_IN_SPRING if self.stage is Stage.FINAL else COMING, *question)
        return pick(PLACES[self.trust.kind], *question) if name == "place" else self._own(name)

    def _own(self, name: str) -> str:
        """What goes by one name throughout a trust."""
        if name in ("committee", "board", "system"):
            return pick(
                {"committee": COMMITTEES, "board": BOARDS, "system": SYSTEMS[self.trust.kind]}[name], self.trust.code
            )
        posts = {
            "siro": ("siro", "the SIRO"),
            "guardian": ("caldicott_guardian", "the Guardian"),
            "lead": ("ig_lead", "the IG manager"),
        }
        post, otherwise = posts[name]
        return senior_people(self.trust).get(post, (otherwise, ""))[0]

    def _past_month(self, back: int) -> str:
        month = (self.until.month - 1 - back) % 12
        return MONTHS[month] if back < self.until.month else f"{MONTHS[month]} {self.until.year - 1}"
