"""General practices: one person answers a small set of requirements, and submits Final alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from igtoolkit.access import scope
from igtoolkit.actions.assessments import name_senior_people, start_assessment
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.config.demonstration.dice import chance, day_between, dice, london, pick, working_day, working_instant
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.people import full_name
from igtoolkit.config.demonstration.recording import Recorder
from igtoolkit.config.demonstration.stories import Story
from igtoolkit.config.demonstration.words.practices import BELOW, HELD
from igtoolkit.config.demonstration.years import THIS
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, Registration, SeniorPerson
from igtoolkit.standard.framework import MAX_LEVEL, Requirement
from igtoolkit.standard.words import Stage

AN_HOUR = timedelta(hours=1)
NEVER_STARTED = frozenset({"DMG004"})
UNFINISHED = frozenset({"DMG007"})
SENT = {"DMG002": london(date(2016, 4, 5), 17, 41), "DMG001": london(date(2016, 2, 24), 13, 8)}
FIRST, LAST_DAY = date(2016, 1, 11), date(2016, 3, 31)
LEVELS = (1, 2, 2, 2, 2, 2, 2, 3, 3, 3)
STEADY = (2, 2, 2, 3)
SHARE_STEADY = 0.6


@dataclass(frozen=True)
class _Practice:
    invented: Invented
    manager: Person

    @property
    def code(self) -> str:
        return self.invented.code


def run_practice(invented: Invented, registration: Registration, manager: Person) -> None:
    """Start, name a lead, answer everything, and submit Final, most of them on time."""
    assessment = scope.unstarted(registration.organisation, registration)
    if invented.code in NEVER_STARTED or assessment is None or not assessment.has_set:
        return
    practice, sent = _Practice(invented, manager), _sent(invented.code)
    begun = working_instant(day_between(FIRST, sent.date() - timedelta(days=14), invented.code, "started"), "started")
    with clock.standing_at(begun):
        assessment = start_assessment(assessment, by=manager)
        lead = {SeniorPerson.Post.IG_LEAD.value: (manager.name or full_name(invented.code), "Practice manager")}
        name_senior_people(assessment, lead, by=manager)
    finished = invented.code not in UNFINISHED
    tale = Story(
        invented.code, THIS, "", begun, {Stage.FINAL: sent} if finished else {}, left=None if finished else sent
    )
    _answer(practice, assessment, tale, sent)
    if finished:
        key = f"{dice(invented.code, 'key').getrandbits(128):032x}"
        with clock.standing_at(sent):
            submit(assessment, Stage.FINAL, key=key, arrived=sent, by=manager, assured=True)


def _sent(code: str) -> datetime:
    return SENT.get(code) or working_instant(day_between(date(2016, 2, 15), LAST_DAY, code, "final"), code, "final")


def _answer(practice: _Practice, assessment: Assessment, tale: Story, sent: datetime) -> None:
    said = {
        each.code: _said(practice, each, tale.day_written(each.code, Stage.FINAL))
        for each in assessment.framework.requirements
        if Stage.FINAL in tale.sent or chance(0.5, practice.code, each.code, "answered")
    }
    Recorder(assessment, tale, practice.manager, practice.manager).record(Stage.FINAL, said, {}, at=sent - AN_HOUR)


def _said(practice: _Practice, requirement: Requirement, day: date) -> Said:
    question = (practice.code, requirement.code)
    steady = chance(SHARE_STEADY, practice.code, "steady")
    level = pick(STEADY if steady else LEVELS, *question, "level")
    held = [each for each in requirement.criteria if each.level <= level and not each.maintenance]
    shown = [each for each in held if each.evidence and chance(0.5, *question, each.code, "evidenced")]
    comment = pick(HELD, *question, "held") if level > 1 else pick(BELOW, *question, "below")
    return Said(
        ticked=frozenset(each.code for each in held),
        comment=comment if chance(0.7, *question, "says") else "",
        target_level=level + 1 if level < MAX_LEVEL - 1 else None,
        target_date=date(2016, 9, 30) if level < MAX_LEVEL - 1 else None,
        evidence=tuple(
            EvidenceSaid(each.code, note=each.evidence[0], dated=_dated(day, *question, each.code)) for each in shown
        ),
    )


def _dated(day: date, *question: object) -> date:
    return working_day(day_between(day - timedelta(days=200), day, *question, "dated"))
