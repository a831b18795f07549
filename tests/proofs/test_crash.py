"""The service is killed outright while people record and submit: what it acknowledged is there, whole, and once."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Assessment, AuditEvent, Person, RecordedPerformance, Submission
from igtoolkit.reports.verify import verify
from tests import databases
from tests.conftest import make_organisation, make_person, started
from tests.proofs import PROVING, full, report
from tests.proofs.hands import Hand, Work, together
from tests.proofs.seeds import announce, seed
from tests.proofs.seeds import dice as chance
from tests.proofs.serving import OwnPostgresql, QuickService, Service, igtoolkit, looking_at, wait_until

SEED = seed(20261123)
ROUNDS = full(10, 200)
TRUSTS = full(3, 4)
SAVERS = 2  # hands a trust that only record; one more records and submits
EVERY_WORKER = 5  # rounds: the whole of `igtoolkit serve`, with its worker, and not the web server alone
EVERY_DATABASE = full(5, 2)  # rounds: PostgreSQL itself is killed as well, its postmaster and all its children
RECOMMENDATIONS = 16
WHY = "the proof looks for everything that was acknowledged"


@dataclass
class Killed:
    """The records under attack, and what the hands were told so far."""

    home: Path
    address: str = ""
    postgresql: OwnPostgresql | None = None
    acknowledged: int = 0
    starts: list[float] = field(default_factory=list)

    def database_too(self, number: int) -> bool:
        """Whether PostgreSQL itself is killed in a round."""
        return self.postgresql is not None and number % EVERY_DATABASE == EVERY_DATABASE - 1


@pytest.fixture
def records(tmp_path: Path, template: str, django_db_blocker) -> Iterator[Killed]:
    """A database of the proof's own. PostgreSQL has a server of its own, which keeps all it acknowledged."""
    with django_db_blocker.unblock(), ExitStack() as held:
        if connection.vendor == "sqlite":
            copied = Path(databases.copy_of(template, tmp_path)).rename(tmp_path / "igtoolkit.sqlite3")
            held.enter_context(looking_at(NAME=str(copied)))
            yield Killed(tmp_path)
        else:
            own = OwnPostgresql()
            held.callback(own.stop)
            own.fill(template)
            at = {"HOST": "127.0.0.1", "PORT": str(own.port), "NAME": "postgres", "USER": "igtoolkit", "PASSWORD": ""}
            held.enter_context(looking_at(**at))
            yield Killed(tmp_path, own.address, own)


def workers(dice: random.Random) -> list[Hand]:
    """Hands of several trusts. Each has requirements of its own, so that it waits for others at the chain alone."""
    hands = []
    for number in range(1, TRUSTS + 1):
        trust = make_organisation(f"DMA00{number}")
        ada = make_person(f"ada{number}", trust, "administrator")
        codes = half_way(started(ada), ada)
        for n in range(SAVERS + 1):
            submits = n == SAVERS
            if submits or number < TRUSTS:  # at the last trust one hand does everything, and is disturbed by nobody
                work = Work(f"DMA00{number}", "", tuple(codes[n :: SAVERS + 1]), submits)
                hands.append(Hand(work, chance(dice.getrandbits(32))))
    return hands


def half_way(assessment: Assessment, ada: Person) -> list[str]:
    """Every requirement recorded once, without its trail: the proof looks at what comes after."""
    codes = [each.code for each in assessment.framework.requirements]
    facts = {"assessment": assessment, "level": 0, "not_yet": True, "version": 1}
    facts |= {"changed_by": ada, "changed_at": clock.now()}
    assessment.answers.bulk_create([Answer(requirement=code, **facts) for code in codes])
    return codes


def sign_in(hands: list[Hand]) -> None:
    """A fresh session for each, made in the records: what is asked at sign-in is not proved here."""
    sessions: dict[str, str] = {}
    for each in hands:
        code = each.work.code
        if code not in sessions:
            client = Client()
            client.force_login(Person.objects.get(email=f"ada{code[-1]}@example.org"))
            if not PROVING and not each.told.sent:  # what is forked has read its templates already
                assert client.get(f"{each.work.place}baseline/submit/").status_code == 200
                assert client.get(f"{each.work.place}requirements/{each.work.requirements[0]}/").status_code == 200
            sessions[code] = client.cookies[settings.SESSION_COOKIE_NAME].value
        each.work = replace(each.work, session=sessions[code])


def play(number: int, hands: list[Hand], killed: Killed, dice: random.Random) -> None:
    """One round: start, let them work, kill everything."""
    sign_in(hands)
    begun = time.perf_counter()
    service = start(number, killed)
    try:
        service.wait()
        killed.starts.append(time.perf_counter() - begun)
        threads, stopped = together(hands, service.port)
        wait_until(lambda: something_of_each(hands) or not any(map(Thread.is_alive, threads)))
        time.sleep(dice.uniform(0.05, 0.5))
        if killed.database_too(number):
            killed.postgresql.kill()
    finally:
        service.kill(dice)
    stopped.set()
    for each in threads:
        each.join()
    if killed.database_too(number):
        killed.postgresql.start()
        connection.close()  # this process's own was killed with it


def something_of_each(hands: list[Hand]) -> bool:
    """Whether two answers and a submission were acknowledged."""
    done = [form.submits for each in hands for form in each.told.acknowledged]
    return done.count(False) > 1 and True in done


def start(number: int, killed: Killed) -> Service:
    """In full what `igtoolkit serve` becomes, in some rounds with the worker; else its web server, started at once."""
    if PROVING:
        return Service(killed.home, killed.address, worker=number % EVERY_WORKER == EVERY_WORKER - 1)
    return QuickService(killed.home)


def check(hands: list[Hand], killed: Killed, *, database_killed: bool) -> None:
    """Everything acknowledged is there once, nothing is there in part, and every check of the product says so."""
    marks = kept()
    for hand in hands:
        told = hand.told
        lost = [each for each in told.acknowledged if marks[each.mark] != 1]
        assert not lost, f"acknowledged and not there once: {[(each, marks[each.mark]) for each in lost]}"
        assert all(marks[each.mark] <= 1 for each in told.sent)
        odd = [each for each in told.odd if not (database_killed and each[1] == 503)]
        assert not odd, f"answered with something else: {odd}"
        killed.acknowledged += len(told.acknowledged)
        told.acknowledged.clear()
        told.odd.clear()
        told.sent.clear()
    assert list(verify(Counter())) == []
    assert partial() == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []


def kept() -> Counter[str]:
    """How often each text stands in the trail as what was recorded, and each one-time key in the submissions."""
    found: Counter[str] = Counter()
    for facts in events().values_list("facts", flat=True):
        found[json.loads(facts)["after"]["comment"]] += 1
    keys = scope.everything(Submission, reason=WHY).values_list("key", flat=True)
    return found + Counter(keys)


def events():
    return scope.everything(AuditEvent, reason=WHY).filter(event="answer_saved").order_by("chain", "number")


def partial() -> list[str]:
    """Answers whose trail does not lead to what stands, submissions without all their results."""
    told: dict[tuple[int, str], list[dict]] = {}
    for owner, facts in events().values_list("organisation", "facts"):
        after = json.loads(facts)["after"]
        told.setdefault((owner, after["requirement"]), []).append(after)
    faults = []
    answers = scope.everything(Answer, reason=WHY).select_related("assessment").prefetch_related("evidence")
    for each in answers:
        trail = told.get((each.assessment.organisation_id, each.requirement), [])
        versions = [after["version"] for after in trail]
        if versions != list(range(2, each.version + 1)) or (trail and trail[-1] != each.facts()):
            faults.append(f"{each}: version {each.version}, and the trail tells of {versions}")
    for submission in scope.everything(Submission, reason=WHY):
        rows = scope.everything(RecordedPerformance, reason=WHY).filter(submission=submission).count()
        if rows != RECOMMENDATIONS:
            faults.append(f"{submission}: {rows} results")
    return faults


def test_nothing_acknowledged_is_lost_when_everything_is_killed(records: Killed) -> None:
    announce(SEED, "test_crash.py")
    dice = chance(SEED)
    hands = workers(dice)
    for number in range(ROUNDS):
        play(number, hands, records, dice)
        check(hands, records, database_killed=records.database_too(number))
    databases_killed = sum(map(records.database_too, range(ROUNDS)))
    verified = igtoolkit("verify", home=records.home, database=records.address)
    assert (verified.returncode, verified.stderr) == (0, ""), verified.stderr
    saved, submitted = events().count(), scope.everything(Submission, reason=WHY).count()
    assert saved > ROUNDS
    assert submitted >= ROUNDS
    figures = f"{ROUNDS} kills of every process ({databases_killed} of PostgreSQL as well), seed {SEED}: "
    figures += (
        f"{records.acknowledged} forms acknowledged, {saved} answers and {submitted} submissions recorded, 0 lost, "
    )
    figures += f"0 in part, 0 doubled; started again in {max(records.starts):.1f} s at most"
    report(f"crash on {connection.vendor}", figures)
