"""Writers to SQLite wait in turn: nobody sleeps while the database is free, and nobody is kept out."""

import os
import signal
import subprocess
import sys
import time
from threading import Thread

import pytest
from django.db import OperationalError, connection, connections, transaction

from igtoolkit.records.models import Organisation
from igtoolkit.records.sqlite.turns import Turns, turns_at

pytestmark = pytest.mark.sqlite_only
HOLDER = """
import sys, time
from pathlib import Path
from igtoolkit.records.sqlite.turns import Turns
turns = Turns(Path(sys.argv[1]))
assert turns.take(10)
print("held", flush=True)
sys.stdin.readline()
turns.give()
"""
MANY = """
import sys, time
from pathlib import Path
from threading import Thread
from igtoolkit.records.sqlite.turns import Turns
turns = Turns(Path(sys.argv[1]))
def write():
    while True:
        assert turns.take(30)
        time.sleep(0.002)
        turns.give()
for _ in range(4):
    Thread(target=write, daemon=True).start()
print("writing", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def database(tmp_path):
    return tmp_path / "a.sqlite3"


@pytest.fixture
def elsewhere(database):
    """Another process that does as it is told, and has begun."""
    begun = []

    def start(code: str) -> "subprocess.Popen[str]":
        words = [sys.executable, "-c", code, str(database)]
        begun.append(subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        begun[-1].stdout.readline()
        return begun[-1]

    yield start
    for each in begun:
        each.kill()
        each.communicate()


def test_one_at_a_time_has_the_turn(database):
    turns, had = Turns(database), []

    def write(name):
        assert turns.take(10)
        had.append((name, "begins"))
        time.sleep(0.01)
        had.append((name, "ends"))
        turns.give()

    threads = [Thread(target=write, args=[each]) for each in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(had) == 10
    assert all(had[n][0] == had[n + 1][0] and had[n][1] == "begins" for n in range(0, 10, 2))


def test_another_process_is_waited_for_and_not_for_ever(database, elsewhere):
    holder, turns = elsewhere(HOLDER), Turns(database)
    assert not turns.take(0.05)
    holder.stdin.write("done\n")
    holder.stdin.flush()
    assert turns.take(10)
    assert not turns.take(0.05), "nor is it taken twice"


def test_the_turn_of_a_process_that_was_killed_is_free(database, elsewhere):
    elsewhere(HOLDER).send_signal(signal.SIGKILL)
    assert Turns(database).take(10)


def test_a_process_with_many_writers_keeps_nobody_out(database, elsewhere):
    elsewhere(MANY)
    turns, waited = Turns(database), []
    for _ in range(20):
        begun = time.monotonic()
        assert turns.take(30)
        waited.append(time.monotonic() - begun)
        turns.give()
    assert sorted(waited)[10] < 0.5, waited  # 2 ms and a look, where nothing else keeps the machine busy


def test_a_forked_process_has_not_what_its_parent_holds(database):
    assert turns_at(str(database)).take(1)
    child = os.fork()
    if not child:
        os._exit(3 if turns_at(str(database)).take(0.05) else 0)
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def impatient(committed):
    """SQLite itself waits for nobody: whoever finds a writer is refused at once."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    yield
    connection.close()


def test_two_who_write_at_once_both_do(impatient):
    refused = []

    def write(code):
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 0")
            for n in range(10):
                with transaction.atomic():
                    Organisation.objects.create(code=f"{code}{n}", name="One of many")
                    time.sleep(0.002)
        except OperationalError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=write, args=[each]) for each in ("X", "Y", "Z")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert refused == []
    assert Organisation.objects.filter(name="One of many").count() == 30


def test_who_never_gets_a_turn_is_told_as_sqlite_would_say_it(impatient, monkeypatch):
    turns = turns_at(str(connection.settings_dict["NAME"]))
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    assert turns.take(10)
    try:
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            raise AssertionError("it was not our turn")
    finally:
        turns.give()
    with transaction.atomic():
        Organisation.objects.create(code="X1", name="Afterwards")


def test_a_turn_is_given_back_however_a_transaction_ends(impatient):
    turns = turns_at(str(connection.settings_dict["NAME"]))

    with transaction.atomic():
        assert not turns.take(0)
        transaction.set_rollback(True)
    assert turns.take(0)
    turns.give()
    with transaction.atomic():
        connection.close()
    assert turns.take(0)
    turns.give()
