"""With JavaScript: every form that holds typed text asks before it is left, and longer ones are saved in place."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Dialog, expect

from igtoolkit.access import scope
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.plans import Planned, save_plan, send_plan
from tests.conftest import stand_ready, started, submit_final
from tests.plan_examples import AUDIT, SPRING, TRAIN, draft, final_of

PLAN = "/organisations/DMA001/2015-16/improvement-plan/"
DUE = date(datetime.now(UTC).year + 1, 3, 1)
BOTH = {"13-112": replace(TRAIN, due=DUE), "13-202": replace(AUDIT, due=DUE)}
FORMS = (
    ("con", PLAN, "13-112-action"),
    ("cleo", "/organisations/DMA002/2015-16/final/submit/", "reason"),
    ("ada", "/people/invite/", "name"),
    ("ada", "/people/{con}/", "name"),
    ("sam", "/plans/DMA001/2015-16/", "reason"),
    ("sam", "/register/2015-16/kinds/", "source"),
)


@pytest.fixture(scope="module")
def lived(service):
    """DMA001 with a plan that waits to be decided on, DMA002 with a Final opened again."""
    cast = service.cast
    started(cast.ada)
    final_of(cast, r112=1, r202=0)
    save_plan(draft(cast.ada), BOTH, by=cast.con)
    send_plan(draft(cast.ada), by=cast.ada)
    submit_final(stand_ready(started(cast.cleo), cast), by=cast.cleo, at=SPRING)
    reopen_final(scope.find_assessment(cast.cleo, "DMA002", "2015-16"), by=cast.cleo)
    return service


def questions(page):
    """Gathers the questions that the browser asks before leaving, and answers each with yes."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


@pytest.mark.parametrize(("who", "path", "field"), FORMS, ids=[field + " at " + path for _, path, field in FORMS])
def test_a_form_asks_before_typed_text_is_left(lived, window, who, path, field):
    seen = window()
    seen.sign_in(getattr(lived.cast, who))
    page = seen.open(path.format(con=lived.cast.con.pk))
    asked = questions(page)
    typed = page.locator(f"[name='{field}']")
    typed.click()
    page.reload()
    assert asked == []
    typed.click()
    page.keyboard.type("Typed. ")
    page.get_by_role("link", name="Help").first.click()
    seen.titled("Help")
    assert asked == ["beforeunload"]


def test_a_plan_is_saved_in_place_and_keeps_what_was_typed(lived, window):
    con = window(refusals=(422, 409))
    con.sign_in(lived.cast.con)
    page = con.open(PLAN)
    page.evaluate("window.stillHere = true")
    asked, save = questions(page), page.get_by_role("button", name="Save the plan")

    # Refused: what is wrong is said, and what was typed is still not saved.
    page.fill("[name='13-112-owner']", "Ivy Marsh")
    page.fill("[name='13-112-due-day']", "41")
    save.click()
    con.titled("Error: ")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.locator("[name='13-112-owner']")).to_have_value("Ivy Marsh")
    expect(page.locator("[data-igt-warn=unsaved]")).to_have_count(1)

    # Saved by somebody else in the meantime: both texts stand there, and it begins by saying so.
    save_plan(draft(lived.cast.rex), {"13-112": Planned("Train everybody twice.", "Rex", DUE)}, by=lived.cast.rex)
    page.fill("[name='13-112-due-day']", "30")
    save.click()
    con.titled("Changed by somebody else: ")
    expect(page.locator(".igt-message--warning[role=alert]")).to_be_focused()
    expect(page.locator("[name='13-112-owner']")).to_have_value("Ivy Marsh")
    con.check_accessible()

    save.click()
    con.titled("Saved: ")
    expect(save).to_be_focused()
    expect(page.locator(".igt-told")).to_contain_text("Saved: 13-112.")
    assert page.evaluate("window.stillHere === true")
    page.get_by_role("link", name="Help").first.click()
    con.titled("Help")
    assert asked == []
