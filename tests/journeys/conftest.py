"""A real browser on a real server with a database that is really committed to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from igtoolkit.records.models import Person
from tests import databases
from tests.conftest import PASSWORD, Cast, make_cast, with_password

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}
PATHS = """() => {
  const said = each => `${each.tagName}.${each.getAttribute("class") || ""}`
  const path = each => each === document.body ? said(each) : `${path(each.parentElement)} ${said(each)}`
  return [...new Set([...document.querySelectorAll("body *")].map(path))]
}"""
JUDGED: set[str] = set()  # elements, by the tags and classes from the body down to them, judged in this process
PATIENCE = 15_000  # milliseconds: what is awaited comes at once, unless the machine has much else to do
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, quiet."""
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic"]
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{each}" for each in quiet)],
    }


@dataclass
class Service:
    """The running service and the people who use it."""

    address: str
    cast: Cast


@pytest.fixture(scope="module")
def service(template, django_db_blocker, tmp_path_factory) -> Iterator[Service]:
    """One server and database for a module of journeys."""
    folder = tmp_path_factory.mktemp("journey")
    with django_db_blocker.unblock(), databases.used(databases.copy_of(template, folder)):
        cast = make_cast()
        for person in vars(cast).values():
            with_password(person)
        server = LiveServer("127.0.0.1:0")
        try:
            yield Service(server.url, cast)
        finally:
            server.stop()
            connections.close_all()


class Watched:
    """A browser window that fails its test on any console error or failed request."""

    def __init__(self, context: BrowserContext, address: str, refusals: tuple[int, ...]) -> None:
        self.address = address
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda told: self._note(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("requestfailed", lambda request: self._note(f"failed: {request.url} {request.failure}"))
        self.refusals = refusals

    def _note(self, fault: str) -> None:
        expected = any(f"status of {status}" in fault for status in self.refusals)
        left_early = "ERR_ABORTED" in fault  # the test went on to the next page while this one was still loading
        if not expected and not left_early:
            self.faults.append(fault)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, person: Person) -> Page:
        self.open("/sign-in/")
        self.page.fill("[name=login]", person.email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda address: "/sign-in/" not in address)
        return self.page

    def sign_out(self) -> None:
        self.open("/sign-out/")
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda address: "/sign-out/" not in address)

    def titled(self, words: str) -> Page:
        """Wait until the page whose title begins with `words` is here: what follows a press of a button or link.

        Reading a title, an address or a field at once would read the page before, or none at all.
        """
        expect(self.page).to_have_title(re.compile("^" + re.escape(words)))
        self.page.wait_for_load_state("load")
        return self.page

    def check_accessible(self) -> None:
        """No violation that axe can find, and nothing wider than the window, here and on a phone.

        After a press, call `titled` first.
        """
        self.page.wait_for_load_state("load")
        self.page.evaluate(AXE.read_text("utf-8"))
        size = self.page.viewport_size
        # Contrast takes longer than everything else together. Colours follow from classes and do not change with the
        # window: a page made of nothing but elements whose like was judged before is not judged again.
        new = set(self.page.evaluate(PATHS)) - JUDGED
        self._check(contrast=bool(new))
        JUDGED.update(new)
        if size != SIZES["phone"]:
            self.page.set_viewport_size(SIZES["phone"])
            if new:
                self._check(contrast=False)
            else:
                self._fits()
            self.page.set_viewport_size(size)

    def _check(self, *, contrast: bool) -> None:
        rules = {"color-contrast": {"enabled": contrast}}
        run = "([tags, rules]) => axe.run(document, {runOnly: {type: 'tag', values: tags}, rules})"
        found = self.page.evaluate(run, [AXE_TAGS, rules])
        told = [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found["violations"]]
        assert told == [], f"{self.page.url} at {self.page.viewport_size}"
        self._fits()

    def _fits(self) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide at {self.page.viewport_size}"


@pytest.fixture
def window(browser: Browser, service: Service) -> Iterator[object]:
    """Makes watched windows: `window(size="phone", javascript=False)`."""
    made: list[Watched] = []
    contexts: list[BrowserContext] = []

    def make(size: str = "desk", *, javascript: bool = True, refusals: tuple[int, ...] = ()) -> Watched:
        # axe needs a script to be run by the test; the page's own scripts stay off with bypass_csp left alone.
        context = browser.new_context(viewport=SIZES[size], java_script_enabled=javascript)
        contexts.append(context)
        made.append(Watched(context, service.address, refusals))
        return made[-1]

    yield make
    faults = [fault for each in made for fault in each.faults]
    for context in contexts:
        context.close()
    assert faults == []
