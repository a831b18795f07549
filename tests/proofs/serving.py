"""The real service as a proof starts and kills it: web server and worker, and where need be PostgreSQL itself."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection, connections
from gunicorn.app.base import BaseApplication

from igtoolkit.config.commands import serving
from igtoolkit.records import clock, rows
from scripts import with_postgresql
from tests import worlds
from tests.proofs import full

PATIENCE = 60.0  # seconds
PROCESSES = 2  # fewer than a service has, for a proof starts hundreds
ROOT = Path(__file__).parents[2]


class Service:
    """What `igtoolkit serve` becomes, in a session of its own; with `worker` the worker as well."""

    def __init__(self, home: Path, database: str = "", *, worker: bool = False) -> None:
        self.port = with_postgresql.free_port()
        web = serving._server("127.0.0.1", self.port, PROCESSES)
        words = serving._with_worker(web) if worker else web
        self.log = home / "server.log"
        with self.log.open("ab") as log:
            facts = {"cwd": ROOT, "env": environment(home, database), "start_new_session": True}
            self.pid = subprocess.Popen(words, stdout=log, stderr=log, **facts).pid

    def wait(self) -> "Service":
        """Until it answers a page that needs the database."""
        latest = time.monotonic() + PATIENCE
        while time.monotonic() < latest and members(self.pid):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                return self
            time.sleep(0.02)
        raise AssertionError(f"The server did not start: {self.log.read_text()[-2000:]}")

    def kill(self, dice: random.Random | None = None) -> None:
        """SIGKILL to every process of the session at once, in an order drawn by the dice.

        And to whatever one of them began in the meantime: a parent that is killed last replaces its dead.
        """
        while doomed := members(self.pid):
            if dice:
                dice.shuffle(doomed)
            kill_all(doomed)
        with suppress(ChildProcessError):  # the next process that was begun took note of it
            os.waitpid(self.pid, 0)


class QuickService(Service):
    """The same web server, forked from this process so that it is there at once: over this process's own database."""

    def __init__(self, home: Path) -> None:
        self.port = with_postgresql.free_port()
        self.log = home / "server.log"
        connections.close_all()
        self.pid = os.fork()
        if not self.pid:
            _become_server(self.port, self.log)
        wait_until(lambda: members(self.pid))  # until then it is of this process's own session


class _Gunicorn(BaseApplication):  # type: ignore[misc]
    """Gunicorn as `igtoolkit serve` sets it, with our application already in hand."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        words = serving._server("127.0.0.1", self.port, PROCESSES)[4:]  # after: python -m gunicorn application
        for name, value in vars(self.cfg.parser().parse_args(words)).items():
            if value is not None and name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from igtoolkit.config.wsgi import application

        return application


def _become_server(port: int, log: Path) -> None:
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with log.open("ab") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        _Gunicorn(port).run()
    finally:
        os._exit(1)


def environment(home: Path, database: str) -> dict[str, str]:
    """Nothing of the caller's settings but what is given here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IGTOOLKIT_", "DJANGO_", "PORT"))}
    given = {"IGTOOLKIT_HOME": str(home), "IGTOOLKIT_SECRET": "only for tests"}
    given |= {"DJANGO_SETTINGS_MODULE": "tests.proofs.served"}
    return kept | given | ({"IGTOOLKIT_DATABASE": database} if database else {})


def members(session: int) -> list[int]:
    """The processes of a session that are alive."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, of = each.read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state not in "ZX":
                found.append(int(each.parent.name))
    return found


def kill_all(doomed: list[int]) -> None:
    """SIGKILL to each, and wait until none of them runs any more. Whoever began them need not have taken note of it."""
    for pid in doomed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: all(state(each) in ("", "Z", "X") for each in doomed))


def state(pid: int) -> str:
    """The letter that /proc has for a process: T for a stopped one, Z for a dead one; empty for none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def wait_until(true: Any) -> None:
    latest = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > latest:
            raise AssertionError("It did not come to pass in time.")
        time.sleep(0.01)


class OwnPostgresql:
    """A PostgreSQL server that keeps what it acknowledged, and may be killed.

    In short it leaves out what only a power cut needs: what it has written, the system keeps when it is killed.
    """

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="igtoolkit-crash-")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = with_postgresql.free_port()
        self.control = with_postgresql.start(self.folder, self.port, full(["fsync=off"], []))

    @property
    def address(self) -> str:
        return f"postgresql://igtoolkit@127.0.0.1:{self.port}/postgres"

    def fill(self, template: str) -> None:
        """With a database of the tests' own server: quicker than migrating another."""
        there = os.environ["IGTOOLKIT_DATABASE"].rpartition("/")[0] + f"/{template}"
        programs = with_postgresql.programs()
        made = f"CREATE ROLE {rows.ROLE} NOLOGIN;\n".encode()
        made += subprocess.run([programs / "pg_dump", there], check=True, capture_output=True).stdout
        into = [programs / "psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", self.address]
        subprocess.run(into, input=made, check=True, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """SIGKILL to the postmaster and everything it started: it writes nothing more, and no checkpoint.

        It is stopped first, for one process that it began meanwhile would keep it from starting again.
        """
        postmaster = self._postmaster()
        os.kill(postmaster, signal.SIGSTOP)
        wait_until(lambda: state(postmaster) == "T")
        kill_all(members_below(postmaster))
        if state(postmaster):  # dead, but nobody has taken note of it: PostgreSQL would take it for alive by these
            self._note.unlink()
            Path(self.folder, f".s.PGSQL.{self.port}.lock").unlink()

    def start(self) -> None:
        """Again, from what stands on the disk, with the words it was started with."""
        with_postgresql.quietly([*self.control, "restart"], self.folder)

    def stop(self) -> None:
        with_postgresql.quietly([*self.control, "-m", "immediate", "stop"], self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _note(self) -> Path:
        return Path(self.folder, "data", "postmaster.pid")

    def _postmaster(self) -> int:
        return int(self._note.read_text().split("\n")[0])


def members_below(parent: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return [parent, *(int(each) for each in children)]


@contextmanager
def looking_at(**settings: str) -> Iterator[None]:
    """This process's own connection goes to another database for a while."""
    worlds.leave()
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings)
    clock.demonstration.cache_clear()
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)
        clock.demonstration.cache_clear()


def igtoolkit(*words: str, home: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    """One of our commands over the records of a proof."""
    command: list[str] = [sys.executable, "-m", "igtoolkit", *words]
    given: Mapping[str, Any] = {"env": environment(home, database), "cwd": ROOT, "capture_output": True, "text": True}
    return subprocess.run(command, check=False, **given)
