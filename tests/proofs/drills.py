"""What the drills share: a person at a form of a real server, and a server on a disk that can be filled."""

import http.client
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from igtoolkit.config.commands import serving
from scripts import with_postgresql
from tests.proofs.serving import PROCESSES, ROOT, Service, environment

CSRF = "k" * 32
FORM = "application/x-www-form-urlencoded"
VERSION = re.compile(r'name="version" value="(\d+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
PAGE = "/organisations/DMA001/2015-16/requirements/13-101/"
# The home is a small file system of its own, which only this server and its children see; it goes when they go.
MOUNTED = (
    'set -e; mount -t tmpfs -o size="$0" tmpfs "$2"; cp -r "$1"/. "$2"; mount -o remount,"$3" "$2"; shift 3; exec "$@"'
)


class Browser:
    """A signed-in person's requests, one after another, each on a connection of its own."""

    def __init__(self, service: Service, session: str = "") -> None:
        self.port, self.session = service.port, session

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str]:
        """(status, page); (0, "") when nothing answers."""
        body = urlencode([*fields, ("csrfmiddlewaretoken", CSRF)]) if fields is not None else None
        cookies = {"Cookie": f"csrf={CSRF}" + (f"; session={self.session}" if self.session else "")}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, cookies | ({"Content-Type": FORM} if body else {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def save(self, comment: str) -> tuple[int, str]:
        """Open the requirement, write a comment, and save."""
        status, page = self.ask("GET", PAGE)
        version = VERSION.search(page)
        if version is None:
            return status, page
        return self.ask("POST", PAGE, saying(version[1], comment))

    def send_again(self, page: str) -> tuple[int, str]:
        """Press the button of a page that gave the text back."""
        carried = [(name, unescape(value)) for name, value in HIDDEN.findall(page) if name != "csrfmiddlewaretoken"]
        return self.ask("POST", PAGE, carried)


def saying(version: str, comment: str) -> list[tuple[str, str]]:
    """The fields of a requirement's form."""
    return [("version", version), ("comment", comment), ("not_yet", "1"), ("then", "save")]


class OnASmallDisk(Service):
    """The web server over a copy of `home` on a file system of so many megabytes."""

    def __init__(self, home: Path, at: Path, megabytes: int, *, may_write: bool = True) -> None:
        self.port, self.at, self.log = with_postgresql.free_port(), at, home.parent / "server.log"
        words = serving._server("127.0.0.1", self.port, PROCESSES)
        before = ["unshare", "-Urm", "sh", "-c", MOUNTED, f"{megabytes}m", str(home), str(at)]
        before.append("rw" if may_write else "ro")
        with self.log.open("ab") as log:
            facts = {"cwd": ROOT, "env": environment(at, ""), "start_new_session": True}
            self.pid = subprocess.Popen([*before, *words], stdout=log, stderr=log, **facts).pid

    @property
    def disk(self) -> Path:
        """The small disk, as seen from here."""
        return Path(f"/proc/{self.pid}/root{self.at}")

    def fill(self) -> None:
        """Leave no byte free."""
        with (self.disk / "ballast").open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * 4096):
                pass

    def free(self) -> None:
        (self.disk / "ballast").unlink()


def small_disks_can_be_had(folder: Path) -> bool:
    """Whether this machine lets us make a file system of our own."""
    if not shutil.which("unshare") or not Path("/proc/self/root").exists():
        return False
    tried = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def seconds_until(true: Callable[[], object], patience: float = 60.0) -> float:
    """How long until something is so. Raises AssertionError when it takes longer than patience."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < patience, "it did not come to pass in time"
        time.sleep(0.05)
    return time.monotonic() - begun
