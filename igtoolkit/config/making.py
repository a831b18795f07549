"""Making one file that somebody asked for, in the process that the worker started for it."""

import logging
import os
import time
from collections.abc import Callable

from igtoolkit.actions.files import NoLongerOurs, begin_file, count_parts, finish_file, give_up_file
from igtoolkit.records.models import RequestedFile
from igtoolkit.reports.board_zip import NothingSubmitted, TooLarge
from igtoolkit.reports.requested import contents
from igtoolkit.web.faults import fault_of

SAY = 0.5  # seconds between two counts of the parts that are made
LATER = os.EX_TEMPFAIL  # the database or the disk is not there for the moment: nothing is wrong with the file
WRONG = "Something went wrong while it was being made. The service's log says what."
log = logging.getLogger(__name__)


def make(pk: int) -> int:
    """Make one file, in this process; say in its words when it cannot be made. Returns the exit code."""
    try:
        _make(pk)
    except Exception as error:
        if fault_of(error) is None:
            raise
        log.warning("File %s cannot be made now, and is tried again: %s", pk, error)
        return LATER
    return 0


def _make(pk: int) -> None:
    file = begin_file(pk)
    if file is None:
        return
    try:
        made = contents(file, _counter(file))
        finish_file(file, made.name, made.content, made.told)
    except NoLongerOurs:
        log.warning("File %s was taken up by another worker.", pk)
    except (NothingSubmitted, TooLarge) as error:
        give_up_file(pk, str(error))
    except Exception as error:
        if fault_of(error):
            raise
        log.exception("File %s could not be made.", pk)
        give_up_file(pk, WRONG)


def _counter(file: RequestedFile) -> Callable[[int, int], None]:
    """Writes how far it is, but not so often that others wait for it."""
    said = 0.0

    def count(done: int, total: int) -> None:
        nonlocal said
        if done == total or time.monotonic() - said > SAY:
            count_parts(file, done, total)
            said = time.monotonic()

    return count
