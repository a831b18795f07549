"""The cast, their trust, and databases that may really be committed to."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connections
from hypothesis.internal.conjecture import providers
from pytest_django.plugin import blocking_manager_key

from igtoolkit.access import scope
from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.assessments import name_senior_people, start_assessment
from igtoolkit.actions.confirming import confirm_answer
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment, Organisation, Person, Registration, SeniorPerson, Submission
from igtoolkit.standard.words import Stage
from tests import databases, worlds
from tests.proofs import PROVING
from tests.worlds import world

YEAR = "2015-16"
PASSWORD = "a long password for tests"
LONG = {"journeys", "proofs"}

# The same examples each time; in `make prove` others, so that what these do not meet is met there.
SLOW_MACHINES = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "ours", derandomize=not PROVING, deadline=None, database=None, suppress_health_check=SLOW_MACHINES
)
hypothesis.settings.load_profile("ours")
if not PROVING:  # nor the words and numbers that stand in whichever modules of ours a worker has read by then
    providers._get_local_constants = providers.Constants


@pytest.fixture(scope="session")
def quick() -> Iterator[Path]:
    """Where databases lie that need not outlive the tests."""
    with databases.quick_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def template(django_db_blocker, quick) -> Iterator[str]:
    """An empty, migrated database that others are copied from."""
    with django_db_blocker.unblock():
        name = databases.make_template(quick)
    yield name
    with django_db_blocker.unblock():
        databases.throw_away(name)


@pytest.fixture(scope="session")
def django_db_setup(template, django_db_blocker, quick) -> Iterator[None]:
    """The database of ordinary tests, each rolled back at its end."""
    with ExitStack() as held:
        with django_db_blocker.unblock():
            held.enter_context(databases.used(databases.copy_of(template, quick)))
        with worlds.may_stand():
            yield
        with django_db_blocker.unblock():
            held.close()


@pytest.fixture
def committed(template, django_db_blocker, quick) -> Iterator[None]:
    """A database of this test's own, for what must really be committed: threads, servers, triggers."""
    with django_db_blocker.unblock(), databases.used(databases.copy_of(template, quick)):
        yield
        connections.close_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that two workers end together; within a file tests of the same world meet."""
    files = {each: n for n, each in reversed([*enumerate(item.path for item in items)])}
    items.sort(key=lambda item: (LONG.isdisjoint(item.path.parts), files[item.path], worlds.order(item)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The worlds that a test begins in stand before anything of its own does: no clock or setting is changed yet."""
    with item.config.stash[blocking_manager_key].unblock():
        worlds.prepare(item)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> None:
    """Nobody's rows are in the way of a test that asks for the database without having said so."""
    if fixturedef.argname == "_django_db_helper" and not worlds.is_prepared(request.node):
        with request.config.stash[blocking_manager_key].unblock():
            worlds.leave()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No test is slowed down for what another one tried too often."""
    cache.clear()


@dataclass(frozen=True)
class Cast:
    """The same few people everywhere."""

    ada: Person  # administrator at DMA001
    rex: Person  # reviewer at DMA001
    con: Person  # contributor at DMA001
    ben: Person  # may only look, at DMA001
    cleo: Person  # administrator at another trust, DMA002
    dev: Person  # administrator of a general practice, DMG001
    nia: Person  # reads for the National Data Guardian
    sam: Person  # of the service team


@world
def cast() -> Cast:
    return make_cast()


def make_cast() -> Cast:
    trust, other = make_organisation("DMA001"), make_organisation("DMA002")
    practice = make_organisation("DMG001", kind="gp")
    return Cast(
        ada=make_person("ada", trust, "administrator"),
        rex=make_person("rex", trust, "reviewer"),
        con=make_person("con", trust, "contributor"),
        ben=make_person("ben", trust, "viewer"),
        cleo=make_person("cleo", other, "administrator"),
        dev=make_person("dev", practice, "administrator"),
        nia=make_person("nia", reads_for_ndg=True),
        sam=make_person("sam", serves=True),
    )


def make_organisation(
    code: str, *, kind: str = "acute", name: str = "", region: str = "North", year: str = YEAR
) -> Organisation:
    """An organisation registered for a year."""
    made, _ = Organisation.objects.get_or_create(code=code, defaults={"name": name or f"Trust {code}"})
    register(made, kind=kind, region=region, year=year)
    return made


def register(organisation: Organisation, *, kind: str = "acute", region: str = "North", year: str = YEAR) -> None:
    """Register an organisation for a year, under its present code and name."""
    facts = {"code": organisation.code, "name": organisation.name, "kind": kind, "region": region, "source": "tests"}
    Registration.objects.get_or_create(organisation=organisation, year=year, defaults=facts)


def make_person(name: str, organisation: Organisation | None = None, role: str = "", **rest: bool) -> Person:
    """A person whose login is name@example.org; PASSWORD is set by `with_password`."""
    facts = {"name": name.capitalize(), "organisation": organisation, "role": role, "created": clock.now()}
    return Person.objects.create(email=f"{name}@example.org", **facts, **rest)


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


@world
def assessment(cast) -> Assessment:
    """DMA001's assessment of 2015-16, started, nothing recorded."""
    return started(cast.ada)


def started(administrator: Person, year: str = YEAR) -> Assessment:
    found = scope.find_assessment(administrator, administrator.organisation.code, year)
    return start_assessment(found, by=administrator)


def up_to(assessment: Assessment, requirement: str, level: int) -> frozenset[str]:
    """The ticks that bring a requirement to a level, maintenance criteria left out."""
    criteria = assessment.framework.requirement(requirement).criteria
    return frozenset(each.code for each in criteria if each.level <= level and not each.maintenance)


def record(assessment: Assessment, levels: dict[str, int], *, by: Person) -> None:
    """Record each requirement at a level, with one piece of evidence where there is a tick."""
    for code, level in levels.items():
        ticked = up_to(assessment, code, level)
        evidence = tuple(
            EvidenceSaid(each, note="Minutes of the group", dated=date(2015, 6, 1)) for each in sorted(ticked)[:1]
        )
        fresh = scope.find_assessment(by, assessment.organisation.code, assessment.year)
        answer = next((each for each in fresh.answer_list() if each.requirement == code), None)
        said = Said(ticked=ticked, not_yet=not ticked, evidence=() if answer else evidence)
        save_answer(fresh, code, said, version=answer.version if answer else 0, by=by)


def record_all(assessment: Assessment, level: int, *, by: Person, **other: int) -> None:
    """Record every requirement at one level, but for those named (`r202=1`)."""
    levels = {each.code: other.get(f"r{each.number}", level) for each in assessment.framework.requirements}
    record(assessment, levels, by=by)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


SENIOR_PEOPLE = {
    "siro": ("Margaret Iredale", "Director of Finance"),
    "caldicott_guardian": ("Dr Osei Kwarteng", "Medical Director"),
    "ig_lead": ("Paul Threlfall", "Head of Information Governance"),
    "chief_executive": ("Joan Ashby", ""),
}


def mark_complete(assessment: Assessment, codes: Iterable[str], *, by: Person) -> None:
    """Mark requirements complete as they stand recorded."""
    for code in codes:
        fresh = scope.find_assessment(by, assessment.organisation.code, assessment.year)
        answer = answer_to(fresh, code)
        kept = tuple(
            EvidenceSaid(each.criterion, note=each.note, link=each.link, dated=each.dated, pk=each.pk)
            for each in answer.evidence_list()
        )
        said = Said(
            ticked=frozenset(answer.ticked),
            not_yet=answer.not_yet,
            not_relevant=answer.not_relevant,
            reason=answer.reason,
            comment=answer.comment,
            target_level=answer.target_level,
            target_date=answer.target_date,
            evidence=kept,
            complete=True,
        )
        save_answer(fresh, code, said, version=answer.version, by=by)


def confirm_all(assessment: Assessment, codes: Iterable[str], *, by: Person) -> None:
    for code in codes:
        fresh = scope.find_assessment(by, assessment.organisation.code, assessment.year)
        confirm_answer(fresh, code, version=answer_to(fresh, code).version, by=by)


def ready_for_final(assessment: Assessment, cast: Cast, level: int = 2, **other: int) -> Assessment:
    """Everything that Final asks for: Con records and completes, Rex confirms, Ada names the senior people."""
    codes = [each.code for each in assessment.framework.requirements]
    record_all(assessment, level, by=cast.con, **other)
    mark_complete(assessment, codes, by=cast.con)
    confirm_all(assessment, codes, by=cast.rex)
    name_senior_people(assessment, SENIOR_PEOPLE, by=cast.ada)
    return scope.find_assessment(cast.ada, assessment.organisation.code, assessment.year)


def stand_ready(assessment: Assessment, cast: Cast, level: int = 2, *, alone: Person | None = None) -> Assessment:
    """The same in one stroke, without its audit trail: every requirement at one level, complete and confirmed.

    alone: the one person who answers, so that nobody confirms.
    """
    at, senior = clock.now(), assessment.senior_people
    marks = {"completed_by": alone or cast.con, "completed_at": at, "changed_by": alone or cast.con}
    marks |= {} if alone else {"confirmed_by": cast.rex, "confirmed_at": at}
    assessment.answers.all().delete()
    for each in assessment.framework.requirements:
        said = Answer(assessment=assessment, requirement=each.code, level=level, **marks)
        said.ticked = up_to(assessment, each.code, level)
        said.save()
    senior.bulk_create(
        SeniorPerson(assessment=assessment, post=post, name=name) for post, (name, _) in SENIOR_PEOPLE.items()
    )
    return scope.find_assessment(assessment.started_by, assessment.organisation.code, assessment.year)


def submit_final(
    assessment: Assessment, *, by: Person, at: datetime, key: str = "final", reason: str = ""
) -> Submission:
    """Submit Final with the assurance statement accepted."""
    return submit(assessment, Stage.FINAL, key=key, arrived=at, by=by, reason=reason, assured=True)
