"""Which body's work went on in which other: many to many, from a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from igtoolkit.actions.audit import Telling, audit_many
from igtoolkit.actions.register.files import Row
from igtoolkit.records.models import Organisation, Person, Succession

Pair = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """One succession as a file or a person tells it, by the codes of both."""

    predecessor: str
    successor: str
    on: date | None


def told_in(rows: Iterable[Row]) -> list[Told]:
    """The successions that a file's rows tell of. One begins on the day after the predecessor's last, or on the
    day of the merger."""
    found: dict[Pair, Told] = {}
    for row in rows:
        after = row.closed + timedelta(days=1) if row.closed else None
        for code in row.successors:
            found[row.code, code] = Told(row.code, code, after)
        for code in row.predecessors:
            found[code, row.code] = Told(code, row.code, row.merged)
    return list(found.values())


def still_to_record(told: Iterable[Told], known: Mapping[str, Organisation | None]) -> list[Told]:
    """Those not recorded yet, or with another day. known: {code: who has it; None for one about to be added}."""
    recorded = {(each.predecessor_id, each.successor_id): each.on for each in Succession.objects.all()}
    return [
        each
        for each in told
        if each.predecessor in known
        and each.successor in known
        and not _is_recorded(each, known[each.predecessor], known[each.successor], recorded)
    ]


def _is_recorded(
    told: Told, one: Organisation | None, other: Organisation | None, recorded: Mapping[tuple[int, int], date | None]
) -> bool:
    if one is None or other is None or (one.pk, other.pk) not in recorded:
        return False
    return told.on is None or recorded[one.pk, other.pk] == told.on


def record_successions(
    told: Iterable[Told], organisations: Mapping[str, Organisation], source: str, *, by: Person | None
) -> None:
    """Write successions, inside the caller's transaction, and tell the trails of both bodies."""
    after: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    before: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for each in told:
        one, other = organisations[each.predecessor], organisations[each.successor]
        facts = {"on": each.on, "source": source[:200]}
        Succession.objects.update_or_create(predecessor=one, successor=other, defaults=facts)
        day = each.on.isoformat() if each.on else ""
        after[each.predecessor].append({"code": each.successor, "on": day})
        before[each.successor].append({"code": each.predecessor, "on": day})
    for event, side in (("successors_recorded", after), ("predecessors_recorded", before)):
        facts_of = {code: {"source": source[:200], "after": sorted(each, key=str)} for code, each in side.items()}
        audit_many([Telling(organisations[code], event, facts) for code, facts in facts_of.items()], by=by)
