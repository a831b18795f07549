"""What goes wrong inside a request: the n-th write of it, its commit, or the news that it was committed."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
from django.db import OperationalError, connection

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)
SQLITE_IOERR = 10
FAULTS = (*("none",) * 3, "twice", "lost", *("write",) * 3, "commit", "commit", "after commit", "after commit")


class Broke:
    """Whether the fault came to pass."""

    happened = False


@contextmanager
def broken(fault: str, nth: int) -> Iterator[Broke]:
    """The n-th write, commit or word about a commit fails, once, as a database says it that has gone."""
    broke = Broke()
    if fault == "write":
        with connection.execute_wrapper(_breaking_write(broke, nth)):
            yield broke
    elif fault in ("commit", "after commit"):
        with patch.object(connection, "_commit", _breaking_commit(broke, nth, after=fault == "after commit")):
            yield broke
    else:
        yield broke


def gone() -> OperationalError:
    """The error as the driver says it: of SQLite that the disk did not answer, of PostgreSQL that it is not there."""
    if connection.vendor == "sqlite":
        cause: Exception = sqlite3.OperationalError("disk I/O error")
        cause.sqlite_errorcode = SQLITE_IOERR  # type: ignore[attr-defined]
    else:
        cause = psycopg.OperationalError("the connection is lost")
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def _breaking_write(broke: Broke, nth: int) -> Any:
    left = nth

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= bool(WRITE.match(sql))
        if not left and not broke.happened:
            broke.happened = True
            raise gone()
        return execute(sql, params, many, context)

    return wrapper


def _breaking_commit(broke: Broke, nth: int, *, after: bool) -> Any:
    whole, left = connection._commit, nth

    def commit() -> None:
        nonlocal left
        left -= 1
        breaks = not left
        if after or not breaks:
            whole()
        if breaks:
            broke.happened = True
            raise gone()

    return commit
