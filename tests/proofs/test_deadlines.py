"""A deadline is the end of a London day by when a request arrived, wherever the server stands."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import databases
from tests.proofs import full, report
from tests.proofs.serving import ROOT, environment

ZONES = ("UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
BY_VIEW = full(ZONES[-1:], ZONES)  # Lord Howe's clocks go by half an hour


def asked(module: str, zone: str, given: dict[str, str]) -> dict[str, Any]:
    """What a process found whose machine stands in this zone."""
    command = [sys.executable, "-m", f"tests.proofs.{module}"]
    done = subprocess.run(command, env={**given, "TZ": zone}, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_the_rule_decides_each_instant_as_written_by_hand(zone: str, tmp_path: Path) -> None:
    found = asked("deadline_cases", zone, environment(tmp_path, ""))
    assert found == {"cases": 48, "wrong": []}


@pytest.mark.parametrize("zone", BY_VIEW)
def test_a_submission_is_late_by_when_its_last_byte_arrived(
    zone: str, template: str, tmp_path: Path, django_db_blocker
) -> None:
    with django_db_blocker.unblock():
        name = databases.copy_of(template, tmp_path)
    address = ""
    if connection.vendor == "postgresql":
        address = f"{os.environ['IGTOOLKIT_DATABASE'].rpartition('/')[0]}/{name}"
    else:
        Path(name).rename(tmp_path / "igtoolkit.sqlite3")
    try:
        found = asked("deadline_views", zone, environment(tmp_path, address))
    finally:
        with django_db_blocker.unblock():
            databases.throw_away(name)
    assert found["wrong"] == []
    told = (
        f"36 instants (3 deadlines, 4 years, 1 s before, at, 1 s after) and 12 at 23:59:59.999999, {found['requests']}"
    )
    told += f" submissions with slow work and slow bodies, machine in {zone} ({'/'.join(found['zone'])}): 0 wrong"
    report(f"deadlines on {connection.vendor}", told)
