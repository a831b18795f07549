"""The real service under the simulation: how each thing is asked of its views, and what its records say."""

from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.assessments import people_digest, senior_people
from igtoolkit.actions.managing import person_digest
from igtoolkit.actions.submissions import draft_digest
from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import (
    Answer,
    Assessment,
    AuditEvent,
    Organisation,
    Person,
    RollUp,
    SeniorPerson,
    Submission,
    Turnout,
)
from tests.conftest import make_organisation, make_person, register
from tests.proofs.simulated_model import CODES, POSTS, Asked, Draft, Made, Said, Who, World
from tests.proofs.small_service import FRAMEWORK

YEARS = ("2014-15", "2015-16", "2016-17")
WHY = "the simulation compares every record with its model"
NATIONAL = {"nia": {"reads_for_ndg": True}, "sam": {"serves": True}}
STAFF = {"ada": "administrator", "bea": "administrator", "rex": "reviewer", "con": "contributor", "ben": "viewer"}


class Service:
    """Three trusts with their people, the NDG's reader and the service team, each signed in."""

    def __init__(self) -> None:
        self.organisations: dict[int, Organisation] = {}
        self.people: dict[str, Person] = {}
        for number in (1, 2, 3):
            made = make_organisation(
                f"DMA00{number}", name=f"Trust number {number}", region=("North", "South")[number % 2]
            )
            for year in YEARS:
                register(made, region=("North", "South")[number % 2], year=year)
            self.organisations[number] = made
            for name, role in STAFF.items():
                self._add(f"{name}{number}", number, made, role)
        for name, place in NATIONAL.items():
            self.people[name] = make_person(name, **place)
        self.numbers = {each.pk: number for number, each in self.organisations.items()}
        self.clients = {name: self.signed_in(name) for name in self.people}
        self.visitor = Client(raise_request_exception=False)

    def _add(self, name: str, number: int, organisation: Organisation, role: str) -> None:
        self.people[name] = make_person(name, organisation, role)

    def signed_in(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(Person.objects.get(pk=self.people[name].pk))
        return client

    def codes(self, number: int) -> list[str]:
        """Every code by which an organisation's own people find it, the present one first."""
        organisation = Organisation.objects.get(pk=self.organisations[number].pk)
        return [organisation.code, *organisation.former_codes.values_list("code", flat=True)]

    def draft(self, asked: Asked) -> Assessment | None:
        rows = scope.everything(Assessment, reason=WHY).select_related("organisation")
        return rows.filter(organisation=self.organisations[asked.organisation], year=asked.year).first()

    def form_of(self, asked: Asked) -> tuple[str, dict[str, Any]]:
        """(address below the organisation's year or of a person, fields) of what is asked, as its page gives it now."""
        match asked.what:
            case "start":
                return "start/", {}
            case "save":
                return f"requirements/{asked.facts['code']}/", self._answer(asked)
            case "confirm":
                fields = {name: asked.facts[name] for name in ("version", "then")}
                return f"requirements/{asked.facts['code']}/confirm/", fields
            case "people":
                return "senior-people/", self._people(asked)
            case "submit":
                return f"{asked.facts['stage']}/submit/", self._submission(asked)
            case "reopen":
                return "reopen/", {}
        return self._person(asked)

    def _answer(self, asked: Asked) -> dict[str, Any]:
        level = int(asked.facts["ticked"])
        criteria = framework(FRAMEWORK).for_kind("acute").requirement(asked.facts["code"]).criteria
        ticked = [each.code for each in criteria if each.level <= level and not each.maintenance]
        none = {} if ticked else {"not_yet": "1"}
        return {"ticked": ticked, **none, **{name: asked.facts[name] for name in ("comment", "version", "then")}}

    def _people(self, asked: Asked) -> dict[str, Any]:
        draft = self.draft(asked)
        digest = people_digest(senior_people(draft)) if draft and asked.facts["fresh"] else "an older form's"
        return {**{f"{post}-name": asked.facts["name"] for post in POSTS}, "version": digest}

    def _submission(self, asked: Asked) -> dict[str, Any]:
        draft = self.draft(asked)
        seen = draft_digest(draft) if draft and asked.facts["fresh"] else "an older form's"
        assured = {"assurance": "accepted"} if asked.facts["assured"] else {}
        return {"key": asked.facts["key"], "draft": seen, "reason": asked.facts["reason"], **assured}

    def _person(self, asked: Asked) -> tuple[str, dict[str, Any]]:
        person = Person.objects.get(pk=self.people[asked.facts["login"]].pk)
        seen = person_digest(person) if asked.facts["fresh"] else "an older form's"
        if asked.what == "role":
            return f"/people/{person.pk}/", {"name": person.name, "role": asked.facts["role"], "version": seen}
        return f"/people/{person.pk}/", {"then": asked.what, "version": seen}


def observed(service: Service, known: World) -> World:
    """What the records say, in the model's words. Only the sorts of events that the model tells of are counted."""
    logins = {each.pk: each.email.partition("@")[0] for each in service.people.values()} | {None: ""}
    found = World(people=_people(service), organisations=_organisations(service))
    drafts: dict[int, Draft] = {}
    for each in scope.everything(Assessment, reason=WHY):
        place = (service.numbers[each.organisation_id], each.year)
        drafts[each.pk] = found.drafts[place] = Draft(reached=each.stage_reached, reopened=each.reopened_at is not None)
    for answer in scope.everything(Answer, reason=WHY):
        drafts[answer.assessment_id].answers[answer.requirement] = _said(answer, logins)
    for person in scope.everything(SeniorPerson, reason=WHY):
        drafts[person.assessment_id].people[person.post] = person.name
    for made in scope.everything(Submission, reason=WHY).order_by("pk"):
        drafts[made.assessment_id].made.append(_made(made))
    events = scope.everything(AuditEvent, reason=WHY).values_list("organisation", "event")
    told = Counter((service.numbers.get(pk, 0), event) for pk, event in events)
    sorts = {event for _, event in known.told}
    found.told = Counter({key: n for key, n in told.items() if key[1] in sorts})
    return found


def _people(service: Service) -> dict[str, Who]:
    found = {}
    for each in Person.objects.all():
        role = "ndg" if each.reads_for_ndg else "service" if each.serves else each.role
        number = service.numbers[each.organisation_id] if each.organisation_id else 0
        found[each.email.partition("@")[0]] = Who(number, role, each.is_active)
    return found


def _organisations(service: Service) -> dict[int, tuple[str, str, bool]]:
    rows = Organisation.objects.filter(pk__in=service.numbers)
    return {service.numbers[each.pk]: (each.code, each.name, each.closed is not None) for each in rows}


def _said(answer: Answer, logins: dict[int | None, str]) -> Said:
    criteria = framework(FRAMEWORK).for_kind("acute").requirement(answer.requirement).criteria
    level = max((each.level for each in criteria if each.code in answer.ticked), default=0)
    whole = {each.code for each in criteria if each.level <= level and not each.maintenance}
    assert set(answer.ticked) == whole, f"ticked in part: {answer.ticked}"
    marks = (logins[pk] for pk in (answer.changed_by_id, answer.completed_by_id, answer.confirmed_by_id))
    return Said(answer.version, answer.comment, str(level), answer.level, *marks)


def _made(made: Submission) -> Made:
    levels = {each["requirement"]: each["level"] for each in made.snapshot["answers"]}
    reason = made.snapshot["correction_reason"] or ""
    assert made.late == made.snapshot["late"]
    return Made(made.stage, made.number, made.key, made.late, reason, tuple(levels[code] for code in CODES))


def frozen() -> dict[int, str]:
    """{submission: SHA-256 of its document as it stands}, each the same as the digest kept with it."""
    rows = scope.everything(Submission, reason=WHY).values_list("pk", "document", "digest")
    found = {pk: sha256(document.encode()).hexdigest() for pk, document, _ in rows}
    assert found == {pk: digest for pk, _, digest in rows}
    return found


def counted() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str, bool]]]:
    """({(year, stage): results counted}, {(year, stage, late): submissions counted}) in the running counts."""
    results: Counter[tuple[str, str]] = Counter()
    for row in RollUp.objects.all():
        results[row.year, row.stage] += row.n
    turnout: Counter[tuple[str, str, bool]] = Counter()
    for each in Turnout.objects.all():
        turnout[each.year, each.stage, each.late] += each.n
    return +results, +turnout


def recounted(world: World) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str, bool]]]:
    """The same, counted from the model."""
    results: Counter[tuple[str, str]] = Counter()
    turnout: Counter[tuple[str, str, bool]] = Counter()
    for (_, year), draft in world.drafts.items():
        for stage in {each.stage for each in draft.made}:
            latest = draft.latest(stage)
            assert latest is not None
            results[year, stage] += len(framework(FRAMEWORK).for_kind("acute").recommendations)
            turnout[year, stage, latest.late] += 1
    return results, turnout


FIRST_DAY = datetime(2015, 6, 15, 9, tzinfo=UTC)
