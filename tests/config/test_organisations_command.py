"""`igtoolkit organisations load`."""

from pathlib import Path

import pytest

from igtoolkit.access.scope import everything
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Demonstration, Organisation

PUBLIC_FILE = Path(__file__).parents[1] / "data" / "trust-types-2015-16.csv"


@pytest.fixture
def file(tmp_path):
    """Writes a small file and gives its path."""

    def write(rows: str, header: str = "code,name,region,kind\n") -> Path:
        path = tmp_path / "trusts.csv"
        path.write_text(header + rows, "utf-8")
        return path

    return write


def load(run, path: Path, *more: str):
    return run("organisations", "load", path, "--year", "2015-16", *more)


@pytest.mark.django_db
def test_the_public_file_loads_and_the_second_time_nothing_changes(run):
    first = load(run, PUBLIC_FILE)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "trust-types-2015-16.csv for 2015-16",
        "New:          238",
        "Changed:        0",
        "Unchanged:      0",
        "Refused:        0",
        "Kinds: acute 154, mental_health 50, community_provider 18, ambulance 10, kind to be set 6",
    ]
    told = everything(AuditEvent, reason="a test looks at all").count()
    second = load(run, PUBLIC_FILE)
    assert "New:            0" in second.stdout
    assert "Unchanged:    238" in second.stdout
    assert everything(AuditEvent, reason="a test looks at all").count() == told


@pytest.mark.django_db
def test_a_dry_run_shows_what_would_change_and_writes_nothing(run, file):
    load(run, file("R1A,A trust,North,ACUTE\n"))
    result = load(run, file("R1A,A trust,South,AMBULANCE\nR1B,B trust,North,ACUTE\n"), "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:4] == [
        "trusts.csv for 2015-16 (dry run: nothing is written)",
        "  R1A: kind from “acute” to “ambulance”; region from “North” to “South”",
        "New:            1",
        "Changed:        1",
    ]
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_wrong_rows_are_named_and_nothing_is_loaded(run, file):
    path = file("R1A,A trust,North,ACUTE\n8E+61,B trust,North,HOTEL\n")
    result = load(run, path)
    assert result.exit_code == 1
    code, kind, last = result.stderr.splitlines()
    assert (
        code
        == f"{path}:3: code “8E+61” is a number with an exponent, as spreadsheets make of codes: look up the true one."
    )
    assert kind.startswith(f"{path}:3: kind “HOTEL” is not known. Nearest: ")
    assert last == (
        "1 row is wrong, so nothing was loaded: correct the file, or load the other rows with --accept-good-rows."
    )
    assert "Refused:        1" in result.stdout
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_good_rows_are_loaded_when_asked_and_the_wrong_ones_still_count(run, file):
    result = load(
        run, file("R1A,A trust,North,ACUTE\n,B trust,North,ACUTE\n,C trust,North,ACUTE\n"), "--accept-good-rows"
    )
    assert result.exit_code == 1
    assert result.stderr.endswith("2 rows are wrong: correct and load the file again to add them.\n")
    assert [each.code for each in Organisation.objects.all()] == ["R1A"]


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_exit_2_and_says_why(run, tmp_path):
    missing = load(run, tmp_path / "no.csv")
    assert (missing.exit_code, missing.stderr) == (
        2,
        f"Error: {tmp_path / 'no.csv'} cannot be read: No such file or directory.\n",
    )
    assert load(run, tmp_path).exit_code == 2
    latin = tmp_path / "latin.csv"
    latin.write_bytes("code,name,region,kind\nR1A,Café,North,ACUTE\n".encode("cp1252"))
    refused = load(run, latin)
    assert refused.exit_code == 2
    assert "Line 2 is not UTF-8 text: save the file as “CSV UTF-8”" in refused.stderr
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert "empty.csv is empty" in load(run, empty).stderr


@pytest.mark.django_db
def test_an_unknown_year_is_exit_2_with_the_nearest(run):
    result = run("organisations", "load", PUBLIC_FILE, "--year", "2015-61")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: No framework covers the year '2015-61'. Nearest: 2015-16, ")


def test_a_demonstration_refuses_real_organisations(run, committed):
    Demonstration.objects.create(clock_starts=clock.now(), began=clock.now())
    clock.demonstration.cache_clear()
    result = load(run, PUBLIC_FILE)
    assert result.exit_code == 2
    assert "set IGTOOLKIT_HOME to a new folder" in result.stderr
    assert not Organisation.objects.exists()


REGISTER = Path(__file__).parents[1] / "data" / "register"


@pytest.mark.django_db
def test_a_published_layout_loads_and_says_what_is_not_of_the_year(run):
    result = load(run, REGISTER / "etr-2025-12.csv")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert "New:           20" in lines
    assert any(line.startswith("Not registered for 2015-16, closed before it or opened after it: ") for line in lines)
    assert lines[-1].startswith("Kinds: kind to be set ")
    assert "New:            0" in load(run, REGISTER / "etr-2025-12.csv").stdout


@pytest.mark.django_db
def test_the_public_files_load_one_after_the_other_and_settle(run):
    names = ["DSPT-progress-2019-06-17.xlsx", "etr-2025-12.csv", "ect-2023.csv", "epraccur.csv"]
    names += ["status-with-successors-2022-02-08.csv", "trust-types-2026-08.csv", "trusts-2023-10-17.csv"]
    for name in names:
        assert load(run, REGISTER / name, "--accept-good-rows").exit_code in (0, 1)
        again = load(run, REGISTER / name, "--accept-good-rows")
        assert "New:            0" in again.stdout, (name, again.stdout)
        assert "Changed:        0" in again.stdout, (name, again.stdout)
    assert run("verify").exit_code == 0


@pytest.mark.django_db
def test_successions_are_counted_and_those_of_strangers_named(run):
    result = load(run, REGISTER / "status-with-successors-2022-02-08.csv")
    assert "Successions: " in result.stdout
    partly = load(run, REGISTER / "trust-types-2026-08.csv")
    assert "left out, for not both are known" in partly.stdout


@pytest.mark.django_db
def test_a_code_a_name_and_a_closing_are_told_by_command(run, file):
    load(run, file("R1A,A trust,North,ACUTE\nR1B,B trust,North,ACUTE\n"))
    changed = run("organisations", "change-code", "R1A", "R1Z", "--on", "2015-10-01")
    assert (changed.exit_code, changed.stdout) == (0, "A trust is R1Z from 2015-10-01.\n")
    renamed = run("organisations", "rename", "r1z", "New name", "--on", "2015-10-01")
    assert (renamed.exit_code, renamed.stdout) == (0, "R1Z is New name from 2015-10-01.\n")
    closed = run("organisations", "close", "R1Z", "--on", "2015-12-31", "--successor", "r1b")
    assert closed.stdout == "New name (R1Z) closed on 2015-12-31; R1B from the next day.\n"
    assert run("verify").exit_code == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("change-code", "R9Z", "R1Z", "--on", "2015-10-01"), "No organisation has the code 'R9Z'."),
        (("change-code", "R1A", "R1Z", "--on", "tomorrow"), "does not match the format"),
        (("rename", "R1A", "=1", "--on", "2015-10-01"), "begins with ="),
        (("rename", "R1A", "B", "--on", "1999-10-01"), "No framework covers the year '1999-00'"),
        (("close", "R1A", "--on", "2015-10-01", "--successor", "R1A"), "R1A cannot succeed itself."),
    ],
)
def test_what_cannot_be_is_exit_2_with_words(run, file, words, reason):
    load(run, file("R1A,A trust,North,ACUTE\n"))
    result = run("organisations", *words)
    assert result.exit_code == 2
    assert reason in result.stderr
