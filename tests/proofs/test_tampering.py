"""Whoever changes the records behind the service's back is found: by `verify`, and by a program without our code."""

import importlib.util
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import audit
from igtoolkit.actions.witnessing import public_key, witness_heads
from igtoolkit.records import triggers
from igtoolkit.records.models import AuditEvent, StoredDocument, Submission
from igtoolkit.reports.trail_export import export_all
from igtoolkit.reports.verify import verify
from igtoolkit.reports.verify_chains import Heads
from igtoolkit.reports.witnessed import read_witness
from igtoolkit.standard.canonical import canonical, digest
from tests.proofs import full, report
from tests.proofs.digests import digests
from tests.records.test_verify import make_submissions
from tests.worlds import world

ROOT = Path(__file__).parents[2]
EDITS, ROUNDS, ELSEWHERE = full(40, 1000), full(2, 50), full(1, 4)
PLACES = [("Asia/Kolkata", "C"), ("America/New_York", "C.UTF-8"), ("UTC", "POSIX"), ("Australia/Lord_Howe", "C.UTF-8")]
TEXTS = {
    AuditEvent: ("chain", "event", "by", "facts", "previous", "hash", "at"),
    Submission: ("document", "digest"),
    StoredDocument: ("sha256", "content"),
}
WHY = "a test looks at all"


def load_verifier() -> Any:
    """docs/verifier/verify_export.py, as somebody outside has it."""
    spec = importlib.util.spec_from_file_location("verify_export", ROOT / "docs" / "verifier" / "verify_export.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OUTSIDE = load_verifier()


class Witness:
    """What somebody elsewhere keeps: the files of heads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def heads(self) -> Heads:
        found: Heads = {}
        assert list(read_witness(self.folder, public_key(), found, Counter())) == []
        return found

    def heads_outside(self) -> dict[tuple[str, int], str]:
        faults: list[str] = []
        found = OUTSIDE.witnessed(self.folder, None, faults)
        assert faults == []
        return found


NOBODY_SAW = Witness(Path("/nowhere"))


@pytest.fixture
def witness(tmp_path, settings) -> Witness:
    settings.WITNESS, settings.WITNESS_KEY = tmp_path / "witness", tmp_path / "key.pem"
    return Witness(settings.WITNESS)


@world
def made(cast) -> list[Submission]:
    return make_submissions(cast)


@pytest.fixture
def records(cast, made, witness) -> list[Submission]:
    """Two trusts' submissions and a paper, in a database whose triggers the attacker has taken away."""
    with transaction.atomic():
        audit(None, "service_looked_after", by=cast.sam)
    witness_heads(by=None)
    triggers.remove(connection)
    return made


def found_inside(seen: Witness = NOBODY_SAW) -> list[str]:
    heads = {} if seen is NOBODY_SAW else seen.heads()
    return [each for each in verify(Counter(), heads) if not each.startswith("Trigger")]


def found_outside(seen: Witness = NOBODY_SAW) -> list[str]:
    faults: list[str] = []
    heads = {} if seen is NOBODY_SAW else seen.heads_outside()
    try:
        OUTSIDE.check(export_all(papers=True), heads, faults)
    except (ValueError, KeyError, TypeError) as error:
        faults.append(repr(error))
    return faults


def tampered(change) -> tuple[list[str], list[str]]:
    """What each of the two finds after a change, which is taken back. Without a witness."""
    with transaction.atomic():
        change()
        found = found_inside(), found_outside()
        transaction.set_rollback(True)
    return found


def test_untouched_records_are_all_well_to_both(records, witness):
    assert (found_inside(witness), found_outside(witness)) == ([], [])


def test_every_edit_of_one_byte_is_found_by_both(records):
    dice = random.Random(2015)
    counted: Counter[str] = Counter()
    while counted["edits"] < EDITS:
        model, name = dice.choice([(model, name) for model, names in TEXTS.items() for name in names])
        row = dice.choice(list(everything(model, reason=WHY)))
        try:
            inside, outside = tampered(lambda row=row, name=name: edit(row, name, dice))
        except IntegrityError:  # the database itself refuses it
            continue
        counted.update({"edits": 1, "inside": bool(inside), "outside": bool(outside)})
        assert inside, (row, name)
        assert outside, (row, name)
    report(
        "tampering, one byte",
        f"{connection.vendor}: {counted['edits']} random edits, {counted['inside']} found by igtoolkit verify,"
        f" {counted['outside']} by the stand-alone verifier",
    )


def edit(row: Any, name: str, dice: random.Random) -> None:
    """Change one byte of one column, by raw SQL."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        if name == "at" and connection.vendor == "postgresql":
            by = dice.choice([1, 1000, 60_000_000])
            cursor.execute(f"UPDATE {table} SET at = at + interval '{by} microseconds' WHERE id = %s", [row.pk])
            return
        read = f'"{name}"' if name == "content" else f'CAST("{name}" AS text)'
        cursor.execute(f"SELECT {read} FROM {table} WHERE id = %s", [row.pk])
        (value,) = cursor.fetchone()
        cursor.execute(f'UPDATE {table} SET "{name}" = %s WHERE id = %s', [one_byte_other(value, dice), row.pk])
        assert cursor.rowcount == 1


def one_byte_other(value: Any, dice: random.Random) -> Any:
    if not isinstance(value, str):
        content = bytearray(bytes(value))
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        return bytes(content)
    place = dice.choice([at for at, each in enumerate(value) if each.isascii()])
    other = dice.choice([each for each in "0123456789abcxyzAZ \"'\\,:{}T" if each != value[place]])
    return value[:place] + other + value[place + 1 :]


def events(chain: str = "DMA001") -> list[AuditEvent]:
    return list(everything(AuditEvent, reason=WHY).filter(chain=chain).order_by("number"))


def write(event: AuditEvent, **said: Any) -> None:
    columns = ", ".join(f'"{name}" = %s' for name in said)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_auditevent SET {columns} WHERE id = %s", [*said.values(), event.pk])


def take_out(event: AuditEvent) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_auditevent WHERE id = %s", [event.pk])


def put_in(event: AuditEvent, dice: random.Random) -> None:
    """A copy of an event, sealed as it should be, in its own place: all later ones move up by one number."""
    for each in reversed(events()):
        if each.number >= event.number:
            write(each, number=each.number + 1)
    forged = AuditEvent(**{name: getattr(event, name) for name in ("chain", "number", "organisation_id", "at", "by")})
    forged.event, forged.facts, forged.previous = (
        "answer_saved",
        canonical({"after": dice.random() > 2}),
        event.previous,
    )
    forged.hash = forged.reckoned_hash()
    write(event, previous=forged.hash)
    forged.save(force_insert=True)


def swap(one: AuditEvent, other: AuditEvent) -> None:
    """Each in the other's place, with its own seal."""
    write(one, number=0, previous="x")
    write(other, number=one.number, previous=one.previous)
    write(one, number=other.number, previous=other.previous)


@pytest.mark.parametrize("how", ["taken out", "put in", "swapped", "documents swapped", "given away"])
def test_what_is_taken_out_put_in_or_swapped_is_found_by_both(records, how):
    dice = random.Random(7)
    for _ in range(ROUNDS):
        one, other = sorted(dice.sample(events()[:-1], 2), key=lambda each: each.number)
        first, second = dice.sample(records, 2)
        change = {
            "taken out": lambda one=one: take_out(one),
            "put in": lambda one=one: put_in(one, dice),
            "swapped": lambda one=one, other=other: swap(one, other),
            "documents swapped": lambda first=first, second=second: swap_documents(first, second),
            "given away": lambda first=first: give_away(first),
        }[how]
        inside, outside = tampered(change)
        assert inside
        assert outside
    report(f"tampering, {how}", f"{connection.vendor}: {ROUNDS} of {ROUNDS} found by both")


def swap_documents(one: Submission, other: Submission) -> None:
    with connection.cursor() as cursor:
        for each, document in ((one, other.document), (other, one.document)):
            cursor.execute("UPDATE records_submission SET document = %s WHERE id = %s", [document, each.pk])


def give_away(submission: Submission) -> None:
    """Another trust's, and its assessment's too."""
    other = everything(Submission, reason=WHY).exclude(organisation=submission.organisation_id).first().organisation_id
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_submission SET organisation_id = %s WHERE id = %s", [other, submission.pk])


def test_a_cut_tail_and_a_rebuilt_chain_are_found_by_both_against_the_witness_alone(records, witness):
    dice = random.Random(9)
    for _ in range(ROUNDS):
        for change in (cut_tail, rebuild):
            with transaction.atomic():
                change(dice)
                assert (found_inside(), found_outside()) == ([], []), "nothing in the records themselves shows it"
                assert found_inside(witness), change
                assert found_outside(witness), change
                transaction.set_rollback(True)
    report("tampering, cut tail and rebuilt chain", f"{connection.vendor}: {2 * ROUNDS} of {2 * ROUNDS} found by both")


def cut_tail(dice: random.Random) -> None:
    """The service's last events: they tell of no submission that would be missed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_auditevent WHERE chain = 'service'")


def rebuild(dice: random.Random) -> None:
    """One event reworded, and every later one sealed anew."""
    chain = events()
    changed = dice.choice([each for each in chain if each.event == "answer_saved"])
    changed.by = "somebody@else.example"
    previous = chain[0].previous
    for each in chain:
        each = changed if each.pk == changed.pk else each
        each.previous = previous
        previous = each.hash = each.reckoned_hash()
        write(each, previous=f"{each.number}")
    for each in chain:
        each = changed if each.pk == changed.pk else each
        write(each, by=each.by, previous=each.previous, hash=each.hash)


def test_a_witness_file_that_was_changed_left_out_or_forged_is_found_by_both(records, witness, tmp_path):
    key = tmp_path / "public.pem"
    key.write_text(public_key())
    first = next(witness.folder.glob("heads-*.json"))
    for made in range(2):
        content, seal = first.read_bytes(), Path(f"{first}.sig").read_bytes()
        later = first.with_name(f"heads-2999010{made}T000000Z.json")
        told = {**json.loads(content), "previous": digest(content.decode())}
        later.write_text(json.dumps(told))
        Path(f"{later}.sig").write_bytes(seal)
        first = later
    faults: list[str] = []
    OUTSIDE.witnessed(witness.folder, key, faults)
    inside = list(read_witness(witness.folder, public_key(), {}, Counter()))
    assert [len(faults), len(inside)] == [2, 2], "two files that the key did not sign"
    later.with_name("heads-29990100T000000Z.json").unlink()
    faults = []
    OUTSIDE.witnessed(witness.folder, None, faults)
    assert len(faults) == 1
    assert len(list(read_witness(witness.folder, public_key(), {}, Counter()))) == 2


@pytest.mark.django_db
def test_digests_are_the_same_on_both_databases_in_every_time_zone_and_locale():
    here = digests()
    assert len(here["submissions"]) == 4
    for zone, locale in PLACES[:ELSEWHERE]:
        env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": zone and "1"}
        out = subprocess.run([sys.executable, "-m", "tests.proofs.digests"], env=env, cwd=ROOT, capture_output=True)
        assert json.loads(out.stdout or out.stderr) == here, (zone, locale)
    report("same digests", f"{connection.vendor} here and SQLite in {ELSEWHERE} other time zones and locales")


def test_the_verifier_is_a_program_of_its_own(records, witness, tmp_path):
    export, key = tmp_path / "trail.jsonl", tmp_path / "public.pem"
    key.write_text(public_key())
    program = [sys.executable, "-I", str(ROOT / "docs" / "verifier" / "verify_export.py"), str(export)]
    program += ["--witness", str(witness.folder), "--key", str(key)]
    export.write_text("".join(f"{line}\n" for line in export_all(papers=True)), "utf-8")
    well = subprocess.run(program, capture_output=True, text=True)
    assert (well.returncode, well.stdout.splitlines()[-1]) == (0, "0 faults")
    export.write_text(export.read_text("utf-8").replace("13-202", "13-203", 1), "utf-8")
    assert subprocess.run(program, capture_output=True).returncode == 1
