"""What was submitted and what was told cannot be changed, even by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from igtoolkit.records import triggers
from igtoolkit.records.models import PeerFigures, Review
from tests.conftest import make_cast, stand_ready, started, submit_final

CHANGES = [f"UPDATE {table} SET id = id + 1000" for table in triggers.FROZEN] + [
    f"DELETE FROM {table}" for table in triggers.FROZEN
]


@pytest.fixture
def submitted(committed):
    cast = make_cast()
    made = submit_final(stand_ready(started(cast.ada), cast), by=cast.ada, at=timezone.now())
    plan = made.plans.create(number=1, document="[]", sent_at=timezone.now(), sent_by=cast.ada)
    Review(plan=plan, accepted=True, reason="Sound", decided_at=timezone.now(), decided_by=cast.sam).save()
    PeerFigures.objects.create(year="2015-16", stage="final", kind="acute", made_at=timezone.now(), document="{}")
    return made


@pytest.mark.parametrize("statement", [each for each in CHANGES if "storeddocument" not in each])
def test_frozen_rows_refuse_every_change(submitted, statement):
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert submitted.assessment.submissions.count() == 1


@pytest.mark.sqlite_only
def test_a_frozen_row_cannot_be_replaced_on_sqlite(submitted):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    columns = "id, chain, number, organisation_id, at, event, by, facts, previous, hash"
    same_id = f"INSERT OR REPLACE INTO records_auditevent SELECT {columns} FROM records_auditevent LIMIT 1"
    other_id = same_id.replace("SELECT id,", "SELECT id + 1000,")
    for statement in (same_id, other_id):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_table_cannot_be_emptied_at_a_stroke_on_postgresql(submitted):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_submission CASCADE")


def test_a_missing_trigger_is_noticed(committed):
    assert triggers.missing() == set()
    name = f"frozen_{triggers.FROZEN[0]}_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {triggers.FROZEN[0]}"))
    assert triggers.missing() == {name}
