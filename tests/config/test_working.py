"""The worker and its parent: what waits is made, what breaks off is taken up again, and nothing is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from threading import Event, Thread

import psycopg
import pytest
from django.db import OperationalError, connection

from igtoolkit.actions.files import begin_file, request_file
from igtoolkit.config import making, processes, working
from igtoolkit.config.holding import held
from igtoolkit.records.models import RequestedFile
from igtoolkit.reports import documents
from igtoolkit.reports.board_zip import TooLarge
from igtoolkit.reports.requested import Contents
from igtoolkit.reports.verify import verify
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports.small_nation import report_at

SLEEP = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]
PATIENCE = 60  # seconds: what is awaited comes at once, unless the machine has much else to do


@pytest.fixture
def file(cast) -> RequestedFile:
    return request_file("board_pdfs", YEAR, "baseline", by=cast.nia)


def process(code: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-S", "-c", code], process_group=0)


def test_what_waits_is_made_in_a_process_of_its_own(file, monkeypatch):
    asked_for = []
    monkeypatch.setattr(making, "contents", lambda file, progress: Contents("boards.zip", b"zip"))

    def start(words):
        asked_for.append(words)
        making.make(int(words[-1]))
        return process("")

    monkeypatch.setattr(processes, "start", start)
    assert working.make_next(Event())
    assert not working.make_next(Event()), "nothing waits any more"
    assert asked_for == [[sys.executable, "-m", "igtoolkit", "work", "--file", str(file.pk)]]
    file.refresh_from_db()
    assert (bytes(file.content), file.failed) == (b"zip", "")


@pytest.mark.parametrize("what", ["board_pdfs", "national_csv"])
def test_each_trust_whose_results_are_in_a_file_is_told(cast, monkeypatch, what):
    monkeypatch.setattr(documents, "board_pdf", lambda page, *, at: f"{page['digest']} {at}".encode())
    monkeypatch.setattr("igtoolkit.reports.pdf.drawing.board_pdf", documents.board_pdf)
    made = {trust: report_at(trust, Stage.BASELINE, 2) for trust in (cast.ada, cast.cleo)}
    before = verified()
    asked = request_file(what, YEAR, "baseline", by=cast.nia)
    assert making.make(asked.pk) == 0
    for trust, sent in made.items():
        told = trust.organisation.events.get(event="report_gathered")
        facts = {"year": YEAR, "stage": "baseline", "number": 1, "digest": sent.digest}
        if what == "board_pdfs":
            facts |= {"report": "board", "format": "zip", "sha256": sent.documents.get().sha256}
        else:
            facts |= {"report": "national", "format": "csv"}
        assert (told.by, json.loads(told.facts)) == ("nia@example.org", facts)
    assert not cast.dev.organisation.events.exists()
    assert verified() == before == []


def verified() -> list[str]:
    return list(verify(Counter()))


def test_a_process_that_breaks_is_tried_once_more_and_then_told(file, monkeypatch):
    begun = []

    def start(words):
        begun.append(begin_file(file.pk))
        return process("import os; os.kill(os.getpid(), 9)")

    monkeypatch.setattr(processes, "start", start)
    assert working.make_next(Event())
    file.refresh_from_db()
    assert (len(begun), file.failed) == (2, working.STOPPED)
    assert working.make_next(Event()) is False


def test_a_process_that_takes_too_long_is_ended_and_told(file, monkeypatch):
    monkeypatch.setattr(working, "LONGEST", 0.2)
    monkeypatch.setattr(processes, "start", lambda words: process("import time; time.sleep(60)"))
    assert working.make_next(Event())
    file.refresh_from_db()
    assert file.failed == working.TOO_LONG


def test_a_worker_that_is_stopped_leaves_the_file_for_the_next(file, monkeypatch):
    stopped, running = Event(), []

    def start(words):
        begin_file(file.pk)
        running.append(process("import time; time.sleep(60)"))
        stopped.set()
        return running[0]

    monkeypatch.setattr(processes, "start", start)
    working.make_next(stopped)
    assert running[0].poll() == -signal.SIGTERM
    file.refresh_from_db()
    assert (file.finished_at, file.failed) == (None, "")


@pytest.mark.parametrize(
    ("error", "said"), [(TooLarge("It is too large."), "It is too large."), (KeyError(), making.WRONG)]
)
def test_what_cannot_be_made_says_so(file, monkeypatch, error, said):
    def broken(file, progress):
        raise error

    monkeypatch.setattr(making, "contents", broken)
    making.make(file.pk)
    file.refresh_from_db()
    assert (file.failed, file.content) == (said, None)


def test_a_file_is_not_given_up_because_the_database_was_away_while_it_was_made(file, monkeypatch):
    def away(file, progress):
        raise OperationalError("gone") from psycopg.OperationalError("gone")

    made = []

    def start(words):
        made.append(making.make(int(words[-1])))
        return process(f"raise SystemExit({made[-1]})")

    monkeypatch.setattr(working, "AGAIN", 0)
    monkeypatch.setattr(processes, "start", start)
    with monkeypatch.context() as patched:
        patched.setattr(making, "contents", away)
        assert working.make_next(Event()) is False
    monkeypatch.setattr(making, "contents", lambda file, progress: Contents("boards.zip", b"zip"))
    assert working.make_next(Event())
    file.refresh_from_db()
    assert (made, bytes(file.content), file.failed) == ([making.LATER, 0], b"zip", "")


def test_the_worker_waits_for_a_database_that_is_away(file, monkeypatch, caplog):
    stopped, away = Event(), []

    def make_next(_):
        away.append(1)
        if len(away) == 1:
            raise OperationalError("gone")
        stopped.set()
        return False

    monkeypatch.setattr(working, "make_next", make_next)
    monkeypatch.setattr(working, "LOOK", 0.01)
    monkeypatch.setattr(connection, "close", lambda: None)
    working.work(stopped)
    assert len(away) == 2
    assert "tries again: gone" in caplog.text


def test_one_worker_at_a_time_holds_a_file_and_a_dead_one_does_not(committed):
    seen = []

    def try_it():
        with held(7) as mine:
            seen.append(mine)
        connection.close()

    def elsewhere():
        thread = Thread(target=try_it)
        thread.start()
        thread.join()

    with held(7) as mine:
        assert mine
        elsewhere()
    elsewhere()
    assert seen == [False, True]


def supervised(worker: list[str], web: list[str] = SLEEP) -> "subprocess.Popen[str]":
    words = json.dumps({"web": web, "worker": worker})
    command = [sys.executable, "-m", "igtoolkit.config.supervising", words]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def children(pid: int, how_many: int = 2) -> list[int]:
    """Those of a process, oldest first, once there are so many."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with open(f"/proc/{pid}/task/{pid}/children") as listed:
            found = [int(each) for each in listed.read().split()]
        if len(found) == how_many:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{how_many} processes never ran")


def lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pids: list[int]) -> bool:
    end = time.monotonic() + PATIENCE
    while any(map(lives, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(lives, pids))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_however_serve_ends_nothing_is_left_behind(how):
    parent = supervised(SLEEP)
    both = children(parent.pid)
    parent.send_signal(how)
    assert parent.wait(PATIENCE) == (-how if how == signal.SIGKILL else 0)
    assert gone(both)


# Before it asks to be told, or after it, the new process says so, and goes on only when its parent is gone.
SLOW = """
import os, signal, sys, time
from igtoolkit.config import processes
signal.signal(signal.SIGTERM, lambda *_: None)
asks = processes.end_with_parent
def slow(parent):
    def halt():
        os.write(1, b".")
        while os.getppid() == parent:
            time.sleep(0.01)
    {before}
    asks(parent)
    {after}
    time.sleep(600)
processes.end_with_parent = slow
processes.start([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("where", ["before", "after"])
def test_nothing_is_left_behind_by_a_parent_killed_while_it_starts_a_process(where):
    code = SLOW.format(**{"before": "", "after": "", where: "halt()"})
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout.read(1) == b"."
    (child,) = children(parent.pid, 1)
    parent.kill()
    parent.wait()
    assert gone([child])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_dead_worker_is_started_again_and_a_dead_web_server_ends_everything():
    parent = supervised(SLEEP)
    web, worker = children(parent.pid)
    os.kill(worker, signal.SIGKILL)
    assert parent.stderr.readline() == "The worker ended (-9); it is started again in 2 seconds.\n"
    (_, again) = children(parent.pid)
    assert again != worker
    os.kill(web, signal.SIGKILL)
    assert parent.wait(PATIENCE) != 0
    assert not lives(again)
