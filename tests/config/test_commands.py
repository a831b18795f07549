"""The command `igtoolkit` itself, and what needs no group of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from igtoolkit.access.table import markdown
from igtoolkit.config import demonstration
from igtoolkit.config.commands import serving
from igtoolkit.config.places import ADDRESS_FILE, site_address
from igtoolkit.records import triggers
from igtoolkit.records.models import Organisation
from tests.conftest import make_organisation

ROOT = Path(__file__).parents[2]
FRAMEWORK = ROOT / "igtoolkit" / "frameworks" / "igt-13"
PUBLIC_FILE = ROOT / "tests" / "data" / "trust-types-2015-16.csv"
COMMANDS = (
    *("access-table", "demo", "framework", "organisations", "people", "report", "scores", "serve", "set-up"),
    *("trail", "verify", "witness", "work"),
)


def installed(*words: str, home: Path) -> subprocess.CompletedProcess:
    """Run the installed command, in a home of its own, on the embedded database and with our own settings."""
    kept = ("IGTOOLKIT_", "DJANGO_", "PORT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(kept)}
    environment |= {"IGTOOLKIT_HOME": str(home)}
    script = Path(sys.executable).with_name("igtoolkit")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "igtoolkit"]
    return subprocess.run([*command, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.sqlite_only
def test_the_installed_command_sets_up_loads_and_verifies(tmp_path):
    before = installed("organisations", "load", str(PUBLIC_FILE), "--year", "2015-16", home=tmp_path)
    assert (before.returncode, before.stdout) == (1, "")
    assert "run `igtoolkit set-up`" in before.stderr
    assert installed("set-up", home=tmp_path).stdout == "Set up.\n"
    loaded = installed("organisations", "load", str(PUBLIC_FILE), "--year", "2015-16", home=tmp_path)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert "New:          238" in loaded.stdout
    verified = installed("verify", home=tmp_path)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "audit chains 239, audit events 239" in verified.stdout
    assert verified.stdout.endswith("All well.\n")


def test_help_lists_every_command_without_starting_django(run):
    result = run("--help")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.partition("Commands:\n")[2].splitlines()] == list(COMMANDS)
    probe = "import sys, igtoolkit.config.commands; print([each for each in ('django', 'yaml') if each in sys.modules])"
    asked = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked.stdout == "[]\n"


@pytest.mark.parametrize("words", [(), ("nonsense",), ("people", "add"), ("serve", "--port", "70000")])
def test_what_was_mistyped_is_exit_2_with_words_on_standard_error(run, words):
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage: igtoolkit" in result.stderr
    assert result.stdout == ""


def test_a_sound_framework_is_summed_up(run):
    result = run("framework", "check", FRAMEWORK)
    trusts = ["acute 45", "mental_health 45", "ambulance 35"]
    sizes = [*trusts, "community_provider 39", "ccg 28", "gp 13", "pharmacy 13", "commercial_third_party 17"]
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        "igt-13: Information Governance Toolkit version 13. No problem found.",
        f"Requirements: {', '.join(sizes)}.",
        "Crosswalk caldicott2-1: 26 recommendations, 16 resting on 28 conditions.",
    ]


def test_every_problem_of_a_framework_is_named_with_file_and_line(run, tmp_path):
    folder = tmp_path / "igt-13"
    shutil.copytree(FRAMEWORK, folder)
    calendar = folder / "calendar.yaml"
    calendar.write_text(calendar.read_text("utf-8").replace("2015-07-31", "2015-12-31"), "utf-8")
    crosswalk = folder / "crosswalk-caldicott2-1.yaml"
    crosswalk.write_text(crosswalk.read_text("utf-8").replace("requirement: 206", "requirement: 999", 1), "utf-8")
    result = run("framework", "check", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    *problems, last = result.stderr.splitlines()
    assert [each.split(":")[0] for each in problems] == [str(calendar), str(crosswalk)]
    assert all(each.split(":")[1].isdigit() for each in problems)
    assert last == f"Error: 2 problems in {folder}."


def test_a_framework_that_is_not_there_is_exit_2(run, tmp_path):
    assert run("framework", "check", tmp_path / "nowhere").exit_code == 2


def test_the_access_table_is_printed_or_written(run, tmp_path):
    assert run("access-table").stdout == markdown()
    out = tmp_path / "access.md"
    result = run("access-table", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text("utf-8") == markdown()
    assert run("access-table", "--out", tmp_path / "no" / "such" / "folder.md").exit_code == 2


def test_verify_ends_with_the_count_of_what_is_wrong(run, db):
    with connection.cursor() as cursor:
        for event in ("update", "delete"):
            table = " ON records_submission" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER frozen_records_submission_{event}{table}")
    result = run("verify")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "Error: 2 things are wrong."
    assert result.stderr.startswith("Trigger frozen_records_submission_delete is missing")
    assert "All well" not in result.stdout


def test_setting_up_puts_missing_triggers_back_and_says_so(run, db):
    with connection.cursor() as cursor:
        table = " ON records_submission" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER frozen_records_submission_update{table}")
    result = run("set-up")
    assert (result.exit_code, result.stdout) == (0, "Set up.\n")
    assert "run `igtoolkit verify`" in result.stderr
    assert not triggers.missing()


@pytest.fixture
def served() -> Iterator[list[list[str]]]:
    """The command lines that `serve` would have become."""
    became: list[list[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving.os, "execv", lambda program, words: became.append(words))
        patch.setattr(connection, "close", lambda: None)  # the test's own transaction goes on
        yield became
        (settings.HOME / ADDRESS_FILE).unlink(missing_ok=True)


def test_serve_becomes_the_parent_of_a_web_server_and_a_worker(run, db, served):
    assert run("serve").exit_code == 0
    (words,) = served
    assert words[1:3] == ["-m", "igtoolkit.config.supervising"]
    several = json.loads(words[3])
    assert several["web"][1:4] == ["-m", "gunicorn", "igtoolkit.config.wsgi"]
    assert several["worker"] == [sys.executable, "-m", "igtoolkit", "work"]


def test_serve_without_a_worker_becomes_the_web_server_on_this_machine_alone(run, db, served, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    result = run("serve", "--no-worker")
    assert (result.exit_code, result.stdout) == (0, "Serving on http://127.0.0.1:8123/ (stop with Ctrl-C)\n")
    (words,) = served
    assert words[1:4] == ["-m", "gunicorn", "igtoolkit.config.wsgi"]
    asked = dict(zip(words[4::2], words[5::2], strict=False))
    assert (asked["--workers"], asked["--threads"], asked["--worker-class"]) == (
        "6",
        "2",
        "igtoolkit.config.web_server.Worker",
    )
    assert asked["--bind"] == "127.0.0.1:8123"
    # Papers that commands make from now on name the address that people really use.
    assert site_address(settings.HOME) == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("cores", "asked_for", "processes"), [(1, "", "2"), (64, "", "8"), (None, "", "2"), (2, "5", "5")]
)
def test_serve_has_two_processes_a_core_or_as_many_as_it_is_told(
    run, db, served, monkeypatch, cores, asked_for, processes
):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setenv("IGTOOLKIT_PROCESSES", asked_for)
    assert run("serve", "--no-worker").exit_code == 0
    assert served[0][served[0].index("--workers") + 1] == processes


def test_serve_takes_another_host_and_port(run, db, served):
    assert run("serve", "--no-worker", "--host", "::", "--port", "80").stdout.startswith(
        "Serving on http://127.0.0.1:80/"
    )
    assert "[::]:80" in served[0]


def test_serve_refuses_a_database_that_is_behind(run, db, served):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'records'")
    result = run("serve")
    assert (result.exit_code, served) == (1, [])
    assert result.stderr == "Error: The database is empty or behind: run `igtoolkit set-up`.\n"


def test_serve_refuses_when_a_trigger_is_missing(run, db, served):
    with connection.cursor() as cursor:
        table = " ON records_auditevent" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER frozen_records_auditevent_update{table}")
    result = run("serve")
    assert (result.exit_code, served) == (1, [])
    assert "Triggers are missing: frozen_records_auditevent_update" in result.stderr


def test_serve_gathers_styles_that_were_not_gathered_or_are_older(run, db, served, settings, tmp_path):
    settings.PLAIN_STATIC = False
    settings.STATIC_ROOT = tmp_path
    assert run("serve").exit_code == 0
    style, manifest = tmp_path / "igtoolkit.css", tmp_path / "staticfiles.json"
    assert style.exists()
    style.unlink()
    manifest.touch()
    run("serve")
    assert not style.exists()
    os.utime(manifest, (0, 0))
    run("serve")
    assert style.exists()


def test_a_demonstration_is_not_put_among_real_organisations(run, db):
    make_organisation("RWR")
    refused = run("demo")
    assert refused.exit_code == 2
    assert "Name a new, empty folder in IGTOOLKIT_HOME" in refused.stderr
    left = run("demo", "--if-empty")
    assert left.exit_code == 0
    assert "no demonstration is added" in left.stdout
    assert Organisation.objects.count() == 1


def test_a_demonstration_is_made_once_and_serve_says_how_to_sign_in(run, committed, monkeypatch, served):
    build = partial(demonstration.build, size=demonstration.Size(acute=1, mental_health=0, ambulance=0, practices=0))
    monkeypatch.setattr(demonstration, "build", build)
    made = run("demo").stdout
    assert "Sign in with the password caldicott-demo as\n  administrator@dma001.example" in made
    assert made.endswith("The demonstration is ready: run `igtoolkit serve`.\n")
    assert run("demo", "--if-empty").stdout == "The demonstration is here already.\n"
    assert "Sign in with the password caldicott-demo as\n  administrator@dma001.example" in run("serve").stdout
    assert run("verify").exit_code == 0
