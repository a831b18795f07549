"""Building the demonstration nation: invented organisations given a past, through the actions everybody uses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.assessments import name_senior_people, start_assessment
from igtoolkit.actions.audit import audit
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.config.demonstration.answers import told
from igtoolkit.config.demonstration.dice import dice, london
from igtoolkit.config.demonstration.names import FULL, Invented, Size, organisations
from igtoolkit.config.demonstration.people import PASSWORD, accounts, full_name, senior_people
from igtoolkit.config.demonstration.recording import Recorder
from igtoolkit.config.demonstration.stories import CLOCK_STARTS, OPENS, YEAR, Correction, Story, story
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Demonstration, Organisation, Person, Registration
from igtoolkit.standard.words import Stage

Progress = Callable[[int, int], None]
SOURCE = "The demonstration nation"
OPENED = london(OPENS, 8, 0)
AN_HOUR = timedelta(hours=1)


class AlreadyInUse(RuntimeError):
    """The database holds organisations or people: a demonstration is never mixed with them."""

    def __init__(self) -> None:
        super().__init__(
            "This database already holds organisations or people, and a demonstration is never mixed with them. "
            "Name a new, empty folder in IGTOOLKIT_HOME (or an empty database in IGTOOLKIT_DATABASE) and try again."
        )


def build(progress: Progress | None = None, size: Size = FULL) -> None:
    """Fill an empty database with the demonstration nation, the same one every time, or leave it empty.

    progress: told (organisations done, organisations in all) after each. The demonstration's clock
    begins to run when this ends. Raises AlreadyInUse when anything is there already.
    """
    try:
        with transaction.atomic():
            _build(progress or (lambda done, total: None), size)
    finally:
        clock.demonstration.cache_clear()


def _build(progress: Progress, size: Size) -> None:
    if Organisation.objects.exists() or Person.objects.exists():
        raise AlreadyInUse
    mark = Demonstration.objects.create(clock_starts=CLOCK_STARTS, began=datetime.now(UTC))
    clock.demonstration.cache_clear()
    nation = organisations(size)
    registered = _register(nation)
    people = _open_accounts(nation, registered)
    with clock.standing_at(OPENED):
        facts = {"organisations": len(nation), "people": len(people), "year": YEAR}
        audit(None, "demonstration_built", by=None, after=facts)
    for done, each in enumerate(nation, start=1):
        if each.kind != "gp":
            _live_through(_Trust(each, registered[each.code], people), story(each))
        progress(done, len(nation))
    Demonstration.objects.filter(pk=mark.pk).update(began=datetime.now(UTC))


def _register(nation: tuple[Invented, ...]) -> dict[str, Registration]:
    """{code: registration} of every organisation, each with its organisation at hand."""
    made = Organisation.objects.bulk_create(Organisation(code=each.code, name=each.name) for each in nation)
    rows = [
        Registration(
            organisation=organisation,
            year=YEAR,
            kind=each.kind,
            kind_words=each.kind_words,
            region=each.region,
            source=SOURCE,
        )
        for organisation, each in zip(made, nation, strict=True)
    ]
    return {each.organisation.code: each for each in Registration.objects.bulk_create(rows)}


def _open_accounts(nation: tuple[Invented, ...], registered: dict[str, Registration]) -> dict[str, Person]:
    """{login: person} for everybody; one password, hashed once."""
    kept = {"password": make_password(PASSWORD), "created": OPENED}
    rows = [
        Person(
            email=account.login,
            name=account.name,
            organisation=registered[each.code].organisation,
            role=account.role,
            **kept,
        )
        for each in nation
        for account in accounts(each)
    ]
    rows.append(Person(email="ndg@demo.example", name=full_name("ndg"), reads_for_ndg=True, **kept))
    rows.append(Person(email="service@demo.example", name=full_name("service"), serves=True, **kept))
    return {each.email: each for each in Person.objects.bulk_create(rows)}


class _Trust:
    """One trust, with its people at hand."""

    def __init__(self, invented: Invented, registration: Registration, people: dict[str, Person]) -> None:
        self.invented, self.registration = invented, registration
        self.administrator = people[f"administrator@{invented.host}"]
        self.contributor = people[f"contributor@{invented.host}"]

    def key(self, *question: object) -> str:
        """A form's one-time key."""
        return f"{dice(self.invented.code, 'key', *question).getrandbits(128):032x}"


def _live_through(trust: _Trust, tale: Story) -> None:
    """Start, record, submit, correct: everything up to the morning on which the clock starts."""
    assessment = scope.unstarted(trust.registration.organisation, trust.registration)
    if tale.started is None or assessment is None:
        return
    with clock.standing_at(tale.started):
        assessment = start_assessment(assessment, by=trust.administrator)
    with clock.standing_at(tale.started + timedelta(days=1)):
        name_senior_people(assessment, senior_people(trust.invented), by=trust.administrator)
    _Year(trust, tale, assessment).go_by()


class _Year:
    """One trust's assessment, from its first answer to the last before the clock starts."""

    def __init__(self, trust: _Trust, tale: Story, assessment: Assessment) -> None:
        self.trust, self.tale, self.assessment = trust, tale, assessment
        self.recorder = Recorder(assessment, tale, trust.contributor, trust.administrator)
        self.said = told(trust.invented, tale, assessment.framework)

    def go_by(self) -> None:
        """Baseline, where they sent one; then what changed since; then the Update, where it is sent."""
        before: Mapping[str, Said] = {}
        if self.tale.baseline:
            self.recorder.record(Stage.BASELINE, self.said.baseline, before, at=self.tale.baseline - AN_HOUR)
            before = self._submit(Stage.BASELINE, self.tale.baseline, self.said.baseline)
        self.recorder.record(Stage.UPDATE, self.said.draft, before, at=self.tale.last_touched - AN_HOUR)
        if self.tale.update:
            self._submit(Stage.UPDATE, self.tale.update, self.said.draft)

    def _submit(self, stage: Stage, at: datetime, said: Mapping[str, Said]) -> Mapping[str, Said]:
        """Submit a stage, and again where there is a correction. Returns what is said then."""
        self._send(stage, at, "")
        correction = self.tale.correction
        if correction is None or correction.stage is not stage:
            return said
        self._correct(correction)
        self._send(stage, correction.at, correction.reason)
        return {**said, **self.said.corrected}

    def _send(self, stage: Stage, at: datetime, reason: str) -> None:
        key = self.trust.key(stage, at)
        with clock.standing_at(at):
            submit(self.assessment, stage, key=key, arrived=at, by=self.trust.administrator, reason=reason)

    def _correct(self, correction: Correction) -> None:
        """Save the one answer that was wrong, as a person would."""
        ((code, said),) = self.said.corrected.items()
        answer = self.assessment.answers.get(requirement=code)
        kept = [
            EvidenceSaid(each.criterion, note=each.note, link=each.link, dated=each.dated, pk=each.pk)
            for each in answer.evidence_list()
        ]
        said = replace(said, evidence=(*kept, *said.evidence[len(kept) :]))
        with clock.standing_at(correction.at - AN_HOUR):
            save_answer(self.assessment, code, said, version=answer.version, by=self.trust.contributor)
