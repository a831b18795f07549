"""Sending mail: while somebody waits, or after the answer, and again until a mail server takes it.

What is sent after the answer does not show in how long the answer takes.
"""

import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from functools import cache
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused
from threading import Lock, Timer

from django.conf import settings

from igtoolkit.web.mail_server import NoMailServer
from igtoolkit.web.outbox import Letter, held, keep, waiting

log = logging.getLogger(__name__)
PAUSES = (5.0, 10.0, 20.0, 30.0)  # seconds before what waits is tried again; the last stays
FOR_GOOD = 500  # from this on a mail server means that asking again is of no use


class Posted(Enum):
    """What came of a letter."""

    SENT = "sent"
    REFUSED = "refused"  # for good, or there was no room to keep it
    LATER = "later"  # the server does not take this one now
    AWAY = "away"  # the server cannot be spoken to

    @property
    def waits(self) -> bool:
        return self in (Posted.LATER, Posted.AWAY)


def post_now(letter: Letter) -> Posted:
    """Send a letter while whoever asked for it waits, LONGEST seconds at most. One not taken now is sent later."""
    try:
        path = keep(letter)
    except OSError:
        log.exception("A letter could not be kept.")
        return Posted.SENT if _try(letter) is Posted.SENT else Posted.REFUSED
    posted = _send(path) or Posted.LATER
    if posted.waits:
        _postman().come_back()
    return posted


def post_later(letter: Letter | None) -> None:
    """Send a letter once the answer is on its way; None has the same done, and sends nothing."""
    if settings.MAIL_AT_ONCE:  # type: ignore[misc]
        _post(letter)
    else:
        _postman().do(lambda: _post(letter))


def look() -> None:
    """Have what waits sent, also what a process left that is no more."""
    if not settings.MAIL_AT_ONCE and waiting():  # type: ignore[misc]
        _postman().come_back(at_once=True)


def send_what_waits() -> bool:
    """Try every letter; none after a server that cannot be spoken to. Whether none waits any more."""
    for path in waiting():
        if _send(path) is Posted.AWAY:
            break
    return not waiting()


def _post(letter: Letter | None) -> None:
    if letter is not None:
        post_now(letter)


def _send(path: Path) -> Posted | None:
    """Try a letter that waits; None when somebody else is at it."""
    with held(path) as letter:
        if letter is None:
            return None
        posted = _try(letter) if letter.is_of_use else Posted.REFUSED
        if posted.waits:
            with suppress(FileNotFoundError):  # a newer one took its place
                os.utime(path)
        else:
            path.unlink(missing_ok=True)
        if not letter.is_of_use:
            log.error("A letter waited until it was of no use any more.")
        return posted


def _try(letter: Letter) -> Posted:
    """Nobody's address goes into the log."""
    try:
        letter.message().send()
    except SMTPRecipientsRefused as refused:
        return _not_taken(max(code for code, _ in refused.recipients.values()))
    except SMTPDataError as refused:
        return _not_taken(refused.smtp_code)
    except NoMailServer as nobody:
        log.error("Mail could not be sent: %s", nobody)
        return Posted.REFUSED
    except OSError as error:
        log.warning("Mail waits, for the mail server is away: %s", type(error).__name__)
        return Posted.AWAY
    except ValueError:
        log.exception("A letter cannot be sent as it is.")
        return Posted.REFUSED
    return Posted.SENT


def _not_taken(code: int) -> Posted:
    log.warning("The mail server does not take a letter: %s", code)
    return Posted.REFUSED if code >= FOR_GOOD else Posted.LATER


class Postman:
    """One for each process: sends in threads of its own, and comes back while anything waits."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
        self.lock, self.times = Lock(), 0
        self.timer: Timer | None = None

    def do(self, work: Callable[[], object]) -> None:
        """In a thread; a process that ends waits for what is being sent, and what waits stays on the disk."""
        with suppress(RuntimeError):  # the process ends
            self.threads.submit(_telling_the_log, work)

    def come_back(self, *, at_once: bool = False) -> None:
        """Look again after a pause, unless that is going to happen."""
        with self.lock:
            if self.timer is not None or settings.MAIL_AT_ONCE:  # type: ignore[misc]
                return
            pause = 0.0 if at_once else PAUSES[min(self.times, len(PAUSES) - 1)]
            self.timer = Timer(pause, self.do, [self._round])
            self.timer.daemon = True
            self.timer.start()

    def _round(self) -> None:
        done = False
        try:
            done = send_what_waits()
        finally:
            with self.lock:
                self.timer, self.times = None, 0 if done else self.times + 1
        if not done or waiting():
            self.come_back()


def _telling_the_log(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        log.exception("Mail could not be sent.")


@cache
def _postman() -> Postman:
    """Made at the first mail of each process."""
    return Postman()
