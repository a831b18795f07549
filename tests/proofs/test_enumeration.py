"""Nobody can find out who has a login: neither by words, nor by bytes, nor by how long an answer takes.

Logins of five kinds are tried in turn, in a shuffled order: known, unknown, deactivated, invited (without a password),
and of another organisation. In full, each kind's times are held against the unknown one's by the test of Mann and
Whitney, with the hasher of production. A machine that does something else for a moment is given three attempts.
"""

import random
import re
from collections.abc import Callable
from itertools import groupby
from math import erfc, sqrt
from time import perf_counter_ns

import pytest
from django.core import mail
from django.test import Client

from igtoolkit.records.models import Tries
from tests.conftest import make_person
from tests.proofs import PROVING, full, report

ROUNDS = full(30, 300)
ENOUGH = 0.01
ATTEMPTS = 3
NOT_COMPARED = re.compile(
    rb'value="[A-Za-z0-9]{64}"|\d+\.\d\d seconds|\d\d:\d\d|data-igt-for="\d+"|[a-z]+@example\.org'
)
KINDS = {
    "known": "ada@example.org",
    "unknown": "una@example.org",
    "deactivated": "rex@example.org",
    "invited": "ivy@example.org",
    "elsewhere": "cleo@example.org",
}
PASSWORD = "lantern gravel otter"


@pytest.fixture
def people(cast, settings):
    """With the production's hasher, and mail handed over after the answer."""
    settings.PASSWORD_HASHERS = ["igtoolkit.web.passwords.Argon2id"]
    if not PROVING:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for person in (cast.ada, cast.rex, cast.cleo):
        person.set_password(PASSWORD)
        person.is_active = person is not cast.rex
        person.save()
    ivy = make_person("ivy", cast.ada.organisation, "viewer")
    ivy.set_unusable_password()
    ivy.save()
    return cast


def signs_in(client: Client, login: str):
    return client.post("/sign-in/", {"login": login, "password": "none of theirs at all"})


def asks(client: Client, login: str):
    return client.post("/sign-in/forgotten/", {"email": login})


def seen(response) -> tuple[int, bytes, list[tuple[str, str]]]:
    headers = [(name, value) for name, value in response.headers.items() if name not in ("Content-Length", "Expires")]
    return response.status_code, NOT_COMPARED.sub(b"", response.content), headers


def times_of(ask: Callable, rounds: int) -> dict[str, list[int]]:
    """{kind: nanoseconds of each try}; every answer the same, and nobody's tries counted against the next."""
    times: dict[str, list[int]] = {each: [] for each in KINDS}
    dice, answers = random.Random(1903), set()
    client = Client()
    for _ in range(rounds):
        for kind in dice.sample(list(KINDS), len(KINDS)):
            Tries.objects.all().delete()
            begun = perf_counter_ns()
            response = ask(client, KINDS[kind])
            times[kind].append(perf_counter_ns() - begun)
            answers.add(repr(seen(response)))
    assert len(answers) == 1, list(answers)[:2]
    return times


def mann_whitney(first: list[int], second: list[int]) -> float:
    """The chance of times as unlike as these if they were alike: two-sided, normal approximation, ties corrected."""
    n, m = len(first), len(second)
    ranks, ties, at = 0.0, 0.0, 0
    both = sorted([(each, 0) for each in first] + [(each, 1) for each in second])
    for _, group in groupby(both, key=lambda each: each[0]):
        same = list(group)
        ranks += sum(who == 0 for _, who in same) * (at + (len(same) + 1) / 2)
        ties += len(same) ** 3 - len(same)
        at += len(same)
    u = ranks - n * (n + 1) / 2
    spread = sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return erfc(abs(u - n * m / 2) / spread / sqrt(2)) if spread else 1.0


def test_the_test_of_mann_and_whitney_is_right():
    assert mann_whitney([1, 2, 3], [1, 2, 3]) == 1.0
    assert mann_whitney(list(range(20)), list(range(5, 25))) == pytest.approx(0.0179, abs=0.0005)
    assert mann_whitney([1] * 50, [2] * 50) < 1e-9


@pytest.mark.parametrize(("where", "ask"), [("sign-in", signs_in), ("forgotten password", asks)])
def test_nobody_can_find_out_who_has_a_login(people, where, ask):
    times_of(ask, 3)  # what is made once is made
    attempt, found, times = 0, {"": 0.0}, {}
    while attempt < ATTEMPTS and min(found.values()) <= ENOUGH:
        attempt += 1
        times = times_of(ask, ROUNDS)
        found = {kind: mann_whitney(times[kind], times["unknown"]) for kind in KINDS if kind != "unknown"}
        if not PROVING:
            break
    told = ", ".join(f"{kind} p={value:.2f}" for kind, value in found.items())
    median = sorted(times["unknown"])[ROUNDS // 2] / 1_000_000
    report(f"enumeration at {where}", f"{ROUNDS} tries of each kind, {told}, median {median:.1f} ms, attempt {attempt}")
    assert not PROVING or min(found.values()) > ENOUGH


def test_only_who_has_the_login_gets_a_mail(people):
    for login in KINDS.values():
        asks(Client(), login)
    assert sorted(each.to[0] for each in mail.outbox) == ["ada@example.org", "cleo@example.org", "ivy@example.org"]


def test_the_right_password_of_a_login_switched_off_reads_as_a_wrong_one(people):
    answers = [
        seen(Client().post("/sign-in/", {"login": login, "password": PASSWORD}))
        for login in (KINDS["deactivated"], KINDS["unknown"], KINDS["invited"])
    ]
    assert answers[0] == answers[1] == answers[2]


def test_links_that_lead_nowhere_are_alike(people):
    ways = [f"/sign-in/{kind}/{who}-abc123-0123456789abcdef/" for kind in ("forgotten", "invited") for who in "1z9"]
    for kind in ("forgotten", "invited"):
        answers = {seen(Client().get(each, follow=True))[:2] for each in ways if kind in each}
        assert len(answers) == 1


def test_an_administrator_inviting_sees_the_same_for_a_login_known_elsewhere_and_for_a_new_one(people):
    answers = []
    for login in ("cleo@example.org", "new@example.org", "dev@example.org"):
        client = Client()
        client.force_login(people.ada)
        form = {"login": login, "name": "Somebody New", "role": "viewer"}
        answers.append(seen(client.post("/people/invite/", form, follow=True))[:2])
    assert answers[0] == answers[1] == answers[2]
