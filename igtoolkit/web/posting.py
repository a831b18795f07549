"""Mail that is sent after the answer, so that how long an answer takes does not tell whether anything is sent."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from time import sleep

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)
PAUSES = (5, 20)  # seconds before it is tried again


class NoServer(BaseEmailBackend):
    """A real service without a mail server: whoever sends is told so, and no mail is printed into the log."""

    def send_messages(self, email_messages: object) -> int:
        raise OSError("No mail server: set IGTOOLKIT_MAIL")


def post_later(message: EmailMessage | None) -> None:
    """Send a mail once the answer is on its way; None has the same done, and sends nothing.

    One that cannot be sent is tried twice more, then told in the log: whoever waits for it asks again.
    """
    if settings.MAIL_AT_ONCE:  # type: ignore[misc]
        _send(message, pauses=())
    else:
        _postman().submit(_send, message, PAUSES)


def _send(message: EmailMessage | None, pauses: tuple[int, ...]) -> None:
    if message is None:
        return
    for pause in (*pauses, None):
        try:
            message.send()
        except OSError:
            if pause is None:
                log.exception("Mail could not be sent.")
                return
            sleep(pause)
        else:
            return


@cache
def _postman() -> ThreadPoolExecutor:
    """Made at the first mail of each process; a process that ends waits for what is being sent."""
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
