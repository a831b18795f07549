"""The main job in a browser, without JavaScript: recorded, submitted, read, and closed to everybody else."""

import re

from playwright.sync_api import expect

TRUST = "/organisations/DMA001/2015-16/"


def test_a_trust_records_submits_and_reads_its_report(service, window):
    cast = service.cast

    administrator = window(javascript=False)
    administrator.sign_in_by_hand(cast.ada)
    page = administrator.open(TRUST)
    page.get_by_role("button", name=re.compile("Start")).click()
    expect(page.locator("main")).to_contain_text("0 of 45")

    contributor = window(javascript=False)
    contributor.sign_in(cast.con)
    page = contributor.open(TRUST)
    page.get_by_role("link", name=re.compile("13-202")).first.click()
    contributor.titled("13-202")
    for criterion in ("1a", "1b", "2a", "2b", "2c"):
        page.check(f"input[name=ticked][value='{criterion}']")
    page.fill("[name=comment]", "Purposes listed with the Information Asset Owners in June.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    contributor.titled("Saved: 13-202")
    expect(page.locator(".igt-rec__level")).to_contain_text("Level 2")
    expect(page.locator("[name=comment]")).to_have_value("Purposes listed with the Information Asset Owners in June.")

    page = administrator.open(TRUST + "baseline/submit/")
    expect(page.locator("main")).to_contain_text("13-202")
    page.get_by_role("button", name=re.compile("Submit")).click()
    administrator.titled("Baseline submitted")

    viewer = window(javascript=False)
    viewer.sign_in(cast.ben)
    page = viewer.open(TRUST + "baseline/caldicott2/")
    expect(page.locator("h1")).to_contain_text("Trust DMA001")
    expect(page.locator("main")).to_contain_text("16 recommendations")
    paper = page.request.get(service.address + TRUST + "baseline/caldicott2.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")

    reader = window(javascript=False)
    reader.sign_in(cast.nia)
    page = reader.open("/national/2015-16/baseline/caldicott2/")
    expect(page.locator("main")).to_contain_text("Trust DMA001")
    expect(page.locator("main")).to_contain_text("1 of 2")

    stranger = window(javascript=False, refusals=(404, 403))
    stranger.sign_in(cast.cleo)
    for path in (
        TRUST,
        TRUST + "baseline/caldicott2/",
        TRUST + "baseline/caldicott2.pdf",
        TRUST + "requirements/13-202/",
    ):
        assert stranger.page.request.get(service.address + path).status == 404, path
    assert stranger.page.request.get(service.address + "/national/2015-16/baseline/caldicott2/").status == 403
