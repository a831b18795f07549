"""Asking for an address, and looking through everything that came of it for marks that are not the asker's to see."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

from django.core import mail
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.proofs.crawl.allowed import LOG, may_see
from tests.proofs.crawl.canaries import Canary
from tests.proofs.crawl.reading import plain, readings
from tests.proofs.crawl.world import NOWHERE, Viewer, World


class Kept(logging.Handler):
    """Everything that is logged, whatever its weight, with the tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def all_logged() -> Iterator[Kept]:
    """Every logger says everything, to us."""
    kept, root = Kept(), logging.getLogger()
    deaf = [each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    before = [(each, each.level, each.propagate, each.disabled) for each in (root, *deaf)]
    handlers, root.handlers = root.handlers, [kept]
    for each in deaf:
        each.setLevel(logging.NOTSET)
        each.propagate, each.disabled = True, False
    root.setLevel(logging.DEBUG)
    try:
        yield kept
    finally:
        root.handlers = handlers
        for each, level, propagate, disabled in before:
            each.setLevel(level)
            each.propagate, each.disabled = propagate, disabled


@dataclass
class Crawl:
    """What was asked and found. leaks: a line for each mark where it must not be. faults: one for each 500."""

    world: World
    log: Kept
    requests: int = 0
    searched: int = 0
    seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def ask(self, viewer: Viewer, method: str, path: str, route: str = "", **how: Any) -> Any:
        """One request, undone afterwards, and its answer. how: `data`, `token` True for the API's, `headers`."""
        with undone(viewer):
            return self.ask_for_good(viewer, method, path, route, **how)

    def ask_for_good(
        self,
        viewer: Viewer,
        method: str,
        path: str,
        route: str = "",
        *,
        data: Any = None,
        token: bool = False,
        headers: Mapping[str, str] | None = None,
        before: Any = None,
    ) -> Any:
        """The same, whose changes stay for as long as the caller's block. before: what was sent in it already."""
        sent = {"Authorization": f"Bearer {viewer.token}"} if token else {}
        response = getattr(viewer.client, method.lower())(path, data, headers={**sent, **(headers or {})})
        route = route or _route(path)
        self.requests += 1
        self.routes.add(route)
        written = self._marks(plain(f"{unquote(path)} {data} {headers} {before}".encode()))
        asked = f"{viewer} {method} {path}{f' {data}' if data else ''}"
        self._look_at(response, viewer, asked, (path, route), written)
        if response.status_code == 500:
            self.faults.append(f"{asked}\n{response.exc_info and response.exc_info[1]!r}")
        if not ours(response.headers.get("Location", "/")):
            self.leaks.append(f"somebody sent away from here at {asked}")
        return response

    def _look_at(
        self, response: Any, viewer: Viewer, asked: str, address: tuple[str, str], written: set[Canary]
    ) -> None:
        path, route = address
        for where, content in readings(response):
            self.searched += len(content)
            for each in self.world.canaries.found_in(content) - written:
                self._judge(each, viewer, route, f"{asked}: {response.status_code} {where}")
        for letter in mail.outbox:
            self._read_mail(letter, asked, route)
        mail.outbox.clear()
        for line in self.log.lines:
            named = self._marks(plain(path.encode()))  # what was asked for, but nothing that was typed
            told = {each for each in self._marks([line.encode()]) - named if each.sort not in LOG}
            self._tell(told, f"{asked}: log")
        self.log.lines.clear()

    def _judge(self, canary: Canary, viewer: Viewer, route: str, where: str) -> None:
        self.seen[viewer.role, "own" if canary.owner == viewer.place else canary.owner, canary.sort] += 1
        if not may_see(viewer, canary, route):
            self._tell({canary}, where)

    def _read_mail(self, letter: Any, asked: str, route: str) -> None:
        """A letter is read by whom it goes to."""
        for login in letter.recipients():
            readers = (each for each in self.world.viewers.values() if each.person and each.person.email == login)
            reader = next(readers, Viewer(NOWHERE, "stranger"))
            for canary in self._marks(plain(str(letter.message()).encode())):
                if canary.text not in login and not may_see(reader, canary, route):
                    self._tell({canary}, f"{asked}: mail to {login}")

    def _marks(self, contents: Iterable[bytes]) -> set[Canary]:
        found: set[Canary] = set()
        for each in contents:
            self.searched += len(each)
            found |= self.world.canaries.found_in(each)
        return found

    def _tell(self, canaries: set[Canary], where: str) -> None:
        self.leaks += [f"{each.sort} of {each.owner} at {where}" for each in canaries]


def _route(path: str) -> str:
    """The name of the route that a path leads to; empty for none."""
    try:
        return resolve(unquote(path.partition("?")[0])).url_name or ""
    except Resolver404:
        return ""


def ours(location: str) -> bool:
    """Whether an address we send somebody to is one of this service."""
    if location.startswith("/"):
        return not location.startswith(("//", "/\\"))
    return location.startswith("http://testserver/")


@contextmanager
def undone(viewer: Viewer) -> Iterator[None]:
    """What is done within is as if it had never been, in the database and in the browser."""
    cookies = {key: each.value for key, each in viewer.client.cookies.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    viewer.client.cookies = SimpleCookie(cookies)
