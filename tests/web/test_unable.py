"""When the database or the disk fails: 503, what happened, what was kept, and what was typed given back."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from re import findall

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections, transaction
from django.test import Client

from igtoolkit.web.faults import AWAY, BROKEN, BUSY, FULL, fault_of, is_undecided
from tests.conftest import YEAR, started

PAGE = f"/organisations/DMA001/{YEAR}/requirements/13-101/"
SAID = {"version": "0", "comment": "Typed <b>for an hour</b>\nsecond line", "ticked": ["1a", "1b"], "then": "save"}


class OfSQLite(Exception):
    def __init__(self, code: int) -> None:
        self.sqlite_errorcode = code


class OfPostgreSQL(Exception):
    def __init__(self, code: str) -> None:
        self.sqlstate = code


def database_error(cause: BaseException | None, made: type[Exception] = OperationalError) -> Exception:
    error = made("the database says no")
    error.__cause__ = cause
    return error


class NeverConnected(OperationalError):
    sqlstate = None


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (database_error(OfSQLite(5)), BUSY),
        (database_error(OfSQLite(13)), FULL),
        (database_error(OfSQLite(8 | 1 << 8)), FULL),
        (database_error(OfSQLite(10 | 4 << 8)), BROKEN),
        (database_error(OfSQLite(1)), None),
        (database_error(OfPostgreSQL("57P01")), AWAY),
        (database_error(OfPostgreSQL("57014")), BUSY),
        (database_error(OfPostgreSQL("55P03")), BUSY),
        (database_error(OfPostgreSQL("53100")), FULL),
        (database_error(OfPostgreSQL("25006"), DatabaseError), FULL),
        (database_error(OfPostgreSQL("42P01")), None),
        (database_error(NeverConnected()), AWAY),
        (database_error(NeverConnected(), InterfaceError), AWAY),
        (OSError(errno.ENOSPC, "full"), FULL),
        (OSError(errno.EROFS, "may only be read"), FULL),
        (OSError(errno.EIO, "broken"), BROKEN),
        (OSError(errno.ENOENT, "not there"), None),
        (KeyError("a slip of ours"), None),
        (None, None),
    ],
)
def test_which_errors_pass_by_themselves(error, fault):
    assert fault_of(error) is fault


def test_the_fault_behind_an_error_is_found():
    outer = RuntimeError("could not go on")
    outer.__context__ = database_error(OfSQLite(13))
    assert fault_of(outer) is FULL


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*args, **kwargs):
        raise error

    return fail


@contextmanager
def database_away() -> Iterator[None]:
    """The database answers nothing."""
    with connection.execute_wrapper(raising(database_error(NeverConnected()))):
        yield


@pytest.fixture
def ada(cast) -> Client:
    """Her browser, which shows what a server would answer."""
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.ada)
    return browser


@pytest.fixture
def saving(ada, assessment, monkeypatch) -> Callable[[BaseException], str]:
    """What Ada gets when a save of hers meets an error."""

    def meet(error: BaseException) -> str:
        with monkeypatch.context() as patched:
            patched.setattr("igtoolkit.web.views.requirement.save_answer", raising(error))
            response = ada.post(PAGE, SAID)
        assert response.status_code == (503 if fault_of(error) else 500)
        assert response.headers.get("Retry-After", "0").isdigit()
        return response.content.decode()

    return meet


def test_a_save_that_meets_a_fault_gives_the_text_back_and_a_button_to_send_it_again(saving):
    html = saving(database_error(OfSQLite(13)))
    assert "<h1 data-igt-fault>The service cannot save anything just now</h1>" in html
    assert "Nothing of what you sent was saved." in html
    assert "Typed &lt;b&gt;for an hour&lt;/b&gt;\nsecond line</dd>" in html
    assert '<dt class="nhsuk-summary-list__key">Criteria ticked</dt>' in html
    assert f'<form method="post" action="{PAGE}">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert "says no" not in html, "the database's own words are for the log"


def test_the_button_sends_what_was_typed(saving, ada, assessment):
    html = saving(database_error(OfSQLite(5)))
    carried: dict[str, list[str]] = {}
    for name, value in findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html):
        carried.setdefault(name, []).append(unescape(value))
    assert ada.post(PAGE, carried).status_code == 302
    answer = assessment.answers.get()
    assert answer.comment == "Typed <b>for an hour</b>\nsecond line"
    assert sorted(answer.ticked) == ["1a", "1b"]


def test_a_slip_of_ours_is_still_told_as_one(saving):
    assert "Something went wrong here" in saving(KeyError("slip"))


def test_a_page_that_only_reads_says_that_nothing_was_changed(ada, assessment, monkeypatch):
    monkeypatch.setattr("igtoolkit.web.views.requirement._answer", raising(database_error(NeverConnected())))
    response = ada.get(PAGE)
    html = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "Nothing was changed." in html
    assert "cannot reach its records" in html
    assert f'href="{PAGE}"' in html


def test_with_the_database_away_a_visitor_still_reads_what_needs_no_records(cast, client):
    with database_away():
        for path in ("/", "/help/", "/caldicott2/", "/accessibility/", "/news/", "/help/data/", "/api/v1/", "/livez"):
            assert client.get(path).status_code == 200, path
        assert client.get("/readyz").status_code == 503


def test_somebody_signed_in_reads_help_too_and_stays_signed_in(ada, assessment):
    key = ada.cookies["session"].value
    with database_away():
        assert "If you were signed in, you still are." in ada.get("/help/").content.decode()
        assert ada.get(PAGE).status_code == 503
        refused = ada.post(PAGE, SAID)
        assert refused.status_code == 503
        assert "for an hour" in refused.content.decode()
    assert ada.cookies["session"].value == key
    assert "Sign out" in ada.get("/help/").content.decode()


def test_the_api_says_it_as_a_problem_with_the_time_to_wait(ada, assessment):
    with database_away():
        response = ada.get(f"/api/v1/organisations/DMA001/{YEAR}/assessment/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "Ask again" in response.json()["detail"]


def test_what_was_saved_before_the_fault_is_not_called_unsaved(committed, ada, cast, monkeypatch):
    record = started(cast.ada)
    monkeypatch.setattr("igtoolkit.web.views.requirement._next", raising(database_error(NeverConnected())))
    html = ada.post(PAGE, SAID).content.decode()
    assert record.answers.get().version == 1
    assert "We cannot tell whether what you sent was saved." in html
    assert "open the page in another tab" in html


@pytest.mark.parametrize(("where", "expected"), [("_commit", True), ("savepoint", False)])
def test_a_connection_lost_while_keeping_leaves_it_open_whether_it_was_kept(committed, monkeypatch, where, expected):
    monkeypatch.setattr(type(connections["default"]), where, raising(database_error(NeverConnected())))
    with pytest.raises(OperationalError) as raised, transaction.atomic(), transaction.atomic():
        pass
    assert is_undecided(raised.value) is expected
