"""Databases that are truly committed to and need not outlive the test: kept in memory where the machine has room."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests import databases


@contextmanager
def quick_database(template: str) -> Iterator[None]:
    """Every thread's connection goes to a fresh copy of the template."""
    with databases.quick_folder() as folder, databases.used(databases.copy_of(template, folder)):
        yield
