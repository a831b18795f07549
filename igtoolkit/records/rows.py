"""The second wall, on PostgreSQL alone: which rows of each tenant table a page's connection can reach at all.

A page's connection takes the role `igtoolkit_web` and says for whom it asks (access/reach.py): an organisation, and a
reach beyond its own rows. A connection that says nothing sees no tenant row. Whoever is not that role (a command, the
worker, a migration) sees every row. The reasons stand in docs/decisions/access.md.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from igtoolkit.records.row_owners import COLUMN, NO_FUNCTIONS, functions, looked_at_rows, own_rows

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


@dataclass(frozen=True)
class Wall:
    """Whose a table's rows are, and who else may read them, add to them or lock them.

    of: what leads to the organisation, a key of row_owners.COLUMN. read: {reach: which rows besides}. add: the reaches
    that add rows for others. lock: whether whoever reads a row may hold it while they decide; nobody changes it, for
    it is frozen.
    """

    of: str
    read: tuple[tuple[str, str], ...] = ()
    add: tuple[str, ...] = ()
    lock: bool = False


_ALL_SUBMITTED = ((NATION, "true"), (SUBMITTED, "true"))
_OF_A_FINAL = "igtoolkit_has_final(id)"
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


POLICIES = ("adds", "changes", "deletes", "operator", "reads")


def statements(table: str, wall: Wall) -> list[str]:
    """What builds a table's wall, afresh each time."""
    own, looked_at = (f"{COLUMN[wall.of]} IN (SELECT {rows})" for rows in (own_rows(wall.of), looked_at_rows(wall.of)))
    if wall.of == "organisation":
        own = f"organisation_id = {_OWN}"
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
        cursor.execute(functions(own=_OWN, stands=_STANDS))
        for table, wall in WALLS.items():
            if table not in present:
                continue
            cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table])
            others = {name for (name,) in cursor.fetchall()} - set(POLICIES)
            for each in [*(f'DROP POLICY "{name}" ON {table}' for name in sorted(others)), *statements(table, wall)]:
                cursor.execute(each)
        cursor.execute(_MAKE_ROLE)


def remove(using: BaseDatabaseWrapper) -> None:
    """Take every wall away. The role stays: another database of the server may use it."""
    if using.vendor != "postgresql":
        return
    with using.cursor() as cursor:
        for table in WALLS:
            for name in POLICIES:
                cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        cursor.execute(NO_FUNCTIONS)


def missing(using: BaseDatabaseWrapper) -> list[str]:
    """What of the second wall is not there, in words; empty on SQLite, which has none."""
    if using.vendor != "postgresql":
        return []
    with using.cursor() as cursor:
        cursor.execute(_STANDING, [ROLE, list(POLICIES)])
        role, walled = cursor.fetchone()
    gone = [f"the wall on {each}" for each in sorted(set(WALLS) - set(walled or ()))]
    return gone if role else [f"the role {ROLE}, granted to the service's login", *gone]


def too_strong(using: BaseDatabaseWrapper) -> list[str]:
    """What the service's login is or may that it need not, in words: who gets hold of it could take the wall away."""
    if using.vendor != "postgresql":
        return []
    with using.cursor() as cursor:
        cursor.execute(_LOGIN, [list(WALLS)])
        superuser, bypasses, creates, owns = cursor.fetchone()
    if superuser:  # who may do everything
        return ["is a superuser"]
    may = {"goes past row-level security": bypasses, "may make roles": creates, "owns the tables": owns}
    return [words for words, is_so in may.items() if is_so]


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
        WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity
        AND %s::text[] =
            (SELECT array_agg(polname::text ORDER BY polname) FROM pg_policy WHERE polrelid = pg_class.oid))
"""
_LOGIN = """
SELECT rolsuper, rolbypassrls, rolcreaterole,
       EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY(%s)
               AND pg_has_role(session_user, relowner, 'USAGE'))
FROM pg_roles WHERE rolname = session_user
"""
