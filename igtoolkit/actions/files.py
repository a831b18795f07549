"""Files that take a while: asked for by a reader, made by the worker, fetched by who asked, kept for a day.

Whose reports or results are in one is told to the trail of each of these organisations before the file can be had.
"""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from igtoolkit.access.policy import Action, require
from igtoolkit.access.scope import requested_files
from igtoolkit.actions.audit import AT_ONCE, Telling, audit, audit_many
from igtoolkit.actions.locking import renew
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import Person, RequestedFile
from igtoolkit.records.models.desk import KEPT


class NoLongerOurs(RuntimeError):
    """The file was taken up by another worker, or is wanted no more."""


def request_file(what: str, year: str, stage: str, *, by: Person) -> RequestedFile:
    """Ask for a file; the one already being made, when the same person asks for the same again.

    Raises Refused, and Invalid for an unknown file.
    """
    facts = {"what": what, "year": year, "stage": stage}
    with transaction.atomic():
        # Two requests at once get the same file.
        Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        renew(by)
        require(by, Action.REQUEST_FILES)
        if what not in RequestedFile.What.values:
            raise Invalid({"what": "Choose one of the files"})
        under_way = requested_files(by).filter(**facts, finished_at=None).first()
        return under_way or _requested(facts, by)


def _requested(facts: dict[str, str], by: Person) -> RequestedFile:
    made: RequestedFile = by.requested_files.create(**facts, asked_at=clock.now())
    audit(None, "file_requested", by=by, file=made.pk, **facts)
    return made


def waiting_files() -> list[int]:
    """The pks of the files that are not finished, whoever may be at work on them, in the order they were asked for."""
    rows = RequestedFile.objects.filter(finished_at=None, asked_at__gt=clock.now() - KEPT)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def begin_file(pk: int) -> RequestedFile | None:
    """Take up a file, from its start. None when it is finished already, or nobody wants it any more.

    Whoever was at work on it before is told `NoLongerOurs` at the next part.
    """
    with transaction.atomic():
        found = RequestedFile.objects.select_for_update().filter(pk=pk, finished_at=None).first()
        if found is not None:
            found.begun_at, found.done, found.total = clock.now(), 0, 0
            found.save(update_fields=["begun_at", "done", "total"])
    return found


def count_parts(file: RequestedFile, done: int, total: int) -> None:
    """Say how far it is. Raises NoLongerOurs."""
    _write(file, done=done, total=total)


def finish_file(file: RequestedFile, name: str, content: bytes, told: Sequence[Telling] = ()) -> None:
    """Keep what was made, in the place of what the same person had of the same kind. Raises NoLongerOurs.

    told: what the trails of those are told first whose results are in it. Nobody else's event waits for more than
    AT_ONCE of them.
    """
    for start in range(0, len(told), AT_ONCE):
        with transaction.atomic():
            _write(file, begun_at=file.begun_at)  # ours still, and held until these are told
            audit_many(told[start : start + AT_ONCE], by=file.asked_by)
    with transaction.atomic():
        sha256 = hashlib.sha256(content).hexdigest()
        _write(file, finished_at=clock.now(), name=name, content=content, sha256=sha256)
        same = RequestedFile.objects.filter(asked_by=file.asked_by_id, what=file.what, year=file.year, stage=file.stage)
        same.exclude(pk=file.pk).exclude(finished_at=None).delete()


def give_up_file(pk: int, why: str) -> None:
    """Say in words that it could not be made."""
    RequestedFile.objects.filter(pk=pk, finished_at=None).update(finished_at=clock.now(), failed=why)


def fetch_file(person: Person, pk: int) -> RequestedFile | None:
    """The file with its content, for who asked for it; None for anybody else, or while it is not ready."""
    with transaction.atomic():
        renew(person)
        require(person, Action.REQUEST_FILES)
        found = requested_files(person).defer(None).filter(pk=pk, finished_at__isnull=False, failed="").first()
        if found is not None:
            facts = {"file": found.pk, "what": found.what, "year": found.year, "stage": found.stage}
            audit(None, "file_fetched", by=person, **facts, sha256=found.sha256)
    return found


def clear_files() -> int:
    """Throw away what was asked for more than a day ago. Returns how many files."""
    return RequestedFile.objects.filter(asked_at__lte=clock.now() - KEPT).delete()[0]


def _write(file: RequestedFile, **facts: object) -> None:
    """Write what was reached, if nobody else has taken the file up since."""
    rows = RequestedFile.objects.filter(pk=file.pk, begun_at=file.begun_at, finished_at=None)
    if not rows.update(**facts):
        raise NoLongerOurs(f"File {file.pk} is not ours to make any more.")
