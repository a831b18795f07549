"""Whose turn it is to write to an SQLite database, among all threads and processes of this machine.

SQLite lets a writer that finds another sleep and look again, longer each time, up to a tenth of a second: in a deadline
hour the database lies idle between two who wait for it, and whoever came last may well go first. Here the next one
begins as soon as the one before is done. It is a courtesy only: what keeps two from writing at once is SQLite's own
lock, so nothing is lost where somebody does not take turns.
"""

import fcntl
import os
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

LOOK = 0.001  # seconds between two looks at what another process holds
AT_MOST = 20.0  # seconds to wait where the settings name no timeout


class Turns:
    """The turns at one database file, which need not exist yet.

    The threads of a process wait for one another, and one of them at a time for other processes: at the door first,
    then at the room. Who is at the door goes in next, so that a process with many writers cannot keep another one out.
    What a process holds is free once it ends, however it ends.
    """

    def __init__(self, database: Path) -> None:
        self.within = Lock()
        self.door, self.room = (_opened(database.with_name(f"{database.name}-{part}")) for part in ("door", "room"))

    def take(self, patience: float) -> bool:
        """Wait for the turn. False when it did not come within so many seconds."""
        end = monotonic() + patience
        if not self.within.acquire(timeout=patience):
            return False
        if self._enter(end):
            return True
        self.within.release()
        return False

    def give(self) -> None:
        """Let the next one have it."""
        fcntl.flock(self.room, fcntl.LOCK_UN)
        self.within.release()

    def _enter(self, end: float) -> bool:
        if not _locked(self.door, end):
            return False
        try:
            return _locked(self.room, end)
        finally:
            fcntl.flock(self.door, fcntl.LOCK_UN)


_known: dict[str, Turns] = {}
_learning = Lock()


def turns_at(database: str) -> Turns:
    """The turns at a database file, the same for every thread of a process. OSError where none can be kept."""
    with _learning:
        if database not in _known:
            _known[database] = Turns(Path(database))
        return _known[database]


def _begin_afresh() -> None:
    """A forked process opens its own: what both had opened at once would count as held by both."""
    global _learning
    _learning = Lock()
    _known.clear()


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _locked(held: int, end: float) -> bool:
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= end:
                return False
            sleep(LOOK)
        else:
            return True


os.register_at_fork(after_in_child=_begin_afresh)
