"""A reader keeps views of the national report; only who saved one may change or delete it."""

import json

import pytest

from igtoolkit.access.policy import Refused
from igtoolkit.access.scope import everything
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.views import NO_NAME, Gone, StaleView, change_view, delete_view, save_view
from igtoolkit.records.models import AuditEvent, SavedView
from tests.conftest import YEAR, make_person

ASKS = "kind=acute&sort=met&direction=desc"


@pytest.fixture
def nia(db):
    return make_person("nia", reads_for_ndg=True)


def saved(by, name: str = "Acute, strongest first", note: str = "For June.", query: str = ASKS) -> SavedView:
    return save_view(name=name, note=note, year=YEAR, stage="update", query=query, by=by)


def told() -> list[tuple[str, str, dict]]:
    """What the service's own chain says of views."""
    rows = everything(AuditEvent, reason="a test reads them").filter(event__startswith="view_", organisation=None)
    return [(each.event, each.by, json.loads(each.facts)) for each in rows.order_by("number")]


def test_a_view_is_kept_as_asked_and_told_in_the_services_chain(nia):
    view = saved(nia, "  Acute,\n strongest first ", "\n Look at DMA007.\n")
    assert (view.name, view.note, view.owner) == ("Acute, strongest first", "Look at DMA007.", nia)
    assert (view.year, view.stage, view.query, view.version) == (YEAR, "update", ASKS, 1)
    ((event, by, facts),) = told()
    assert (event, by) == ("view_saved", nia.email)
    assert facts["after"] == {"id": view.pk, "year": YEAR, "stage": "update", "version": 1}


def test_a_second_press_keeps_it_once_and_another_readers_is_another(nia):
    assert saved(nia).pk == saved(nia).pk
    assert saved(make_person("nils", reads_for_ndg=True)).pk != saved(nia).pk
    assert SavedView.objects.count() == 2
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": " "}, "name", NO_NAME),
        ({"name": "x" * 101}, "name", "Name must be 100 characters or fewer; it has 101"),
        ({"note": "x" * 10_000}, "note", "Note must be 2,000 characters or fewer; it has 10,000"),
        ({"note": "A\0B"}, "note", "Note holds a character that cannot be kept, after “A”: remove it or type it again"),
        ({"query": "q=" + "x" * 1_000}, "", "The search is too long to be kept"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(nia, given, field, words):
    with pytest.raises(Invalid) as refused:
        saved(nia, **given)
    assert refused.value.errors[field].startswith(words)
    assert not SavedView.objects.exists()
    assert told() == []


def test_a_name_and_a_note_are_changed_and_a_stale_form_is_refused_with_both(nia):
    view = saved(nia)
    changed = change_view(view, name="Renamed", note="", version=1, by=nia)
    assert (changed.name, changed.note, changed.version) == ("Renamed", "", 2)
    assert changed.query == ASKS
    with pytest.raises(StaleView) as stale:
        change_view(view, name="Acute, strongest first", note="Other words.", version=1, by=nia)
    assert stale.value.theirs.name == "Renamed"
    assert change_view(view, name="Renamed", note=" ", version=1, by=nia).version == 2  # nothing differs
    event, _, facts = told()[-1]
    assert event == "view_changed"
    assert (facts["before"]["version"], facts["after"]["version"]) == (1, 2)
    assert len(told()) == 2


def test_a_view_is_deleted_as_it_was_looked_at(nia):
    view = saved(nia)
    change_view(view, name="Renamed", note="", version=1, by=nia)
    with pytest.raises(StaleView):
        delete_view(view, version=1, by=nia)
    delete_view(view, version=2, by=nia)
    assert not SavedView.objects.exists()
    assert told()[-1][0] == "view_deleted"
    assert told()[-1][2]["before"] == {"id": view.pk, "year": YEAR, "stage": "update", "version": 2}
    with pytest.raises(Gone):
        change_view(view, name="Again", note="", version=2, by=nia)
    with pytest.raises(Gone):
        delete_view(view, version=2, by=nia)


def test_only_a_reader_saves_and_only_who_saved_it_changes_it(nia, cast_aside):
    view = saved(nia)
    for person in cast_aside:
        with pytest.raises(Refused):
            saved(person)
    for person in (*cast_aside, make_person("nils", reads_for_ndg=True)):
        with pytest.raises(Refused):
            change_view(view, name="Mine", note="", version=1, by=person)
        with pytest.raises(Refused):
            delete_view(view, version=1, by=person)
    view.refresh_from_db()
    assert (view.name, view.version) == ("Acute, strongest first", 1)


@pytest.fixture
def cast_aside(nia):
    """Those who read nothing for the National Data Guardian."""
    gone = make_person("nell", reads_for_ndg=True)
    gone.is_active = False
    gone.save()
    return make_person("sam", serves=True), gone
