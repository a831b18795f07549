"""One trust's question, answered or not; the national page and the list; and what the trust itself is told."""

from unittest.mock import patch

import pytest
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.second_looks import dismiss_second_look, take_up_again
from igtoolkit.records import clock
from igtoolkit.reports import national_second_look as nation_s
from igtoolkit.reports.national_files import national_file
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_person
from tests.reports.small_nation import report_at, trust
from tests.web.reading import form_of, title, words
from tests.worlds import world

RULE = "all_at_level_2"
BOARD = f"/organisations/DMA001/{YEAR}/baseline/caldicott2/"
LOOK = f"/organisations/DMA001/{YEAR}/baseline/second-look/{RULE}/"
NATION = f"/national/{YEAR}/baseline/caldicott2/"
LIST = f"/national/{YEAR}/baseline/second-look/{RULE}/"
REASON = "The trust plans\nto stay at level 2."

pytestmark = pytest.mark.django_db


@world
def nia():
    return make_person("nia", reads_for_ndg=True)


@world
def ada():
    """The administrator of a trust at exactly level 2 throughout."""
    by = trust("DMA001", name="O’Brien & Sons <b>Hospital</b>")
    report_at(by, Stage.BASELINE, 2)
    return by


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def dismissed(by, code: str = "DMA001", reason: str = REASON):
    found = scope.find_submission(by, code, YEAR, Stage.BASELINE)
    return found, dismiss_second_look(found, RULE, reason=reason, by=by)


def test_the_question_is_read_with_its_rule_and_who_will_read_the_answer(nia, ada):
    page = browser(nia).get(LOOK)
    told = words(page)
    assert "All 45 requirements that count are at exactly level 2." in told
    assert f"The rule: {Rule(RULE).words}" in told
    assert "The organisation reads on its report that the question is answered, on which day, and your reason" in told
    assert "<b>Hospital</b>" not in page.content.decode()


def test_it_is_answered_and_taken_up_again(nia, ada):
    client = browser(nia)
    assert client.post(LOOK, {**form_of(client.get(LOOK), "reason"), "reason": REASON}).url == LOOK
    page = client.get(LOOK)
    assert title(page).startswith("Answered: ")
    assert "By Nia, " in words(page)
    assert "The trust plans to stay at level 2." in words(page)
    assert client.post(LOOK, {**form_of(page, "answer"), "then": "take_up_again"}).url == LOOK
    told = words(client.get(LOOK))
    assert "Is it answered?" in told
    assert "Answered before, and taken up again Nia, " in told


@pytest.mark.parametrize("reason", ["", " \r\n", "x" * 10_000])
def test_an_answer_without_a_reason_is_refused_and_what_was_typed_stays(nia, ada, reason):
    client = browser(nia)
    page = client.post(LOOK, {**form_of(client.get(LOOK), "reason"), "reason": reason})
    assert page.status_code == 422
    assert '<a href="#reason">' in page.content.decode()
    assert form_of(page, "reason")["reason"] == [reason.replace("\r\n", "\n")]


def test_the_organisation_reads_when_and_why_and_not_who(nia, ada):
    own = browser(ada)
    assert "Answered" not in words(own.get(BOARD))
    found, made = dismissed(nia)
    for path in (BOARD, f"/organisations/DMA001/{YEAR}/baseline/submitted/"):
        told = words(own.get(path))
        assert (
            "the National Data Guardian’s office has nothing more to ask. The reason: The trust plans to stay" in told
        )
        assert "Nia" not in told
        assert "second-look/" not in own.get(path).content.decode()
    other = words(browser(make_person("nils", reads_for_ndg=True)).get(BOARD))
    assert "by Nia" in other
    assert "Take it up again" in other
    take_up_again(found, RULE, answer=made.pk, by=nia)
    assert "Answered" not in words(own.get(BOARD))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_files_of_the_report_stay_the_same_bytes(nia, ada, form):
    path = BOARD.replace("caldicott2/", f"caldicott2.{form}")
    before = browser(nia).get(path).content
    dismissed(nia)
    assert browser(nia).get(path).content == before


def test_two_readers_at_once_and_the_second_is_told_who_did(nia, ada):
    client = browser(make_person("nils", reads_for_ndg=True))
    mine = {**form_of(client.get(LOOK), "reason"), "reason": "My own words."}
    dismissed(nia)
    page = client.post(LOOK, mine)
    assert page.status_code == 409
    told = words(page)
    assert "Nia answered this question after you opened the page. Yours was not sent." in told
    assert "You had typed as the reason: My own words." in told
    assert "to stay at level 2." in told


def test_a_question_taken_up_again_by_somebody_else_is_said(nia, ada):
    client = browser(make_person("nils", reads_for_ndg=True))
    found, made = dismissed(nia)
    mine = {**form_of(client.get(LOOK), "answer"), "then": "take_up_again"}
    take_up_again(found, RULE, answer=made.pk, by=nia)
    page = client.post(LOOK, mine)
    assert page.status_code == 409
    assert "Somebody else took this question up again after you opened the page. It stands." in words(page)


def test_a_correction_in_the_meantime_keeps_what_was_typed(nia, ada):
    client = browser(nia)
    mine = {**form_of(client.get(LOOK), "reason"), "reason": "About the first one."}
    report_at(ada, Stage.BASELINE, 2, reason="A comment was added")
    page = client.post(LOOK, mine)
    assert page.status_code == 409
    assert "it is asked the same question. Your reason was not sent" in words(page)
    again = form_of(page, "reason")
    assert (again["reason"], again["number"]) == (["About the first one."], ["2"])
    report_at(ada, Stage.BASELINE, 3, reason="One was higher")
    page = client.post(LOOK, again)
    assert page.status_code == 409
    assert "this question is not asked of it any more" in words(page)
    assert "You had typed as the reason: About the first one." in words(page)
    assert client.get(LOOK).status_code == 404


def test_an_earlier_version_shows_its_answer_and_takes_none(nia, ada):
    dismissed(nia)
    report_at(ada, Stage.BASELINE, 2, reason="A comment was added")
    first = browser(nia).get(BOARD.replace("caldicott2/", "1/caldicott2/"))
    assert "by Nia" in words(first)
    assert "second-look/" not in first.content.decode()
    latest = words(browser(nia).get(BOARD))
    assert "Mark as answered, with a reason" in latest
    assert "by Nia" not in latest


def test_own_people_know_of_it_and_may_not_and_others_find_nothing(nia, ada):
    dismissed(nia)
    others = make_person("sam", serves=True), trust("DMA002"), trust("DMG001", kind="gp")
    for method in ("get", "post"):
        assert getattr(browser(ada), method)(LOOK).status_code == 403
        for person in others:
            answer = getattr(browser(person), method)(LOOK)
            assert answer.status_code == 404
            assert answer.content == getattr(browser(person), method)(LOOK.replace("DMA001", "ZZZ")).content
    for rule in ("same_comment", "no-such-rule"):
        assert browser(nia).get(LOOK.replace(RULE, rule)).status_code == 404
        assert browser(nia).post(LOOK.replace(RULE, rule), {"reason": "x"}).status_code == 404


def test_answered_ones_stand_apart_on_the_national_page_with_who_when_and_why(nia, ada):
    report_at(trust("DMA002", name="Steadyford"), Stage.BASELINE, 2)
    client = browser(nia)
    one = "stood at exactly level 2 in every requirement that counts"
    assert f"2 trusts {one}: DMA001" in words(client.get(NATION))
    dismissed(nia)
    told = words(client.get(NATION))
    assert f"2 trusts {one}; 1 is answered. Still asked: DMA002 Steadyford" in told
    assert "Answered: 1, with its reason DMA001 O’Brien & Sons <b>Hospital</b> Nia, " in told
    assert "The trust plans to stay at level 2." in told
    dismissed(nia, "DMA002", "Told us too.")
    told = words(client.get(NATION))
    assert f"2 trusts {one}; all are answered. The rule: " in told
    assert "Answered: 2, with reasons" in told


def test_the_paper_says_how_many_are_answered_and_names_the_others(nia, ada):
    report_at(trust("DMA002"), Stage.BASELINE, 2)
    dismissed(nia)
    paper = national_paper_of("baseline")
    (found,) = [each for each in paper["second_look"] if "level 2" in each["noticed"]]
    assert found["noticed"].endswith("; 1 is answered. Still asked")
    assert found["codes"] == "DMA002"


def national_paper_of(stage: str):
    """What the PDF would say, before it is set."""
    with patch("igtoolkit.reports.national_files.national_pdf", return_value=b"") as made:
        national_file(YEAR, stage, "pdf", clock.now())
    return made.call_args.args[0]


def test_the_first_of_many_are_shown_and_the_others_are_a_page_away(nia, ada, monkeypatch):
    monkeypatch.setattr(nation_s, "SHOWN", 2)
    for number in range(2, 8):
        report_at(trust(f"DMA00{number}"), Stage.BASELINE, 2)
    for number in (5, 6, 7):
        dismissed(nia, f"DMA00{number}", f"Reason {number}.")
    client = browser(nia)
    told = words(client.get(NATION))
    assert "7 trusts stood at exactly level 2 in every requirement that counts; 3 are answered." in told
    where = ": the question on its board report"
    assert f"Still asked: DMA001 O’Brien & Sons <b>Hospital</b>{where} DMA002 Trust DMA002{where} And 2 more" in told
    assert "Reason 6." in told
    assert "Reason 7." not in told
    assert "All 3 that are answered" in told
    told = words(client.get(LIST))
    assert "4 trusts, by code." in told
    assert "Trust DMA004" in told
    assert "Trust DMA005" not in told
    told = words(client.get(f"{LIST}?answered=yes"))
    assert "3 trusts, by code." in told
    assert "Reason 7." in told


def test_a_list_that_cannot_be_is_not_found(nia, ada):
    client = browser(nia)
    places = [("2012-13/baseline", "same_comment"), (f"{YEAR}/preview", "same_comment")]
    places += [(f"{YEAR}/baseline", rule) for rule in ("nonsense", "risen_without_evidence")]
    for place, rule in places:
        assert client.get(f"/national/{place}/second-look/{rule}/").status_code == 404
    assert "No trust is asked this now." in words(client.get(LIST.replace(RULE, "same_comment")))


@pytest.mark.parametrize("path", [LIST, f"{LIST}?answered=yes"])
def test_the_list_takes_the_same_queries_for_two_trusts_and_for_twelve(nia, ada, path, django_assert_num_queries):
    client = browser(nia)
    dismissed(nia)
    for number in range(2, 13):
        report_at(trust(f"DMA0{number:02d}"), Stage.BASELINE, 2)
        if number % 2:
            dismissed(nia, f"DMA0{number:02d}")
        if number in (3, 12):
            with django_assert_num_queries(5):
                client.get(path)
