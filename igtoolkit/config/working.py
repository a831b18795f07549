"""The worker: it makes the files that people asked for, one at a time, each in a process of its own.

So it stays small whatever it makes, a file that breaks its process is noticed at once, and nothing is drawn in
a process that others are forked from.
"""

import logging
import signal
import time
from threading import Event

from django.db import Error, connection

from igtoolkit.actions.files import clear_files, give_up_file, waiting_files
from igtoolkit.actions.tries import clear_tries
from igtoolkit.config import processes
from igtoolkit.config.holding import held
from igtoolkit.config.making import LATER
from igtoolkit.config.witnessing import witness_if_due
from igtoolkit.records.sessions import clear_sessions
from igtoolkit.web.posting import look

LOOK = 1.0  # seconds between looks at what waits
CLEAR = 300.0  # seconds between clearings of what nobody may have any more
LONGEST = 20 * 60.0  # seconds for one file
TRIES = 2
AGAIN = 5.0  # seconds until what the database or the disk did not let be made is tried again
STOPPED = "The process that was making it ended before it was done, twice."
TOO_LONG = "It was not done after 20 minutes."
log = logging.getLogger(__name__)


def work(stopped: Event) -> None:
    """Make what waits, until stopped. A database that cannot be reached is tried again, and so is a full disk."""
    clearing = 0.0
    while not stopped.is_set():
        try:
            busy = make_next(stopped)
            look()
            if time.monotonic() >= clearing:
                clear_files()
                clear_tries()
                witness_if_due()
                clear_sessions()
                clearing = time.monotonic() + CLEAR
        except (Error, OSError) as error:
            log.warning("The worker cannot use the database or its disk, and tries again: %s", error)
            connection.close()
            busy = False
        if not busy:
            stopped.wait(LOOK)


def make_next(stopped: Event) -> bool:
    """Make the first file that no other worker is at. False when there is none.

    One that a worker was at when it died is nobody's, and so is made again.
    """
    for pk in waiting_files():
        with held(pk) as mine:
            if mine and _try(pk, stopped):
                return True
    return False


def _try(pk: int, stopped: Event) -> bool:
    """Make it, or say that it cannot be made. False when neither can be done now: it waits on, behind the others."""
    why = STOPPED
    for _ in range(TRIES):
        code = _in_a_process(pk, stopped)
        if code == 0 or stopped.is_set():
            return True
        if code == LATER:
            stopped.wait(AGAIN)
            return False
        if code is None:
            why = TOO_LONG
            break
        log.warning("The process that was making file %s ended with %s.", pk, code)
    give_up_file(pk, why)
    return True


def _in_a_process(pk: int, stopped: Event) -> int | None:
    """Its exit code; None for one that took too long. When the worker is stopped, so is it."""
    process = processes.start(processes.ours("work", "--file", str(pk)))
    latest = time.monotonic() + LONGEST
    try:
        while process.poll() is None and not stopped.is_set() and time.monotonic() < latest:
            stopped.wait(0.1)
        return process.poll()
    finally:
        processes.end(process, 5)


def stop_at_signals() -> Event:
    """An event that is set by Ctrl-C and SIGTERM."""
    stopped = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda signum, frame: stopped.set())
    return stopped
