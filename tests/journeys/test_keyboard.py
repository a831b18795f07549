"""A whole task by keyboard alone, focus inside the window and marked at every stop."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.conftest import PASSWORD, stand_ready, started

TRUST = "/organisations/DMA001/2015-16/"
ASKED = TRUST + "requirements/13-202/"
NEXT_YEAR = str(datetime.now(UTC).year + 1)
MOST = 250  # presses of Tab after which something is out of reach

# What has the focus: whether it can be seen, and what marks it that is not there without the focus.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const shown = () => [at, ...(at.labels ?? [])].flatMap((each) => ["", "::before"].map((part) => {
    const style = getComputedStyle(each, part || undefined);
    return [style.outlineStyle !== "none" && style.outlineWidth + style.outlineColor, style.boxShadow].join();
  }));
  const box = at.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const focused = shown();
  at.blur();
  const plain = shown();
  at.focus({ preventScroll: true });
  return {
    what: at.outerHTML.slice(0, 150),
    inside,
    covered: !(over && (at.contains(over) || over.contains(at))),
    marked: focused.some((each, n) => each !== plain[n]),
  };
}"""

# Everything that a keyboard ought to reach.
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)].filter((each) => !each.disabled && each.checkVisibility()).length"""


class Keys:
    """Somebody without a mouse: only presses keys, and looks where the focus is after each."""

    def __init__(self, seen) -> None:
        self.seen, self.page = seen, seen.page

    def press(self, key: str) -> str | None:
        """Press a key and look. Returns the beginning of what has the focus, None when nothing has."""
        self.page.keyboard.press(key)
        stop = self.page.evaluate(STOP)
        if stop is None:
            return None
        assert (stop["inside"], stop["covered"], stop["marked"]) == (True, False, True), stop
        return stop["what"]

    def is_at(self, wanted: str) -> bool:
        return self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted)

    def to(self, wanted: str, key: str = "Tab") -> None:
        """Go on until what `wanted` selects has the focus."""
        for _ in range(MOST):
            self.press(key)
            if self.is_at(wanted):
                return
        raise AssertionError(f"{wanted} is out of the keyboard's reach at {self.page.url}")

    def follow(self, wanted: str, title: str) -> None:
        self.to(wanted)
        self.page.keyboard.press("Enter")
        self.seen.titled(title)

    def skip(self) -> None:
        """The first stop of a page leads past its head."""
        assert "nhsuk-skip-link" in (self.press("Tab") or "")
        self.page.keyboard.press("Enter")
        self.press("Tab")
        assert self.is_at("main *"), "the skip link leads elsewhere"

    def type_into(self, wanted: str, text: str) -> None:
        self.to(wanted)
        self.page.keyboard.type(text)

    def sign_in(self, person) -> None:
        self.seen.open("/sign-in/")
        self.skip()
        if not self.is_at("[name=login]"):
            self.to("[name=login]")
        self.page.keyboard.type(person.email)
        self.type_into("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.seen.titled("Assessment 2015-16")


@pytest.fixture(scope="module")
def trust(service):
    """A trust with everything that Final asks for."""
    stand_ready(started(service.cast.ada), service.cast)
    return service


def test_the_year_ends_by_keyboard_alone(trust, window):
    con = Keys(window())
    con.sign_in(trust.cast.con)
    con.skip()
    con.follow(f"a[href^='{ASKED}']", "13-202")
    con.skip()
    con.to("[name=ticked][value='3a']")
    con.press("Space")
    con.type_into("[name=comment]", "Written without a mouse.")
    con.to("[name=target_level]")
    for _ in range(3):
        con.press("ArrowDown")
    for part, value in (("day", "1"), ("month", "3"), ("year", NEXT_YEAR)):
        con.type_into(f"[name=target_date-{part}]", value)
    con.to("[name=comment]", key="Shift+Tab")
    con.follow("button[value=save]", "Saved: 13-202")
    expect(con.page.locator("[name=target_level]")).to_have_value("3")
    expect(con.page.locator("button[value=save]:focus")).to_have_count(1)  # a save keeps the place
    con.follow("button[value=complete]", "Saved: 13-202")
    expect(con.page.locator("main")).to_contain_text("saved and marked complete")
    con.to("button[value=next]", key="Shift+Tab")
    con.page.keyboard.press("Enter")
    con.seen.titled("13-203")

    rex = Keys(window())
    rex.sign_in(trust.cast.rex)
    rex.follow(f"a[href^='{ASKED}']", "13-202")
    expect(rex.page.locator("main")).to_contain_text("Written without a mouse.")
    rex.follow("button[value=confirm]", "Saved: 13-202")
    expect(rex.page.locator("main")).to_contain_text("Confirmed by Rex")

    ada = Keys(window())
    ada.sign_in(trust.cast.ada)
    ada.follow("a[href$='/final/submit/']", "Submit Final")
    ada.skip()
    ada.to("[name=assurance]")
    ada.press("Space")
    expect(ada.page.locator("[name=assurance]")).to_be_checked()
    ada.follow("form.igt-send button", "Final submitted")


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_longest_form_holds_nobody_and_leaves_nothing_out(trust, window, size):
    """Once round, from the skip link to the skip link, past all there is."""
    keys = Keys(window(size))
    keys.seen.sign_in(trust.cast.cleo)
    started(trust.cast.cleo)
    keys.seen.open(ASKED.replace("DMA001", "DMA002"))
    assert "nhsuk-skip-link" in (keys.press("Tab") or "")
    stops = 1
    while "nhsuk-skip-link" not in ((at := keys.press("Tab")) or "") and stops < MOST:
        stops += at is not None
    assert stops == keys.page.evaluate(REACHABLE)
