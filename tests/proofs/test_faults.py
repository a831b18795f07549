"""Drills on real servers: the disk is full, the database goes away and comes back. Nobody has to lend a hand."""

import json
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from igtoolkit.actions.files import request_file
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import RequestedFile
from igtoolkit.standard.words import Stage
from scripts import with_postgresql
from tests import databases
from tests.conftest import YEAR, make_cast, make_organisation, make_person, stand_ready, started
from tests.proofs import PROVING, full, report
from tests.proofs.drills import PAGE, VERSION, Browser, OnASmallDisk, saying, seconds_until, small_disks_can_be_had
from tests.proofs.serving import OwnPostgresql, QuickService, Service, igtoolkit, looking_at, members

SMALL = 24  # megabytes
LONG_TEXT = "Typed while the service could not save. " * 200
FIRST = [f"Before the disk was full, {number}." for number in range(5)]
NOT_SAVED = "Nothing of what you sent was saved."
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about the embedded database")
STOPS = ("fast", "immediate", "kill", "fast", "immediate", "kill")
in_full = pytest.mark.skipif(not PROVING, reason="a drill for make prove")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL")


def ada_signed_in() -> str:
    """A trust that has started, and its administrator's session."""
    ada = make_person("ada", make_organisation("DMA001"), "administrator")
    started(ada)
    client = Client()
    client.force_login(ada)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def embedded(template: str, tmp_path: Path, django_db_blocker) -> tuple[Path, str]:
    """A home with a database in it, and Ada's session."""
    home = tmp_path / "home"
    home.mkdir()
    copied = Path(databases.copy_of(template, tmp_path)).rename(home / "igtoolkit.sqlite3")
    with django_db_blocker.unblock(), looking_at(NAME=str(copied)):
        session = ada_signed_in()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home, session


@contextmanager
def served(service: Service) -> Iterator[Service]:
    try:
        yield service.wait()
    finally:
        service.kill()


@on_sqlite
def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room_again(embedded, tmp_path):
    home, session = embedded
    at = tmp_path / "small"
    at.mkdir()
    if not small_disks_can_be_had(at):
        pytest.skip("This machine lets nobody make a file system of their own.")
    with served(OnASmallDisk(home, at, SMALL)) as service:
        browser = Browser(service, session)
        assert all(browser.save(each)[0] == 302 for each in FIRST)
        service.fill()
        saved, page = save_until_it_cannot(browser)
        assert [browser.ask("GET", path)[0] for path in ("/livez", PAGE, "/help/")] == [200, 200, 200]
        service.free()
        recovery = seconds_until(lambda: browser.send_again(page)[0] == 302)
        kept = copied_out(service, tmp_path / "after")
    assert told(kept) == [*FIRST, *saved, f"{len(saved)} {LONG_TEXT}"]
    verified = igtoolkit("verify", home=kept.parent)
    assert (verified.returncode, verified.stderr) == (0, "")
    figures = f"{len(FIRST) + len(saved)} answers acknowledged before it was full, 0 lost; then 503 with the text, "
    figures += f"and the same form was saved {recovery:.1f} s after there was room; verify is content"
    report("disk full", figures)


def save_until_it_cannot(browser: Browser) -> tuple[list[str], str]:
    """The comments that were acknowledged, for a database first uses room it has in hand, and the page after them."""
    saved: list[str] = []
    for number in range(200):
        comment = f"{number} {LONG_TEXT}"
        status, page = browser.save(comment)
        if status == 503:
            assert NOT_SAVED in page
            assert comment in page
            return saved, page
        assert status == 302, page[:2000]
        saved.append(comment)
    raise AssertionError("the disk was never full")


def copied_out(service: OnASmallDisk, to: Path) -> Path:
    """The database with its log, as they lie while nobody writes; whole by its own check."""
    to.mkdir()
    for name in ("igtoolkit.sqlite3", "igtoolkit.sqlite3-wal"):
        shutil.copy(service.disk / name, to / name)
    with closing(sqlite3.connect(to / "igtoolkit.sqlite3")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return to / "igtoolkit.sqlite3"


def told(kept: Path) -> list[str]:
    """The comments that the trail tells of, in order."""
    with closing(sqlite3.connect(kept)) as copy:
        rows = copy.execute("SELECT facts FROM records_auditevent WHERE event = 'answer_saved' ORDER BY number")
        return [json.loads(row[0])["after"]["comment"] for row in rows]


@on_sqlite
@in_full
def test_a_database_that_may_only_be_read_answers_503(embedded, tmp_path):
    home, session = embedded
    at = tmp_path / "read-only"
    at.mkdir()
    if not small_disks_can_be_had(at):
        pytest.skip("This machine lets nobody make a file system of their own.")
    service = OnASmallDisk(home, at, SMALL, may_write=False)
    try:
        browser = Browser(service, session)
        seconds_until(lambda: browser.ask("GET", "/livez")[0] == 200)
        status, page = browser.ask("POST", PAGE, saying("0", "Typed while it could only be read."))
        assert status == 503
        assert NOT_SAVED in page
        assert "Typed while it could only be read." in page
        assert [browser.ask("GET", path)[0] for path in ("/livez", "/readyz", "/help/")] == [200, 503, 200]
    finally:
        service.kill()
    report("database may only be read", "503 with the text given back, never 500; help stays readable")


@on_postgresql
def test_a_database_that_goes_away_and_comes_back_needs_no_hands(tmp_path, template, django_db_blocker):
    own = OwnPostgresql()
    at = {"HOST": "127.0.0.1", "PORT": str(own.port), "NAME": "postgres", "USER": "igtoolkit", "PASSWORD": ""}
    try:
        own.fill(template)
        with django_db_blocker.unblock(), looking_at(**at):
            session = ada_signed_in()
            with served(QuickService(tmp_path)) as service:
                told = [away_and_back(own, Browser(service, session), how) for how in full(("kill",), STOPS)]
    finally:
        own.stop()
    recovered = max(each.recovered for each in told)
    noticed = max(each.not_ready for each in told)
    figures = (
        f"stopped {len(told)} times: not ready within {noticed:.1f} s, always alive, 503 with the text given back, "
    )
    report("PostgreSQL away and back", figures + f"the same form saved {recovered:.1f} s after its return")
    assert max(recovered, noticed) < 60


@dataclass(frozen=True)
class Outage:
    """Seconds until it said that it was not ready, and until the form was saved once the database was back."""

    not_ready: float
    recovered: float


def stop(own: OwnPostgresql, how: str) -> None:
    """As whoever runs it does, or by SIGKILL to all of it."""
    if how == "kill":
        own.kill()
    else:
        with_postgresql.quietly([*own.control, "-m", how, "stop"], own.folder)


def away_and_back(own: OwnPostgresql, browser: Browser, how: str) -> Outage:
    """Stop the database, look at what people get, start it again, and press the button of the page."""
    assert browser.save(f"Before it was stopped ({how}).")[0] == 302
    version = VERSION.search(browser.ask("GET", PAGE)[1])[1]
    stop(own, how)
    not_ready = seconds_until(lambda: browser.ask("GET", "/readyz")[0] == 503, patience=10)
    begun = time.monotonic()
    status, page = browser.ask("POST", PAGE, saying(version, f"Typed meanwhile ({how})."))
    assert (status, time.monotonic() - begun < 10) == (503, True)
    assert NOT_SAVED in page
    assert "Typed meanwhile" in page
    without = ("/livez", "/help/", "/caldicott2/", "/accessibility/", "/news/", "/", "/static/igtoolkit.css")
    assert {path: browser.ask("GET", path)[0] for path in without} == dict.fromkeys(without, 200)
    own.start()
    recovered = seconds_until(lambda: browser.send_again(page)[0] == 302)
    assert "Typed meanwhile" in browser.ask("GET", PAGE)[1]
    return Outage(not_ready, recovered)


@in_full
def test_a_worker_and_a_maker_that_are_killed_are_replaced_and_the_file_is_made(tmp_path, template, django_db_blocker):
    with django_db_blocker.unblock(), ExitStack() as held:
        name = databases.copy_of(template, tmp_path)
        address = held.enter_context(reached(name, tmp_path))
        cast = make_cast()
        submit(stand_ready(started(cast.ada), cast), Stage.BASELINE, key="once", arrived=clock.now(), by=cast.ada)
        connections.close_all()
        with served(Service(tmp_path, address, worker=True)) as service:
            kill_when_there(service, "work")
            asked_for = request_file("board_pdfs", YEAR, "baseline", by=cast.nia)
            kill_when_there(service, "--file")
            recovery = seconds_until(
                lambda: RequestedFile.objects.filter(pk=asked_for.pk, failed="", sha256__gt="").exists()
            )
    report(
        f"worker and maker killed on {connection.vendor}", f"the file was made {recovery:.1f} s later, without hands"
    )


@contextmanager
def reached(name: str, home: Path) -> Iterator[str]:
    """This process and a server use the same database. Gives its address; none for the embedded one in `home`."""
    if connection.vendor == "postgresql":
        with databases.used(name):
            yield os.environ["IGTOOLKIT_DATABASE"].rpartition("/")[0] + f"/{name}"
        return
    copied = Path(name).rename(home / "igtoolkit.sqlite3")
    with looking_at(NAME=str(copied)):
        yield ""


def kill_when_there(service: Service, word: str) -> None:
    """SIGKILL to the process of the server's session whose command has this word."""
    found: list[int] = []

    def look() -> bool:
        found[:] = [pid for pid in members(service.pid) if word.encode() in commanded(pid)]
        return bool(found)

    seconds_until(look)
    for pid in found:
        os.kill(pid, signal.SIGKILL)


def commanded(pid: int) -> list[bytes]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []
