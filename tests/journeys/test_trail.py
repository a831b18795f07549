"""An administrator reads their organisation's audit trail, narrows it, and takes it away."""

import os

import pytest
from playwright.sync_api import expect

from igtoolkit.actions.managing import change_person
from tests.records.test_verify import make_submissions

pytestmark = pytest.mark.browser


def test_an_administrator_reads_the_trail(service, window):
    make_submissions(service.cast)
    change_person(service.cast.ben, name="Benedict Marsh", role="reviewer", by=service.cast.ada)
    ada = window(refusals=(422, 403))
    ada.sign_in(service.cast.ada)
    ada.open("/national/2015-16/baseline/caldicott2/")
    page = ada.open("/trail/")
    ada.check_accessible()
    shoot(page, "trail")
    page.get_by_label("What").select_option("person_changed")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**event=person_changed**")
    expect(page.locator("tbody tr")).to_have_count(1)
    ada.open("/trail/?after=soon")
    ada.check_accessible()
    shoot(page, "trail-error")
    ada.open("/trail/")
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV").click()
    assert found.value.suggested_filename == "audit-trail.csv"


def shoot(page, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if folder:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
