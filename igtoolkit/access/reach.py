"""For whom a connection to PostgreSQL asks: the second wall (records/rows.py) shows it no other rows.

The gate says it for each page, and takes it back at the page's end. A web server's connection that is told nothing
reaches no tenant row; that of a command or the worker reaches all. SQLite has no such wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.backends.signals import connection_created
from django.db.models.sql import Query
from psycopg.pq import TransactionStatus

from igtoolkit.access.policy import Visitor
from igtoolkit.records import clock, rows
from igtoolkit.records.models import Person

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Reach:
    """What a connection is told: its role (`none`: the login itself), whose rows, what beyond, at what instant."""

    role: str = rows.ROLE
    organisation: str = ""
    word: str = ""
    at: str = ""


NOBODY = Reach()
OPERATOR = Reach(role="none")
_told: ContextVar[Reach | None] = ContextVar("reach", default=None)
_otherwise = OPERATOR


def nobody_unless_told() -> None:
    """From now on this process reaches no tenant row but within `asking_for`. A web server says so as it starts."""
    global _otherwise
    _otherwise = NOBODY if settings.ROWS_CLOSED else OPERATOR


@contextmanager
def asking_for(person: Visitor) -> Iterator[None]:
    """Reach what this person may, at the most, and no more; afterwards what was reached before."""
    if connection.vendor != "postgresql" or not settings.ROWS_GUARDED:
        yield
        return
    with _telling(_reach_of(person)):
        yield


@contextmanager
def reaching(word: str) -> Iterator[None]:
    """Reach further for a moment: `word` is one of records/rows.py. Who does so is counted in tests/access."""
    now = _now()
    if connection.vendor != "postgresql" or now.role != rows.ROLE or now.word == word:
        yield
        return
    with _telling(replace(now, word=word)):
        yield


def raised(queryset: Rows, word: str) -> Rows:
    """The same rows, reaching further whenever they are fetched, and then alone."""
    query: Any = queryset.query.chain(_Raised)
    query.reach = word
    queryset.query = query
    return queryset


class _Raised(Query):
    """A query that carries its reach to wherever it is run, however it is narrowed on the way."""

    reach = ""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        compiler = super().get_compiler(*args, **kwargs)
        execute, word = compiler.execute_sql, self.reach

        def execute_sql(result_type: str = "multi", chunked_fetch: bool = False, **rest: Any) -> Any:
            with reaching(word):  # all rows at once: those fetched later would be fetched without it
                return execute(result_type, chunked_fetch=False, **rest)

        compiler.execute_sql = execute_sql
        return compiler

    def get_aggregation(self, *args: Any, **kwargs: Any) -> Any:
        with reaching(self.reach):
            return super().get_aggregation(*args, **kwargs)


def _reach_of(person: Visitor) -> Reach:
    if not isinstance(person, Person) and not person.is_authenticated:
        return NOBODY
    if not person.is_active:
        return NOBODY
    word = rows.NATION if person.reads_for_ndg else rows.SERVICE if person.serves else ""
    at = clock.now().isoformat() if person.serves else ""
    return Reach(organisation=str(person.organisation_id or ""), word=word, at=at)


def _now() -> Reach:
    return _told.get() or _otherwise


@contextmanager
def _telling(reach: Reach) -> Iterator[None]:
    if connection.connection is not None:
        connection.close_if_health_check_failed()
    token = _told.set(reach)
    try:
        _tell()
        yield
    finally:
        _told.reset(token)
        _tell_again()


def _tell_again() -> None:
    """What was reached before; a connection that cannot be told is closed, so that nobody is taken for another.

    Within a transaction that is said: Django leaves one whose connection is closed without a word, and what was never
    committed would be acknowledged.
    """
    try:
        _tell()
    except (psycopg.Error, DatabaseError):
        within = connection.in_atomic_block
        connection.close()
        if within:
            raise


def _tell() -> None:
    """Tell the connection, past Django's count of a page's queries. One not open yet is told as it opens.

    In a transaction that failed nothing can be told, and nothing needs to be: rolling back restores what was before.
    """
    raw: Any = connection.connection
    if raw is None or raw.info.transaction_status == TransactionStatus.INERROR:
        return
    now = _now()
    with connection.wrap_database_errors, raw.cursor() as cursor:
        cursor.execute(_TELL, [now.role, now.organisation, now.word, now.at])


_TELL = (
    "SELECT set_config('role', %s, false), "
    f"set_config('{rows.ORGANISATION}', %s, false), set_config('{rows.REACH}', %s, false), "
    f"set_config('{rows.AT}', %s, false)"
)


def _opened(**kwargs: Any) -> None:
    if kwargs["connection"].vendor == "postgresql" and _now() != OPERATOR:
        _tell()


connection_created.connect(_opened, dispatch_uid="igtoolkit.access.reach")
