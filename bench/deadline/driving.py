"""Playing the deadline hour: work begins when it is due, whether or not the work before was answered.

It knows nothing of the product but its addresses and forms. A first request's latency counts from when it was
due, so that a server that falls behind cannot hide it.
"""

import http.client
import queue
import random
import re
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.deadline.seeding import YEAR, Actor
from bench.register import PASSWORD

# Of a hundred requests 28 save, each after reading its form; one signs in; one submits, and again by a double click.
MIX = {"read": 40, "save": 28, "sign in": 1, "submit": 1}
REQUESTS = {"read": 1, "save": 2, "sign in": 1, "submit": 3}
PROOF = 240.0  # seconds for which a sign-in counts when somebody submits: a minute less than the service has it
VERSION = re.compile(rb'name="version" value="(\d+)"')
HELD = re.compile(rb'name="(key|draft)" value="([^"]+)"')
CSRF = "k" * 32
IDLE = 1.0  # seconds after which a connection is opened anew, before the server closes it
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Told:
    """What one request came to: its sort, its milliseconds, and its status (0: no answer)."""

    what: str
    taken: float
    status: int


class Signed:
    """Who is signed in by which session, and since when that counts as fresh."""

    def __init__(self, actors: list[Actor]) -> None:
        self.sessions = {each.code: each.session for each in actors}
        self.proved = dict.fromkeys(self.sessions, time.monotonic())


@dataclass
class Played:
    """Everything that was asked, and what the server acknowledged."""

    told: list[Told] = field(default_factory=list)
    saved: list[tuple[str, str]] = field(default_factory=list)  # code, comment
    submitted: list[tuple[str, str]] = field(default_factory=list)  # code, key


@dataclass(frozen=True)
class Work:
    """One thing somebody does: when it is due, and a draw that decides the rest."""

    due: float
    what: str
    actor: Actor
    draw: int

    @property
    def place(self) -> str:
        return f"/organisations/{self.actor.code}/{YEAR}/"

    @property
    def requirement(self) -> str:
        return f"{self.place}requirements/{self.actor.requirements[self.draw % len(self.actor.requirements)]}/"

    @property
    def read(self) -> str:
        """What is looked at: mostly requirements, as people do."""
        kinds = (self.place, self.requirement, self.requirement, "/", f"{self.place}preview/caldicott2/")
        return kinds[self.draw % len(kinds)]


def play(
    port: int, actors: list[Actor], *, rate: float, seconds: float, hands: int, seed: int, mix: dict[str, int] = MIX
) -> Played:
    """About `rate` requests a second for `seconds`, over `hands` connections; waits for the last answer."""
    dice = random.Random(seed)
    played, works, signed = Played(), queue.SimpleQueue[Work | None](), Signed(actors)
    busy = {each.code: threading.Lock() for each in actors}
    threads = [threading.Thread(target=_Hand(port, played, busy, signed).work, args=[works]) for _ in range(hands)]
    for thread in threads:
        thread.start()
    begun, pace = time.perf_counter(), rate / requests_each(mix)
    for n in range(int(pace * seconds)):
        due = begun + n / pace
        time.sleep(max(0.0, due - time.perf_counter()))
        what = dice.choices(list(mix), list(mix.values()))[0]
        actor = actors[n % len(actors)] if len(mix) == 1 else dice.choice(actors)  # a burst is everybody's, in turn
        works.put(Work(due, what, actor, dice.getrandbits(32)))
    for _ in threads:
        works.put(None)
    for thread in threads:
        thread.join()
    return played


def requests_each(mix: dict[str, int]) -> float:
    """Requests in a piece of work, on average."""
    return sum(share * REQUESTS[what] for what, share in mix.items()) / sum(mix.values())


class _Hand:
    """One connection, doing one piece of work after another. Nobody does two things at once, hence the locks."""

    def __init__(self, port: int, played: Played, busy: dict[str, threading.Lock], signed: Signed) -> None:
        self.port, self.played, self.busy, self.signed = port, played, busy, signed
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.used = 0.0

    def work(self, works: "queue.SimpleQueue[Work | None]") -> None:
        does = {"read": self.look, "save": self.save, "sign in": self.sign_in, "submit": self.submit}
        while (given := works.get()) is not None:
            does[given.what](given)

    def look(self, work: Work) -> None:
        self.ask("read", "GET", work.read, work.actor, due=work.due)

    def sign_in(self, work: Work) -> None:
        said = {"login": work.actor.login, "password": PASSWORD}
        self.ask("sign in", "POST", "/sign-in/", None, said, due=work.due)

    def save(self, work: Work) -> None:
        comment = f"On the last day, {work.draw:08x}"
        with self.busy[work.actor.code]:
            _, page = self.ask("read", "GET", work.requirement, work.actor, due=work.due)
            version = VERSION.search(page)
            if version is None:
                return  # the page did not come, which is noted already
            said = {"version": version[1].decode(), "comment": comment, "not_yet": "1", "then": "save"}
            status, _ = self.ask("save", "POST", work.requirement, work.actor, said)
        if status == 302:
            self.played.saved.append((work.actor.code, comment))

    def submit(self, work: Work) -> None:
        path = f"{work.place}baseline/submit/"
        with self.busy[work.actor.code]:
            _, page = self.ask("read", "GET", path, work.actor, due=work.due)
            if time.monotonic() - self.signed.proved[work.actor.code] > PROOF:
                self.ask("sign in again", "POST", "/sign-in/again/", work.actor, {"password": PASSWORD})
                self.signed.proved[work.actor.code] = time.monotonic()
            said = {name.decode(): value.decode() for name, value in HELD.findall(page)}
            if not said:
                return
            said["reason"] = f"Corrected on the last day, {work.draw:08x}"
            statuses = [self.ask("submit", "POST", path, work.actor, said)[0] for _ in range(2)]
        if 302 in statuses:
            self.played.submitted.append((work.actor.code, said.get("key", "")))

    def ask(
        self,
        what: str,
        method: str,
        path: str,
        actor: Actor | None,
        said: dict[str, str] | None = None,
        *,
        due: float | None = None,
    ) -> tuple[int, bytes]:
        """Ask, note how long it took from when it was due, and give back status and body."""
        begun = due if due is not None else time.perf_counter()
        session = f"; session={self.signed.sessions[actor.code]}" if actor else ""
        headers = {"Cookie": f"csrf={CSRF}{session}"}
        if said is not None:
            headers |= {"Content-Type": FORM, "X-CSRFToken": CSRF}
        status, body = 0, b""
        if time.perf_counter() - self.used > IDLE:
            self.connection.close()
        try:
            self.connection.request(method, path, urlencode(said) if said is not None else None, headers)
            answer = self.connection.getresponse()
            status, body = answer.status, answer.read()
            for each in answer.headers.get_all("Set-Cookie", []) if actor else ():
                if given := SimpleCookie(each).get("session"):
                    self.signed.sessions[actor.code] = given.value
        except (OSError, http.client.HTTPException):
            self.connection.close()
        self.used = time.perf_counter()
        self.played.told.append(Told(what, (time.perf_counter() - begun) * 1000, status))
        return status, body
