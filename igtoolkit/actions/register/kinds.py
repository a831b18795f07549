"""Setting organisations' kinds for a year: the service team's decision, with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from igtoolkit.access.policy import Action, require
from igtoolkit.access.scope import assessed
from igtoolkit.actions.audit import Telling, audit_many
from igtoolkit.actions.locking import renew
from igtoolkit.actions.register.faults import text_faults
from igtoolkit.actions.said import Invalid, line_problems
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Person, Registration

SOURCE_MAX = 200


@dataclass(frozen=True)
class Setting:
    """A kind for one registration (by its pk), empty for “to be set”. `seen` is the kind its form was made from."""

    registration: int
    kind: str
    seen: str
    source: str


class StaleKinds(Exception):
    """Somebody else set some of these kinds first. `now` is {registration pk: what is recorded}."""

    def __init__(self, now: Mapping[int, str]) -> None:
        self.now = now
        super().__init__("Some kinds were set by somebody else in the meantime.")


@transaction.atomic
def set_kinds(year: str, settings: Sequence[Setting], *, by: Person) -> int:
    """Set kinds, all or none. Returns how many changed; one that is as wanted already counts for nothing.

    Raises Refused when `by` may not; Invalid with words for each registration ("kind-PK") or for "source";
    StaleKinds when somebody else set one of them since.
    """
    rows = Registration.objects.filter(year=year).select_related("organisation").select_for_update(of=("self",))
    wanted = {each.registration: each for each in settings}
    found = {each.pk: each for each in _in_parts(rows, list(wanted))}
    renew(by)
    require(by, Action.SET_KINDS)
    wanted = {pk: each for pk, each in wanted.items() if pk not in found or found[pk].kind != each.kind}
    if stale := {pk: found[pk].kind for pk, each in wanted.items() if pk in found and found[pk].kind != each.seen}:
        raise StaleKinds(stale)
    if problems := _problems(year, wanted, found):
        raise Invalid(problems)
    _write([(found[pk], each) for pk, each in wanted.items()], by)
    return len(wanted)


def _in_parts(rows: QuerySet[Registration], keys: list[int]) -> list[Registration]:
    parts = (keys[start : start + 500] for start in range(0, len(keys), 500))
    return [each for part in parts for each in rows.filter(pk__in=part).order_by("pk")]


def _problems(year: str, wanted: Mapping[int, Setting], found: Mapping[int, Registration]) -> dict[str, str]:
    kinds = {each.code for each in framework_for(year).kinds}
    started = assessed(year)
    errors: dict[str, str] = {}
    for pk, each in wanted.items():
        if pk not in found:
            errors[f"kind-{pk}"] = f"This organisation is not registered for {year} any more: open the page again"
        elif each.kind and each.kind not in kinds:
            errors[f"kind-{pk}"] = "Choose a kind from the list"
        elif found[pk].organisation_id in started:
            errors[f"kind-{pk}"] = f"{found[pk].code} has started its assessment of {year}, so its kind stays"
        errors |= _source_problems(each.source.strip())
    return errors


def _source_problems(source: str) -> dict[str, str]:
    if not source:
        return {"source": "Say where the kinds are from: a list and its date, or who decided"}
    fault = next(text_faults("Source", source, SOURCE_MAX), None)
    return {"source": fault} if fault else dict(line_problems("source", "Source", source, SOURCE_MAX))


def _write(settings: Sequence[tuple[Registration, Setting]], by: Person) -> None:
    tellings = []
    for registration, each in settings:
        before = {"kind": registration.kind, "source": registration.source}
        registration.kind, registration.source = each.kind, each.source.strip()
        after = {"kind": registration.kind, "source": registration.source}
        facts = {"year": registration.year, "before": before, "after": after}
        tellings.append(Telling(registration.organisation, "kind_set", facts))
    rows = [registration for registration, _ in settings]
    Registration.objects.bulk_update(rows, ["kind", "source"], batch_size=200)
    audit_many(tellings, by=by)
