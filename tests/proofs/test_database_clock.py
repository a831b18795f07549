"""The clock of the database's machine differs from the service's: the service's alone decides, and is written down."""

import re
from datetime import UTC, datetime, timedelta

import time_machine
from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.submissions import submit
from igtoolkit.actions.support import grant_support
from igtoolkit.actions.tokens import make_token
from igtoolkit.records.guarding import Tenant
from igtoolkit.standard.words import Stage
from tests.conftest import PASSWORD, YEAR, make_cast, started, with_password
from tests.proofs import report

LAST_SECOND = datetime(2015, 7, 31, 22, 59, 59, tzinfo=UTC)  # of Baseline: midnight in London is an hour earlier by UTC
PAGE = f"/organisations/DMA001/{YEAR}/requirements/13-101/"
ASKED = re.compile(
    r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|localtime|localtimestamp|"
    r"current_(?:timestamp|date|time)|julianday|unixepoch|strftime)\b|datetime\('now'",
    re.IGNORECASE,
)
WRITTEN = {
    "postgresql": """
        SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef
        UNION ALL SELECT prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        UNION ALL SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
        UNION ALL SELECT pg_get_expr(polwithcheck, polrelid) FROM pg_policy
        UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace
    """,
    "sqlite": "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL",
}


def test_nothing_that_the_database_keeps_asks_its_clock(db):
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN[connection.vendor])
        told = [text for (text,) in cursor.fetchall() if text]
    assert len(told) > 50
    assert [each for each in told if ASKED.search(each)] == []


def test_the_services_clock_decides_though_the_databases_is_years_ahead(committed):
    said: list[str] = []

    def noted(execute, sql, params, many, context):
        said.append(str(sql))
        return execute(sql, params, many, context)

    with time_machine.travel(LAST_SECOND, tick=False) as clock, connection.execute_wrapper(noted):
        cast = make_cast()
        with_password(cast.ada)
        record = started(cast.ada)
        browser, looker = Client(), Client()
        browser.post("/sign-in/", {"login": cast.ada.email, "password": PASSWORD})
        saved = browser.post(PAGE, {"version": "0", "comment": "In time.", "not_yet": "1", "then": "save"})
        assert saved.headers["Location"] == PAGE
        assert not submit(record, Stage.BASELINE, key="once", arrived=datetime.now(UTC), by=cast.ada).late
        make_token("Nightly figures", by=cast.ada)
        grant_support(reason="A look at the plan.", hours=1, by=cast.ada)
        looker.force_login(cast.sam)
        assert looker.get(PAGE).status_code == 200
        clock.shift(timedelta(seconds=2))
        again = {"key": "twice", "arrived": datetime.now(UTC), "by": cast.cleo}
        assert submit(started(cast.cleo), Stage.BASELINE, **again).late
        clock.shift(timedelta(minutes=29))
        assert browser.get(PAGE).status_code == 200
        assert looker.get(PAGE).status_code == 200
        clock.shift(timedelta(minutes=29, seconds=59))
        looker.get("/help/")
        clock.shift(timedelta(minutes=2))
        assert browser.get(PAGE).status_code == 302  # 31 minutes after its last page
        refreshed = Client()
        refreshed.force_login(cast.sam)
        assert refreshed.get(PAGE).status_code == 404  # an hour after it was let
        ends = datetime.now(UTC) + timedelta(hours=13)
    assert [each for each in said if ASKED.search(each)] == []
    instants = [each for each in kept() if each is not None]
    assert len(instants) > 20
    assert all(LAST_SECOND - timedelta(hours=1) <= each <= ends for each in instants), max(instants)
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        years = int(str(cursor.fetchone()[0])[:4]) - LAST_SECOND.year
    assert years > 5
    report(
        f"the database's clock {years} years ahead, {connection.vendor}",
        f"{len(said)} statements and {len(instants)} kept instants: all by the service's clock",
    )


def kept() -> list[datetime | None]:
    """Every instant in every row of ours, sessions and second factors included."""
    found: list[datetime | None] = []
    for model in apps.get_models():
        names = [each.name for each in model._meta.concrete_fields if isinstance(each, DateTimeField)]
        if names and model._meta.db_table != "django_migrations":
            rows = scope.everything(model, reason="the proof reads all") if issubclass(model, Tenant) else model.objects
            for row in rows.values_list(*names):
                found += row
    return found
