"""What somebody sent who had to sign in first: it is kept for them alone, and one press sends it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import Said
from igtoolkit.records.models import Person
from tests.conftest import PASSWORD, started, with_password

OWN = "/organisations/DMA001/2015-16/"
ASKED = OWN + "requirements/13-202/"
KEPT = "/account/kept/"
SENT_TO = f"/sign-in/?next={KEPT}"
COMMENT = "Line one.\r\n\r\n“Two” & <three>, é\u0301." + "x" * 9_900
FORM = {
    "version": "0",
    "ticked": ["1a", "2b"],
    "comment": COMMENT,
    "evidence-criterion": ["1a", "1a", "2b"],
    "evidence-note": ["Minutes", "", "Minutes"],
    "then": "save",
}


@pytest.fixture(autouse=True)
def morning(time_machine):
    time_machine.move_to(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False)
    return time_machine


@pytest.fixture
def con(cast):
    started(cast.ada)
    for each in (cast.ada, cast.con, cast.rex):
        with_password(each)
    return cast.con


@pytest.fixture
def desk():
    """A browser. Here forms are checked for where they come from, as in a real service."""
    return Client(enforce_csrf_checks=True)


def page(desk, address: str) -> str:
    return desk.get(address).content.decode()


def token(html: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]


def sign_in(desk, person: Person, onward: str = "/help/"):
    given = {"login": person.email, "password": PASSWORD, "next": onward}
    return desk.post("/sign-in/", {**given, "csrfmiddlewaretoken": token(page(desk, "/sign-in/"))})


def typed(html: str, address: str) -> list[tuple[str, str]]:
    """The fields of the form that sends what was kept."""
    form = html.split(f'action="{address}"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return [(name, unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


def sent(form: dict) -> list[tuple[str, str]]:
    return [(name, each) for name, several in form.items() for each in ([several] if type(several) is str else several)]


def test_what_was_sent_after_30_minutes_is_back_and_one_press_sends_it(con, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    assert desk.post(ASKED, form).headers["Location"] == SENT_TO
    assert "It is kept" in page(desk, SENT_TO)
    assert sign_in(desk, con, KEPT).headers["Location"] == KEPT
    html = page(desk, KEPT)
    assert "<h1>Nothing has been saved yet</h1>" in html
    assert typed(html, ASKED) == sent(FORM)
    again = {name: [each for key, each in typed(html, ASKED) if key == name] for name, _ in typed(html, ASKED)}
    assert desk.post(ASKED, {**again, "csrfmiddlewaretoken": token(html)}).status_code == 302
    assert answer(con).comment == COMMENT.replace("\r\n", "\n")
    assert answer(con).ticked == ["1a", "2b"]
    assert "Nothing is waiting" in page(desk, KEPT)


def answer(person: Person) -> SimpleNamespace:
    found = scope.find_assessment(person, "DMA001", "2015-16")
    return next(each for each in found.answer_list() if each.requirement == "13-202")


@pytest.mark.parametrize(
    "ends",
    [
        lambda con: Session.objects.all().delete(),
        lambda con: Person.objects.filter(pk=con.pk).update(role="reviewer"),
        lambda con: with_password(con),
    ],
    ids=["ended elsewhere", "another role", "another password"],
)
def test_however_the_session_ended_nothing_is_lost(con, desk, ends):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    ends(con)
    assert desk.post(ASKED, form).headers["Location"] == SENT_TO
    sign_in(desk, con)
    assert typed(page(desk, KEPT), ASKED) == sent(FORM)


def test_a_second_window_keeps_its_text_too(con, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    desk.get(OWN)  # the browser is told to forget its session here
    desk.post(ASKED, form)
    sign_in(desk, con)
    assert typed(page(desk, KEPT), ASKED) == sent(FORM)


def test_somebody_else_sees_nothing_and_it_is_thrown_away(con, cast, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    desk.post(ASKED, form)
    assert COMMENT[:9] not in page(desk, SENT_TO)
    sign_in(desk, cast.rex, KEPT)
    html = page(desk, KEPT)
    assert "Nothing is waiting" in html
    assert COMMENT[:9] not in html
    desk.post("/sign-out/", {"csrfmiddlewaretoken": token(html)})
    sign_in(desk, con)
    assert "Nothing is waiting" in page(desk, KEPT)


def test_nothing_is_kept_of_another_sites_form(con, desk, morning):
    sign_in(desk, con)
    good = token(page(desk, ASKED))
    morning.shift(timedelta(minutes=31))
    for form, headers in (
        (FORM, {}),
        ({**FORM, "csrfmiddlewaretoken": "x" * 64}, {}),
        ({**FORM, "csrfmiddlewaretoken": good}, {"origin": "https://elsewhere.example"}),
        ({**FORM, "csrfmiddlewaretoken": good}, {"sec-fetch-site": "cross-site"}),
    ):
        assert desk.post(ASKED, form, headers=headers).headers["Location"] == f"/sign-in/?next={ASKED}"
    assert not Session.objects.filter(session_key=desk.cookies["session"].value).exists()


def test_nothing_is_kept_of_who_was_never_signed_in(con, desk):
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, "/sign-in/"))}
    for forged in ("", "0123456789", "0123456789:forged"):
        desk.cookies["whose"] = forged
        assert desk.post(ASKED, form).headers["Location"] == f"/sign-in/?next={ASKED}"
    assert not Session.objects.exists()


def test_nobody_fills_the_database_with_it(con, desk, morning):
    sign_in(desk, con)
    form = {"comment": "again", "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    answers = [desk.post(ASKED, form).headers["Location"] for _ in range(62)]
    assert answers == [SENT_TO] * 60 + [f"/sign-in/?next={ASKED}"] * 2


def test_too_much_is_not_kept_and_the_page_says_where_it_still_is(con, desk, morning):
    sign_in(desk, con)
    form = {"comment": "x" * 200_001, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    desk.post(ASKED, form)
    sign_in(desk, con)
    html = page(desk, KEPT)
    assert "Go back in your browser" in html
    assert "Send it now" not in html


def test_no_password_is_kept(con, desk, morning):
    sign_in(desk, con)
    form = {"name": "Sheet", "password": PASSWORD, "csrfmiddlewaretoken": token(page(desk, "/account/tokens/"))}
    morning.shift(timedelta(minutes=31))
    desk.post("/account/tokens/", form)
    kept = Session.objects.get(session_key=desk.cookies["session"].value).get_decoded()["kept"]
    assert kept["fields"] == [["name", "Sheet"]]


def test_it_is_gone_after_12_hours(con, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    desk.post(ASKED, form)
    morning.shift(timedelta(hours=12, seconds=1))
    sign_in(desk, con)
    assert "Nothing is waiting" in page(desk, KEPT)


def test_it_is_thrown_away_when_asked(con, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    desk.post(ASKED, form)
    sign_in(desk, con)
    desk.post(KEPT, {"csrfmiddlewaretoken": token(page(desk, KEPT))})
    assert "Nothing is waiting" in page(desk, KEPT)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(con, cast, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    desk.post(ASKED, form)
    record = scope.find_assessment(cast.rex, "DMA001", "2015-16")
    save_answer(record, "13-202", Said(ticked=frozenset({"1a"}), comment="Rex was first."), version=0, by=cast.rex)
    sign_in(desk, con)
    html = page(desk, KEPT)
    response = desk.post(ASKED, {**FORM, "csrfmiddlewaretoken": token(html)})
    assert response.status_code == 409
    assert "Rex was first." in response.content.decode()
    assert answer(con).comment == "Rex was first."


def test_a_script_of_ours_keeps_it_in_its_page(con, desk, morning):
    sign_in(desk, con)
    form = {**FORM, "csrfmiddlewaretoken": token(page(desk, ASKED))}
    morning.shift(timedelta(minutes=31))
    response = desk.post(ASKED, form, headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response.headers["Location"]) == (204, f"/sign-in/?next={ASKED}")
    sign_in(desk, con)
    assert "Nothing is waiting" in page(desk, KEPT)
