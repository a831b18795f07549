"""The heads of every chain, signed once a day: what shows later that a chain was cut off or written anew."""

import hashlib
import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import audit
from igtoolkit.actions.witnessing import heads_are_due, witness_heads
from igtoolkit.config.witnessing import witness_if_due
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent


@pytest.fixture
def folder(tmp_path, settings, cast) -> Path:
    settings.WITNESS, settings.WITNESS_KEY = tmp_path / "witness", tmp_path / "key.pem"
    for organisation in (cast.ada.organisation, cast.cleo.organisation, None, None):
        with transaction.atomic():
            audit(organisation, "answer_saved", by=cast.ada)
    return settings.WITNESS


@pytest.fixture
def a_day_later(monkeypatch):
    now = clock.now
    return lambda: monkeypatch.setattr(clock, "now", lambda: now() + timedelta(days=1))


def test_the_file_holds_the_end_of_every_chain_and_the_trail_says_so(folder):
    made = witness_heads(by=None)
    told = json.loads(made.path.read_bytes())
    ends = everything(AuditEvent, reason="a test looks").exclude(event="heads_witnessed").order_by("chain", "-number")
    last = {each.chain: [each.chain, each.number, each.hash] for each in reversed(ends)}
    assert told["heads"] == [last[chain] for chain in ("DMA001", "DMA002", "service")]
    assert (told["previous"], told["chains"], made.sha256) == (
        None,
        3,
        hashlib.sha256(made.path.read_bytes()).hexdigest(),
    )
    event = everything(AuditEvent, reason="a test looks").get(event="heads_witnessed")
    assert json.loads(event.facts) == {
        "chains": 3,
        "file": made.path.name,
        "previous_file": None,
        "sha256": made.sha256,
    }


def test_only_its_owner_can_read_the_key_and_the_files(folder, settings):
    made = witness_heads(by=None)
    for path in (settings.WITNESS_KEY, made.path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_done_once_a_day_and_each_file_names_the_one_before(folder, settings, a_day_later):
    settings.WITNESS_MAIL = "elsewhere@trust.example"
    for _ in range(3):
        witness_if_due()
    a_day_later()
    assert heads_are_due()
    witness_if_due()
    first, second = sorted(folder.glob("heads-*.json"))
    assert json.loads(second.read_bytes())["previous"] == hashlib.sha256(first.read_bytes()).hexdigest()
    assert [each.to for each in mail.outbox] == [["elsewhere@trust.example"]] * 2
    assert hashlib.sha256(second.read_bytes()).hexdigest() in mail.outbox[1].body
    assert mail.outbox[1].attachments[0][0] == second.name


def test_a_folder_that_cannot_be_used_stops_no_worker(folder, settings, caplog):
    settings.WITNESS.write_text("a file where the folder should be")
    witness_if_due()
    assert "could not be witnessed" in caplog.text
    assert heads_are_due()
