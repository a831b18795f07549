"""Triggers that refuse to change or delete what must stay: submissions, their results, the audit trail.

SQLite drops a trigger silently when Django rebuilds its table, so `missing` is asked at start-up and by
`igtoolkit verify`; a migration that alters one of these tables ends with `install`.
"""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = (
    "records_submission",
    "records_recordedperformance",
    "records_secondlook",
    "records_auditevent",
    "records_storeddocument",
    "records_improvementplan",
    "records_review",
    "records_peerfigures",
)
# SQLite's INSERT OR REPLACE deletes without asking a DELETE trigger, unless the connection says recursive_triggers.
EVENTS = {"sqlite": ("UPDATE", "DELETE", "INSERT"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def names(vendor: str) -> set[str]:
    """Every trigger that should exist on a database of this vendor."""
    return {f"frozen_{table}_{event.lower()}" for table in FROZEN for event in EVENTS[vendor]}


def install(using: BaseDatabaseWrapper) -> None:
    """Create every trigger afresh, on the tables there are: an early migration comes before a later one's table."""
    with using.cursor() as cursor:
        present = using.introspection.table_names(cursor)
        if using.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in (each for each in FROZEN if each in present):
            for event in EVENTS[using.vendor]:
                for statement in _statements(using.vendor, table, event):
                    cursor.execute(statement)


def remove(using: BaseDatabaseWrapper) -> None:
    """Take every trigger away, for a migration that fills in a new column. It ends with `install`."""
    with using.cursor() as cursor:
        present = using.introspection.table_names(cursor)
        for table in (each for each in FROZEN if each in present):
            for event in EVENTS[using.vendor]:
                cursor.execute(_statements(using.vendor, table, event)[0])


def missing() -> set[str]:
    """The triggers that should be there and are not."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return names(connection.vendor) - {row[0] for row in cursor.fetchall()}


def _statements(vendor: str, table: str, event: str) -> tuple[str, str]:
    name = f"frozen_{table}_{event.lower()}"
    if vendor == "sqlite":
        when = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)" if event == "INSERT" else ""  # noqa: S608 (our own names)
        body = f"{when} BEGIN SELECT RAISE(ABORT, '{table} rows are never changed or deleted'); END"
        return f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} BEFORE {event} ON {table} {body}"
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()",
    )
