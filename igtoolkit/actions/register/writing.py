"""Writing what a file changes: organisations, their registrations, codes that pass on, and every trail."""

from collections.abc import Callable
from datetime import date

from igtoolkit.actions.audit import Telling, audit_many
from igtoolkit.actions.register.changes import FACTS, Change
from igtoolkit.actions.register.codes import pass_on_code
from igtoolkit.records.models import Organisation, Registration
from igtoolkit.standard.calendar import span

Progress = Callable[[int, int], None]  # done, total


def write(changes: list[Change], year: str, source: str, progress: Progress) -> dict[str, Organisation]:
    """Write everything and tell every trail. Returns {code: organisation} of those added."""
    passed = [pass_on_code(each.displaced, _day(each)) for each in changes if each.displaced]
    unknown = [_organisation(each) for each in changes if each.organisation is None]
    added = {each.code: each for each in Organisation.objects.bulk_create(unknown)}
    organisations = [each.organisation or added[each.code] for each in changes]
    names = [each.name for each in organisations]
    kept = [_brought_up(each.organisation, each) for each in changes if each.organisation is not None]
    _keep([each for each in kept if each])
    _register([(one, each) for one, each in zip(organisations, changes, strict=True) if each.registers], year, source)
    tellings = [
        Telling(one, "organisation_added" if each.is_new else "organisation_changed", _facts(each, name, year))
        for one, name, each in zip(organisations, names, changes, strict=True)
    ]
    audit_many(tellings, by=None, progress=progress)
    audit_many(passed, by=None)
    return added


def _organisation(change: Change) -> Organisation:
    dates = {"opened": change.row.opened, "closed": change.row.closed, "code_since": change.code_since}
    return Organisation(code=change.code, name=change.row.name, **dates)


def _day(change: Change) -> date:
    """The day from which the code was another's. A displaced body's row has one."""
    if change.row.opened is None:
        raise ValueError("A code passes on from a day.")
    return change.row.opened


def _brought_up(organisation: Organisation, change: Change) -> Organisation | None:
    """The organisation with its present name and days, if they are others than before."""
    before = (organisation.name, organisation.opened, organisation.closed)
    if change.renames:
        organisation.name = change.row.name
    organisation.opened = change.row.opened or organisation.opened
    organisation.closed = change.row.closed or organisation.closed
    return organisation if before != (organisation.name, organisation.opened, organisation.closed) else None


def _keep(organisations: list[Organisation]) -> None:
    fields = ["name", "opened", "closed"]
    Organisation.objects.bulk_create(organisations, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _register(changes: list[tuple[Organisation, Change]], year: str, source: str) -> None:
    rows = [
        Registration(
            organisation=organisation,
            year=year,
            code=_code(organisation, each, span(year)[1]),
            source=source[:200],
            **{name: each.after[name] for name in FACTS},
        )
        for organisation, each in changes
    ]
    names = [*FACTS, "source"]
    keys = ["organisation", "year"]
    Registration.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=names)


def _code(organisation: Organisation, change: Change, last_day: date) -> str:
    """Its code in the year: the last one where it changed, the file's where that was another body's later."""
    later = organisation.code_since is not None and organisation.code_since > last_day
    return change.code if later or "~" in organisation.code else organisation.code


def _facts(change: Change, name: str, year: str) -> dict[str, object]:
    """What the trail is told; `before` names an organisation that was known under another name."""
    renamed = {"name": name} if change.is_new and change.organisation and name != change.after["name"] else {}
    return {"year": year, "before": change.before or renamed, "after": change.after}
