"""What if, in a browser: by keyboard alone the report moves at once, and the address can be sent on."""

import re

from playwright.sync_api import expect

from tests.conftest import started

WHAT_IF = "/organisations/DMA001/2015-16/preview/what-if/"
MOVED = "1 of 16 would be met, 0 now; score 1%"


def test_the_report_moves_while_requirements_are_raised(service, window):
    """5 rests on 302 at level 2 alone; 8 on 202-3a and 3b with all below them."""
    started(service.cast.ada)
    seen = window()
    seen.sign_in(service.cast.ben)
    page = seen.open(WHAT_IF)
    page.evaluate("window.stillHere = true")
    seen.check_accessible()
    page.get_by_label("13-302").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".what-if-total")).to_have_attribute("data-igt-count", MOVED)
    page.get_by_label("8 Consent decisions").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="To turn recommendation 8: 7 criteria")).to_be_visible()
    assert page.evaluate("window.stillHere === true")
    expect(page).to_have_url(re.compile(re.escape(WHAT_IF + "?pick=8&13-302=2") + "$"))
    seen.check_accessible()
    page.reload()
    expect(page.locator(".what-if-total")).to_have_attribute("data-igt-count", MOVED)
    page.get_by_role("link", name="Try this").click()
    expect(page.get_by_text("What is raised now turns them already.")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_label("13-302").focus()
    total, field = page.locator(".what-if-total").bounding_box(), page.get_by_label("13-302").bounding_box()
    assert field["y"] + field["height"] <= total["y"], "what has the focus is hidden behind the total"
