"""`igtoolkit report board` and `report national`: the same bytes as the downloads, within the same bounds."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from igtoolkit.access.scope import everything
from igtoolkit.actions.submissions import submit
from igtoolkit.config.commands import report as command
from igtoolkit.records.models import AuditEvent
from igtoolkit.reports.pdf.drawing import here
from igtoolkit.standard.words import Stage
from tests.conftest import record, started
from tests.worlds import world

JULY = datetime(2015, 7, 20, 9, tzinfo=UTC)
BASELINE = ("--year", "2015-16", "--stage", "baseline")


@world
def submitted(cast):
    """DMA001's Baseline, corrected once; DMA002's Performance Update."""
    assessment = started(cast.ada)
    record(assessment, {"13-202": 2}, by=cast.ada)
    submit(assessment, Stage.BASELINE, key="1", arrived=JULY, by=cast.ada)
    submit(assessment, Stage.BASELINE, key="2", arrived=JULY, by=cast.ada, reason="A slip")
    submit(started(cast.cleo), Stage.UPDATE, key="1", arrived=JULY, by=cast.cleo)
    return cast


def last_event() -> tuple[str, str, str, dict]:
    event = everything(AuditEvent, reason="a test looks at all").latest("pk")
    return event.chain, event.event, event.by, json.loads(event.facts)


@pytest.mark.parametrize("form", ["pdf", "csv", "json"])
def test_a_board_report_has_the_bytes_of_the_download(run, client, submitted, form):
    client.force_login(submitted.ada)
    page = client.get(f"/organisations/DMA001/2015-16/baseline/caldicott2.{form}")
    made = run("report", "board", "dma001", *BASELINE, "--format", form)
    assert (page.status_code, made.exit_code, made.stderr) == (200, 0, "")
    assert made.stdout_bytes == page.content


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv", "json"])
def test_the_national_report_has_the_bytes_of_the_download(run, client, submitted, form):
    client.force_login(submitted.nia)
    page = client.get(f"/national/2015-16/baseline/caldicott2.{form}")
    made = run("report", "national", *BASELINE, "--format", form)
    assert (page.status_code, made.exit_code, made.stderr) == (200, 0, "")
    assert made.stdout_bytes == page.content


def test_a_report_goes_to_a_file(run, submitted, tmp_path):
    out = tmp_path / "report.pdf"
    result = run("report", "board", "DMA001", *BASELINE, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-")
    refused = run("report", "national", *BASELINE, "--out", tmp_path / "no" / "folder.json")
    assert refused.exit_code == 2
    assert "cannot be written: No such file or directory" in refused.stderr


def test_a_pdf_is_not_poured_on_a_terminal(run, submitted, monkeypatch):
    monkeypatch.setattr(command, "_on_terminal", lambda: True)
    result = run("report", "board", "DMA001", *BASELINE)
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert "name a file with --out" in result.stderr
    assert run("report", "board", "DMA001", *BASELINE, "--format", "json").exit_code == 0
    for form, what in (("pdf", "A PDF"), ("xlsx", "A workbook")):
        result = run("report", "national", *BASELINE, "--format", form)
        assert (result.exit_code, result.stdout_bytes) == (2, b"")
        assert f"{what} cannot be shown on a terminal" in result.stderr


def test_the_latest_version_is_made_unless_a_number_is_given(run, submitted):
    latest = json.loads(run("report", "board", "DMA001", *BASELINE, "--format", "json").stdout)
    first = json.loads(run("report", "board", "DMA001", *BASELINE, "--number", "1", "--format", "json").stdout)
    assert (latest["number"], latest["correction_reason"]) == (2, "A slip")
    assert (first["number"], first["correction_reason"]) == (1, None)


def test_without_year_and_stage_it_says_which_exist(run, submitted):
    result = run("report", "board", "DMA001")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: Say which: --year and --stage.\nThese exist:\n  --year 2015-16 --stage baseline  (numbers 1, 2)\n"
    )
    national = run("report", "national", "--stage", "update")
    assert national.exit_code == 2
    assert "  --year 2015-16 --stage update\n" in national.stderr
    assert "2013-14" not in national.stderr, "the version of that year has no report"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("board", "DMA01", *BASELINE), "no board report of 'DMA01'. Nearest: DMA001, DMA002."),
        (("board", "DMG001", *BASELINE), "no board report of 'DMG001'. Nearest: "),
        (("board", "DMA001", "--year", "2015-61", "--stage", "baseline"), "the year '2015-61'. Nearest: 2015-16."),
        (("board", "DMA001", "--year", "2015-16", "--stage", "basline"), "the stage 'basline'. Nearest: baseline."),
        (("board", "DMA001", "--year", "2015-16", "--stage", "update"), "the stage 'update'. There are: baseline."),
        (("board", "DMA001", *BASELINE, "--number", "3"), "the number 3. There are: 1, 2."),
        (
            ("national", "--year", "2051-16", "--stage", "baseline"),
            "the year '2051-16'. Nearest: 2015-16, 2014-15, 2016-17.",
        ),
        (
            ("national", "--year", "2013-14", "--stage", "final"),
            "the year '2013-14'. Nearest: 2016-17, 2015-16, 2014-15.",
        ),
        (("national", "--year", "2015-16", "--stage", "fnal"), "the stage 'fnal'. Nearest: final."),
        (("board", "DMA001", *BASELINE, "--as", "nobody@x.example"), "nobody with the login 'nobody@x.example'"),
        (("board", "DMA001", *BASELINE, "--format", "docx"), "'docx' is not one of"),
    ],
)
def test_what_does_not_exist_is_exit_2_with_the_nearest(run, submitted, words, said):
    result = run("report", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_person_named_with_as_sees_what_they_may_and_no_more(run, submitted):
    asked = ("report", "board", "DMA001", *BASELINE, "--format", "json", "--as")
    assert run(*asked, "BEN@example.org").exit_code == 0
    assert run(*asked, "nia@example.org").exit_code == 0
    for stranger in ("cleo", "dev", "sam"):
        refused = run(*asked, f"{stranger}@example.org")
        unknown = run(*[each.replace("DMA001", "DMA009") for each in asked], f"{stranger}@example.org")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr.replace("DMA001", "DMA009") == unknown.stderr


def test_only_the_ndg_reader_makes_the_national_report_in_their_own_name(run, submitted):
    asked = ("report", "national", *BASELINE, "--as")
    assert run(*asked, "nia@example.org").exit_code == 0
    for name in ("ada", "dev", "sam"):
        refused = run(*asked, f"{name}@example.org")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr == "Error: The national report does not exist.\n"


def test_each_report_made_is_told_to_the_audit_trail(run, submitted):
    run("report", "board", "DMA001", *BASELINE, "--number", "1", "--format", "csv")
    chain, event, by, facts = last_event()
    assert (chain, event, by) == ("DMA001", "report_made", "operator")
    kept = {"report": "board", "year": "2015-16", "stage": "baseline", "number": 1, "format": "csv", "seen_as": None}
    assert facts.pop("digest")
    assert facts == kept
    run("report", "national", *BASELINE, "--as", "nia@example.org")
    chain, event, by, facts = last_event()
    assert (chain, event, by) == ("service", "report_made", "operator")
    assert facts["seen_as"] == "nia@example.org"


def test_a_refused_report_is_not_told_as_made(run, submitted):
    before = everything(AuditEvent, reason="a test looks at all").count()
    run("report", "board", "DMA001", *BASELINE, "--as", "cleo@example.org")
    assert everything(AuditEvent, reason="a test looks at all").count() == before


@pytest.fixture
def drawn_here(monkeypatch):
    """Papers drawn in the test's own process: that they are drawn in others is the bench's."""
    monkeypatch.setattr("igtoolkit.reports.pdf.drawing.several", lambda processes: nullcontext(here))


def every_board(run, folder, *words):
    return run("report", "board", "--all", *BASELINE, "--out", folder, *words)


def test_every_board_report_goes_to_a_folder_and_stays_as_it_is(run, client, submitted, drawn_here, tmp_path):
    folder = tmp_path / "new" / "folder"
    made = every_board(run, folder)
    assert (made.exit_code, made.stdout) == (0, f"1 board report written to {folder}.\n")
    (path,) = folder.iterdir()
    assert path.name == "caldicott2-DMA001-2015-16-baseline.pdf"
    client.force_login(submitted.ada)
    page = client.get("/organisations/DMA001/2015-16/baseline/caldicott2.pdf")
    assert path.read_bytes() == page.content, "the latest, as it was downloaded"
    written = path.stat().st_mtime_ns
    assert every_board(run, folder).stdout == f"0 board reports written to {folder}, 1 were there already.\n"
    assert path.stat().st_mtime_ns == written
    path.write_bytes(b"something else")
    assert every_board(run, folder).stdout == f"1 board report written to {folder}.\n"
    assert path.read_bytes() == page.content


def test_every_board_report_is_told_to_its_own_audit_trail(run, submitted, drawn_here, tmp_path):
    every_board(run, tmp_path, "--as", "Nia@example.org")
    chain, event, by, facts = last_event()
    assert (chain, event, by) == ("DMA001", "report_made", "operator")
    assert (facts["report"], facts["format"], facts["number"], facts["seen_as"]) == (
        "board",
        "pdf",
        2,
        "nia@example.org",
    )


def test_every_board_report_is_every_one_that_the_person_may_see(run, submitted, tmp_path):
    refused = every_board(run, tmp_path, "--as", "cleo@example.org")
    assert (refused.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "There are: update." in refused.stderr
    assert every_board(run, tmp_path, "--as", "sam@example.org").stderr == "Error: There is no board report.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say whose: a CODE, or --all"),
        (("--all", *BASELINE), "Name a folder for the files with --out."),
        (("--all", "--out", "x"), "Say which: --year and --stage."),
        (("--all", "--year", "2015-16", "--stage", "final", "--out", "x"), "does not exist for the stage 'final'"),
        (("--all", "DMA001", *BASELINE, "--out", "x"), "With --all, leave out CODE"),
        (("--all", *BASELINE, "--format", "csv", "--out", "x"), "make PDFs"),
        (("--all", *BASELINE, "--out", "x/y"), "x/y cannot be made"),
        (("--all", *BASELINE, "--out", "x"), "x is a file"),
        (("DMA001", *BASELINE, "--out", "."), ". is a folder"),
    ],
)
def test_what_is_missing_for_every_board_report_is_said(run, submitted, home, words, said):
    if "is a file" in said or "x/y" in said:
        (home / "x").write_text("a file")
    result = run("report", "board", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
