"""The policy as a table: every person, every action, every state. docs/access.md is made from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser

from igtoolkit.access.policy import ON_ASSESSMENT, ON_NOTHING, ON_SUBMISSION, Action, Record, Visitor, knows, may
from igtoolkit.records.models import Assessment, Organisation, Person, Role, Submission
from igtoolkit.standard.words import Stage


class Always:
    """A look that stands whatever the clock says."""

    def stands_by(self, now: object) -> bool:
        return True


def invented(pk: int, code: str, *looks: Always) -> Organisation:
    """An organisation that is in no database, and the looks that it grants the service team."""
    made = Organisation(pk=pk, code=code)
    made._prefetched_objects_cache = {"support_accesses": looks}  # type: ignore[attr-defined]
    return made


OWN, OTHER, PRACTICE = invented(1, "OWN"), invented(2, "OTHER"), invented(3, "PRACTICE")
ANOTHER = invented(-1, "ANOTHER")  # nobody's, whoever is asked about
LET_LOOK = invented(1, "OWN", Always())
FRAMEWORK = "igt-13"
REOPENED = datetime(2016, 4, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """Somebody or something the table has a column or row for."""

    words: str
    value: Visitor | Record
    seen_by: Organisation = OWN  # the trust as this person meets it: the same, but for what it grants


def people() -> tuple[Sample, ...]:
    """One of each sort of person, all seen from the records of one trust."""
    staff = [Sample(f"{role.label}, own trust", Person(organisation=OWN, role=role)) for role in Role]
    return (
        Sample("visitor", AnonymousUser()),
        Sample("general practice", Person(organisation=PRACTICE, role=Role.ADMINISTRATOR)),
        Sample("another trust", Person(organisation=OTHER, role=Role.ADMINISTRATOR)),
        *staff,
        Sample("deactivated, own trust", Person(organisation=OWN, role=Role.ADMINISTRATOR, is_active=False)),
        Sample("NDG reader", Person(reads_for_ndg=True)),
        Sample("service team", Person(serves=True)),
        Sample("service team, let look", Person(serves=True), LET_LOOK),
    )


def states(of: Organisation = OWN) -> tuple[Sample, ...]:
    """The trust's assessment in each state it can be in."""
    return tuple(Sample(words, _assessment(*facts, of=of)) for words, facts in _STATES.items())


_STATES: dict[str, tuple[bool, str, bool]] = {
    "not started": (False, "", False),
    "nothing submitted": (True, "", False),
    "Baseline submitted": (True, Stage.BASELINE, False),
    "Update submitted": (True, Stage.UPDATE, False),
    "Final submitted": (True, Stage.FINAL, False),
    "Final opened again": (True, Stage.FINAL, True),
}


def _assessment(
    started: bool, reached: str, reopened: bool = False, kind: str = "acute", of: Organisation = OWN
) -> Assessment:
    return Assessment(
        pk=1 if started else None,
        organisation=of,
        year="2015-16",
        kind=kind,
        framework_code=FRAMEWORK,
        stage_reached=reached,
        reopened_at=REOPENED if reopened else None,
    )


def submissions(of: Organisation = OWN) -> tuple[Sample, ...]:
    """The trust's submission at each stage."""
    draft = _assessment(True, Stage.FINAL, of=of)
    return tuple(
        Sample(f"{stage.words} submitted", Submission(assessment=draft, organisation=of, kind="acute", stage=stage))
        for stage in Stage
    )


def verdict(person: Visitor, action: Action, record: Record) -> str:
    """What a request gets: 200, 403, 404, or `sign in` for a visitor."""
    if may(person, action, record):
        return "200"
    if isinstance(person, AnonymousUser) or not person.is_active:
        return "sign in"
    if record is not None and not knows(person, action, record):
        return "404"
    return "403"


def rows() -> Iterator[tuple[str, str, list[str]]]:
    """(action, state, one verdict for each of people()), in policy order."""
    for action in Action:
        for n, sample in enumerate(_subjects(action)):
            met = [(each.value, _subjects(action, each.seen_by)[n].value) for each in people()]
            yield action.value, sample.words, [verdict(who, action, record) for who, record in met]  # type: ignore[arg-type]


def _subjects(action: Action, of: Organisation = OWN) -> tuple[Sample, ...]:
    if action in ON_ASSESSMENT:
        return states(of)
    if action in ON_SUBMISSION:
        return submissions(of)
    if action in ON_NOTHING:
        return (Sample("any", None),)
    raise LookupError(f"The table has no records for {action}.")


def markdown() -> str:
    """docs/access.md."""
    heads = [each.words for each in people()]
    lines = [
        "# Who may do what",
        "",
        "Made from `igtoolkit/access/policy.py` by `python -m igtoolkit access-table`; a test fails when it is stale.",
        "",
        "Seen from one acute trust's records. 200: allowed. 403: known, but not allowed. 404: the same bytes as for",
        "something that does not exist. *sign in*: sent to the sign-in page, whether the address exists or not.",
        "",
        "| action | state | " + " | ".join(heads) + " |",
        "|" + "---|" * (len(heads) + 2),
    ]
    lines += [f"| `{action}` | {state} | " + " | ".join(verdicts) + " |" for action, state, verdicts in rows()]
    return "\n".join(lines) + "\n"
