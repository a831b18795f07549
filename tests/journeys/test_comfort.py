"""With JavaScript: saving keeps the place, nothing typed is lost, filters act at once."""

import re
from copy import copy

import pytest
from playwright.sync_api import Dialog, expect

from igtoolkit.access import scope
from tests.conftest import started

TRUST = "/organisations/DMA001/2015-16/"
ASKED = TRUST + "requirements/13-202/"
NATION = "/national/2015-16/baseline/caldicott2/"


@pytest.fixture(scope="module")
def trust(service):
    """A trust that has started."""
    started(service.cast.ada)
    return service


@pytest.fixture
def writing(trust, window):
    """A contributor with a requirement open, on a page that a navigation would take the mark from."""
    seen = window(refusals=(422, 409, 403))
    seen.sign_in(trust.cast.con)
    seen.open(ASKED)
    seen.page.evaluate("window.stillHere = true")
    return seen


def save(seen, name="Save"):
    seen.page.get_by_role("button", name=name, exact=True).last.click()


def beside(seen, tab):
    """Another tab of the same browser, with the same cookies."""
    made = copy(seen)
    made.page = tab
    return made


def is_here(page):
    return page.evaluate("window.stillHere === true")


def recorded(trust, requirement="13-202"):
    found = scope.find_assessment(trust.cast.con, "DMA001", "2015-16")
    return next((each for each in found.answer_list() if each.requirement == requirement), None)


def questions(page):
    """Gathers the questions that the browser asks before leaving, and answers each with yes."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


def test_saving_keeps_the_place(trust, writing):
    page = writing.page
    page.fill("[name=comment]", "Saved where it stands.")
    button = page.get_by_role("button", name="Save", exact=True).last
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    button.click()
    writing.titled("Saved: 13-202")
    assert is_here(page)
    expect(button).to_be_focused()
    assert abs(button.bounding_box()["y"] - before["y"]) < 3
    told = page.locator(".igt-told")
    expect(told).to_contain_text("13-202 saved")
    expect(told).to_be_in_viewport()
    expect(page.locator("body > [role=status]")).to_contain_text("13-202 saved")
    expect(page.locator("[name=comment]")).to_have_value("Saved where it stands.")
    assert recorded(trust).comment == "Saved where it stands."
    writing.check_accessible()


def test_saving_by_keyboard_goes_on_from_the_same_button(writing):
    page = writing.page
    page.locator("[name=comment]").focus()
    page.keyboard.type("By keyboard. ")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "save":
            break
    page.keyboard.press("Enter")
    writing.titled("Saved: 13-202")
    expect(page.get_by_role("button", name="Save", exact=True).last).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "next"


def test_a_refused_save_says_what_is_wrong_and_keeps_what_was_typed(writing):
    page = writing.page
    page.fill("[name=comment]", "x" * 10_001)
    save(writing)
    writing.titled("Error: ")
    assert is_here(page)
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.locator("[name=comment]")).to_have_value("x" * 10_001)
    asked = questions(page)
    page.get_by_role("link", name="Help").first.click()
    writing.titled("Help")
    assert asked == ["beforeunload"]


def test_leaving_asks_only_while_something_is_not_saved(writing):
    page, asked = writing.page, questions(writing.page)
    page.click("[name=comment]")
    page.reload()
    assert asked == []
    page.click("[name=comment]")
    page.keyboard.type("Not saved yet. ")
    page.reload()
    assert asked == ["beforeunload"]
    page.click("[name=comment]")
    page.keyboard.type("Saved. ")
    save(writing)
    writing.titled("Saved: 13-202")
    page.reload()
    page.click("[name=comment]")
    page.keyboard.type("And on. ")
    save(writing, "Save and next")
    writing.titled("13-202 saved: ")
    assert asked == ["beforeunload"]


def test_out_of_reach_keeps_what_was_typed_and_tries_again(trust, writing):
    page = writing.page
    page.fill("[name=comment]", "Typed in a tunnel.")
    page.route("**/requirements/**", lambda route: route.abort())
    save(writing)
    told = page.locator(".igt-told")
    expect(told).to_contain_text("Not saved: the service could not be reached. What you typed is still here.")
    expect(page.locator("[name=comment]")).to_have_value("Typed in a tunnel.")
    writing.check_accessible()
    page.unroute("**/requirements/**")
    told.get_by_role("button", name="Try again").click()
    writing.titled("Saved: 13-202")
    assert recorded(trust).comment == "Typed in a tunnel."
    writing.faults.clear()  # the requests that this test stopped itself


def test_signed_out_keeps_what_was_typed_until_signed_in_elsewhere(trust, writing):
    page = writing.page
    page.fill("[name=comment]", "Typed after twelve hours.")
    page.context.clear_cookies()
    save(writing)
    told = page.locator(".igt-told")
    expect(told).to_contain_text("Not saved: you have been signed out.")
    expect(page.locator("[name=comment]")).to_have_value("Typed after twelve hours.")
    with page.expect_popup() as opened:
        told.get_by_role("link", name=re.compile("Sign in in another tab")).click()
    other = opened.value
    other.fill("[name=login]", trust.cast.con.email)
    other.fill("[name=password]", "a long password for tests")
    other.click("main button[type=submit]")
    expect(other).to_have_title(re.compile("^13-202"))
    save(writing)
    writing.titled("Saved: 13-202")
    assert recorded(trust).comment == "Typed after twelve hours."


def test_nothing_is_saved_in_the_name_of_somebody_who_signed_in_since(trust, writing):
    page, typed = writing.page, "Typed by Con, who is no longer signed in."
    page.fill("[name=comment]", typed)
    other = beside(writing, page.context.new_page())
    other.sign_out()
    other.sign_in_by_hand(trust.cast.rex)
    for _ in range(2):
        save(writing)
        told = page.locator(".igt-told")
        expect(told).to_contain_text("You are signed in as somebody else now: nothing was saved.")
        expect(told).to_contain_text("What you typed is still here.")
        expect(page.locator("form#answer")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[name=comment]")).to_have_value(typed)
    assert is_here(page)
    kept = recorded(trust)
    assert kept is None or kept.comment != typed
    writing.check_accessible()
    with page.expect_popup() as opened:
        told.get_by_role("link", name=re.compile("Sign out in another tab")).click()
    expect(opened.value).to_have_url(re.compile("/sign-out/$"))
    other.sign_out()
    other.sign_in(trust.cast.con)
    save(writing)
    writing.titled("Saved: 13-202")
    assert recorded(trust).comment == typed
    assert recorded(trust).changed_by == trust.cast.con


def test_a_role_taken_away_keeps_what_was_typed(trust, writing):
    page, con = writing.page, trust.cast.con
    page.fill("[name=comment]", "Typed by somebody who may no longer save.")
    con.role = "viewer"  # which ends every session
    con.save()
    try:
        save(writing)
        expect(page.locator(".igt-told")).to_contain_text("Not saved: you have been signed out.")
        beside(writing, page.context.new_page()).sign_in(con)
        save(writing)
        expect(page.locator(".igt-told")).to_contain_text("Not saved: the service refused this")
        expect(page.locator("[name=comment]")).to_have_value("Typed by somebody who may no longer save.")
    finally:
        con.role = "contributor"
        con.save()


def test_what_is_typed_while_the_service_answers_stays(trust, writing):
    page = writing.page
    held = []
    page.route("**/requirements/**", lambda route: held.append(route), times=1)
    page.fill("[name=comment]", "First.")
    save(writing)
    expect(page.locator("form#answer")).to_have_attribute("aria-busy", "true")
    page.fill("[name=comment]", "First. Second.")
    writing.until(lambda: held)
    held.pop(0).continue_()
    writing.titled("Saved: 13-202")
    expect(page.locator("[name=comment]")).to_have_value("First. Second.")
    assert recorded(trust).comment == "First."
    save(writing)
    expect(page.locator(".igt-told")).to_have_count(1)
    expect(page.locator("[name=comment]")).to_have_js_property("defaultValue", "First. Second.")
    assert recorded(trust).comment == "First. Second."


def test_pressing_twice_saves_once(trust, writing):
    page, sent = writing.page, []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.fill("[name=comment]", "Pressed twice.")
    page.get_by_role("button", name="Save", exact=True).last.dblclick()
    writing.titled("Saved: 13-202")
    assert len(sent) == 1
    assert recorded(trust).comment == "Pressed twice."


def test_another_row_for_evidence_is_added_in_place(writing):
    page = writing.page
    page.locator("#criterion-1a summary", has_text="Add evidence").click()
    page.locator("#criterion-1a [name$='-note']").last.fill("Minutes of the group")
    page.get_by_role("button", name=re.compile("Add another piece of evidence for 1a")).click()
    writing.titled("Not saved yet: 13-202")
    assert is_here(page)
    rows = page.locator("#criterion-1a textarea[name$='-note']")
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_value("Minutes of the group")
    expect(rows.last).to_be_focused()


def test_senior_people_are_saved_and_refused_with_the_same_comfort(trust, window):
    seen = window(refusals=(422,))
    seen.sign_in(trust.cast.ada)
    page = seen.open(TRUST + "senior-people/")
    page.evaluate("window.stillHere = true")
    page.fill("[name=siro-title]", "Director of Finance")
    save(seen)
    seen.titled("Error: ")
    assert is_here(page)
    page.fill("[name=siro-name]", "Ivy Marsh")
    save(seen)
    seen.titled("Saved: Assessment 2015-16")
    expect(page.locator("main")).to_contain_text("Ivy Marsh, Director of Finance")


def test_the_list_is_narrowed_at_once(trust, window):
    seen = window()
    seen.sign_in(trust.cast.con)
    page = seen.open(TRUST)
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name=re.compile("^Not scored")).click()
    expect(page).to_have_url(re.compile(r"\?show=unscored$"))
    assert is_here(page)
    expect(page.locator("[aria-current=true]")).to_be_focused()
    expect(page.locator("[aria-current=true]")).to_contain_text("Not scored")
    expect(page.locator("body > [role=status]")).to_contain_text(re.compile(r"Not scored: \d+ requirements?"))
    seen.check_accessible()


def test_the_national_filters_act_at_once(trust, window):
    seen = window()
    seen.sign_in(trust.cast.nia)
    page = seen.open(NATION)
    page.evaluate("window.stillHere = true")
    page.select_option("#filter-submitted", "no")
    expect(page).to_have_url(re.compile(r"\?submitted=no$"))
    page.locator("#filter-q").focus()
    page.keyboard.type("DMA002")
    expect(page).to_have_url(re.compile("q=DMA002&submitted=no"))
    expect(page.locator("#filter-q")).to_be_focused()
    expect(page.locator("#found")).not_to_contain_text("Trust DMA001")
    expect(page.locator("#found")).to_contain_text("Trust DMA002")
    expect(page.locator("body > [role=status]")).to_contain_text("1 trust of 2 matches")
    assert is_here(page)
    seen.check_accessible()
    page.get_by_role("link", name="Clear filters").click()
    expect(page.locator("#found")).to_contain_text("Trust DMA001")


def test_an_answer_that_comes_too_late_is_left_alone(trust, window):
    seen = window()
    seen.sign_in(trust.cast.nia)
    page = seen.open(NATION)
    held = []
    page.route("**/?q=DMA001*", lambda route: held.append(route))
    page.fill("#filter-q", "DMA001")
    seen.until(lambda: held)
    page.fill("#filter-q", "DMA002")
    expect(page.locator("#found")).not_to_contain_text("Trust DMA001")
    assert len(held) == 1
    page.unroute("**/?q=DMA001*")
    page.wait_for_timeout(200)
    expect(page.locator("#found")).to_contain_text("Trust DMA002")
    expect(page).to_have_url(re.compile(r"\?q=DMA002$"))


def test_without_scripts_the_same_buttons_and_filters_lead_to_the_same_pages(trust, window):
    seen = window(javascript=False)
    seen.sign_in(trust.cast.con)
    page = seen.open(TRUST)
    page.get_by_role("link", name=re.compile("^Not scored")).click()
    expect(page).to_have_url(re.compile(r"\?show=unscored"))
    seen.open(TRUST + "requirements/13-209/")
    page.fill("[name=comment]", "Saved without scripts.")
    save(seen)
    seen.titled("Saved: 13-209")
    reader = window(javascript=False)
    reader.sign_in(trust.cast.nia)
    page = reader.open(NATION)
    page.fill("#filter-q", "DMA002")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#found")).not_to_contain_text("Trust DMA001")
