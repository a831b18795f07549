"""What an error of the database or the disk means for people: the service cannot do it now, and will again.

Everything else that goes wrong is a mistake of ours in the code, and is answered as one (500).
"""

import errno
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError, InterfaceError


@dataclass(frozen=True)
class Fault:
    """heading: what happened; why: one sentence more; wait: seconds until it is worth trying again.

    is_undecided: an error of this sort at the end of a transaction leaves open whether it was kept.
    """

    heading: str
    why: str
    wait: int
    is_undecided: bool = False


AWAY = Fault(
    "The service cannot reach its records",
    "The fault is ours, not yours. It mostly passes within a minute.",
    wait=30,
    is_undecided=True,
)
BUSY = Fault(
    "The service is too busy",
    "Too many people are saving at this moment, or a long piece of work of ours is in the way.",
    wait=10,
)
FULL = Fault(
    "The service cannot save anything just now",
    "It has no room left, or may only read. Whoever runs it has to see to that. What you had saved before is safe.",
    wait=60,
)
BROKEN = Fault(FULL.heading, "Its disk does not answer as it should.", wait=60, is_undecided=True)

COMMIT = inspect.unwrap(BaseDatabaseWrapper.commit).__code__
OF_THE_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: FULL, errno.EIO: BROKEN}
# The low byte of SQLite's code is the sort of error.
OF_SQLITE = {5: BUSY, 6: BUSY, 8: FULL, 10: BROKEN, 13: FULL, 14: AWAY, 15: BUSY}
# PostgreSQL's, by the whole code or its class: cancelled by our own limits, locks, no room, shutting down.
OF_POSTGRESQL = dict.fromkeys(("57014", "55P03", "40P01", "40001", "53300", "53400", "53"), BUSY)
OF_POSTGRESQL |= {"53100": FULL, "25006": FULL, "08": AWAY, "57": AWAY, "58": BROKEN}


def fault_of(error: BaseException | None) -> Fault | None:
    """The fault behind an error, or behind what it came of; None for an error of another sort."""
    return next((found for each in _behind(error) if (found := _named(each))), None)


def is_undecided(error: BaseException | None) -> bool:
    """Whether it came while a transaction was being kept, and nobody here can tell whether it was."""
    fault = fault_of(error)
    return bool(fault and fault.is_undecided and any(map(_was_keeping, _behind(error))))


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _named(error: BaseException) -> Fault | None:
    if isinstance(error, DatabaseError | InterfaceError):
        cause = error.__cause__
        code = getattr(cause, "sqlite_errorcode", None)
        if code is not None:
            return OF_SQLITE.get(code & 0xFF)
        state = getattr(cause, "sqlstate", None)
        return OF_POSTGRESQL.get(state) or OF_POSTGRESQL.get(state[:2]) if state else _without_code(cause)
    return OF_THE_SYSTEM.get(error.errno or 0) if isinstance(error, OSError) else None


def _without_code(cause: BaseException | None) -> Fault | None:
    """psycopg names no code where it was never connected, or is no longer."""
    names = {each.__name__ for each in type(cause).__mro__}
    return AWAY if names & {"OperationalError", "InterfaceError"} else None


def _was_keeping(error: BaseException) -> bool:
    """Whether the error passed through Django's own commit."""
    return any(code is COMMIT for code in _codes(error.__traceback__))


def _codes(traceback: TracebackType | None) -> Iterator[object]:
    while traceback is not None:
        yield traceback.tb_frame.f_code
        traceback = traceback.tb_next
