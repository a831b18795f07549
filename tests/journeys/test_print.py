"""Pages on paper: what they say and what was typed, without what only a screen can do."""

import subprocess
from datetime import UTC, date, datetime

import pytest

from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.plans import Planned, save_plan
from igtoolkit.actions.said import EvidenceSaid, Said
from tests.conftest import started
from tests.plan_examples import draft, final_of

TRUST = "/organisations/DMA001/2015-16/"
OTHER = "/organisations/DMA002/2015-16/"
DUE = date(datetime.now(UTC).year + 1, 3, 1)
PAPER = {"width": 688, "height": 1000}  # CSS pixels: A4 between its margins of 14 mm
WIDER = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return Math.max(box.right, box.left + each.scrollWidth) > innerWidth + 1;
}).map((each) => each.outerHTML.slice(0, 100))"""
SCREEN_ONLY = ("Skip to main content", "Sign out", "Your assessment", "Accessibility", "Your tokens", "This page took")


def lines(most: int) -> str:
    return "\n".join(f"Line {n} of what was written." for n in range(1, most + 1))


# A page: who prints it, its address, what stands on the paper, what does not.
PAGES = {
    "home": ("con", "/", ("Record once, every report", "News"), ("Your work", "Name or code")),
    "assessment": (
        "cleo",
        OTHER,
        ("1 of 45 scored", "13-202", "Senior people"),
        ("Submit Baseline", "Below level 2 45"),
    ),
    "requirement": (
        "cleo",
        OTHER + "requirements/13-202/",
        ("Line 1 of", "Line 150 of", "Typed since", "Minutes of the group"),
        ("Save", "Add evidence", "Change or remove"),
    ),
    "published": ("con", "/published/DMA001/2015-16/", ("Not satisfactory", "13-112", "Level 1"), ("Find an",)),
    "people": ("ada", "/people/", ("con@example.org", "Reviewer"), ("Invite somebody",)),
    "plan": (
        "con",
        TRUST + "improvement-plan/",
        ("Line 1 of", "Line 60 of", "Paul Threlfall", "Typed since"),
        ("Save the plan", "Send the plan"),
    ),
}
TYPED = {"requirement": ("comment", 150), "plan": ("13-202-action", 60)}  # where somebody types on; lines there are


@pytest.fixture(scope="module")
def written(service):
    """Long texts: a comment at DMA002, and an improvement plan at DMA001 after its Final."""
    cast = service.cast
    evidence = (EvidenceSaid("1a", note="Minutes of the group", dated=date(2015, 6, 1)),)
    said = Said(ticked=frozenset({"1a"}), comment=lines(150), evidence=evidence)
    save_answer(started(cast.cleo), "13-202", said, version=0, by=cast.cleo)
    started(cast.ada)
    final_of(cast, r112=1, r202=0)
    save_plan(draft(cast.con), {"13-112": Planned(lines(60), "Paul Threlfall", DUE)}, by=cast.con)
    return service


def text_of(pdf: bytes) -> str:
    """What a reader can select, on one line."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_paper(written, window, name):
    who, path, told, left_out = PAGES[name]
    seen = window()
    seen.sign_in(getattr(written.cast, who))
    page = seen.open(path)
    field, most = TYPED.get(name, ("", 0))
    if field:
        page.fill(f"[name='{field}']", page.input_value(f"[name='{field}']") + "\nTyped since.")
    paper = text_of(page.pdf(prefer_css_page_size=True))
    heading = " ".join(page.locator("h1").inner_text().split())
    assert heading in paper
    assert page.locator(".igt-typed").count() == 0, "the screen is as it was before"
    assert [each for each in told if each not in paper] == []
    assert [each for each in lines(most).splitlines() if each not in paper] == []
    assert [each for each in (*SCREEN_ONLY, *left_out) if each in paper] == []
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert page.evaluate(WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]


def test_a_text_box_gives_its_place_to_its_text_while_it_is_printed(written, window):
    """Browsers that print a box as one picture would cut it where the page ends."""
    seen = window()
    seen.sign_in(written.cast.cleo)
    page = seen.open(OTHER + "requirements/13-202/")
    box, text = page.locator("[name=comment]"), page.locator(".igt-typed + [name=comment]")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert text.count() == 1
    assert page.locator(".igt-typed").last.text_content() == box.input_value()
    assert not box.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert text.count() == 0
    assert box.is_visible()


def test_the_board_page_is_one_sheet_and_its_reasons_follow_on_their_own(written, window):
    seen = window()
    seen.sign_in(written.cast.con)
    plain, annexed = (sheets(seen.open(f"{TRUST}final/caldicott2/{asked}")) for asked in ("", "?annex=1"))
    assert len(plain) == 1
    assert "What would move most" in plain[0]
    assert "Why each recommendation stands as it does" not in plain[0]
    assert annexed[0].split("Why each")[0] == plain[0]
    assert annexed[1].startswith("Why each recommendation stands as it does")
    assert "Still to tick:" in " ".join(annexed[1:])


def sheets(page) -> list[str]:
    """The words on each sheet of the page as it is printed, each on one line."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=page.pdf(prefer_css_page_size=True), capture_output=True, check=True
    )
    return [" ".join(each.split()) for each in read.stdout.decode().split("\f") if each.strip()]
