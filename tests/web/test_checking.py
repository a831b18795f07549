"""Checking a copy: a digest, a file, the figures on a paper. It answers yes or no, and never shows content."""

import re
import subprocess
from copy import deepcopy
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
import zxingcpp
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from igtoolkit.actions.tries import Limit, clear_tries, seconds_to_wait
from igtoolkit.records.models import Organisation, Tries
from igtoolkit.reports.board import board_bytes
from igtoolkit.reports.board_page import board_page, on_paper
from igtoolkit.reports.checking import Printed
from igtoolkit.reports.pdf.board import board_pdf
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.checking import FIELDS, read
from igtoolkit.web.tries import network
from tests.reports.small_nation import report_at
from tests.worlds import world

# What the paper says: every requirement at level 2 (tests/reports/small_nation.py).
FIGURES = {
    "code": "DMA001", "year": "2015-16", "stage": "baseline", "met": "12", "partly_met": "2", "not_met": "2",
    "not_applicable": "", "percent": "66",
}  # fmt: skip
AGREE, DISAGREE = "These figures agree with what was submitted", "These figures do not agree with what was submitted"
SAME, OTHER = "This file is exactly what was made here", "This file is not what was made here"
TOLD_NOWHERE = ("DMA001", "Trust DMA001", "2015", "Ada", "ada@", "acute")


@world
def submission(cast):
    return report_at(cast.ada, Stage.BASELINE, 2)


def address(submission) -> str:
    return f"/check/{submission.digest}/"


def headline(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def ask_figures(client, submission, **changed):
    return client.post(address(submission), {"how": "figures", **FIGURES, **changed})


def ask_file(client, submission, content: bytes, name: str = "report.pdf"):
    return client.post(address(submission), {"how": "file", "file": SimpleUploadedFile(name, content)})


def forged(submission) -> bytes:
    """The paper made again with one more recommendation met: the digest and the code on it are genuine."""
    page = deepcopy(on_paper(board_page(submission)))
    assert "12 of 16" in page["headline"]
    page["headline"] = page["headline"].replace("12 of 16", "13 of 16")
    return board_pdf(page, at=submission.submitted_at)


# Typing a digest


def test_a_digest_typed_or_pasted_leads_to_its_page(client, submission):
    for written in ("{}", " sha256:{} ", "SHA256:{}", "{}\n"):
        response = client.get("/check/", {"digest": written.format(submission.digest)})
        assert (response.status_code, response["Location"]) == (302, address(submission))


def test_a_digest_that_is_not_whole_is_kept_and_explained(db, client):
    for written in ("", " ", "abc", "g" * 64, "0" * 63):
        response = client.get("/check/", {"digest": written})
        assert response.status_code == 422
        assert 'href="#digest"' in response.content.decode()
        assert f'value="{written}"' in response.content.decode()


def test_every_page_leads_to_checking(db, client):
    assert '<a href="/check/">Check a copy</a>' in client.get("/help/").content.decode()


# A file


def test_a_file_made_here_is_known_again_byte_for_byte(client, submission):
    for form in ("pdf", "csv", "json"):
        content = board_bytes(submission, form)
        assert headline(ask_file(client, submission, content, f"any name.{form}")) == SAME
        assert headline(ask_file(client, submission, content + b"\n")) == OTHER


def test_a_file_of_another_submission_is_not_this_ones(client, cast, submission):
    corrected = report_at(cast.ada, Stage.BASELINE, 3, reason="All of it was there")
    assert headline(ask_file(client, submission, board_bytes(corrected, "json"))) == OTHER
    assert headline(ask_file(client, corrected, board_bytes(corrected, "json"))) == SAME


def test_a_forged_page_with_a_genuine_code_fails_by_file_and_by_figures(client, submission):
    genuine, forgery = board_bytes(submission, "pdf"), forged(submission)
    assert code_on(forgery) == code_on(genuine)
    assert headline(ask_file(client, submission, genuine)) == SAME
    assert headline(ask_file(client, submission, forgery)) == OTHER
    assert headline(ask_figures(client, submission, met="13")) == DISAGREE
    assert headline(ask_figures(client, submission)) == AGREE


def test_a_page_whose_drawing_was_edited_fails(client, submission):
    with pikepdf.open(BytesIO(board_bytes(submission, "pdf"))) as paper:
        paper.pages[0].contents_add(b" 1 1 1 rg 100 700 60 20 re f", prepend=False)
        edited = BytesIO()
        paper.save(edited)
    assert headline(ask_file(client, submission, edited.getvalue())) == OTHER


def test_nothing_is_rendered_for_a_visitor(client, submission):
    """A PDF that nobody has opened yet was never given to anybody: no stranger's upload makes it."""
    ask_file(client, submission, b"%PDF-1.7")
    assert submission.documents.count() == 0


def test_a_file_that_cannot_be_ours_is_refused_with_words(client, submission):
    for content in (b"", b"x" * 2_000_001):
        response = ask_file(client, submission, content)
        assert response.status_code == 422
        assert 'href="#file"' in response.content.decode()


# The code on the paper


def code_on(pdf: bytes) -> str:
    """What a telephone reads from the printed page."""
    drawn = subprocess.run(
        ["pdftoppm", "-gray", "-r", "200", "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    kind, width, height, most, pixels = re.fullmatch(
        rb"(P5)\s(\d+)\s(\d+)\s(\d+)\s(.*)", drawn.stdout, re.DOTALL
    ).groups()
    assert (kind, most) == (b"P5", b"255")
    [found] = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (int(height), int(width))))
    return found.text


def test_the_code_on_the_page_carries_the_digest_and_nothing_else(submission):
    assert code_on(board_bytes(submission, "pdf")) == f"{settings.SITE_ADDRESS}/check/{submission.digest}/"


# Figures


KINDLY = (
    {"code": " dma 001 "}, {"year": "2015/16"}, {"year": "2015–16"}, {"year": "2015-2016"}, {"percent": "66 %"},
    {"not_applicable": "0"}, {"met": " 012"},
)  # fmt: skip
WRONG = (
    {"code": "DMA002"}, {"year": "2014-15"}, {"stage": "update"}, {"met": "13"}, {"partly_met": "3"}, {"not_met": "3"},
    {"not_applicable": "1"}, {"percent": "67"}, {"percent": ""}, {"met": "13", "not_met": "1"},
)  # fmt: skip


def test_figures_are_read_kindly(client, submission):
    for written in KINDLY:
        assert headline(ask_figures(client, submission, **written)) == AGREE, written


def test_one_figure_that_differs_is_enough_and_is_not_named(client, submission):
    for written in WRONG:
        response = ask_figures(client, submission, **written)
        assert headline(response) == DISAGREE, written
        assert "nhsuk-error" not in response.content.decode()


def test_a_right_and_a_wrong_answer_differ_only_in_their_words(client, submission):
    def shown(**changed) -> str:
        html = ask_figures(client, submission, **changed).content.decode()
        html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
        return re.sub(r'value="(12|66|0|13)?"|This page took [\d.]+', "", html)

    assert shown(met="13") == shown(percent="0")


def test_figures_that_cannot_be_read_are_kept_and_cost_no_try(client, submission):
    for _ in range(20):
        response = ask_figures(client, submission, met="eight", year="15", stage="", code="")
    html = response.content.decode()
    assert response.status_code == 422
    assert all(f'href="#{name}"' in html for name in ("met", "year", "stage", "code"))
    assert 'value="eight"' in html
    assert headline(ask_figures(client, submission)) == AGREE


def test_only_plain_digits_are_numbers():
    for written in ("٣", "-1", "1.5", "1000", "8;", "0x8", ""):
        assert list(read(dict.fromkeys(FIELDS, "") | FIGURES | {"met": written})[1]) == ["met"], written


def test_what_is_typed_is_read_as_figures():
    said = dict.fromkeys(FIELDS, "") | FIGURES
    assert read(said) == (Printed("DMA001", "2015-16", "baseline", 12, 2, 2, 0, 66), {})


def test_the_code_on_the_paper_counts_not_a_later_one(client, submission):
    Organisation.objects.filter(code="DMA001").update(code="DMA777")
    assert headline(ask_figures(client, submission)) == AGREE
    assert headline(ask_figures(client, submission, code="DMA777")) == DISAGREE


# What nobody learns


def test_no_answer_shows_anything_of_the_submission_even_to_its_own_people(client, cast, submission):
    client.force_login(cast.ada)
    asked = {"code": "X", "year": "2010-11", "stage": "final", "met": "1", "partly_met": "1", "not_met": "1"}
    answers = [
        client.get(address(submission)),
        ask_file(client, submission, board_bytes(submission, "pdf"), "a.pdf"),
        ask_file(client, submission, b"x"),
        client.post(address(submission), {"how": "figures", **asked}),
    ]
    for each in answers:
        main = re.search(r"<main.*</main>", each.content.decode(), re.DOTALL)[0]
        main = re.sub(r'name="csrf[^>]*', "", main)  # drawn at random: it may spell a name
        for told in TOLD_NOWHERE:
            assert told not in main.replace(submission.digest, ""), told


def test_an_unknown_digest_answers_a_check_as_it_answers_a_look(db, client):
    unknown = f"/check/{'0' * 64}/"
    for how in ("file", "figures"):
        posted, looked = client.post(unknown, {"how": how, **FIGURES}), client.get(unknown)
        assert (posted.status_code, looked.status_code) == (404, 404)
        assert headline(posted) == headline(looked) == "This digest is not known"


# How often


def test_figures_are_tried_ten_times_in_ten_minutes(client, submission, time_machine):
    time_machine.move_to("2026-01-01 12:00Z", tick=False)
    for met in range(20, 30):
        assert headline(ask_figures(client, submission, met=str(met))) == DISAGREE
    refused = ask_figures(client, submission)
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    html = refused.content.decode()
    assert "try again in 10 minutes" in html
    assert 'value="DMA001"' in html
    time_machine.shift(timedelta(minutes=10, seconds=1))
    assert headline(ask_figures(client, submission)) == AGREE


def test_trying_from_many_places_is_counted_by_digest_and_over_the_day(client, submission, time_machine):
    time_machine.move_to("2026-01-01 12:00Z", tick=False)
    for place in range(40):
        time_machine.shift(timedelta(minutes=2))
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{place}"
        assert headline(ask_figures(client, submission, met="1")) == DISAGREE
    time_machine.shift(timedelta(minutes=11))
    client.defaults["REMOTE_ADDR"] = "192.0.2.99"
    assert "try again in 23 hours" in ask_figures(client, submission).content.decode()


def test_somebody_who_uses_up_the_tries_keeps_nobody_from_the_file_or_the_pages(client, cast, submission):
    for _ in range(11):
        response = ask_figures(client, submission, met="1")
    assert response.status_code == 429
    assert client.get(address(submission)).status_code == 200
    assert headline(ask_file(client, submission, board_bytes(submission, "json"))) == SAME
    client.force_login(cast.ada)
    assert client.get("/organisations/DMA001/2015-16/baseline/caldicott2/").status_code == 200


def test_files_are_limited_by_network_alone(client, submission):
    for _ in range(10):
        assert ask_file(client, submission, b"x").status_code == 200
    refused = ask_file(client, submission, b"x")
    assert refused.status_code == 429
    assert "choose the file again in 10 minutes" in refused.content.decode()
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert ask_file(client, submission, b"x").status_code == 200


def test_one_network_does_not_use_up_the_tries_of_a_day(client, submission, time_machine):
    time_machine.move_to("2026-01-01 12:00Z", tick=False)
    for _ in range(21):
        time_machine.shift(timedelta(minutes=2))
        response = ask_figures(client, submission, met="1")
    assert response.status_code == 429
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert headline(ask_figures(client, submission, met="1")) == DISAGREE


def test_what_counts_no_more_is_thrown_away(db, time_machine):
    time_machine.move_to("2026-01-01 12:00Z", tick=False)
    seconds_to_wait([Limit("a test", "somebody", 2, 60)])
    assert clear_tries() == 0
    time_machine.shift(timedelta(seconds=61))
    assert (clear_tries(), Tries.objects.count()) == (1, 0)


def test_a_limit_counts_within_its_time_and_a_refusal_is_no_try(db, time_machine):
    time_machine.move_to("2026-01-01 12:00Z", tick=False)
    limit = Limit("a test", "somebody", 2, 60)
    assert [seconds_to_wait([limit]) for _ in range(4)] == [0, 0, 60, 60]
    time_machine.shift(timedelta(seconds=45))
    assert seconds_to_wait([limit]) == 15
    assert seconds_to_wait([limit._replace(whom="somebody else")]) == 0
    time_machine.shift(timedelta(seconds=16))
    assert seconds_to_wait([limit]) == 0


@pytest.mark.parametrize(
    ("place", "counted_as"), [("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64")]
)
def test_one_ipv6_network_is_one_place(rf, place, counted_as):
    assert network(rf.get("/", REMOTE_ADDR=place)) == counted_as
