"""Files that take a while: asked for once, made by one, fetched by who asked, kept for a day."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError

from igtoolkit.access.policy import Refused
from igtoolkit.access.scope import everything, requested_files
from igtoolkit.actions.audit import Telling
from igtoolkit.actions.files import (
    NoLongerOurs,
    begin_file,
    clear_files,
    count_parts,
    fetch_file,
    finish_file,
    give_up_file,
    request_file,
    waiting_files,
)
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, RequestedFile
from tests.conftest import YEAR, make_person

BOARDS = RequestedFile.What.BOARD_PDFS.value


def asked(by, what: str = BOARDS, stage: str = "baseline") -> RequestedFile:
    return request_file(what, YEAR, stage, by=by)


def made(by, content: bytes = b"zip", **which: str) -> RequestedFile:
    file = begin_file(asked(by, **which).pk)
    finish_file(file, "boards.zip", content)
    return file


def told() -> list[tuple[str, str, dict]]:
    events = everything(AuditEvent, reason="a test looks at all").filter(event__startswith="file_").order_by("pk")
    return [(each.event, each.by, json.loads(each.facts)) for each in events]


def test_asking_twice_gives_the_one_being_made(cast):
    first = asked(cast.nia)
    assert asked(cast.nia).pk == first.pk
    begin_file(first.pk)
    assert asked(cast.nia).pk == first.pk
    assert asked(cast.nia, stage="update").pk != first.pk
    assert asked(make_person("ned", reads_for_ndg=True)).pk != first.pk
    assert [event for event, _, _ in told()] == ["file_requested"] * 3


def test_only_readers_for_the_guardian_ask(cast):
    for each in (cast.ada, cast.dev, cast.sam):
        with pytest.raises(Refused):
            asked(each)
    with pytest.raises(Invalid):
        asked(cast.nia, what="everything")
    assert RequestedFile.objects.count() == 0


def test_a_file_is_its_askers_alone(cast):
    file = made(cast.nia)
    assert bytes(fetch_file(cast.nia, file.pk).content) == b"zip"
    assert fetch_file(make_person("ned", reads_for_ndg=True), file.pk) is None
    with pytest.raises(Refused):
        fetch_file(cast.ada, file.pk)


def test_who_asked_and_who_fetched_is_told_to_the_audit_trail(cast):
    file = made(cast.nia)
    fetch_file(cast.nia, file.pk)
    facts = {"file": file.pk, "what": "board_pdfs", "year": YEAR, "stage": "baseline"}
    sha256 = RequestedFile.objects.get().sha256
    nia = "nia@example.org"
    assert told() == [("file_requested", nia, facts), ("file_fetched", nia, facts | {"sha256": sha256})]


def test_whose_results_are_in_a_file_is_told_to_each_before_it_can_be_had(cast, monkeypatch):
    trusts = [cast.ada.organisation, cast.cleo.organisation]
    tellings = [Telling(each, "report_gathered", {"report": "board", "format": "zip"}) for each in trusts]
    file = begin_file(asked(cast.nia).pk)
    monkeypatch.setattr("igtoolkit.actions.files.AT_ONCE", 1)  # in parts, so that nobody else's event waits for all
    finish_file(file, "boards.zip", b"zip", tellings)
    for each in trusts:
        (event,) = each.events.all()
        assert (event.event, event.by) == ("report_gathered", "nia@example.org")


def test_what_cannot_be_told_cannot_be_had_and_who_lost_the_file_tells_nothing(cast, monkeypatch):
    tellings = [Telling(cast.ada.organisation, "report_gathered", {})]
    first = begin_file(asked(cast.nia).pk)
    second = begin_file(first.pk)
    with pytest.raises(NoLongerOurs):
        finish_file(first, "boards.zip", b"zip", tellings)
    assert not cast.ada.organisation.events.exists()

    def full(*given, **rest):
        raise OperationalError("the disk is full")

    monkeypatch.setattr("igtoolkit.actions.files.audit_many", full)
    with pytest.raises(OperationalError):
        finish_file(second, "boards.zip", b"zip", tellings)
    assert fetch_file(cast.nia, second.pk) is None


def test_what_is_not_ready_cannot_be_fetched(cast):
    file = asked(cast.nia)
    assert fetch_file(cast.nia, file.pk) is None
    give_up_file(file.pk, "It is too large.")
    assert fetch_file(cast.nia, file.pk) is None
    assert waiting_files() == []


def test_a_file_taken_up_again_is_begun_anew_and_the_first_maker_is_told(cast):
    pk = asked(cast.nia).pk
    first = begin_file(pk)
    count_parts(first, 3, 10)
    second = begin_file(pk)
    assert (second.done, second.total) == (0, 0)
    with pytest.raises(NoLongerOurs):
        count_parts(first, 4, 10)
    with pytest.raises(NoLongerOurs):
        finish_file(first, "boards.zip", b"first")
    finish_file(second, "boards.zip", b"second")
    assert bytes(RequestedFile.objects.get().content) == b"second"
    assert begin_file(pk) is None, "it is finished"


def test_a_new_file_takes_the_place_of_the_one_before_once_it_is_ready(cast):
    old, other = made(cast.nia), made(cast.nia, stage="update")
    new = begin_file(asked(cast.nia).pk)
    assert requested_files(cast.nia).filter(pk=old.pk).exists()
    finish_file(new, "boards.zip", b"newer")
    assert {each.pk for each in requested_files(cast.nia)} == {other.pk, new.pk}


def test_a_file_is_kept_for_a_day(cast):
    old, lost, kept = made(cast.nia), asked(cast.nia, stage="update"), made(cast.nia, stage="final")
    for file, hours in ((old, 25), (lost, 24), (kept, 23)):
        RequestedFile.objects.filter(pk=file.pk).update(asked_at=clock.now() - timedelta(hours=hours))
    assert [each.pk for each in requested_files(cast.nia)] == [kept.pk], "out of sight before it is cleared"
    assert (fetch_file(cast.nia, old.pk), waiting_files()) == (None, [])
    assert clear_files() == 2
    assert RequestedFile.objects.get().pk == kept.pk
