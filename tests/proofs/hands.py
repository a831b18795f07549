"""Hands that record and submit over HTTP, and note what was acknowledged. They know only addresses and forms."""

import http.client
import random
import re
import threading
from dataclasses import dataclass, field
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
CSRF = "k" * 32
VERSION = re.compile(rb'name="version" value="(\d+)"')
HELD = re.compile(rb'name="(key|draft)" value="([^"]+)"')


@dataclass(frozen=True)
class Sent:
    """One form that was sent: `mark` is its text or one-time key, which nothing else has."""

    code: str
    address: str
    fields: dict[str, str]
    mark: str
    submits: bool

    @property
    def onward(self) -> str:
        """Where an acknowledgement leads: to the receipt, or back to the requirement."""
        return self.address.replace("/submit/", "/submitted/") if self.submits else self.address


@dataclass
class Told:
    """What was sent, what of it was acknowledged, what was answered with something else."""

    sent: list[Sent] = field(default_factory=list)
    acknowledged: list[Sent] = field(default_factory=list)
    odd: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """Whom a hand works for: their organisation, session, requirements of the hand's own, and whether it submits."""

    code: str
    session: str
    requirements: tuple[str, ...]
    submits: bool

    @property
    def place(self) -> str:
        return f"/organisations/{self.code}/2015-16/"


class Hand:
    """One person at one form after another, until the connection breaks."""

    def __init__(self, work: Work, dice: random.Random) -> None:
        self.work, self.dice, self.told = work, dice, Told()
        self.open: Sent | None = None  # sent, and not answered

    def go(self, port: int, stopped: threading.Event) -> None:
        """Work against a server until told to stop, or until it does not answer any more."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            if self.open is not None:
                self._send(connection, self.open)
            submits = self.work.submits
            while not stopped.is_set():
                form = self._submission(connection) if submits else self._answer(connection)
                if form is not None:
                    self._send(connection, form)
                submits = self.work.submits and self.dice.random() < 0.3
        except (OSError, http.client.HTTPException):
            pass  # the server is gone
        finally:
            connection.close()

    def _answer(self, connection: http.client.HTTPConnection) -> Sent | None:
        """None where there is no form to fill in: the page could not be had."""
        address = f"{self.work.place}requirements/{self.dice.choice(self.work.requirements)}/"
        found = VERSION.search(self._read(connection, address))
        if found is None:
            return None
        mark = f"recorded {self.dice.getrandbits(64):016x}"
        fields = {"version": found[1].decode(), "comment": mark, "ticked": "1a", "then": "save"}
        return Sent(self.work.code, address, fields, mark, submits=False)

    def _submission(self, connection: http.client.HTTPConnection) -> Sent | None:
        address = f"{self.work.place}baseline/submit/"
        held = {name.decode(): value.decode() for name, value in HELD.findall(self._read(connection, address))}
        if "key" not in held:
            return None
        fields = {**held, "reason": "Corrected while the service was killed"}
        return Sent(self.work.code, address, fields, held["key"], submits=True)

    def _read(self, connection: http.client.HTTPConnection, address: str) -> bytes:
        status, page, _ = self._ask(connection, "GET", address)
        if status != 200:
            self.told.odd.append((address, status))
        return page

    def _send(self, connection: http.client.HTTPConnection, form: Sent) -> None:
        self.open = form
        self.told.sent.append(form)
        status, _, onward = self._ask(connection, "POST", form.address, form.fields)
        if status < 500:
            self.open = None
        if status == 302 and onward == form.onward:
            self.told.acknowledged.append(form)
        elif status == 302:
            self.told.odd.append((f"{form.address} led to {onward}", status))
        elif not (status == 409 and form.submits):  # somebody recorded between the preview and the submission
            self.told.odd.append((form.address, status))

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, address: str, fields: dict[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}) if fields is not None else None
        cookies = {"Cookie": f"session={self.work.session}; csrf={CSRF}"}
        connection.request(method, address, body, cookies | ({"Content-Type": FORM} if body else {}))
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Location", "")


def together(hands: list[Hand], port: int) -> tuple[list[threading.Thread], threading.Event]:
    """Set every hand to work at once. Returns their threads, and what stops them."""
    stopped = threading.Event()
    threads = [threading.Thread(target=each.go, args=(port, stopped)) for each in hands]
    for thread in threads:
        thread.start()
    return threads, stopped
