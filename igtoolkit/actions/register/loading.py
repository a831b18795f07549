"""Loading organisations: who is registered in a year, and as what kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from igtoolkit.actions.audit import audit
from igtoolkit.actions.register.changes import Change, compare
from igtoolkit.actions.register.files import OrganisationFile, WrongRow
from igtoolkit.actions.register.standing import Register
from igtoolkit.actions.register.successions import Told, record_successions, still_to_record, told_in
from igtoolkit.actions.register.writing import Progress, write
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation

NOT_HERE = "This is a demonstration, which never holds real organisations: set IGTOOLKIT_HOME to a new folder"
IN_BETWEEN = "Another load ran at the same time, and this one wrote nothing: run it again"


@dataclass(frozen=True)
class Loaded:
    """What a load came to. `kinds`: {kind: organisations} of all good rows that are registered.

    not_of_year: bodies that closed before the year or opened after it, which are known but not registered
    for it. successions: how many were recorded, or would be; unknown: those that name a code nobody has.
    written: whether anything was.
    """

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: int
    not_of_year: int
    wrong: tuple[WrongRow, ...]
    kinds: dict[str, int]
    successions: int
    unknown: tuple[Told, ...]
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
    nothing. What a file says nothing about stays: a kind set by hand, a region, a day. A code that a
    closed body had, in a row that opened later, is given to a new organisation. progress is called as
    organisations are written. Raises Invalid in a demonstration, and when another load came in between.
    """
    if clock.demonstration():
        raise Invalid({"file": NOT_HERE})
    try:
        return _load(file, year, accept_good_rows, dry_run, progress)
    except IntegrityError as error:
        raise Invalid({"file": IN_BETWEEN}) from error


@transaction.atomic
def _load(file: OrganisationFile, year: str, accept_good_rows: bool, dry_run: bool, progress: Progress) -> Loaded:
    register = Register(year)
    changes, late_faults = compare(file.rows, register)
    wrong = tuple(sorted((*file.wrong, *late_faults), key=lambda each: each.line))
    differing = [each for each in changes if each.differing]
    told = told_in(each.row for each in changes)
    known = _known(changes, told, register)
    successions = still_to_record(told, known)
    written = bool(differing or successions) and not dry_run and (accept_good_rows or not wrong)
    loaded = Loaded(
        new=tuple(each for each in differing if each.is_new),
        changed=tuple(each for each in differing if not each.is_new),
        unchanged=len(changes) - len(differing),
        not_of_year=sum(not each.registers for each in changes),
        wrong=wrong,
        kinds=_kinds(changes),
        successions=len(successions),
        unknown=tuple(each for each in told if each.predecessor not in known or each.successor not in known),
        written=written,
    )
    if written:
        added = write(differing, year, file.name, progress)
        record_successions(successions, _filled(known, added), file.name, by=None)
        _tell(loaded, file, year)
    return loaded


def _known(changes: Iterable[Change], told: Iterable[Told], register: Register) -> dict[str, Organisation | None]:
    """{code: who has it; None for one about to be added} of the file's organisations and those its successions name."""
    named = {code for each in told for code in (each.predecessor, each.successor)}
    found: dict[str, Organisation | None] = {code: register.holder(code) for code in named if code in register.held}
    return found | {each.code: each.organisation for each in changes}


def _filled(known: dict[str, Organisation | None], added: dict[str, Organisation]) -> dict[str, Organisation]:
    return {code: each for code, each in {**known, **added}.items() if each is not None}


def _tell(loaded: Loaded, file: OrganisationFile, year: str) -> None:
    counts = {"new": len(loaded.new), "changed": len(loaded.changed), "unchanged": loaded.unchanged}
    counts |= {"refused": len({each.line for each in loaded.wrong}), "successions": loaded.successions}
    audit(None, "organisations_loaded", by=None, year=year, file=file.name, sha256=file.sha256, **counts)


def _kinds(changes: Iterable[Change]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in changes:
        if each.registers:
            found[each.after["kind"]] = found.get(each.after["kind"], 0) + 1
    return found
