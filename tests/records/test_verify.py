"""`verify` finds every way of tampering with what must stay, and says where."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from igtoolkit.access.scope import everything
from igtoolkit.actions.submissions import submit
from igtoolkit.records import triggers
from igtoolkit.records.models import AuditEvent, Organisation, RollUp, Submission, Turnout
from igtoolkit.reports.verify import one_moment, verify
from igtoolkit.standard.canonical import canonical, digest
from igtoolkit.standard.words import Stage
from tests.conftest import make_cast, record, record_all, started
from tests.worlds import world

BASELINE, CORRECTION, UPDATE = (
    f"DMA001 2015-16 {each}" for each in ("baseline number 1", "baseline number 2", "update")
)
JULY, AUGUST, OCTOBER = (datetime(2015, month, 20, 9, 30, 15, 250, tzinfo=UTC) for month in (7, 8, 10))


@world
def submitted(cast) -> list[Submission]:
    """A Baseline, its correction and Performance Update, a paper of the first, and another trust's late Baseline."""
    return make_submissions(cast)


def make_submissions(cast) -> list[Submission]:
    assessment = started(cast.ada)
    record(assessment, {"13-202": 2, "13-206": 3, "13-101": 1}, by=cast.ada)
    made = [submit(assessment, Stage.BASELINE, key="1", arrived=JULY, by=cast.ada)]
    made.append(submit(assessment, Stage.BASELINE, key="2", arrived=AUGUST, by=cast.ada, reason="A slip"))
    record(assessment, {"13-202": 3}, by=cast.ada)
    made.append(submit(assessment, Stage.UPDATE, key="3", arrived=OCTOBER, by=cast.ada))
    paper = {"content": b"%PDF", "sha256": hashlib.sha256(b"%PDF").hexdigest(), "renderer": "tests", "made_at": JULY}
    made[0].documents.create(form="board.pdf", **paper)
    submit(started(cast.cleo), Stage.BASELINE, key="1", arrived=AUGUST, by=cast.cleo)
    return made


def faults() -> list[str]:
    return list(verify(Counter()))


def tamper(statement: str, values: tuple = ()) -> None:
    """Change what must stay, as somebody with the database's own password could: triggers off, and on again."""
    with connection.cursor() as cursor:
        for table in triggers.FROZEN:
            drop(cursor, f"frozen_{table}_update", table)
            drop(cursor, f"frozen_{table}_delete", table)
        cursor.execute(statement, values)
        assert cursor.rowcount == 1
    triggers.install(connection)


def drop(cursor, name: str, table: str) -> None:
    cursor.execute(f"DROP TRIGGER {name} ON {table}" if connection.vendor == "postgresql" else f"DROP TRIGGER {name}")


def chain(code: str) -> list[AuditEvent]:
    return list(everything(AuditEvent, reason="a test looks at all").filter(chain=code).order_by("number"))


def test_untouched_records_are_all_well_and_counted(submitted):
    counted: Counter[str] = Counter()
    assert list(verify(counted)) == []
    events = len(chain("DMA001")) + len(chain("DMA002"))
    assert counted == {
        "triggers": len(triggers.names(connection.vendor)),
        "audit chains": 2,
        "audit events": events,
        "submissions": 4,
        "results": 64,
        "second looks": 0,
        "roll-ups": RollUp.objects.count() + Turnout.objects.count(),
        "stored documents": 1,
    }


def test_a_missing_trigger_is_named(submitted):
    with connection.cursor() as cursor:
        drop(cursor, "frozen_records_submission_update", "records_submission")
    assert [each.split(":")[0] for each in faults()] == ["Trigger frozen_records_submission_update is missing"]


def test_an_event_that_was_reworded_is_named(submitted):
    tamper("UPDATE records_auditevent SET facts = '{}' WHERE chain = 'DMA001' AND number = 2")
    assert faults() == ["Audit chain DMA001: event 2 (answer_saved) was changed: its hash does not fit what it says."]


@pytest.mark.parametrize("column", ["at", "by", "event"])
def test_every_column_of_an_event_is_under_its_hash(submitted, column):
    value = {"at": JULY, "by": "somebody@else.example", "event": "answer_seen"}[column]
    tamper(f'UPDATE records_auditevent SET "{column}" = %s WHERE chain = %s AND number = 2', (value, "DMA001"))
    assert [each.split(" (")[0] for each in faults()] == ["Audit chain DMA001: event 2"]


def test_an_event_reworded_and_sealed_again_breaks_the_next_seal(submitted):
    event = chain("DMA001")[1]
    event.facts = "{}"
    tamper("UPDATE records_auditevent SET facts = '{}', hash = %s WHERE id = %s", (event.reckoned_hash(), event.pk))
    assert faults() == ["Audit chain DMA001: event 3 (answer_saved) is not sealed to the one before it."]


def test_an_event_taken_out_is_missed(submitted):
    tamper("DELETE FROM records_auditevent WHERE chain = 'DMA001' AND number = 2")
    assert faults() == ["Audit chain DMA001: event 2 is missing."]


def test_a_chain_that_lost_its_beginning_is_missed(submitted):
    tamper("DELETE FROM records_auditevent WHERE chain = 'DMA001' AND number = 1")
    assert faults() == ["Audit chain DMA001: event 1 is missing."]


def test_an_event_moved_to_another_organisation_is_named(submitted, cast):
    other = cast.cleo.organisation_id
    tamper("UPDATE records_auditevent SET organisation_id = %s WHERE chain = 'DMA001' AND number = 1", (other,))
    assert faults() == ["Audit chain DMA001: event 1 (assessment_started) names another organisation, DMA002."]


def test_an_event_moved_to_a_body_that_had_the_same_code_is_named(submitted):
    other = Organisation.objects.create(code="DMA001~1", name="Had the code before")
    tamper("UPDATE records_auditevent SET organisation_id = %s WHERE chain = 'DMA001' AND number = 2", (other.pk,))
    assert any(
        each.startswith("Audit chain DMA001: event 2 ") and "names another organisation" in each for each in faults()
    )


def test_an_event_cut_off_the_end_leaves_its_submission_untold(submitted):
    last = chain("DMA001")[-1].number
    tamper("DELETE FROM records_auditevent WHERE chain = 'DMA001' AND number = %s", (last,))
    assert faults() == [f"Submission {UPDATE} number 1: the audit trail does not tell of its digest."]


def test_a_submission_taken_out_with_all_that_hangs_on_it_is_missed(submitted):
    gone = submitted[2]
    with connection.cursor() as cursor:
        for table in ("records_rollup", "records_turnout"):
            cursor.execute(f"DELETE FROM {table} WHERE stage = 'update'")
        for table in triggers.FROZEN:
            drop(cursor, f"frozen_{table}_delete", table)
        cursor.execute("DELETE FROM records_recordedperformance WHERE submission_id = %s", (gone.pk,))
    tamper_again = "DELETE FROM records_submission WHERE id = %s"
    triggers.install(connection)
    tamper(tamper_again, (gone.pk,))
    (found,) = faults()
    assert found.startswith("Audit chain DMA001: event ")
    assert found.endswith("tells of a submission that is not there.")


def test_a_document_that_was_changed_is_named(submitted):
    changed = submitted[1].document.replace('"percent":', '"percent": ')
    tamper("UPDATE records_submission SET document = %s WHERE id = %s", (changed, submitted[1].pk))
    assert faults() == [f"Submission {CORRECTION}: its document was changed: the digest does not fit."]


def test_a_document_changed_with_its_digest_is_named_by_everything_that_knew_it(submitted):
    document = json.loads(submitted[0].document)
    document["score"]["percent"] = 100
    text = canonical(document)
    statement = "UPDATE records_submission SET document = %s, digest = %s WHERE id = %s"
    tamper(statement, (text, digest(text), submitted[0].pk))
    found = faults()
    assert f"Submission {BASELINE}: the audit trail does not tell of its digest." in found
    assert any(each.startswith(f"Submission {CORRECTION}: previous is") for each in found)
    assert any(each.endswith("tells of a submission that is not there.") for each in found)


def test_a_document_that_is_not_json_is_named(submitted):
    tamper("UPDATE records_submission SET document = 'x' WHERE id = %s", (submitted[2].pk,))
    assert f"Submission {UPDATE} number 1: its document cannot be read." in faults()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "A better name"),
        ("kind", "ambulance"),
        ("region", "South"),
        ("year", "2016-17"),
        ("submitted_at", AUGUST),
        ("late", True),
    ],
)
def test_a_column_that_says_something_else_than_the_document_is_named(submitted, column, value):
    tamper(f"UPDATE records_submission SET {column} = %s WHERE id = %s", (value, submitted[2].pk))
    assert any(": " + column + " is " in each and "in the document" in each for each in faults())


def test_a_submission_credited_to_somebody_else_is_named(submitted, cast):
    tamper("UPDATE records_submission SET submitted_by_id = %s WHERE id = %s", (cast.con.pk, submitted[2].pk))
    assert faults() == [
        f"Submission {UPDATE} number 1: login is 'con@example.org' in the table and 'ada@example.org' in the document."
    ]


def test_a_submission_given_to_another_organisation_is_named(submitted, cast):
    other = cast.cleo.organisation_id
    tamper("UPDATE records_submission SET organisation_id = %s WHERE id = %s", (other, submitted[2].pk))
    assert any("code is 'not that of the assessment' in the table" in each for each in faults())


def test_a_correction_renumbered_is_named(submitted):
    tamper("UPDATE records_submission SET number = 7 WHERE id = %s", (submitted[1].pk,))
    assert "Submission DMA001 2015-16 baseline number 7: the numbers of this stage are 1, 7." in faults()


def test_a_correction_made_late_is_named(submitted):
    tamper("UPDATE records_submission SET late = %s WHERE id = %s", (True, submitted[1].pk))
    assert f"Submission {CORRECTION}: late is not the same as for number 1." in faults()


def test_a_result_that_was_changed_is_named(submitted):
    row = submitted[2].performance.get(recommendation=11)
    better = "not_met" if row.status == "met" else "met"
    tamper("UPDATE records_recordedperformance SET status = %s WHERE id = %s", (better, row.pk))
    assert faults() == [f"Submission {UPDATE} number 1: the result of recommendation 11 is not what the document says."]


def test_a_result_that_was_taken_out_is_named(submitted):
    row = submitted[2].performance.get(recommendation=11)
    tamper("DELETE FROM records_recordedperformance WHERE id = %s", (row.pk,))
    assert faults() == [f"Submission {UPDATE} number 1: the result of recommendation 11 is not what the document says."]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_secondlook SET requirements = '13-101' WHERE submission_id = %s",
        "DELETE FROM records_secondlook WHERE submission_id = %s",
    ],
)
def test_a_second_look_that_was_changed_or_taken_out_is_named(cast, statement):
    assessment = started(cast.ada)
    record_all(assessment, 2, by=cast.ada)
    made = submit(assessment, Stage.BASELINE, key="1", arrived=JULY, by=cast.ada)
    assert faults() == []
    tamper(statement, (made.pk,))
    assert faults() == [f"Submission {BASELINE}: the second look all_at_level_2 is not what the document says."]


def test_a_roll_up_that_counts_wrong_is_named(submitted):
    row = RollUp.objects.filter(stage="update", n=1).first()
    RollUp.objects.filter(pk=row.pk).update(n=5)
    place = f"Roll-up 2015-16 update, acute, North, recommendation {row.recommendation} {row.status} after {row.was}"
    assert faults() == [f"{place} counts 5, and the submissions give 1."]


def test_a_turnout_that_counts_wrong_is_named(submitted):
    row = Turnout.objects.filter(stage="update", n=1).first()
    Turnout.objects.filter(pk=row.pk).update(n=5)
    place = f"Roll-up 2015-16 update, acute, North, {row.met} met, {row.met_before} before"
    assert faults() == [f"{place} counts 5, and the submissions give 1."]


def test_a_roll_up_that_was_taken_out_is_named(submitted):
    row = RollUp.objects.filter(stage="update", n=1).first()
    row.delete()
    place = f"Roll-up 2015-16 update, acute, North, recommendation {row.recommendation} {row.status} after {row.was}"
    assert faults() == [f"{place} is missing, and the submissions give 1."]


def test_a_stored_paper_that_was_changed_is_named(submitted):
    tamper("UPDATE records_storeddocument SET content = %s", (b"%PDG",))
    assert faults() == [f"Stored document board.pdf of Submission {BASELINE}: its SHA-256 does not fit its content."]


def test_verifying_reads_one_moment_and_holds_up_nobody(committed):
    make_submissions(make_cast())
    before = RollUp.objects.filter(n=1).count()
    with one_moment():
        assert RollUp.objects.filter(n=1).count() == before
        in_another_thread(lambda: RollUp.objects.update(n=9))
        assert RollUp.objects.filter(n=1).count() == before
    assert RollUp.objects.filter(n=1).count() == 0


def in_another_thread(work: Callable[[], object]) -> None:
    """Do it on a connection of its own, and wait no longer than for a lock that is never let go."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: (work(), connection.close())).result(timeout=60)


def test_the_number_of_queries_does_not_grow_with_the_organisations(submitted, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert faults() == []
