"""A real browser on a real server with a database that is really committed to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from igtoolkit.records.models import Person
from tests import databases
from tests.conftest import PASSWORD, Cast, make_cast, with_password

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}
# The elements whose colours have not been judged yet, by the tags, classes and states from the body down to them.
NEW = """judged => {
  const states = ["aria-busy", "aria-current", "aria-disabled", "checked", "data-label", "disabled", "open"]
  const known = new Set(judged), found = []
  const look = (each, above) => {
    const stands = states.filter(name => each.hasAttribute(name))
    const path = `${above} ${each.tagName}.${each.getAttribute("class") || ""}[${stands}]`
    if (!known.has(path)) {
      known.add(path)
      found.push(path)
      each.setAttribute("data-new", "")
    }
    for (const child of each.children) look(child, path)
  }
  for (const each of document.querySelectorAll("[data-new]")) each.removeAttribute("data-new")
  look(document.body, "")
  return found
}"""
# Colours take longer than everything else together. They follow from classes and states and do not change with the
# window: they are judged of what is new alone.
COLOURS = {"color-contrast": "[data-new]", "link-in-text-block": "a[href][data-new], [role=link][data-new]"}
JUDGE = """async ([tags, colours, areNew]) => {
  axe.configure({rules: Object.entries(colours).map(([id, selector]) => ({id, selector}))})
  const rules = Object.fromEntries(Object.keys(colours).map(id => [id, {enabled: areNew}]))
  const how = {runOnly: {type: "tag", values: tags}, rules, resultTypes: ["violations"], preload: false}
  const {violations} = await axe.run(document, how)
  return violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 120))])
}"""
JUDGED: set[str] = set()  # in this process
PATIENCE = 60_000  # milliseconds: what is awaited comes at once, unless the machine has much else to do
expect.set_options(timeout=PATIENCE)
LOOK = 20  # milliseconds between looks at what no page shows


# What a window need not bring. The first three make two pages beside each window that nobody sees, and the next two a
# process for a page that may never come; the others are those that Playwright leaves out, said again.
LEFT_OUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("SpareRendererForSitePerProcess", "MultipleSpareRPHs"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *(
        "DestroyProfileOnBrowserClose",
        "HttpsFirstBalancedModeAutoEnable",
        "HttpsUpgrades",
        "LensOverlay",
        "MediaRouter",
    ),
    *("NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, quiet."""
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic", f"features={','.join(LEFT_OUT)}"]
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
def service(template, django_db_blocker, quick) -> Iterator[Service]:
    """One server and database for a module of journeys."""
    with django_db_blocker.unblock(), databases.used(databases.copy_of(template, quick)):
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
        context.set_default_timeout(PATIENCE)
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
        """The window is theirs from here on; no page is opened yet."""
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address, "httpOnly": True}]
        )
        return self.page

    def sign_in_by_hand(self, person: Person) -> Page:
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

    def until(self, true: Callable[[], object]) -> None:
        """Wait for what no page shows: a request that has come, a fault that was told."""
        for _ in range(PATIENCE // LOOK):
            if true():
                return
            self.page.wait_for_timeout(LOOK)
        raise AssertionError("It did not come to pass in time.")

    def check_accessible(self) -> None:
        """No violation that axe can find, and nothing wider than the window, here and on a phone.

        After a press, call `titled` first.
        """
        self.page.wait_for_load_state("load")
        self.page.evaluate(AXE.read_text("utf-8"))
        size = self.page.viewport_size
        new = self.page.evaluate(NEW, sorted(JUDGED))
        self._judge(colours=bool(new))
        JUDGED.update(new)
        if size != SIZES["phone"]:
            self.page.set_viewport_size(SIZES["phone"])
            if new:
                self._judge(colours=False)
            else:
                self._fits()
            self.page.set_viewport_size(size)

    def _judge(self, *, colours: bool) -> None:
        told = self.page.evaluate(JUDGE, [AXE_TAGS, COLOURS, colours])
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
