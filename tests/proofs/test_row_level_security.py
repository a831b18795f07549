"""The second wall: a page's own connection, asked for everything, gives one organisation's rows and no other's."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from igtoolkit.access import reach, scope
from igtoolkit.access.reach import NOBODY, OPERATOR, Reach, _telling, asking_for, reaching
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock, rows
from igtoolkit.records.guarding import Tenant
from igtoolkit.records.models import AuditEvent, Submission, SupportAccess
from igtoolkit.standard.words import Stage
from tests.conftest import make_cast, make_person, record, stand_ready, started, submit_final
from tests.proofs import report
from tests.worlds import world

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such wall")
TABLES = sorted(each._meta.db_table for each in Tenant.__subclasses__())

# What leads from each table to the organisation, said here once more and by hand.
BELONGS = {
    "records_answer": "JOIN records_assessment a ON a.id = t.assessment_id",
    "records_assessment": "JOIN records_assessment a ON a.id = t.id",
    "records_auditevent": "JOIN (SELECT id, organisation_id FROM records_auditevent) a ON a.id = t.id",
    "records_dismissal": "JOIN records_secondlook k ON k.id = t.second_look_id"
    " JOIN records_submission a ON a.id = k.submission_id",
    "records_evidence": "JOIN records_answer n ON n.id = t.answer_id"
    " JOIN records_assessment a ON a.id = n.assessment_id",
    "records_improvementplan": "JOIN records_submission a ON a.id = t.submission_id",
    "records_planaction": "JOIN records_assessment a ON a.id = t.assessment_id",
    "records_recordedperformance": "JOIN records_submission a ON a.id = t.submission_id",
    "records_review": "JOIN records_improvementplan p ON p.id = t.plan_id"
    " JOIN records_submission a ON a.id = p.submission_id",
    "records_secondlook": "JOIN records_submission a ON a.id = t.submission_id",
    "records_seniorperson": "JOIN records_assessment a ON a.id = t.assessment_id",
    "records_storeddocument": "JOIN records_submission a ON a.id = t.submission_id",
    "records_submission": "JOIN records_submission a ON a.id = t.id",
    "records_supportaccess": "JOIN records_supportaccess a ON a.id = t.id",
}


@world
def two_trusts(cast):
    """Two trusts with a row in every tenant table."""
    for administrator in (cast.ada, cast.cleo):
        organisation = administrator.organisation
        contributor = make_person(f"writer{organisation.pk}", organisation, "contributor")
        reviewer = make_person(f"checker{organisation.pk}", organisation, "reviewer")
        assessment = started(administrator)
        record(assessment, {"13-101": 2}, by=administrator)
        submit(assessment, Stage.BASELINE, key="k", arrived=clock.now(), by=administrator)
        people = type(cast)(**{**cast.__dict__, "con": contributor, "rex": reviewer})
        final = submit_final(stand_ready(assessment, people), by=administrator, at=clock.now())
        _one_of_the_rest(assessment, final, administrator, cast)
    return cast


def _one_of_the_rest(assessment, final, administrator, cast):
    at = clock.now()
    answer = assessment.answers.first()
    answer.evidence.create(criterion="1a", note="minutes", dated=at.date(), added_by=administrator, added_at=at)
    facts = {"action": "do", "owner": "me", "due": at.date(), "changed_by": administrator, "changed_at": at}
    assessment.plan_actions.create(requirement="13-101", **facts)
    plan = final.plans.create(number=1, document="[]", sent_at=at, sent_by=administrator)
    type(plan).review.related.related_model(
        plan=plan, accepted=True, reason="good", decided_at=at, decided_by=cast.sam
    ).save()
    look = final.second_looks.create(rule=f"by hand {assessment.pk}", requirements="13-101")
    look.dismissals.create(reason="fine", dismissed_at=at, dismissed_by=cast.nia)
    final.documents.create(form="by hand", renderer="-", sha256="0" * 64, content=b"-", made_at=at)
    until = at + timedelta(hours=1)
    assessment.organisation.support_accesses.create(
        reason="help", granted_by=administrator, granted_at=at, hours=1, until=until
    )


def selected(table: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def belonging(table: str, organisation: int) -> set[int]:
    """Worked out as the operator, who sees everything."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t.id FROM {table} t {BELONGS[table]} WHERE a.organisation_id = %s", [organisation])
        return {row[0] for row in cursor.fetchall()}


def test_every_tenant_table_has_a_wall_and_is_tried_here():
    assert TABLES == sorted(rows.WALLS) == sorted(BELONGS)


@on_postgresql
def test_the_walls_stand_and_a_new_table_without_one_is_missed(db, monkeypatch):
    assert rows.missing(connection) == []
    monkeypatch.setitem(rows.WALLS, "records_tries", rows.Wall("organisation"))
    assert rows.missing(connection) == ["the wall on records_tries"]


@on_postgresql
def test_the_role_owns_nothing_and_goes_round_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole FROM pg_roles WHERE rolname = %s", [rows.ROLE]
        )
        assert cursor.fetchone() == (False, False, False, False)


@on_postgresql
def test_select_everything_gives_one_organisations_rows(two_trusts):
    shown = 0
    for person in (two_trusts.ada, two_trusts.ben, two_trusts.cleo):
        for table in TABLES:
            own = belonging(table, person.organisation_id)
            assert own, table
            with asking_for(person):
                assert selected(table) == own, (table, person)
            shown += len(own)
    report("rows", f"SELECT * on {len(TABLES)} tenant tables by 3 people: {shown} rows, each their own organisation's")


@on_postgresql
def test_whoever_says_nothing_sees_no_tenant_row(two_trusts):
    with _telling(NOBODY):
        assert {table: selected(table) for table in TABLES} == {table: set() for table in TABLES}
    with _telling(OPERATOR):
        assert all(selected(table) for table in TABLES)


@on_postgresql
def test_somebody_deactivated_sees_no_tenant_row(two_trusts):
    two_trusts.ada.is_active = False
    with asking_for(two_trusts.ada):
        assert not any(selected(table) for table in TABLES)


@on_postgresql
def test_the_ndg_reader_reaches_what_was_submitted_and_no_draft(two_trusts):
    with asking_for(two_trusts.nia):
        assert len({each.organisation_id for each in Submission.unscoped.all()}) == 2
        for table in (
            "answer",
            "evidence",
            "seniorperson",
            "planaction",
            "improvementplan",
            "auditevent",
            "supportaccess",
        ):
            assert selected(f"records_{table}") == set(), table


@on_postgresql
def test_the_service_team_reaches_drafts_only_while_it_is_let(two_trusts):
    own = belonging("records_answer", two_trusts.cleo.organisation_id)
    SupportAccess.unscoped.filter(organisation=two_trusts.ada.organisation).update(revoked_at=clock.now())
    with asking_for(two_trusts.sam):
        assert selected("records_answer") == own


@on_postgresql
def test_nobody_writes_for_another_organisation(two_trusts):
    theirs = scope.find_assessment(two_trusts.cleo, "DMA002", "2015-16")
    rows_of_theirs = {table: belonging(table, theirs.organisation_id) for table in TABLES}
    copies = {
        "records_answer": "assessment_id, requirement, ticks, not_yet, not_relevant, reason, comment, owner, version",
        "records_seniorperson": "assessment_id, post, name, job_title",
    }
    with asking_for(two_trusts.ada):
        for table, columns in copies.items():
            values = (
                columns.replace("assessment_id", str(theirs.pk))
                .replace("requirement", "'13-999'")
                .replace("post", "'x'")
            )
            with (
                pytest.raises(DatabaseError, match="row-level security"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} LIMIT 1")
        for table, ids in rows_of_theirs.items():
            for asked in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                with connection.cursor() as cursor:  # none is seen, so none is changed
                    cursor.execute(f"{asked} WHERE id = ANY(%s)", [sorted(ids)])
                    assert cursor.rowcount == 0, asked
        own = two_trusts.ada.organisation.assessments.filter(year="2015-16")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            own.update(organisation=theirs.organisation_id)


@on_postgresql
def test_a_reach_is_for_its_own_query_and_falls_back_whatever_happens(two_trusts):
    with asking_for(two_trusts.ada):
        own = selected("records_submission")
        with reaching(rows.SUBMITTED):
            assert selected("records_submission") > own
        with pytest.raises(ZeroDivisionError), reaching(rows.SUBMITTED):
            raise ZeroDivisionError
        assert selected("records_submission") == own
        with pytest.raises(DatabaseError), transaction.atomic(), reaching(rows.AUDIT), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert selected("records_submission") == own
        assert scope.find_published("DMA002", "2015-16") is not None
        assert selected("records_submission") == own
        assert selected("records_auditevent") == belonging_as_operator(two_trusts.ada)
    assert AuditEvent.unscoped.values("organisation").distinct().count() > 1


def belonging_as_operator(person) -> set[int]:
    with _telling(OPERATOR):
        return belonging("records_auditevent", person.organisation_id)


@on_postgresql
def test_a_connection_lost_as_a_reach_ends_acknowledges_nothing(committed):
    """Its last words before the commit are what was reached before: who hears no answer to them must say so."""
    ada = make_cast().ada

    def lost(told=reach._tell):
        if reach._now().word == "" and connection.in_atomic_block:
            with psycopg.connect(**_other_line(), autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
        told()

    with asking_for(ada), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reach, "_tell", lost)
        with pytest.raises(OperationalError):
            started(ada)
    assert not scope.everything(AuditEvent, reason="a test looks").exists()
    assert started(ada).is_started


def _other_line() -> dict[str, str]:
    said = connection.settings_dict
    return {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "dbname": said["NAME"]}


@on_postgresql
def test_a_connection_opened_anew_is_told_again(committed):
    with _telling(Reach(organisation="7")):
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('igtoolkit.organisation')")
            assert cursor.fetchone() == (rows.ROLE, "7")


@on_postgresql
def test_a_web_servers_connection_reaches_nothing_by_itself(two_trusts, settings, monkeypatch):
    monkeypatch.setattr(reach, "_otherwise", OPERATOR)
    settings.ROWS_CLOSED = True
    reach.nobody_unless_told()
    assert reach._now() == NOBODY


@on_postgresql
def test_the_pages_ask_as_the_person_and_leave_nothing_behind(two_trusts, client, monkeypatch):
    told = []
    monkeypatch.setattr(reach, "_tell", lambda tell=reach._tell: (told.append(reach._now()), tell()))
    client.force_login(two_trusts.ada)
    reopen_final(scope.find_assessment(two_trusts.ada, "DMA001", "2015-16"), by=two_trusts.ada)
    assert client.get("/organisations/DMA001/2015-16/").status_code == 200
    assert told[0] == Reach(organisation=str(two_trusts.ada.organisation_id))
    assert told[-1] == OPERATOR


@on_postgresql
def test_an_organisations_evidence_is_found_without_reading_everybodys(two_trusts):
    (theirs,) = two_trusts.cleo.organisation.assessments.all()
    (own,) = two_trusts.ada.organisation.assessments.all()
    with connection.cursor() as cursor:
        cursor.execute(_MANY_ANSWERS, [theirs.pk])
        cursor.execute(_MUCH_EVIDENCE, [two_trusts.cleo.pk, theirs.pk])
        cursor.execute("ANALYZE records_answer, records_evidence")
        with asking_for(two_trusts.ada):
            counted = own.answers.filter(evidence__isnull=False).values_list("evidence")
            plan = counted.explain()
    assert "on records_evidence" in plan
    assert "Seq Scan on records_evidence" not in plan, plan


_MANY_ANSWERS = """
INSERT INTO records_answer (assessment_id, requirement, ticks, not_yet, not_relevant, reason, comment, owner, version)
SELECT %s, n, '', false, false, '', '', '', 0 FROM generate_series(1, 5000) n
"""
_MUCH_EVIDENCE = """
INSERT INTO records_evidence (answer_id, criterion, note, link, dated, added_by_id, added_at)
SELECT a.id, '1a', 'minutes', '', current_date, %s, now()
FROM records_answer a CROSS JOIN generate_series(1, 4) WHERE a.assessment_id = %s
"""
