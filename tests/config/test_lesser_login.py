"""PostgreSQL's wall between organisations: no service starts without it, and one says when its login is above it."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.access.reach import asking_for
from igtoolkit.config.commands import serving
from igtoolkit.records import rows
from igtoolkit.records.models import AuditEvent
from tests.conftest import YEAR, make_cast, started
from tests.proofs.serving import looking_at

SETTINGS = Path(serving.__file__).parents[1] / "settings.py"
TAKEN_AWAY = [
    "DROP POLICY reads ON records_answer",
    "ALTER TABLE records_answer DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE records_answer NO FORCE ROW LEVEL SECURITY",
    "CREATE POLICY everybody ON records_answer FOR SELECT TO PUBLIC USING (true)",
]
ABOVE_IT = (
    "ALTER TABLE records_answer DISABLE ROW LEVEL SECURITY",
    "DROP POLICY reads ON records_answer",
    "CREATE POLICY everybody ON records_answer USING (true)",
    "DROP TRIGGER frozen_records_auditevent_delete ON records_auditevent",
    "ALTER TABLE records_auditevent DISABLE TRIGGER ALL",
    "TRUNCATE records_answer CASCADE",
    "CREATE ROLE another",
)
pytestmark = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no such wall")


def done(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def serves(run, monkeypatch, request):
    """Runs `igtoolkit serve` up to where it would become the web server."""
    became: list[list[str]] = []
    monkeypatch.setattr(serving.os, "execv", lambda program, words: became.append(words))
    if "committed" not in request.fixturenames:
        monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction goes on
    return lambda: (run("serve"), bool(became))


@pytest.mark.parametrize("statement", TAKEN_AWAY)
def test_without_the_wall_nobody_is_served_until_it_is_set_up_again(db, client, run, serves, statement):
    assert client.get("/readyz").status_code == 200
    done(statement)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.content) == (503, b"not ready\n")
    result, began = serves()
    assert (result.exit_code, began) == (1, False)
    assert "PostgreSQL does not keep organisations' rows apart. Missing: the wall on records_answer." in result.stderr
    assert "IGTOOLKIT" not in result.stdout
    assert run("set-up").exit_code == 0
    assert serves()[1]
    assert client.get("/readyz").status_code == 200


def test_an_operator_may_serve_without_it_by_saying_so(db, client, serves, settings, monkeypatch):
    done(TAKEN_AWAY[0])
    monkeypatch.setenv("IGTOOLKIT_ROWS", "unguarded")
    settings.ROWS_GUARDED = runpy.run_path(str(SETTINGS))["ROWS_GUARDED"]
    assert serves()[1]
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("said", ["", "no", "Unguarded", "1"])
def test_nothing_else_that_is_said_takes_the_guard_away(monkeypatch, said):
    monkeypatch.setenv("IGTOOLKIT_ROWS", said)
    assert runpy.run_path(str(SETTINGS))["ROWS_GUARDED"] is True


def test_a_superuser_is_told_that_it_is_one(db, serves):
    result, began = serves()
    assert began
    assert "Careful: the login in IGTOOLKIT_DATABASE is a superuser, so that whoever gets hold of it" in result.stderr


@pytest.fixture
def login(committed) -> Iterator[str]:
    """A login that owns nothing and was let be the pages' role, as docs/running.md says."""
    name = f"lesser_{token_hex(6)}"
    done(f"CREATE ROLE {name} LOGIN")
    done(f"GRANT {rows.ROLE} TO {name}")
    try:
        yield name
    finally:
        done(f"DROP OWNED BY {name}")
        done(f"DROP ROLE {name}")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("ALTER ROLE {} BYPASSRLS", ["goes past row-level security"]),
        ("ALTER ROLE {} CREATEROLE", ["may make roles"]),
        ("ALTER TABLE records_answer OWNER TO {}", ["owns the tables"]),
        ("GRANT igtoolkit TO {}", ["owns the tables"]),
    ],
)
def test_a_login_is_told_what_it_may_that_it_need_not(login, run, serves, given, told):
    done(given.format(login))
    try:
        with looking_at(USER=login):
            assert rows.too_strong(connection) == told
            result, began = serves()
        assert began
        assert f"the login in IGTOOLKIT_DATABASE {told[0]}, so that" in result.stderr
    finally:
        done("ALTER TABLE records_answer OWNER TO igtoolkit")


def test_a_login_that_owns_nothing_serves_and_is_not_above_the_wall(login, serves):
    cast = make_cast()
    with looking_at(USER=login):
        result, began = serves()
        assert (result.stderr, began) == ("", True)
        browser = Client()
        browser.force_login(cast.ada)
        assert browser.get("/readyz").status_code == 200
        started(cast.ada)
        saved = browser.post(
            f"/organisations/DMA001/{YEAR}/requirements/13-101/",
            {"version": "0", "comment": "By a lesser login.", "not_yet": "1", "then": "save"},
        )
        assert saved.status_code == 302
        assert browser.get("/trail/").status_code == 200
        told = scope.everything(AuditEvent, reason="a command sees the whole trail")
        assert told.filter(event="answer_saved").count() == 1
        with asking_for(cast.cleo):
            assert not AuditEvent.unscoped.exists()
        for statement in ABOVE_IT:
            with pytest.raises(ProgrammingError), transaction.atomic():
                done(statement)
