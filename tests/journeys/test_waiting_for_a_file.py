"""A reader for the National Data Guardian asks for every board report by keyboard and waits, with a script or none."""

import pytest
from playwright.sync_api import expect

from igtoolkit.actions.files import begin_file, count_parts, finish_file
from igtoolkit.records.models import RequestedFile
from igtoolkit.standard.words import Stage
from tests.journeys.test_keyboard import Keys
from tests.reports.small_nation import report_at

ASK = "/national/2015-16/baseline/files/"


@pytest.fixture(scope="module")
def submitted(service):
    report_at(service.cast.ada, Stage.BASELINE, 2)
    return service


def test_a_file_is_asked_for_awaited_and_fetched(submitted, window):
    nia, plain = window(), window("phone", javascript=False)
    page = nia.sign_in(submitted.cast.nia)
    nia.open("/help/data/")
    nia.check_accessible()
    nia.open(ASK)
    nia.check_accessible()
    keys = Keys(nia)
    keys.to("main form button")
    page.keyboard.press("Enter")
    nia.titled("Waiting to be made: Every board report")
    nia.check_accessible()
    file = begin_file(RequestedFile.objects.get().pk)
    said, standing = page.locator("body > [role=status]"), page.locator("#file")
    count_parts(file, 57, 214)
    expect(standing).to_contain_text("57 of 214 board reports")
    expect(said).to_have_text("A quarter is made")
    nia.check_accessible()
    plain.sign_in(submitted.cast.nia)
    waiting = plain.open(f"/national/files/{file.pk}/")
    keys.to('main a[href="/national/files/"]')
    finish_file(file, "boards.zip", b"PK")
    expect(said).to_have_text("Ready")
    expect(waiting.get_by_role("link", name="Download the file")).to_be_visible()  # the page asked again by itself
    nia.check_accessible()
    keys.to('main a[href$="/download/"]')
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "boards.zip"
    nia.open("/national/files/")
    nia.check_accessible()
