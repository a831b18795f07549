"""One trust's years, lived through by its own people: start, record, confirm, submit, correct."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.assessments import name_senior_people, start_assessment
from igtoolkit.actions.confirming import confirm_answers
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.register.lives import close
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.config.demonstration import days
from igtoolkit.config.demonstration.after_final import change_codes, plan_improvements
from igtoolkit.config.demonstration.answers import Told, told
from igtoolkit.config.demonstration.corrections import Correction
from igtoolkit.config.demonstration.dice import dice, london
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.people import every_post, senior_people
from igtoolkit.config.demonstration.recording import Recorder
from igtoolkit.config.demonstration.standing import Levels
from igtoolkit.config.demonstration.stories import Story, last_year, next_year, story
from igtoolkit.config.demonstration.years import THIS
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, Registration
from igtoolkit.standard.words import Stage

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
Registered = Mapping[tuple[str, str], Registration]  # (code, year)


@dataclass(frozen=True)
class Trust:
    """One trust with its people at hand."""

    invented: Invented
    administrator: Person
    reviewer: Person
    contributor: Person
    service: Person

    def key(self, *question: object) -> str:
        """A form's one-time key."""
        return f"{dice(self.invented.code, 'key', *question).getrandbits(128):032x}"


def live_through(trust: Trust, registered: Registered) -> None:
    """Everything up to the morning on which the clock starts, one year after another."""
    levels: Levels | None = None
    for tale in (last_year(trust.invented), story(trust.invented), next_year(trust.invented)):
        if tale is None or tale.started is None:
            levels = None
            continue
        registration = registered[tale.code, tale.year]
        assessment = scope.unstarted(registration.organisation, registration)
        if assessment is None:
            raise LookupError(f"No framework covers {tale.year}.")
        year = _Year(trust, tale, _started(trust, tale, assessment), levels)
        year.go_by()
        levels = year.said.levels if Stage.FINAL in tale.sent else None
        if tale.year == THIS and levels is not None:
            plan_improvements(year.assessment, trust.invented, by=trust.administrator, service=trust.service)
            change_codes(registration.organisation)


def _started(trust: Trust, tale: Story, assessment: Assessment) -> Assessment:
    begun = tale.started or clock.now()
    with clock.standing_at(begun):
        assessment = start_assessment(assessment, by=trust.administrator)
    with clock.standing_at(begun + A_DAY):
        name_senior_people(assessment, senior_people(trust.invented), by=trust.administrator)
    return assessment


class _Year:
    """One assessment, from its first answer to the last before the clock starts."""

    def __init__(self, trust: Trust, tale: Story, assessment: Assessment, last: Levels | None) -> None:
        self.trust, self.tale, self.assessment = trust, tale, assessment
        self.recorder = Recorder(assessment, tale, trust.contributor, trust.administrator)
        self.said: Told = told(trust.invented, tale, assessment.framework, last)

    def go_by(self) -> None:
        """Record what was said for each stage; submit it, where it was; and correct it, where that was needed."""
        before: Mapping[str, Said] = {}
        for stage in self.tale.stages:
            if stage is Stage.UPDATE:
                self._take_over()
            now = self.said.stages[stage]
            self.recorder.record(stage, now, before, at=self._recorded_at(stage))
            before = now
            if stage in self.tale.sent:
                before = {**now, **self._submitted(stage)}

    def _take_over(self) -> None:
        """The work of a trust that closed goes on in this one."""
        predecessor = days.SUCCESSORS.get(self.tale.code)
        if predecessor:
            closed = days.CLOSED[predecessor].closed
            with clock.standing_at(london(closed + A_DAY, 9, 30)):
                close(predecessor, on=closed, successors=(self.tale.code,))

    def _recorded_at(self, stage: Stage) -> datetime:
        """When the last answer for a stage was written: before the day on which a second person reads them."""
        early = A_DAY + AN_HOUR if stage is Stage.FINAL else AN_HOUR
        return self.tale.written_until(stage) - early

    def _submitted(self, stage: Stage) -> Mapping[str, Said]:
        """Submit a stage, and again where there is a correction. Returns what that changed."""
        at = self.tale.sent[stage]
        if stage is Stage.FINAL:
            self._make_ready(at)
        self._send(stage, at, "")
        correction = self.tale.correction
        if correction is None or correction.stage is not stage:
            return {}
        self._correct(correction)
        self._send(stage, correction.at, correction.reason)
        return self.said.corrected

    def _make_ready(self, at: datetime) -> None:
        """Name everybody, and let a second person confirm every answer, on the day before Final goes."""
        everybody = every_post(self.trust.invented)
        if len(senior_people(self.trust.invented)) < len(everybody):
            with clock.standing_at(at - A_DAY):
                name_senior_people(self.assessment, everybody, by=self.trust.administrator)
        with clock.standing_at(at - AN_HOUR):
            self._confirm()

    def _confirm(self) -> None:
        open_yet = self.assessment.answers.filter(confirmed_at=None)
        read = dict(open_yet.values_list("requirement", "version"))
        confirm_answers(self.assessment, read, by=self.trust.reviewer)

    def _send(self, stage: Stage, at: datetime, reason: str) -> None:
        key = self.trust.key(self.tale.year, stage, at)
        by, assured = self.trust.administrator, stage is Stage.FINAL
        with clock.standing_at(at):
            submit(self.assessment, stage, key=key, arrived=at, by=by, reason=reason, assured=assured)

    def _correct(self, correction: Correction) -> None:
        """Save the one answer that was wrong, as a person would; for Final, once it is open again."""
        if correction.stage is Stage.FINAL:
            with clock.standing_at(correction.at - A_DAY):
                reopen_final(self.assessment, by=self.trust.administrator)
        ((code, said),) = self.said.corrected.items()
        answer = self.assessment.answers.get(requirement=code)
        kept = [
            EvidenceSaid(each.criterion, note=each.note, link=each.link, dated=each.dated, pk=each.pk)
            for each in answer.evidence_list()
        ]
        said = replace(said, evidence=(*kept, *said.evidence[len(kept) :]))
        with clock.standing_at(correction.at - AN_HOUR):
            save_answer(self.assessment, code, said, version=answer.version, by=self.trust.contributor)
            if correction.stage is Stage.FINAL:
                self._confirm()
