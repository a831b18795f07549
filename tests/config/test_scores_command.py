"""`igtoolkit scores import` and `scores export`."""

import json
from pathlib import Path

import pytest

from igtoolkit.access.scope import everything
from igtoolkit.records.models import AuditEvent, Submission
from tests.conftest import make_organisation, record, register, started

REAL = Path(__file__).parents[1] / "data" / "igt-self-assessment" / "three-stages.csv"

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    made = make_organisation("8HX01", kind="commercial_third_party", year="2013-14")
    register(made, kind="commercial_third_party")
    return made


@pytest.fixture
def at_work(cast):
    """DMA001 with two requirements recorded."""
    assessment = started(cast.ada)
    record(assessment, {"13-101": 2, "13-202": 0}, by=cast.ada)
    return assessment


def bring(run, path: Path, code: str = "8HX01", *more: str):
    return run("scores", "import", path, "--organisation", code, *more)


def submissions() -> int:
    return everything(Submission, reason="tests").count()


def last_event() -> AuditEvent:
    return everything(AuditEvent, reason="tests").order_by("-pk").first()


def test_the_real_file_goes_in_once_and_comes_out_the_same(run, company, home):
    first = bring(run, REAL)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "three-stages.csv for 8HX01",
        "  Baseline 2013-14: 33 percent, 17 of 51 points, late",
        "  Performance Update 2013-14: 49 percent, 25 of 51 points",
        "  Final 2015-16: 100 percent, 51 of 51 points",
        "Imported:           3",
        "Already imported:   0",
    ]
    assert bring(run, REAL).stdout.splitlines()[-2:] == ["Imported:           0", "Already imported:   3"]
    assert run("scores", "export", "8hx01", "--out", "back.csv").exit_code == 0
    assert (home / "back.csv").read_bytes() == REAL.read_bytes()
    assert last_event().event == "scores_exported"
    assert run("verify").stdout.endswith("All well.\n")


def test_a_file_called_anything_goes_in_and_its_name_is_written_out(run, company, home):
    called = home / "levels\udcff.csv"
    called.write_bytes(REAL.read_bytes())
    told = bring(run, called)
    assert (told.exit_code, told.stdout.splitlines()[0]) == (0, "levels\\udcff.csv for 8HX01")
    assert json.loads(last_event().facts)["after"]["file"] == "levels\\udcff.csv"


def test_one_year_alone_can_be_taken_out(run, company):
    bring(run, REAL)
    lines = run("scores", "export", "8HX01", "--year", "2015-16").stdout.splitlines()
    assert (len(lines), lines[1]) == (18, "Final,13,2016-03-09,13-114,3")


def test_a_dry_run_writes_nothing_and_says_so(run, company):
    result = bring(run, REAL, "8HX01", "--dry-run")
    assert result.stdout.splitlines()[0] == "three-stages.csv for 8HX01 (dry run: nothing is written)"
    assert submissions() == 0


def test_what_is_missing_and_what_is_corrected_is_said(run, company, home):
    rows = REAL.read_text("utf-8").splitlines(keepends=True)
    short = home / "short.csv"
    short.write_text("".join([rows[0], *rows[2:18]]), "utf-8")
    assert "51 points, 1 of 17 requirements not in the file, late" in bring(run, short).stdout
    whole = home / "whole.csv"
    whole.write_text("".join(rows[:18]), "utf-8")
    refused = bring(run, whole)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "with other levels of 11-114: say why it changes with --reason" in refused.stderr
    assert bring(run, whole, "8HX01", "--reason", "A row was lost").stdout.splitlines()[1].endswith("correction 2")


def test_wrong_rows_are_named_by_line_and_nothing_is_imported(run, company, home):
    path = home / "wrong.csv"
    path.write_text(REAL.read_text("utf-8").replace("13-211,3", "13-213,5"), "utf-8")
    result = bring(run, path)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{path}:44: level “5” is not a level: write 0, 1, 2 or 3.",
        "1 thing is wrong, so nothing was imported: correct the file and import it again.",
    ]
    assert submissions() == 0


def test_a_whole_assessment_goes_out_and_in(run, at_work, cast, home):
    out = run("scores", "export", "DMA001", "--year", "2015-16", "--format", "full", "--out", "full.json")
    assert out.exit_code == 0
    refused = bring(run, home / "full.json", "DMA002")
    assert (refused.exit_code, refused.stderr.count("--as")) == (1, 1)
    result = bring(run, home / "full.json", "DMA002", "--as", "cleo@example.org")
    assert result.stdout.splitlines() == [
        "full.json for DMA002 2015-16",
        "Answers: 2. Senior people: 0.",
        "The file was exported from 'DMA001': look whether DMA002 is meant.",
    ]
    again = json.loads(run("scores", "export", "DMA002", "--year", "2015-16", "--format", "full").stdout)
    assert again == json.loads((home / "full.json").read_text("utf-8")) | {"organisation": "DMA002"}


def test_marks_that_are_not_imported_are_counted(run, at_work, home):
    whole = json.loads(run("scores", "export", "DMA001", "--year", "2015-16", "--format", "full").stdout)
    whole["answers"][0]["complete"] = {"by": "ada@example.org", "at": "2015-07-01T09:00:00Z"}
    (home / "full.json").write_text(json.dumps(whole), "utf-8")
    said = bring(run, home / "full.json", "DMA002", "--as", "cleo@example.org", "--dry-run").stdout
    assert "Marks of completion or confirmation not imported: 1." in said


@pytest.mark.parametrize("login", ["cleo@example.org", "nia@example.org", "sam@example.org"])
def test_as_somebody_shows_no_more_than_they_may_see(run, at_work, login):
    words = ("--year", "2015-16", "--format", "full", "--as")
    assert run("scores", "export", "DMA001", *words, "ben@example.org").exit_code == 0
    refused = run("scores", "export", "DMA001", *words, login)
    nobodys = run("scores", "export", "DMA999", *words, login)
    assert (refused.exit_code, refused.stderr) == (2, nobodys.stderr.replace("DMA999", "DMA001"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", REAL, "--organisation", "8HX02"), "There is no organisation '8HX02'. Nearest: 8HX01."),
        (("import", "nowhere.csv", "--organisation", "8HX01"), "nowhere.csv cannot be read"),
        (("import", REAL, "--organisation", "8HX01", "--as", "ada@example.org"), "by the operator alone"),
        (("import", REAL, "--organisation", "8HX01", "--reason", "\u200b"), "the correction in words"),
        (("export", "8HX01"), "There is no assessment of '8HX01'."),
        (("export", "8HX01", "--format", "full"), "Say which year's assessment: --year 2015-16."),
        (("export", "8HX01", "--year", "2009-10"), "No framework covers the year '2009-10'."),
    ],
)
def test_what_cannot_be_done_is_said_in_words(run, company, words, said):
    result = run("scores", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_an_assessment_without_a_submission_has_no_levels_to_take_out(run, at_work):
    result = run("scores", "export", "DMA001", "--year", "2015-16")
    assert (result.exit_code, "DMA001 has submitted nothing in 2015-16." in result.stderr) == (2, True)
