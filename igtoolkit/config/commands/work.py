"""`igtoolkit work`: the worker, which makes the files that take a while."""

import os
import sys

import click

from igtoolkit.config.commands.terminal import check_migrated, with_records

BEHIND_THE_PAGES = 10


@click.command()
@click.option("--file", "pk", type=int, hidden=True, help="Make this one file and end: what the worker does itself.")
@with_records
def work(pk: int | None) -> None:
    """Make the files that take a while, as people ask for them, until stopped.

    `serve` runs one already, unless told not to. Several may run, on several machines with PostgreSQL.
    """
    if pk is not None:
        from igtoolkit.config.making import make

        os.nice(BEHIND_THE_PAGES)
        sys.exit(make(pk))
    from igtoolkit.config import working

    check_migrated()
    working.work(working.stop_at_signals())
