"""What leads from a row to its organisation, as functions of PostgreSQL that the walls of records/rows.py ask.

They run as whoever built them, who stands before no wall. Said as plain conditions, each table's wall held the walls of
every table on its way, and planning a query over evidence took longer than all else on its page. ROWS says how many
rows an organisation has of a kind, about: told nothing, the planner took asking for so dear that it read every
organisation's evidence rather than ask again for each answer.
"""

COLUMN = {
    "organisation": "organisation_id",
    "assessment": "assessment_id",
    "submission": "submission_id",
    "answer": "answer_id",
    "second look": "second_look_id",
    "plan": "plan_id",
}
_WAYS = {
    "organisation": "unnest(whose) AS t(id)",
    "assessment": "records_assessment t WHERE t.organisation_id = ANY(whose)",
    "submission": "records_submission t WHERE t.organisation_id = ANY(whose)",
    "answer": "records_assessment s JOIN records_answer t ON t.assessment_id = s.id"
    " WHERE s.organisation_id = ANY(whose)",
    "second look": "records_submission s JOIN records_secondlook t ON t.submission_id = s.id"
    " WHERE s.organisation_id = ANY(whose)",
    "plan": "records_submission s JOIN records_improvementplan t ON t.submission_id = s.id"
    " WHERE s.organisation_id = ANY(whose)",
}


def own_rows(of: str) -> str:
    """The rows of one kind (a key of COLUMN) that belong to the organisation asked for."""
    return f"igtoolkit_rows('{of}', false)"


def looked_at_rows(of: str) -> str:
    """Those of every organisation that lets the service team look now."""
    return f"igtoolkit_rows('{of}', true)"


def functions(*, own: str, stands: str) -> str:
    """What makes them, afresh each time. own: the organisation asked for. stands: which looks stand now."""
    ways = "\n".join(f"    WHEN '{of}' THEN RETURN QUERY SELECT t.id FROM {rows};" for of, rows in _WAYS.items())  # noqa: S608
    return _FUNCTIONS.format(own=own, stands=stands, ways=ways)


_FUNCTIONS = """
CREATE OR REPLACE FUNCTION igtoolkit_rows(leads text, looked_at boolean) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE whose bigint[];
BEGIN
  IF looked_at THEN
    whose := ARRAY(SELECT organisation_id FROM records_supportaccess WHERE {stands});
  ELSE
    whose := ARRAY[{own}];
  END IF;
  CASE leads
{ways}
  END CASE;
END $$;
CREATE OR REPLACE FUNCTION igtoolkit_has_final(of bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM records_submission WHERE assessment_id = of AND stage = 'final');
END $$
"""
NO_FUNCTIONS = "DROP FUNCTION IF EXISTS igtoolkit_rows(text, boolean), igtoolkit_has_final(bigint)"
