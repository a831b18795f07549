"""Whether the audit chains are as they were written: nothing changed, missing, put in, swapped or cut off.

Rows are read as plain values, and each hash is worked out from bytes put together by hand: a million of them take
seconds. tests/records/test_verify_chains.py holds those bytes equal to standard/canonical.py.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import F, Func, TextField

from igtoolkit.access.scope import everything
from igtoolkit.records.models import AuditEvent, FormerCode, Organisation
from igtoolkit.records.models.audit import FIRST, SERVICE

SUBMITTED = ("stage_submitted", "stage_imported")
PEERS_MADE = "peer_figures_made"
# Whether a login has an account elsewhere is no administrator's to know (actions/withheld.py): these are shown alike,
# and go out with their seals alone. A random salt in their facts keeps the seal from being guessed.
OF_PEOPLE = ("invited_again", "changed", "deactivated", "activated")
SEALED = frozenset(
    {
        *("person_invited", "invitation_withheld"),
        *(f"{before}person_{each}" for before in ("", "withheld_") for each in OF_PEOPLE),
    }
)
WHY = "verifying reads every organisation's rows and shows none of what they say"
Faults = Iterator[str]
Heads = dict[str, dict[int, str]]  # {chain: {number: the hash that a witness saw there}}
Codes = Mapping[int | None, set[str]]


class Link(NamedTuple):
    """An event as it lies in the table. `at` is the instant as the hash has it."""

    chain: str
    number: int
    organisation: int | None
    at: str
    event: str
    by: str
    facts: str
    previous: str
    hash: str


class Told(NamedTuple):
    """What the trail tells of: {digest of a submission: where}, and {digest of peer figures: where}."""

    submissions: dict[str, str]
    peers: dict[str, str]


class _Instant(Func):
    """2015-07-20T09:30:15.000250Z, made by the database. What SQLite holds in another shape stays as it is."""

    output_field = TextField()
    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        at = "%(expressions)s"
        text = f"substr({at}, 1, 10) || 'T' || substr({at}, 12)"
        shapes = ((26, "'Z'"), (19, "'.000000Z'"))
        cases = " ".join(
            f"WHEN length({at}) = {n} AND substr({at}, 11, 1) = ' ' THEN {text} || {end}" for n, end in shapes
        )
        return self.as_sql(compiler, connection, **extra, template=f"CASE {cases} ELSE {at} END")


def instant_of(column: str) -> Func:
    """An instant as the hashes have it, made by the database."""
    return _Instant(F(column))


def links() -> Iterator[Any]:
    """Every event as a plain tuple in the order of Link, chain by chain, streamed."""
    rows = everything(AuditEvent, reason=WHY).order_by("chain", "number").annotate(instant=instant_of("at"))
    names = ("chain", "number", "organisation", "instant", "event", "by", "facts", "previous", "hash")
    return rows.values_list(*names).iterator(chunk_size=5000)


def reckoned(chain: str, number: int, at: str, event: str, by: str, facts: str, previous: str) -> str:
    """The hash that an event with these columns should have. Raises TypeError, UnicodeEncodeError."""
    return sha256(
        f'{{"at":{quoted(at)},"by":{quoted(by)},"chain":{quoted(chain)},"event":{quoted(event)},'
        f'"facts":{quoted(facts)},"number":{number},"previous":{quoted(previous)}}}'.encode()
    ).hexdigest()


def chain_faults(counted: Counter[str], told: Told, witnessed: Heads) -> Faults:
    """Faults of the audit chains, and of what stands in them against what a witness saw.

    told: gains what the trail tells of. witnessed: loses the chains that were found.
    """
    codes = _codes()
    for chain, rows in groupby(links(), key=itemgetter(0)):
        counted["audit chains"] += 1
        found = _Chain(codes, witnessed.pop(chain, {}), told)
        yield from (f"Audit chain {chain}: {fault}." for fault in found.faults(rows))
        counted["audit events"] += found.events
    yield from (
        f"Audit chain {chain} is gone: a witness saw its event {max(seen)}." for chain, seen in witnessed.items()
    )


class _Chain:
    """One chain, gone through once."""

    def __init__(self, codes: Codes, seen: dict[int, str], told: Told) -> None:
        self.codes, self.seen, self.told, self.events = codes, seen, told, 0

    def faults(self, rows: Iterator[Any]) -> Faults:
        last: Any = None
        expected, end, owner = 1, FIRST, -1  # no organisation has that number
        for row in rows:
            self.events += 1
            chain, number, organisation, at, event, by, facts, previous, sealed = row
            try:
                fits = sealed == reckoned(chain, number, at, event, by, facts, previous)
            except (TypeError, UnicodeEncodeError):  # no text at all
                fits = False
            if not fits or number != expected or previous != end or organisation != owner:
                owner = organisation
                for fault in self._link_faults(Link(*row), last, fits):
                    owner = -1
                    yield fault
            if self.seen and self.seen.pop(number, sealed) != sealed:
                yield f"event {number} is not the one that a witness saw there"
            if event in SUBMITTED or event == PEERS_MADE:
                self._note(chain, number, event, facts)
            last, expected, end = row, number + 1, sealed
        if self.seen:
            yield f"its end was cut off: a witness saw event {max(self.seen)}"

    def _link_faults(self, link: Link, last: Any, fits: bool) -> Faults:
        number = link.number
        before = Link(*last) if last else None
        expected = before.number + 1 if before else 1
        if number != expected:
            gone = f"event {expected} is" if number == expected + 1 else f"events {expected} to {number - 1} are"
            yield f"{gone} missing"
        elif link.previous != (before.hash if before else FIRST):
            yield f"event {number} ({link.event}) is not sealed to the one before it"
        if not fits:
            yield f"event {number} ({link.event}) was changed: its hash does not fit what it says"
        own, name = self.codes[link.organisation], link.chain.partition("~")[0]
        moved = before and before.organisation != link.organisation and name in self.codes[before.organisation]
        if name not in own or moved:
            yield f"event {number} ({link.event}) names another organisation, {', '.join(sorted(own))}"

    def _note(self, chain: str, number: int, event: str, facts: str) -> None:
        """A changed event tells of nothing: its hash says so."""
        try:
            said = json.loads(facts)["after"]["digest"]
        except (ValueError, KeyError, TypeError):
            return
        kept = self.told.peers if event == PEERS_MADE else self.told.submissions
        kept[said] = f"Audit chain {chain}: event {number}"


def _codes() -> dict[int | None, set[str]]:
    """{organisation pk: every code it ever had}. A chain goes by the first it was known by, RWR~2 the second of RWR."""
    codes: dict[int | None, set[str]] = {None: {SERVICE}}
    for pk, code in Organisation.objects.values_list("pk", "code"):
        codes[pk] = {code.partition("~")[0]}
    for pk, code in FormerCode.objects.values_list("organisation", "code"):
        codes[pk].add(code.partition("~")[0])
    return codes
