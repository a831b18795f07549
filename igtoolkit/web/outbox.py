"""Letters that wait to be sent: a folder of files in the home that only its owner can read.

A letter lies there from before it is first tried until a mail server took it, refused it for good, or it is of no use
any more: a server that is down and a process that is killed lose none. No name of a file is used twice.
"""

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from email.utils import make_msgid, parseaddr
from pathlib import Path
from secrets import token_hex
from typing import TextIO

from django.conf import settings
from django.core.mail import EmailMessage

from igtoolkit.standard.canonical import digest

FOLDER = "mail"
log = logging.getLogger(__name__)


def _mark() -> str:
    """A Message-ID under our own address, which names no machine."""
    return make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost")


@dataclass(frozen=True)
class Letter:
    """A mail to one person. until: seconds since 1970 from which on it is of no use. attached: the path of a file.

    name: what it is about, so that a newer one of that name takes its place; empty for one unlike any other. mark: its
    Message-ID, the same however often it is tried: by it a letter box knows one that a server took without saying so.
    """

    to: str
    subject: str
    text: str
    until: float
    attached: str = ""
    name: str = ""
    mark: str = field(default_factory=_mark)

    def message(self) -> EmailMessage:
        """As it is sent. A file that is there no more is left out: the text says what it was."""
        made = EmailMessage(self.subject, self.text, to=[self.to], headers={"Message-ID": self.mark})
        if self.attached and Path(self.attached).exists():
            made.attach_file(self.attached)
        return made

    @property
    def is_of_use(self) -> bool:
        return time.time() < self.until


def keep(letter: Letter) -> Path:
    """Write a letter to the disk; older ones of its name are sent no more. Raises OSError."""
    folder: Path = settings.HOME / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = digest(letter.name or letter.mark)[:32]
    path = folder / f"{about}-{token_hex(8)}.json"
    beside = path.with_suffix(".part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(letter), file)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    for older in folder.glob(f"{about}-*.json"):
        if older != path:
            older.unlink(missing_ok=True)
    return path


def waiting() -> list[Path]:
    """What waits, the one that was tried longest ago first."""
    found = []
    for path in (settings.HOME / FOLDER).glob("*.json"):
        try:
            found.append((path.stat().st_mtime_ns, path))
        except FileNotFoundError:  # sent meanwhile
            continue
    return [path for _, path in sorted(found)]


@contextmanager
def held(path: Path) -> Iterator[Letter | None]:
    """A letter that nobody else sends meanwhile; None when somebody does, or did, or it cannot be read."""
    try:
        file = path.open("r+", encoding="utf-8")
    except FileNotFoundError:
        yield None
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield _read(path, file) if path.exists() else None


def _read(path: Path, file: TextIO) -> Letter | None:
    """One that somebody spoiled would be in the way of all others."""
    try:
        return Letter(**json.load(file))
    except (ValueError, TypeError):
        log.error("A letter that waited cannot be read, and is thrown away.")
        path.unlink(missing_ok=True)
        return None
