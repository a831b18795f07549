"""Loading organisations: who is registered in a year, and as what kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import audit
from igtoolkit.actions.organisation_files import OrganisationFile, Row, WrongRow
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Registration

Facts = dict[str, str]
Progress = Callable[[int, int], None]  # done, total
NOT_HERE = "This is a demonstration, which never holds real organisations: set IGTOOLKIT_HOME to a new folder"
IN_BETWEEN = "Another load ran at the same time, and this one wrote nothing: run it again"
FACTS = ("name", "kind", "kind_words", "region")


@dataclass(frozen=True)
class Change:
    """One organisation that the file adds to the year (`before` is empty) or changes."""

    code: str
    before: Facts
    after: Facts

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def differing(self) -> tuple[str, ...]:
        return tuple(name for name in FACTS if self.before.get(name) != self.after[name])


@dataclass(frozen=True)
class Loaded:
    """What a load came to. `kinds`: {kind: organisations} of all good rows. `written`: whether anything was."""

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: int
    wrong: tuple[WrongRow, ...]
    kinds: dict[str, int]
    written: bool


def load_organisations(
    file: OrganisationFile,
    year: str,
    *,
    accept_good_rows: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Loaded:
    """Register the organisations of a file for a year, as the operator; all of it or nothing.

    With a wrong row nothing is written unless `accept_good_rows`. Loading the same file again writes
    nothing. A kind that was set by hand stays where the file's word leaves it to be set. progress is
    called after each organisation written. Raises Invalid in a demonstration, and when another
    load came in between.
    """
    if clock.demonstration():
        raise Invalid({"file": NOT_HERE})
    try:
        return _load(file, year, accept_good_rows, dry_run, progress)
    except IntegrityError as error:
        raise Invalid({"file": IN_BETWEEN}) from error


@transaction.atomic
def _load(file: OrganisationFile, year: str, accept_good_rows: bool, dry_run: bool, progress: Progress) -> Loaded:
    # Held until the end, so that of two loads at once the second sees what the first wrote.
    found = {each.code: each for each in Organisation.objects.select_for_update(no_key=True)}
    changes, late_faults = _compare(file.rows, year, found)
    wrong = tuple(sorted((*file.wrong, *late_faults), key=lambda each: each.line))
    differing = [each for each in changes if each.differing]
    written = bool(differing) and not dry_run and (accept_good_rows or not wrong)
    if written:
        _write(differing, found, year, file.name, progress)
        counts = {"new": sum(each.is_new for each in differing), "unchanged": len(changes) - len(differing)}
        counts |= {"changed": len(differing) - counts["new"], "refused": len({each.line for each in wrong})}
        audit(None, "organisations_loaded", by=None, year=year, file=file.name, sha256=file.sha256, **counts)
    return Loaded(
        new=tuple(each for each in differing if each.is_new),
        changed=tuple(each for each in differing if not each.is_new),
        unchanged=len(changes) - len(differing),
        wrong=wrong,
        kinds=_kinds(changes),
        written=written,
    )


def _compare(rows: Iterable[Row], year: str, found: dict[str, Organisation]) -> tuple[list[Change], list[WrongRow]]:
    """What each row comes to against what is recorded, in code order; rows that may not change a kind are wrong."""
    registered = {each.organisation_id: each for each in Registration.objects.filter(year=year)}
    started = everything(Assessment, reason="a kind cannot change under an assessment, whosever it is")
    assessed = set(started.filter(year=year).values_list("organisation", flat=True))
    changes: list[Change] = []
    wrong: list[WrongRow] = []
    for row in sorted(rows, key=lambda each: each.code):
        organisation = found.get(row.code)
        registration = registered.get(organisation.pk) if organisation else None
        change = _change(row, organisation, registration)
        if registration and registration.organisation_id in assessed and "kind" in change.differing:
            wrong.append(WrongRow(row.line, _kept(change, year)))
        else:
            changes.append(change)
    return changes, wrong


def _change(row: Row, organisation: Organisation | None, registration: Registration | None) -> Change:
    after = {name: getattr(row, name) for name in FACTS}
    if organisation is None or registration is None:
        return Change(row.code, {}, after)
    before = {"name": organisation.name, **{name: getattr(registration, name) for name in FACTS[1:]}}
    return Change(row.code, before, {**after, "kind": after["kind"] or before["kind"]})


def _kept(change: Change, year: str) -> str:
    kind = change.before["kind"] or "to be set"
    return (
        f"{change.code} has an assessment for {year} as {kind}, so its kind cannot become {change.after['kind']}: "
        "correct the row"
    )


def _write(changes: list[Change], found: dict[str, Organisation], year: str, source: str, progress: Progress) -> None:
    unknown = [Organisation(code=each.code, name=each.after["name"]) for each in changes if each.code not in found]
    organisations = found | {each.code: each for each in Organisation.objects.bulk_create(unknown)}
    _register(changes, organisations, year, source[:200])
    for done, each in enumerate(changes, start=1):
        organisation = organisations[each.code]
        renamed = _rename(organisation, each.after["name"])
        event = "organisation_added" if each.is_new else "organisation_changed"
        audit(organisation, event, by=None, year=year, before=each.before or renamed, after=each.after)
        progress(done, len(changes))


def _register(changes: list[Change], organisations: dict[str, Organisation], year: str, source: str) -> None:
    names = [*FACTS[1:], "source"]
    rows = [
        Registration(
            organisation=organisations[each.code],
            year=year,
            source=source,
            **{name: each.after[name] for name in FACTS[1:]},
        )
        for each in changes
    ]
    keys = ["organisation", "year"]
    Registration.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=names)


def _rename(organisation: Organisation, name: str) -> Facts:
    """Bring the name up to date. Returns the one before, if it was another."""
    before = organisation.name
    if before == name:
        return {}
    organisation.name = name
    organisation.save(update_fields=["name"])
    return {"name": before}


def _kinds(changes: Iterable[Change]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in changes:
        found[each.after["kind"]] = found.get(each.after["kind"], 0) + 1
    return found
