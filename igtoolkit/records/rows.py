"""The second wall, on PostgreSQL alone: which rows of each tenant table a page's connection can reach at all.

A page's connection takes the role `igtoolkit_web` and says for whom it asks (access/reach.py): an organisation, and a
reach beyond its own rows. A connection that says nothing sees no tenant row. Whoever is not that role (a command, the
worker, a migration) sees every row. The reasons stand in docs/decisions/access.md.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

ROLE = "igtoolkit_web"
ORGANISATION, REACH, AT = "igtoolkit.organisation", "igtoolkit.reach", "igtoolkit.at"

# What lies beyond an organisation's own rows.
NATION = "nation"  # the NDG reader: whatever anybody submitted
SUBMITTED = "submitted"  # the same to read, for one query: a kind's figures, a copy held against its original
PUBLISHED = "published"  # Finals, and what was decided of their plans, for anybody
STARTED = "started"  # which assessments there are
SERVICE = "service"  # the service team: plans that were sent, and all of those that let it look
AUDIT = "audit"  # the end of any chain, so that the next event can be sealed to it

# Each is worked out once a query and not once a row.
_OWN = f"(SELECT nullif(current_setting('{ORGANISATION}', true), '')::bigint)"
_REACH = f"(SELECT coalesce(current_setting('{REACH}', true), ''))"
_AT = f"(SELECT nullif(current_setting('{AT}', true), '')::timestamptz)"
_OPERATOR = f"(SELECT current_user <> '{ROLE}')"
_STANDS = f"revoked_at IS NULL AND granted_at <= {_AT} AND until > {_AT}"
_LOOKED_AT = f"(SELECT organisation_id FROM records_supportaccess WHERE {_STANDS})"  # noqa: S608 (our own words)
_OF = {
    "organisation": "organisation_id {whose}",
    "assessment": "assessment_id IN (SELECT id FROM records_assessment WHERE organisation_id {whose})",
    "submission": "submission_id IN (SELECT id FROM records_submission WHERE organisation_id {whose})",
    "answer": "EXISTS (SELECT 1 FROM records_answer a JOIN records_assessment s ON s.id = a.assessment_id"
    " WHERE a.id = answer_id AND s.organisation_id {whose})",
    "second look": "EXISTS (SELECT 1 FROM records_secondlook k JOIN records_submission s ON s.id = k.submission_id"
    " WHERE k.id = second_look_id AND s.organisation_id {whose})",
    "plan": "EXISTS (SELECT 1 FROM records_improvementplan p JOIN records_submission s ON s.id = p.submission_id"
    " WHERE p.id = plan_id AND s.organisation_id {whose})",
}


@dataclass(frozen=True)
class Wall:
    """Whose a table's rows are, and who else may read them, add to them or lock them.

    of: what leads to the organisation. read: {reach: which rows besides}. add: the reaches that add rows for others.
    lock: whether whoever reads a row may hold it while they decide; nobody changes it, for it is frozen.
    """

    of: str
    read: tuple[tuple[str, str], ...] = ()
    add: tuple[str, ...] = ()
    lock: bool = False


_ALL_SUBMITTED = ((NATION, "true"), (SUBMITTED, "true"))
_OF_A_FINAL = (
    "EXISTS (SELECT 1 FROM records_submission f WHERE f.assessment_id = records_assessment.id AND f.stage = 'final')"
)
WALLS = {
    "records_assessment": Wall(
        "organisation", (*_ALL_SUBMITTED, (STARTED, "true"), (PUBLISHED, _OF_A_FINAL), (SERVICE, _OF_A_FINAL))
    ),
    "records_answer": Wall("assessment"),
    "records_evidence": Wall("answer"),
    "records_seniorperson": Wall("assessment"),
    "records_planaction": Wall("assessment"),
    "records_submission": Wall(
        "organisation", (*_ALL_SUBMITTED, (PUBLISHED, "stage = 'final'"), (SERVICE, "stage = 'final'")), lock=True
    ),
    "records_recordedperformance": Wall("submission", _ALL_SUBMITTED),
    "records_secondlook": Wall("submission", _ALL_SUBMITTED, lock=True),
    "records_dismissal": Wall("second look", _ALL_SUBMITTED, add=(NATION,)),
    "records_storeddocument": Wall("submission", _ALL_SUBMITTED, add=(NATION,)),
    "records_improvementplan": Wall("submission", ((SERVICE, "true"), (PUBLISHED, "true")), lock=True),
    "records_review": Wall("plan", ((SERVICE, "true"), (PUBLISHED, "accepted")), add=(SERVICE,)),
    "records_auditevent": Wall("organisation", ((AUDIT, "true"), (SERVICE, "organisation_id IS NULL")), add=(AUDIT,)),
    "records_supportaccess": Wall("organisation", ((SERVICE, _STANDS),)),
}


def statements(table: str, wall: Wall) -> list[str]:
    """What builds a table's wall, afresh each time."""
    own = _OF[wall.of].format(whose=f"= {_OWN}")
    looked_at = _OF[wall.of].format(whose=f"IN {_LOOKED_AT}")
    besides = [*wall.read, *([] if table == "records_supportaccess" else [(SERVICE, looked_at)])]
    read = " OR ".join([own, *(f"({_REACH} = '{reach}' AND {rows})" for reach, rows in besides)])
    write = " OR ".join([own, *(f"{_REACH} = '{reach}'" for reach in wall.add)])
    policies = {
        "operator": f"FOR ALL TO PUBLIC USING ({_OPERATOR}) WITH CHECK ({_OPERATOR})",
        "reads": f"FOR SELECT TO PUBLIC USING ({read})",
        "adds": f"FOR INSERT TO PUBLIC WITH CHECK ({write})",
        "changes": f"FOR UPDATE TO PUBLIC USING ({read if wall.lock else write}) WITH CHECK ({write})",
        "deletes": f"FOR DELETE TO PUBLIC USING ({own})",
    }
    built = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    for name, rule in policies.items():
        built += [f"DROP POLICY IF EXISTS {name} ON {table}", f"CREATE POLICY {name} ON {table} {rule}"]
    return built


def install(using: BaseDatabaseWrapper) -> None:
    """Build every wall afresh on the tables there are, and the role where we may make one. Nothing on SQLite."""
    if using.vendor != "postgresql":
        return
    with using.cursor() as cursor:
        present = using.introspection.table_names(cursor)
        for table, wall in WALLS.items():
            for each in statements(table, wall) if table in present else []:
                cursor.execute(each)
        cursor.execute(_MAKE_ROLE)


def remove(using: BaseDatabaseWrapper) -> None:
    """Take every wall away. The role stays: another database of the server may use it."""
    if using.vendor != "postgresql":
        return
    with using.cursor() as cursor:
        for table in WALLS:
            for name in ("operator", "reads", "adds", "changes", "deletes"):
                cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def missing(using: BaseDatabaseWrapper) -> list[str]:
    """What of the second wall is not there, in words; empty on SQLite, which has none."""
    if using.vendor != "postgresql":
        return []
    with using.cursor() as cursor:
        cursor.execute(_STANDING, [ROLE])
        role, walled = cursor.fetchone()
    gone = [f"the wall on {each}" for each in sorted(set(WALLS) - set(walled or ()))]
    return gone if role else [f"the role {ROLE}, granted to the service's login", *gone]


# A role belongs to the whole server: two databases may make it at once, and a careful server lets no service make one.
_MAKE_ROLE = f"""
DO $$
BEGIN
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
      CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
      EXECUTE format('GRANT {ROLE} TO %I', current_user);
    END IF;
  EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    NULL;
  END;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {ROLE}', current_schema());
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {ROLE}', current_schema());
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO {ROLE}', current_schema());
  END IF;
END $$
"""  # noqa: S608 (our own words)
_STANDING = """
SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER')),
       (SELECT array_agg(relname::text) FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity)
"""
