"""Making one file that somebody asked for, in the process that the worker started for it."""

import logging
import time
from collections.abc import Callable

from igtoolkit.actions.files import NoLongerOurs, begin_file, count_parts, finish_file, give_up_file
from igtoolkit.records.models import RequestedFile
from igtoolkit.reports.board_zip import NothingSubmitted, TooLarge
from igtoolkit.reports.requested import contents

SAY = 0.5  # seconds between two counts of the parts that are made
WRONG = "Something went wrong while it was being made. The service's log says what."
log = logging.getLogger(__name__)


def make(pk: int) -> None:
    """Make one file, in this process; say in its words when it cannot be made."""
    file = begin_file(pk)
    if file is None:
        return
    try:
        made = contents(file, _counter(file))
        finish_file(file, made.name, made.content)
    except NoLongerOurs:
        log.warning("File %s was taken up by another worker.", pk)
    except (NothingSubmitted, TooLarge) as error:
        give_up_file(pk, str(error))
    except Exception:
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
