"""How every command starts, and how it says what is wrong."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

Given = ParamSpec("Given")
Result = TypeVar("Result")
FEW = 12


class BadInput(click.ClickException):
    """What was typed, or the file given, cannot be used."""

    exit_code = 2


class Wrong(click.ClickException):
    """Something is wrong with what was looked at."""

    exit_code = 1


def start() -> None:
    """Start Django, with our settings unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igtoolkit.config.settings")
    import django

    try:
        django.setup()
    except OSError as error:
        raise BadInput(
            f"IGTOOLKIT_HOME cannot be used ({error.strerror}: {error.filename}): name a folder you can write to."
        ) from error


def with_records(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Start Django before a command; say in plain words when the database cannot be used."""

    @wraps(command)
    def started(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        start()
        from django.db import OperationalError, ProgrammingError

        try:
            return command(*args, **kwargs)
        except (OperationalError, ProgrammingError) as error:
            words = str(error).strip().splitlines()[0]
            raise Wrong(
                f"The database cannot be used ({words}). If it is new or behind, run `igtoolkit set-up`."
            ) from error

    return started


def nearest(word: str, valid: Iterable[str]) -> str:
    """“ Nearest: …” for a word that is not one of the valid ones, or all of them when they are few; may be empty."""
    known = list(dict.fromkeys(valid))
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        return f" Nearest: {', '.join(near)}."
    return f" There are: {', '.join(known)}." if 0 < len(known) <= FEW else ""


def check_migrated() -> None:
    """Raises Wrong when the database is empty or behind."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Wrong("The database is empty or behind: run `igtoolkit set-up`.")


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A function to be told (done, total), drawn on standard error for somebody who looks on."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


def check_year(year: str) -> str:
    """The year, if a framework covers it. Raises BadInput naming the nearest."""
    from igtoolkit.records.frameworks import years

    if year not in years():
        raise BadInput(f"No framework covers the year {year!a}.{nearest(year, years())}")
    return year


def write(path: Path, content: bytes) -> None:
    """Write a file. Raises BadInput when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


@contextmanager
def plainly() -> Iterator[None]:
    """What an action refuses, as words at a terminal."""
    from igtoolkit.actions.said import Invalid

    try:
        yield
    except Invalid as invalid:
        raise BadInput(". ".join(invalid.errors.values()) + ".") from invalid
