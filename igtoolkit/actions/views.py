"""Saved views of the national report: kept, changed and deleted by the reader whose they are, read by every reader."""

from django.db import transaction

from igtoolkit.access.policy import Action, Refused, require
from igtoolkit.actions.audit import audit
from igtoolkit.actions.locking import renew
from igtoolkit.actions.said import Invalid, line_problems, says_something, text_problems
from igtoolkit.records import clock
from igtoolkit.records.models import Person, SavedView

NAME_MAX = 100
NOTE_MAX = 2_000
QUERY_MAX = 1_000
NO_NAME = "Enter a name, by which you and other readers find this view again"
TOO_LONG = "The search is too long to be kept: go back to the report, search for fewer words, then save the view"
NOT_YOURS = "Only the reader who saved a view may change or delete it."


class StaleView(Exception):
    """The view was changed after the form was opened, in another window of the same reader. `theirs` is it as it is."""

    def __init__(self, theirs: SavedView) -> None:
        self.theirs = theirs
        super().__init__("The view was changed in the meantime.")


class Gone(LookupError):
    """The view was deleted in the meantime."""


@transaction.atomic
def save_view(*, name: str, note: str, year: str, stage: str, query: str, by: Person) -> SavedView:
    """Keep a view of the national report. The same one kept twice, by a second press, is kept once.

    query: what the report's address asks, as its own page writes it: kind=acute&sort=met. Raises Refused when `by`
    may not; Invalid with words for each field.
    """
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    renew(by)
    require(by, Action.SAVE_VIEWS)
    facts = {**_checked(name, note), "year": year, "stage": stage, "query": query}
    if len(query) > QUERY_MAX:
        raise Invalid({"": TOO_LONG})
    same = SavedView.objects.filter(owner=by, **facts).first()
    if same is not None:
        return same
    at = clock.now()
    made = SavedView.objects.create(owner=by, created_at=at, changed_at=at, **facts)
    audit(None, "view_saved", by=by, after=_told(made))
    return made


@transaction.atomic
def change_view(view: SavedView, *, name: str, note: str, version: int, by: Person) -> SavedView:
    """Give one's own view another name or note. Nothing changed is nothing saved.

    version: that of the view the form was filled in from. Raises Refused when `by` may not; Invalid with words for
    each field; StaleView; Gone.
    """
    view = _hold(view, by)
    said = _checked(name, note)
    if (view.name, view.note) == (said["name"], said["note"]):
        return view
    if view.version != version:
        raise StaleView(view)
    before = _told(view)
    view.name, view.note = said["name"], said["note"]
    view.version += 1
    view.changed_at = clock.now()
    view.save(update_fields=["name", "note", "version", "changed_at"])
    audit(None, "view_changed", by=by, before=before, after=_told(view))
    return view


@transaction.atomic
def delete_view(view: SavedView, *, version: int, by: Person) -> None:
    """Delete one's own view as it was looked at. Raises Refused when `by` may not; StaleView; Gone."""
    view = _hold(view, by)
    if view.version != version:
        raise StaleView(view)
    audit(None, "view_deleted", by=by, before=_told(view))
    view.delete()


def _hold(view: SavedView, by: Person) -> SavedView:
    found = SavedView.objects.select_for_update(of=("self",)).filter(pk=view.pk).first()
    renew(by)
    require(by, Action.SAVE_VIEWS)
    if found is None:
        raise Gone(view.pk)
    if found.owner_id != by.pk:
        raise Refused(NOT_YOURS)
    return found


def _checked(name: str, note: str) -> dict[str, str]:
    """The name on one line and the note, as they are kept."""
    said = {"name": " ".join(name.split()), "note": note.strip()}
    errors = dict(line_problems("name", "Name", said["name"], NAME_MAX))
    if not says_something(said["name"]):
        errors["name"] = NO_NAME
    errors |= dict(text_problems("note", "Note", said["note"], NOTE_MAX))
    if errors:
        raise Invalid(errors)
    return said


def _told(view: SavedView) -> dict[str, object]:
    """Which view it is. What readers write, and look for, is theirs: the service's trail has other readers."""
    return {name: getattr(view, name) for name in ("id", "year", "stage", "version")}
