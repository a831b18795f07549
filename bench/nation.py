# ruff: noqa: S608 (statements of our own names and numbers alone)
"""What a nation of 65,000 reported organisations has submitted, made in bulk by the database itself.

Invented: nobody recorded anything, and the documents are empty. Every stage of every year has submissions with their
roll-ups and turnout, and those of one year their results too, all agreeing: one organisation in eleven misses a stage,
one in fifty is late, one in two hundred corrects.
"""

from collections.abc import Mapping

from django.db import connection, models
from django.db.models import NOT_PROVIDED

from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Assessment, RecordedPerformance, RollUp, Submission, Turnout
from igtoolkit.standard.words import Stage

BEGINNER = "B00000"  # says nothing yet: the bench begins its assessment
MADE = "2014-06-01 00:00:00+00:00"
# From 0 to 99: the further into the year, the more is met; one organisation in nine falls back instead.
POINT = "(o.n * 37 + r.number * 61 + o.n / 100 * r.number) % 100"
MET_BELOW = "40 + 14 * t.place * (CASE WHEN o.n % 9 = 4 THEN -1 ELSE 1 END) + o.n % 23"
STATUS = (
    "CASE WHEN o.n % 41 = 1 AND r.number = 25 THEN 'not_applicable' "
    f"WHEN {POINT} < {MET_BELOW} THEN 'met' WHEN {POINT} < {MET_BELOW} + 20 THEN 'partly_met' ELSE 'not_met' END"
)
MISSED = "(n + 5 * place) % 11 = 0"
LATEST = "s.number = CASE WHEN m.n % 200 = 7 THEN 2 ELSE 1 END"
MET_NOW = "JOIN bench_met m ON m.organisation_id = s.organisation_id AND m.stage = s.stage"
STATUS_NOW = "JOIN bench_status r ON r.organisation_id = s.organisation_id AND r.stage = s.stage"
STATUS_THEN = (
    "LEFT JOIN bench_status b ON s.met_before IS NOT NULL AND b.organisation_id = s.organisation_id "
    "AND b.place = r.place - 1 AND b.number = r.number"
)


def submit_everything(years: tuple[str, ...], *, results_of: str) -> None:
    """Assessments and submissions of every stage of these years. results_of: the year whose results are kept too."""
    _work_out(years[0])
    for year in years:
        _assessments(year)
        _submissions(year, 1, "NOT m.missed")
        _submissions(year, 2, "NOT m.missed AND m.n % 200 = 7")
    facts = {"submission_id": "s.id", "recommendation": "r.number", "status": "r.status"}
    _fill(RecordedPerformance, facts, f"records_submission s {STATUS_NOW} WHERE s.year = '{results_of}' ORDER BY 1")
    rolled_up = {"recommendation": "r.number", "status": "r.status", "was": "COALESCE(b.status, '')"}
    _count(RollUp, rolled_up, years, results=True)
    before = f"COALESCE(s.met_before, {Turnout.NOT_BEFORE})"
    _count(Turnout, {"late": "s.late", "met": "s.met", "met_before": before}, years, results=False)


def _work_out(year: str) -> None:
    """What each organisation comes to at each stage, the same every year: bench_status and, added up, bench_met."""
    numbers = ", ".join(f"({each.number})" for each in framework_for(year).recommendations)
    stages = ", ".join(f"({place}, '{stage}')" for place, stage in enumerate(Stage))
    _run(
        f"CREATE TEMPORARY TABLE bench_status AS WITH r(number) AS (VALUES {numbers}), "
        f"t(place, stage) AS (VALUES {stages}), "
        "o(organisation_id, n) AS (SELECT id, CAST(substr(code, 2) AS integer) FROM records_organisation) "
        f"SELECT organisation_id, n, place, stage, number, {STATUS} AS status FROM o, t, r ORDER BY 1, 3, 5"
    )
    _run(
        f"CREATE TEMPORARY TABLE bench_met AS SELECT organisation_id, n, place, stage, {MISSED} AS missed, "
        "SUM(CASE status WHEN 'met' THEN 1 ELSE 0 END) AS met FROM bench_status GROUP BY 1, 2, 3, 4"
    )
    _run("CREATE INDEX bench_status_of ON bench_status (organisation_id, place, number)")
    _run("CREATE INDEX bench_met_of ON bench_met (organisation_id, place)")


def _assessments(year: str) -> None:
    facts = {each: f"g.{each}" for each in ("organisation_id", "year", "kind", "region")}
    facts |= {"framework_code": f"'{framework_for(year).code}'", "stage_reached": "'final'"}
    source = f"records_registration g WHERE g.year = '{year}' AND g.code <> '{BEGINNER}' ORDER BY g.organisation_id"
    _fill(Assessment, facts, source)


def _submissions(year: str, number: int, who: str) -> None:
    key = f"g.code || ' ' || g.year || ' ' || m.stage || ' {number}'"
    facts = {each: f"g.{each}" for each in ("organisation_id", "year", "kind", "region", "name")}
    facts |= {"assessment_id": "a.id", "stage": "m.stage", "number": str(number), "key": key, "digest": key}
    facts |= {"late": "m.n % 50 = 3", "met": "m.met", "met_before": "b.met", "document": "'{}'"}
    source = (
        "records_registration g JOIN records_assessment a ON a.organisation_id = g.organisation_id AND a.year = g.year "
        "JOIN bench_met m ON m.organisation_id = g.organisation_id "
        "LEFT JOIN bench_met b ON b.organisation_id = m.organisation_id AND b.place = m.place - 1 AND NOT b.missed "
        f"WHERE g.year = '{year}' AND {who} ORDER BY a.id, m.place"
    )
    _fill(Submission, facts, source)


def _count(model: type[models.Model], counted: Mapping[str, str], years: tuple[str, ...], *, results: bool) -> None:
    """The rows of a count over the latest submissions of the first year, and the same again for every other.

    Every year is alike, and a count over all of them takes a database minutes of sorting.
    """
    first, *others = years
    facts = {each: f"s.{each}" for each in ("stage", "kind", "region")} | dict(counted)
    joined = f"{STATUS_NOW} {STATUS_THEN}" if results else ""
    groups = ", ".join(str(n + 2) for n in range(len(facts)))
    table, names = model._meta.db_table, ", ".join(facts)
    _run(
        f"INSERT INTO {table} (year, {names}, n) SELECT '{first}', {', '.join(facts.values())}, count(*) "
        f"FROM records_submission s {MET_NOW} {joined} WHERE s.year = '{first}' AND {LATEST} GROUP BY {groups}"
    )
    for year in others:
        _run(f"INSERT INTO {table} (year, {names}, n) SELECT '{year}', {names}, n FROM {table} WHERE year = '{first}'")


def _fill(model: type[models.Model], facts: Mapping[str, str], source: str) -> None:
    """Rows of a model from a source: some columns as given, in SQL, every other one with its empty value."""
    columns = {each.column: _empty(each) for each in model._meta.concrete_fields if not each.primary_key} | dict(facts)
    names, values = ", ".join(columns), ", ".join(columns.values())
    _run(f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {source}")


def _empty(field: "models.Field[object, object]") -> str:
    if field.null:
        return "NULL"
    match field:
        case models.DateTimeField():
            return f"CAST('{MADE}' AS timestamptz)" if connection.vendor == "postgresql" else f"'{MADE}'"
        case models.BooleanField():
            return "FALSE"
        case models.IntegerField():
            return str(0 if field.default is NOT_PROVIDED else field.default)
    return "''"


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
