"""How a mail server is spoken to: for a while and no longer. Where none is named, not at all."""

import smtplib
import socket
import time
from contextlib import suppress
from threading import Timer
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

LONGEST = 15.0  # seconds for one letter, from being let in to the last word


class NoMailServer(OSError):
    """Nobody is there to take a letter, nor will be."""


class NoServer(BaseEmailBackend):
    """A real service without a mail server: whoever sends is told so, and no mail is printed into the log."""

    def send_messages(self, email_messages: object) -> int:
        raise NoMailServer("No mail server: set IGTOOLKIT_MAIL")


class Server(EmailBackend):
    """SMTP within LONGEST seconds."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _InTimeWithTls if self.use_ssl else _InTime


class _InTime(smtplib.SMTP):
    """A conversation that is broken off when its time is over.

    The library's own limit (EMAIL_TIMEOUT) is for each piece that comes: a server that sends a byte now and then never
    reaches it, and would hold whoever waits for as long as it likes.
    """

    _watch: Timer | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        begun = time.monotonic()
        made = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._watch = Timer(max(LONGEST - (time.monotonic() - begun), 0.1), self._break_off)
        self._watch.daemon = True
        self._watch.start()
        return made

    def _break_off(self) -> None:
        """What waits for the server reads an end, and says that it went away."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        super().close()


class _InTimeWithTls(_InTime, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""
