"""Which file a worker is at. The hold ends with the worker, however that ends, so no file is left as being made."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

LOCK_CLASS = 1904  # PostgreSQL's advisory locks are shared by the whole database: 1903 is the audit trail's
FOLDER = "being-made"


@contextmanager
def held(pk: int) -> Iterator[bool]:
    """Hold a file while it is being made. False when another worker holds it."""
    with _in_the_database(pk) if connection.vendor == "postgresql" else _in_the_home(pk) as mine:
        yield mine


@contextmanager
def _in_the_database(pk: int) -> Iterator[bool]:
    """By the worker's connection: workers may run on several machines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, pk])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_CLASS, pk])


@contextmanager
def _in_the_home(pk: int) -> Iterator[bool]:
    """By the operating system: the embedded database is on one machine."""
    path = _folder() / str(pk)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.HOME / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
