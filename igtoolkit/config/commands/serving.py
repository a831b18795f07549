"""`igtoolkit demo` and `serve`: getting the service to run."""

import json
import os
import sys

import click

from igtoolkit.config.commands.setting_up import gather_styles, set_up_if_new
from igtoolkit.config.commands.terminal import BadInput, Wrong, check_migrated, progress_bar, with_records
from igtoolkit.config.processes import ours

# Checking a password takes 19 MB for a moment. Without these the C library keeps that room for each thread that ever
# did it, and the service grows by 20 MB a thread over a deadline's evening.
MALLOC = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "1048576"}
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 (compared with, never bound to by default)
TOO_STRONG = (
    "Careful: the login in IGTOOLKIT_DATABASE {}, so that whoever gets hold of it can take away what keeps "
    "organisations' rows apart. docs/running.md says how to serve with a lesser one."
)
# Only one thread of a process runs at a time, and the others keep it waiting. In the deadline hour on two cores half of
# all answers took 12 ms from four processes of two threads, and 25 ms from two of four; two of sixteen fell behind.
EACH_CORE, MOST_PROCESSES, THREADS = 2, 8, 2
LINE, FIELDS, FIELD = 4_094, 60, 8_190  # of a request: bytes of its first line, headers in all, bytes of one
SIGN_IN = """\
Demonstration: invented organisations and scores. Sign in with the password {password} as
  administrator@dma001.example   records and submits for a trust (also contributor@, reviewer@, viewer@)
  ndg@demo.example               reads the national report
  service@demo.example           belongs to the service team"""


@click.command()
@click.option("--if-empty", is_flag=True, help="Leave a database that holds organisations as it is, and say so.")
@with_records
def demo(if_empty: bool) -> None:
    """Fill an empty database with the demonstration nation: 214 invented trusts, and a clock of its own."""
    from igtoolkit.config.demonstration import PASSWORD, AlreadyInUse, build
    from igtoolkit.records import clock

    set_up_if_new()
    check_migrated()
    if clock.demonstration():
        click.echo("The demonstration is here already.")
        return
    try:
        with progress_bar("Inventing a nation") as progress:
            build(progress)
    except AlreadyInUse as in_use:
        if not if_empty:
            raise BadInput(str(in_use)) from in_use
        click.echo("The database is in use already, so no demonstration is added.")
    else:
        click.echo(SIGN_IN.format(password=PASSWORD))
        click.echo("The demonstration is ready: run `igtoolkit serve`.")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True, show_envvar=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; see IGTOOLKIT_HOSTS.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(EACH_CORE * (os.cpu_count() or 1), MOST_PROCESSES),
    show_default=f"{EACH_CORE} a core, {MOST_PROCESSES} at most",
    envvar="IGTOOLKIT_PROCESSES",
    show_envvar=True,
    help="How many processes answer requests; each takes about 130 MB.",
)
@click.option("--no-worker", is_flag=True, help="The web server alone: `igtoolkit work` makes what takes a while.")
def serve(port: int, host: str, processes: int, no_worker: bool) -> None:
    """Serve the toolkit, once the database is up to date and its triggers are there. An empty one is set up first.

    Beside the web server runs a worker, which makes the files that take a while.
    """
    shown = "127.0.0.1" if host in ANYWHERE else host
    address = f"{_bracketed(shown)}:{port}"
    _check_ready()
    _remember(f"http://{address}")
    click.echo(f"Serving on http://{address}/ (stop with Ctrl-C)")
    sys.stdout.flush()
    web = _server(host, port, processes)
    words = web if no_worker else _with_worker(web)
    for name, value in MALLOC.items():
        os.environ.setdefault(name, value)
    os.execv(sys.executable, words)  # noqa: S606 (no shell; our own interpreter)


def _with_worker(web: list[str]) -> list[str]:
    """The command line of the parent of web server and worker."""
    several = {"web": web, "worker": ours("work")}
    return [sys.executable, "-m", "igtoolkit.config.supervising", json.dumps(several)]


def _server(host: str, port: int, processes: int) -> list[str]:
    """The web server's command line. Nothing is loaded before it forks: PDFs made before and after a fork hang."""
    return [
        *(sys.executable, "-m", "gunicorn", "igtoolkit.config.wsgi"),
        *("--worker-class", "igtoolkit.config.web_server.Worker"),
        *("--workers", str(processes), "--threads", str(THREADS)),
        *("--logger-class", "igtoolkit.config.logs.ServerLog"),
        *("--limit-request-line", str(LINE), "--limit-request-fields", str(FIELDS)),
        *("--limit-request-field_size", str(FIELD)),
        *("--bind", f"{_bracketed(host)}:{port}", "--log-level", "warning", "--no-control-socket"),
    ]


@with_records
def _remember(address: str) -> None:
    """Keep where the service is reached, for the papers that commands make; IGTOOLKIT_ADDRESS overrides it."""
    from django.conf import settings

    from igtoolkit.config.places import ADDRESS_FILE

    (settings.HOME / ADDRESS_FILE).write_text(address, "utf-8")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@with_records
def _check_ready() -> None:
    from django.conf import settings
    from django.db import connection

    from igtoolkit.records import clock, rows, triggers

    set_up_if_new()
    check_migrated()
    gone = triggers.missing()
    if gone:
        raise Wrong(
            f"Triggers are missing: {', '.join(sorted(gone))}. Records that must stay could be changed. "
            "Run `igtoolkit set-up`, then `igtoolkit verify`."
        )
    if settings.ROWS_GUARDED and (lacking := rows.missing(connection)):
        raise Wrong(
            f"PostgreSQL does not keep organisations' rows apart. Missing: {', '.join(lacking)}. Run "
            "`igtoolkit set-up`; docs/running.md says what whoever runs the server may have to do first, and how to "
            "serve without."
        )
    if stronger := rows.too_strong(connection):
        click.echo(TOO_STRONG.format(" and ".join(stronger)), err=True)
    gather_styles()
    if clock.demonstration():
        from igtoolkit.config.demonstration import PASSWORD

        click.echo(SIGN_IN.format(password=PASSWORD))
    connection.close()
