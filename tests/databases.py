"""Test databases copied from a template: the product's triggers stay on, so nothing can be wiped between tests."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from igtoolkit.records import clock
from tests import worlds

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of this run's own is made in it)
ROOM = 2_000_000_000  # bytes that must be free there


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder that needs no disk where the machine has room for that, so that a commit waits for none."""
    is_there = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="igtoolkit-databases-", dir=MEMORY if is_there else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_template(folder: Path) -> str:
    """Migrate an empty database once and let go of it. Returns its name."""
    name = _new_name(folder)
    if connection.vendor == "postgresql":
        _on_server(f'CREATE DATABASE "{name}"')
    with pointed_at(name):
        call_command("migrate", verbosity=0)
        settle()
    return name


def settle() -> None:
    """All of the database that is pointed at stands in its one file, which may then be copied."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy_of(template: str, folder: Path) -> str:
    """A new database like the template. Returns its name."""
    name = _new_name(folder)
    if connection.vendor == "postgresql":
        _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    else:
        shutil.copy(template, name)
    return name


@contextmanager
def used(name: str) -> Iterator[None]:
    """Every thread's connection goes to this database; afterwards it is thrown away."""
    try:
        with pointed_at(name):
            yield
    finally:
        throw_away(name)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """The same, but that it stays, to be copied."""
    worlds.leave()
    before = connection.settings_dict["NAME"]
    _point_at(name)
    clock.demonstration.cache_clear()
    try:
        yield
    finally:
        worlds.leave()
        connections.close_all()
        _point_at(before)
        clock.demonstration.cache_clear()


def throw_away(name: str) -> None:
    if connection.vendor == "postgresql":
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    else:
        for each in (name, f"{name}-wal", f"{name}-shm"):
            Path(each).unlink(missing_ok=True)


def _new_name(folder: Path) -> str:
    unique = f"test_{uuid.uuid4().hex[:12]}"
    return unique if connection.vendor == "postgresql" else str(folder / f"{unique}.sqlite3")


def _point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _on_server(statement: str) -> None:
    before = connection.settings_dict["NAME"]
    _point_at("postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        _point_at(before)
