"""Drills with a real mail server on the loopback: it refuses, hangs and goes away midway. No letter is lost, none is
taken twice, and nobody waits for long."""

import re
import stat
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import resolve

from igtoolkit.config.witnessing import witness_if_due
from igtoolkit.records.models import Person
from igtoolkit.web import letters, mail_server, notices, outbox, posting
from igtoolkit.web.links import EACH
from igtoolkit.web.outbox import Letter
from tests.conftest import make_cast, started, with_password
from tests.proofs import report
from tests.proofs.drills import PAGE, Browser, seconds_until
from tests.proofs.letter_box import WAYS, LetterBox
from tests.proofs.serving import PATIENCE, QuickService
from tests.web.reading import title, words

NEW = {"name": "Una Marsh", "login": "una@trust.example", "role": "contributor"}
LINK = re.compile(r"https?://[^/]+(/sign-in/\S+)")
LIMIT = 1.0  # seconds for a letter where somebody waits for a server that hangs; 15 in the service
LONG = 40.0  # seconds where nobody should notice how long; the server hangs for longer still
SOON = 15.0  # seconds, on a machine that has much else to do; whoever waited for a server that hangs would wait longer


class Limits:
    """How long a letter may take."""

    def __init__(self, settings, monkeypatch) -> None:
        self.settings, self.monkeypatch = settings, monkeypatch

    def are(self, seconds: float) -> None:
        self.settings.EMAIL_TIMEOUT = 0.7 * seconds
        self.monkeypatch.setattr(mail_server, "LONGEST", seconds)


@pytest.fixture
def limits(settings, monkeypatch) -> Limits:
    made = Limits(settings, monkeypatch)
    made.are(LONG)
    return made


@pytest.fixture
def box(settings, tmp_path, monkeypatch, limits) -> Iterator[LetterBox]:
    """The service's own way of sending, to a mail server that does as it is told."""
    made = LetterBox()
    settings.EMAIL_BACKEND = "igtoolkit.web.mail_server.Server"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.MAIL_AT_ONCE, settings.HOME = False, tmp_path
    monkeypatch.setattr(posting, "PAUSES", (0.1,))
    posting._postman.cache_clear()
    yield made
    settings.MAIL_AT_ONCE = True  # nobody comes back any more
    made.close()
    posting._postman().threads.shutdown()
    posting._postman.cache_clear()


@pytest.fixture
def ada(client, cast) -> Client:
    client.force_login(cast.ada)
    client.get("/people/invite/")  # the first page of a process reads its templates
    return client


def files() -> list[Path]:
    """The letters that are wholly written."""
    return sorted((configured.HOME / outbox.FOLDER).glob("*.json"))


def delivered(box: LetterBox) -> float:
    """Seconds until nothing waits, looked at again after more than a pause: whatever comes twice has come by then."""
    took = seconds_until(lambda: not files(), patience=PATIENCE)
    posting.look()
    time.sleep(0.25)
    return took


def holder(letter) -> Person | None:
    """Whom the link in a letter lets set a password."""
    page = resolve(LINK.search(letter.get_payload(decode=True).decode())[1])
    link = next(each for each in EACH if each.page == page.url_name)
    return link.holder(page.kwargs["uidb36"], page.kwargs["key"])


@pytest.mark.parametrize("way", WAYS)
def test_an_invitation_is_kept_and_delivered_once(ada, box, limits, way):
    limits.are(LIMIT)
    box.does(way)
    begun = time.monotonic()
    told = ada.post("/people/invite/", NEW)
    waited = time.monotonic() - begun
    page = ada.get(told.url)
    assert (told.status_code, page.status_code) == (302, 200)
    assert waited < LIMIT + SOON
    assert title(page).startswith("Not sent yet: ")
    assert "takes no mail for una@trust.example just now. The invitation is kept" in words(page)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (files()[0].parent, *files())] == [0o700, 0o600]
    limits.are(LONG)
    box.does("takes")
    took = delivered(box)
    assert box.addressed == ["una@trust.example"]
    assert holder(box.taken[0]) == Person.objects.get(email="una@trust.example")
    report(f"mail server: {way}", f"said so after {waited:.1f} s, sent {took:.1f} s after its return, once")


def test_an_address_that_is_refused_is_said_and_not_tried_again(ada, box):
    box.does("refuses")
    page = ada.get(ada.post("/people/invite/", NEW).url)
    assert title(page).startswith("Not sent: ")
    assert "No mail could be sent to una@trust.example" in words(page)
    assert files() == []
    box.does("takes")
    delivered(box)
    assert box.taken == []


def test_a_service_without_a_mail_server_says_so_and_keeps_nothing(ada, box, settings):
    settings.EMAIL_BACKEND = "igtoolkit.web.mail_server.NoServer"
    assert "No mail could be sent to" in words(ada.get(ada.post("/people/invite/", NEW).url))
    assert files() == []


@pytest.mark.parametrize("way", WAYS)
def test_whoever_forgot_a_password_waits_for_no_mail_server(cast, client, box, way):
    with_password(cast.ada)
    client.post("/sign-in/forgotten/", {"email": "somebody@example.org"})
    box.does(way)
    answers = []
    for login in ("ada@example.org", "nobody@example.org"):
        begun = time.monotonic()
        answer = client.post("/sign-in/forgotten/", {"email": login})
        answers.append((answer.status_code, answer.url, answer.content))
        assert time.monotonic() - begun < SOON
    assert answers[0] == answers[1]
    seconds_until(lambda: len(files()) == 1, patience=PATIENCE)
    box.does("takes")
    delivered(box)
    assert box.addressed == ["ada@example.org"]
    assert holder(box.taken[0]) == cast.ada


def test_of_several_links_that_wait_the_newest_alone_is_sent(cast, client, box, monkeypatch):
    with_password(cast.ada)
    monkeypatch.setattr(letters, "NEW", timedelta(0))  # so that another is made at once
    box.does("closed")
    for _ in range(3):
        before = files()
        client.post("/sign-in/forgotten/", {"email": "ada@example.org"})
        seconds_until(lambda before=before: len(files()) == 1 and files() != before)
    box.does("takes")
    delivered(box)
    assert len(box.taken) == 1
    assert holder(box.taken[0]) == cast.ada


def test_a_notice_of_what_was_changed_is_told_later(cast, box):
    box.does("not now")
    notices.tell_of_change(cast.ada, "Your password was changed.")
    seconds_until(files, patience=PATIENCE)
    box.does("takes")
    delivered(box)
    assert box.addressed == ["ada@example.org"]


def test_a_letter_taken_without_a_word_is_known_again_by_its_message_id(ada, box):
    """It may come twice, for nobody can tell whether it was taken: a letter box knows the second by its name."""
    box.does("leaves at the end")
    ada.post("/people/invite/", NEW)
    box.does("takes")
    delivered(box)
    assert len(box.taken) == 1
    assert {each["Message-ID"] for each in box.unsaid} == {box.taken[0]["Message-ID"]}


def test_one_that_is_not_taken_is_in_nobodys_way(cast, box):
    box.not_now = {"ada@example.org"}
    for person in (cast.ada, cast.ben, cast.con):
        notices.tell_of_change(person, "Something was changed.")
    seconds_until(lambda: len(box.taken) == 2, patience=PATIENCE)
    assert sorted(box.addressed) == ["ben@example.org", "con@example.org"]
    box.not_now = set()
    delivered(box)
    assert sorted(box.addressed) == ["ada@example.org", "ben@example.org", "con@example.org"]


def test_what_is_of_no_use_any_more_and_what_cannot_be_read_is_thrown_away(box, caplog):
    outbox.keep(Letter("ada@example.org", "Old", "A link that ran out.", until=time.time() - 1))
    files()[0].with_name("spoiled.json").write_text("{", "utf-8")
    posting.look()
    delivered(box)
    assert box.taken == []
    assert "of no use any more" in caplog.text
    assert "cannot be read" in caplog.text


def test_the_witnesss_mail_of_the_day_is_sent_when_it_can_be_and_once(cast, box, limits, settings):
    settings.WITNESS, settings.WITNESS_KEY = configured.HOME / "witness", configured.HOME / "key.pem"
    settings.WITNESS_MAIL = "elsewhere@trust.example"
    limits.are(LIMIT)
    box.does("hangs")
    begun = time.monotonic()
    witness_if_due()
    assert time.monotonic() - begun < LIMIT + SOON
    limits.are(LONG)
    (written,) = settings.WITNESS.glob("heads-*.json")
    witness_if_due()
    box.does("takes")
    delivered(box)
    witness_if_due()
    delivered(box)
    assert box.addressed == ["elsewhere@trust.example"]
    _, attached = box.taken[0].get_payload()
    assert attached.get_payload(decode=True) == written.read_bytes()


def test_a_server_killed_while_a_letter_waits_loses_none_and_holds_up_no_page(committed, box, tmp_path):
    cast = make_cast()
    for person in (cast.ada, cast.ben, cast.con):
        with_password(person)
    started(cast.ada)
    client = Client()
    client.force_login(cast.ada)
    box.does("hangs")
    service = QuickService(tmp_path)
    try:
        browser = Browser(service.wait(), client.cookies[configured.SESSION_COOKIE_NAME].value)
        for person in (cast.ada, cast.ben, cast.con):
            assert browser.ask("POST", "/sign-in/forgotten/", [("email", person.email)])[0] == 302
        begun = time.monotonic()
        assert browser.ask("GET", PAGE)[0] == 200
        waited = time.monotonic() - begun
        box.does("not now")  # for whoever invites waits
        assert browser.ask("POST", "/people/invite/?organisation=DMA001", list(NEW.items()))[0] == 302
        box.does("hangs")
        seconds_until(lambda: len(files()) == 4, patience=PATIENCE)
    finally:
        service.kill()
    assert waited < SOON
    box.does("takes")
    posting.look()
    delivered(box)
    assert sorted(box.addressed) == ["ada@example.org", "ben@example.org", "con@example.org", "una@trust.example"]
    report("server killed with 4 letters waiting", f"each sent once by another; a page meanwhile {waited:.2f} s")
