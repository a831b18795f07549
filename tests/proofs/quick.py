"""Databases that are truly committed to and need not outlive the test: kept in memory where the machine has room."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import databases

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of this test's own is made in it)


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder that needs no disk, so that a commit waits for none."""
    folder = Path(tempfile.mkdtemp(prefix="igtoolkit-proof-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def quick_database(template: str) -> Iterator[None]:
    """Every thread's connection goes to a fresh copy of the template."""
    with quick_folder() as folder, databases.used(databases.copy_of(template, folder)):
        yield
