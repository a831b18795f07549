"""Many hands at once: one submission, no lost text, one chain."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from igtoolkit.access import scope
from igtoolkit.actions.answers import StaleAnswer, answer_to, save_answer
from igtoolkit.actions.said import Said
from igtoolkit.actions.submissions import submit
from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, RollUp, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import make_cast, make_organisation, record, started

PARALLEL = 50
EDITS = 60


@pytest.fixture
def ada(committed):
    person = make_cast().ada
    record(started(person), {"13-101": 2, "13-202": 2}, by=person)
    return person


def at_once(work, many, threads=8):
    def tidy(each):
        try:
            return work(each)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(tidy, range(many)))


def test_fifty_parallel_posts_of_one_form_make_one_submission(ada):
    def post(_):
        assessment = scope.find_assessment(ada, "DMA001", "2015-16")
        return submit(assessment, Stage.BASELINE, key="one form", arrived=clock.now(), by=ada).pk

    assert len(set(at_once(post, PARALLEL))) == 1
    submissions = scope.everything(Submission, reason="tests")
    assert submissions.count() == 1
    assert sum(each.n for each in RollUp.objects.all()) == 16
    assert scope.everything(AuditEvent, reason="tests").filter(event="stage_submitted").count() == 1


def test_nobodys_text_is_overwritten_by_editors_who_race(ada):
    def edit(number):
        text = f"text {number:02d}"
        for _ in range(40):
            assessment = scope.find_assessment(ada, "DMA001", "2015-16")
            version = answer_to(assessment, "13-101").version
            try:
                save_answer(assessment, "13-101", Said(frozenset({"1a"}), comment=text), version=version, by=ada)
                return text
            except StaleAnswer:
                continue
        return None

    saved = [each for each in at_once(edit, EDITS, threads=4) if each]
    events = scope.everything(AuditEvent, reason="tests").filter(event="answer_saved").order_by("number")
    told = [
        each
        for each in (f"text {number:02d}" for number in range(EDITS))
        if any(each in event.facts for event in events)
    ]
    assert sorted(told) == sorted(saved)
    answer = answer_to(scope.find_assessment(ada, "DMA001", "2015-16"), "13-101")
    assert answer.version == 1 + len(saved)
    assert answer.comment in events.last().facts


def test_the_chain_does_not_fork_under_load(ada):
    def save(number):
        code = ["13-105", "13-110", "13-111", "13-112"][number % 4]
        assessment = scope.find_assessment(ada, "DMA001", "2015-16")
        with contextlib.suppress(StaleAnswer):
            save_answer(
                assessment,
                code,
                Said(not_yet=True, comment=str(number)),
                version=answer_to(assessment, code).version,
                by=ada,
            )

    at_once(save, 40)
    chain = list(scope.everything(AuditEvent, reason="tests").filter(chain="DMA001").order_by("number"))
    assert [each.number for each in chain] == list(range(1, len(chain) + 1))
    assert [each.previous for each in chain[1:]] == [each.hash for each in chain[:-1]]
    assert all(each.hash == each.reckoned_hash() for each in chain)


def test_two_years_submitted_at_once_name_each_other_in_one_chain(ada):
    make_organisation("DMA001", year="2016-17")
    record(started(ada, "2016-17"), {"13-101": 1}, by=ada)
    years = ["2015-16", "2016-17"]

    def post(number):
        assessment = scope.find_assessment(ada, "DMA001", years[number % 2])
        facts = {"arrived": clock.now(), "by": ada, "reason": "raced"}
        return submit(assessment, Stage.BASELINE, key=f"form {number}", **facts).digest

    made = at_once(post, 8)
    chain = {each.digest: each.snapshot["previous"] for each in scope.everything(Submission, reason="tests")}
    assert sorted(chain) == sorted(made)
    assert len(set(chain.values())) == len(made)  # no two follow the same one


def test_two_presses_of_start_start_once(committed):
    cast = make_cast()
    at_once(lambda _: started(cast.cleo), 6)
    assert cast.cleo.organisation.assessments.count() == 1


def test_tries_at_once_are_counted_one_by_one(committed):
    limit = Limit("a race", "somebody", 10, 600)
    waits = at_once(lambda _: seconds_to_wait([limit]), PARALLEL)
    assert sum(wait == 0 for wait in waits) == 10
