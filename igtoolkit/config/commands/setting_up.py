"""`igtoolkit set-up`: database, triggers, styles and scripts ready; what `demo` and `serve` do of it by themselves."""

from pathlib import Path

import click

from igtoolkit.config.commands.terminal import Wrong, with_records


@click.command("set-up")
@with_records
def set_up() -> None:
    """Bring the database up to date, and gather styles and scripts for serving. Safe to run again."""
    make_ready()
    click.echo("Set up.")


def make_ready() -> None:
    """Migrate, put back missing triggers (and say so), gather styles and scripts. Raises Wrong without styles."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from igtoolkit.records import rows, triggers

    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    gone = triggers.missing()
    if gone:
        triggers.install(connection)
        click.echo(
            f"Put back {len(gone)} missing triggers: run `igtoolkit verify` to see whether anything was changed.",
            err=True,
        )
    if rows.missing(connection):
        rows.install(connection)
    _gather()


def set_up_if_new() -> None:
    """Set up a database that holds nothing at all yet. One that is merely behind waits for `igtoolkit set-up`."""
    from django.db import connection

    if not connection.introspection.table_names():
        make_ready()


def gather_styles() -> None:
    """Gather styles and scripts where that was not done since they were installed. Raises Wrong without them."""
    from django.conf import settings

    if not settings.PLAIN_STATIC and _newest(settings.STATICFILES_DIRS) > _gathered(settings.STATIC_ROOT):
        _gather()


def _gather() -> None:
    from django.contrib.staticfiles.finders import find
    from django.core.management import call_command

    if not find("vendor/nhsuk-frontend.css"):
        raise Wrong("The NHS.UK styles are missing: run `npm ci --ignore-scripts`, then `python scripts/assets.py`.")
    call_command("collectstatic", interactive=False, verbosity=0)


def _newest(folders: list[Path]) -> float:
    """When the newest of what is to be served was written, in seconds."""
    return max((path.stat().st_mtime for folder in folders for path in folder.rglob("*")), default=0.0)


def _gathered(folder: Path) -> float:
    """When styles and scripts were last gathered, in seconds; 0 for never."""
    manifest = folder / "staticfiles.json"
    return manifest.stat().st_mtime if manifest.exists() else 0.0
