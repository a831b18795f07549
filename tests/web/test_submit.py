"""Submitting a stage: shown first, submitted once, and a receipt."""

import re
from datetime import UTC, date, datetime

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import record, record_all, up_to
from tests.web.reading import form_of, title, words

PLACE = "/organisations/DMA001/2015-16/"
PAGE = PLACE + "baseline/submit/"
SUMMER = datetime(2015, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def summer(monkeypatch):
    """1 July 2015 in the morning."""
    monkeypatch.setattr(clock, "now", lambda: SUMMER)


@pytest.fixture
def ada(client, cast, assessment):
    """An administrator's browser; three requirements are recorded."""
    record(assessment, {"13-101": 3, "13-202": 2, "13-206": 1}, by=cast.con)
    client.force_login(cast.ada)
    return client


def made() -> list[Submission]:
    return list(scope.everything(Submission, reason="tests").order_by("number"))


def test_the_preview_shows_everything_that_would_be_submitted(ada, assessment):
    page = words(ada.get(PAGE))
    assert "The deadline for Baseline is the end of 31 July 2015. A submission now is on time." in page
    assert "4% ■ Not satisfactory 6 of 135 points; 43 below level 2" in page
    assert re.search(r"None of 16 recommendations is met: \d+ partly, \d+ not\.", page), "as its board report says it"
    assert "45 requirements: 1 at level 3, 1 at level 2, 1 at level 1, 42 not scored." in page
    assert "42 of 45 requirements are not scored, and count as 0: 13-105, 13-110" in page
    assert "Nobody is named as Senior Information Risk Owner, Caldicott Guardian" in page
    for each in assessment.framework.requirements:
        assert f"{each.code} {each.title}" in page
    assert f'href="{PLACE}preview/caldicott2/"' in ada.get(PAGE).content.decode()


def test_opening_the_preview_submits_nothing(ada):
    ada.get(PAGE)
    ada.head(PAGE)
    assert made() == []


def test_submitting_gives_one_submission_and_a_receipt(ada):
    told = ada.post(PAGE, form_of(ada.get(PAGE), "key"))
    assert (told.status_code, told.url) == (302, PLACE + "baseline/submitted/")
    [submission] = made()
    page = words(ada.get(told.url))
    assert "Baseline submitted" in page
    assert f"sha256:{submission.digest}" in page
    assert "1 July 2015 at 10:00, by Ada" in page
    assert "31 July 2015. Submitted on time." in page
    assert "4%: Not satisfactory" in page
    assert "Performance Update is due by 31 October 2015." in page
    html = ada.get(told.url).content.decode()
    for path in ("baseline/caldicott2/", "baseline/caldicott2.pdf", "baseline/submit/"):
        assert f'href="{PLACE}{path}"' in html


def test_a_double_click_a_reload_and_the_back_button_submit_once(ada):
    sent = form_of(ada.get(PAGE), "key")
    for _ in range(3):
        assert ada.post(PAGE, sent).url == PLACE + "baseline/submitted/"
    for _ in range(2):
        assert ada.get(PLACE + "baseline/submitted/").status_code == 200
    assert len(made()) == 1


def test_a_change_in_between_shows_the_preview_again(ada, assessment, cast):
    sent = form_of(ada.get(PAGE), "key")
    save_answer(assessment, "13-206", Said(ticked=up_to(assessment, "13-206", 3)), version=1, by=cast.con)
    page = ada.post(PAGE, sent)
    assert page.status_code == 409
    assert title(page).startswith("Not submitted: ")
    assert "The assessment was changed after you opened this page." in words(page)
    assert made() == []
    again = form_of(page, "key")
    assert again["draft"] != sent["draft"]
    assert ada.post(PAGE, again).status_code == 302
    levels = {each["requirement"]: each["level"] for each in made()[0].snapshot["answers"]}
    assert levels["13-206"] == 3


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "with space " * 3, "\x00" * 30])
def test_a_form_without_its_key_submits_nothing(ada, key):
    sent = form_of(ada.get(PAGE), "key")
    del sent["key"]
    page = ada.post(PAGE, sent if key is None else {**sent, "key": key})
    assert page.status_code == 422
    assert "nothing was submitted" in words(page)
    assert made() == []
    assert ada.post(PAGE, form_of(page, "key")).status_code == 302


def test_each_opening_of_the_page_has_its_own_key(ada):
    assert form_of(ada.get(PAGE), "key")["key"] != form_of(ada.get(PAGE), "key")["key"]


def test_two_windows_of_the_first_submission_make_one_and_a_preview(ada):
    first, second = (form_of(ada.get(PAGE), "key") for _ in range(2))
    assert ada.post(PAGE, first).status_code == 302
    page = ada.post(PAGE, second)
    assert page.status_code == 409
    assert title(page).startswith("Already submitted: Baseline")
    assert "Baseline was submitted on 1 July 2015 at 10:00 by Ada. See the receipt." in words(page)
    assert f'href="{PLACE}baseline/submitted/"' in page.content.decode()
    assert 'name="key"' not in page.content.decode()
    assert len(made()) == 1


def test_two_windows_of_a_correction_make_one(ada):
    ada.post(PAGE, form_of(ada.get(PAGE), "key"))
    first, second = ({**form_of(ada.get(PAGE), "key"), "reason": "Left out"} for _ in range(2))
    assert ada.post(PAGE, first).status_code == 302
    page = ada.post(PAGE, second)
    assert page.status_code == 409
    assert "A correction of Baseline was submitted on 1 July 2015 at 10:00 by Ada." in words(page)
    assert len(made()) == 2


def test_a_submission_and_a_change_in_between_show_the_preview_again(ada, assessment, cast):
    first, second = (form_of(ada.get(PAGE), "key") for _ in range(2))
    ada.post(PAGE, first)
    save_answer(assessment, "13-206", Said(ticked=up_to(assessment, "13-206", 3)), version=1, by=cast.con)
    page = ada.post(PAGE, second)
    assert page.status_code == 409
    assert title(page).startswith("Not submitted: Correct Baseline")
    assert "13-206: level 1, now level 3" in words(page)


def test_the_preview_shows_evidence_comments_and_what_stage_came_before(ada, assessment, cast):
    note = EvidenceSaid("2a", "Poster <b>on</b> every ward", "https://e.example/a?b=1&c=2", date(2015, 6, 3))
    said = Said(ticked=frozenset({"1a"}), comment="Only for us", evidence=(note,))
    save_answer(assessment, "13-105", said, version=0, by=cast.con)
    page = ada.get(PAGE)
    assert "Evidence for 13-1052a: Poster <b>on</b> every ward · https://e.example/a?b=1&c=2 · 3 June 2015" in (
        words(page).replace("13-105 2a", "13-1052a")
    )
    assert "<b>on</b>" not in page.content.decode()
    assert "Only for us" not in words(page)
    row = page.content.decode().split("requirements/13-105/")[-1].split("</tr>")[0]
    assert '"true">Comment</span>Yes</td>' in row
    assert page.content.decode().count("<summary>Evidence<") == 4
    ada.post(PAGE, form_of(page, "key"))
    assert re.search(r"At Baseline, \d+ were met\.", words(ada.get(PAGE.replace("baseline", "update"))))


def test_late_is_said_before_and_after(ada, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SUMMER.replace(month=8))
    page = ada.get(PAGE)
    assert "The deadline for Baseline was 31 July 2015. A submission now is accepted and recorded as late." in words(
        page
    )
    ada.post(PAGE, form_of(page, "key"))
    assert made()[0].late
    assert "31 July 2015. Submitted late." in words(ada.get(PLACE + "baseline/submitted/"))


def test_a_correction_asks_for_the_reason_and_says_what_changed(ada, assessment, cast):
    ada.post(PAGE, form_of(ada.get(PAGE), "key"))
    save_answer(assessment, "13-206", Said(ticked=up_to(assessment, "13-206", 3)), version=1, by=cast.con)
    page = ada.get(PAGE)
    assert title(page).startswith("Correct Baseline")
    assert (
        "Baseline was submitted on 1 July 2015 at 10:00 by Ada, on time; that stays so. This would be number 2."
        in words(page)
    )
    assert "13-206: level 1, now level 3" in words(page)
    sent = form_of(page, "key")
    refused = ada.post(PAGE, {**sent, "reason": " "})
    assert refused.status_code == 422
    assert title(refused).startswith("Error: ")
    assert '<a href="#reason">' in refused.content.decode()
    long = ada.post(PAGE, {**sent, "reason": "x" * 501})
    assert form_of(long, "key")["reason"] == ["x" * 501]
    assert len(made()) == 1
    assert ada.post(PAGE, {**form_of(long, "key"), "reason": "13-206 was\r\nleft out"}).status_code == 302
    assert made()[1].snapshot["correction_reason"] == "13-206 was\nleft out"
    receipt = words(ada.get(PLACE + "baseline/submitted/"))
    assert "Number 2: 13-206 was left out" in receipt
    assert "The first submission was on time, and that stands." in receipt


def test_a_closed_stage_says_why(ada, cast, assessment):
    sent = form_of(ada.get(PAGE), "key")
    submit(assessment, Stage.UPDATE, key="update", arrived=SUMMER, by=cast.ada)
    page = ada.get(PAGE)
    assert "Baseline is closed: a later stage has been submitted (Performance Update)." in words(page)
    assert 'name="key"' not in page.content.decode()
    refused = ada.post(PAGE, sent)
    assert refused.status_code == 422
    assert "Baseline is closed: a later stage has been submitted" in words(refused)
    assert [each.stage for each in made()] == ["update"]


@pytest.mark.parametrize("stage", ["preview", "BASELINE", "baselin", "%00"])
def test_a_stage_that_is_unknown_is_not_found(ada, stage):
    assert ada.get(f"{PLACE}{stage}/submit/").status_code == 404
    assert ada.post(f"{PLACE}{stage}/submit/", {"key": "x" * 43}).status_code == 404
    assert ada.get(f"{PLACE}{stage}/submitted/").status_code == 404


def test_there_is_no_receipt_before_a_submission(ada):
    assert ada.get(PLACE + "baseline/submitted/").status_code == 404


@pytest.mark.parametrize("who", ["ben", "con", "rex"])
def test_others_of_the_trust_may_not_submit_but_see_the_receipt(ada, client, cast, who):
    sent = form_of(ada.get(PAGE), "key")
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, sent).status_code == 403
    assert made() == []
    client.force_login(cast.ada)
    client.post(PAGE, sent)
    client.force_login(getattr(cast, who))
    page = client.get(PLACE + "baseline/submitted/")
    assert "an administrator can submit a correction with a reason. Yours is Ada." in words(page)
    assert '<a href="mailto:ada@example.org">Ada</a>' in page.content.decode()
    assert "/submit/" not in page.content.decode()


def test_final_submitted_closes_every_stage_and_says_how_to_correct_it(ada, cast):
    sent = form_of(ada.get(PAGE), "key")
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    assert "Baseline is closed: Final has been submitted. Open it again to correct it." in words(ada.get(PAGE))
    refused = ada.post(PAGE, sent)
    assert refused.status_code == 422
    assert made() == []


def test_the_queries_are_as_many_at_3_rows_as_at_45(ada, assessment, cast, django_assert_max_num_queries):
    ada.get(PAGE)
    with django_assert_max_num_queries(12) as few:
        ada.get(PAGE)
    record_all(assessment, 2, by=cast.con)
    with django_assert_max_num_queries(12) as many:
        ada.get(PAGE)
    assert len(many) == len(few)
