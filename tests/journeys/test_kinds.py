"""The service team sets kinds, in a browser: with axe, at 320 and 1280 pixels, errors shown too."""

from playwright.sync_api import expect

from igtoolkit.records.models import Registration
from tests.conftest import make_organisation

PAGE = "/register/2015-16/kinds/"


def test_kinds_row_by_row_and_with_a_spreadsheet(service, window):
    one, other = "ZZ1", "ZZ2"
    for code in (one, other):
        make_organisation(code, kind="", name=f"A body with a long name that has to break somewhere, {code}")
    seen = window(refusals=(422,))
    seen.sign_in(service.cast.sam)
    page = seen.open(PAGE)
    seen.check_accessible()
    page.get_by_label(f"({one})").select_option("gp")
    page.get_by_role("button", name="Save").click()
    seen.titled("Error: ")
    expect(page.get_by_label(f"({one})")).to_have_value("gp")
    seen.check_accessible()
    page.get_by_label("Where the kinds are from").fill("Decided by the service team")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("1 kind is set.")
    assert Registration.objects.get(code=one).kind == "gp"

    page = seen.open(PAGE + "upload/")
    seen.check_accessible()
    for rows, title in (
        (f"code,kind\nR9Z,gp\n{other},HOTEL\n", "Error: "),
        (f"code,kind\n{other},pharmacy\n", "Preview: "),
    ):
        given = {"name": "kinds.csv", "mimeType": "text/csv", "buffer": rows.encode()}
        page.get_by_label("Spreadsheet").set_input_files(given)
        page.get_by_role("button", name="Preview").click()
        seen.titled(title)
        seen.check_accessible()
    page.get_by_role("button", name="Set this kind").click()
    expect(page.get_by_role("status").first).to_contain_text("1 kind is set.")
    assert Registration.objects.get(code=other).kind == "pharmacy"
