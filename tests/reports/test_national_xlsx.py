"""The national workbook, read back: the figures of the other forms, words that stay words, the same bytes."""

import csv
import json
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from igtoolkit.access.scope import everything
from igtoolkit.records import clock
from igtoolkit.records.models import Demonstration, Person, Submission
from igtoolkit.reports import national_snapshots
from igtoolkit.reports.national import NoSuchReport, national_bytes, national_report
from igtoolkit.reports.national_files import national_file
from igtoolkit.reports.national_snapshots import read_snapshots, without_answers
from igtoolkit.standard.words import Stage, Status
from tests.conftest import YEAR
from tests.reports.small_nation import NUMBERS, report_at, trust
from tests.worlds import world

AT = datetime(2015, 11, 5, 9, tzinfo=UTC)
FORMULAS = (
    *("=cmd|'/c calc'!A1", "{=1+1}", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"),
    *("http://example.org/", "00123", "_x0041_"),
)

pytestmark = pytest.mark.django_db


@world
def nation():
    """Three acute trusts, up from level 1 to 3, steady at 2 and late, and nothing said; an ambulance trust at 0."""
    one = trust("DMA001", name="Northmoor", region="North")
    report_at(one, Stage.BASELINE, 1)
    report_at(one, Stage.UPDATE, 3)
    two = trust("DMA002", name="Ashby", region="South")
    report_at(two, Stage.BASELINE, 2)
    report_at(two, Stage.UPDATE, 2, late=True)
    trust("DMA003", name=FORMULAS[0], region="South")
    report_at(trust("DMB001", kind="ambulance", name="Ellerby"), Stage.UPDATE, 0)


def workbook(stage: str = "update") -> Workbook:
    return load_workbook(BytesIO(national_file(YEAR, stage, "xlsx", AT)))


def rows(sheet: Worksheet, first: str) -> list[dict[str, object]]:
    """The rows under the headings that begin with `first`, until an empty one: {heading: value}."""
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    begin = next(n for n, line in enumerate(lines) if first in line[:2])
    found = []
    for line in lines[begin + 1 :]:
        if not any(each is not None for each in line):
            break
        found.append({name: value for name, value in zip(lines[begin], line, strict=True) if name})
    return found


def texts(sheet: Worksheet) -> list[str]:
    return [str(each) for line in sheet.iter_rows(values_only=True) for each in line if each is not None]


def test_the_counts_of_the_summary_are_those_of_the_json(nation):
    report = json.loads(national_bytes(YEAR, "update", "json"))
    kinds = {"acute": "Acute trusts", "mental_health": "Mental health trusts", "ambulance": "Ambulance trusts"}
    said = {
        (each["Number"], each["Kind"]): {status.value: each[status.words] for status in Status}
        for each in rows(workbook()["Summary"], "Number")
    }
    assert len(said) == 16 * 4
    for each in report["recommendations"]:
        for kind, counts in each["counts"].items():
            assert said[each["number"], kinds[kind]] == counts
        whole = Counter()
        for counts in each["counts"].values():
            whole.update(counts)
        assert said[each["number"], "All trusts"] == {status.value: whole[status.value] for status in Status}


def test_the_words_of_the_table_are_those_of_the_csv(nation):
    lines = csv.DictReader(StringIO(national_bytes(YEAR, "update", "csv").decode(), newline=""))
    told = {(each["organisation_code"], int(each["recommendation"])): each["status"] for each in lines}
    table = rows(workbook()["Table"], "Code")
    read = {
        (each["Code"], int(heading.partition(":")[0])): Status[words.upper().replace(" ", "_")].value
        for each in table
        for heading, words in each.items()
        if heading[0].isdigit()
    }
    assert read == told
    assert [(each["Code"], each["Submitted"], each["Late"], each["Met"], each["Applying"]) for each in table] == [
        ("DMA001", "Yes", "No", 16, 16), ("DMA002", "Yes", "Yes", 12, 16),
        ("DMA003", "No", None, None, None), ("DMB001", "Yes", "No", 0, 16),
    ]  # fmt: skip


def test_who_has_submitted_stands_with_the_scores(nation):
    said = {each["Kind"]: each for each in rows(workbook()["Summary"], "Kind")}
    names = ("Registered", "Submitted", "Not submitted", "Late", "Satisfactory", "Not satisfactory", "No grade")
    assert [said["Acute trusts"][name] for name in names] == [3, 2, 1, 1, 2, 0, 0]
    assert [said["All trusts"][name] for name in names] == [4, 3, 1, 1, 2, 1, 0]
    scores = ("Lowest score", "Middle score", "Highest score")
    # All 45 requirements at 2 are 66 %, at 3 are 100 %, at 0 are 0 %.
    assert [said["Acute trusts"][name] for name in scores] == [66, 83, 100]
    assert [said["All trusts"][name] for name in scores] == [0, 66, 100]
    assert [said["Mental health trusts"][name] for name in scores] == [None, None, None]


def test_the_summary_says_what_changed_in_those_that_submitted_both(nation):
    change = {
        (each["Number"], each["Kind"]): (each["Change in met"], each["Met, %"], each["Applies to"])
        for each in rows(workbook()["Summary"], "Number")
    }
    assert change[5, "All trusts"] == (1, 66, 3)  # two of three meet it, one of them since Baseline
    assert change[5, "Ambulance trusts"] == (None, 0, 1)  # it did not submit Baseline
    assert change[5, "Mental health trusts"] == (None, None, 0)
    assert all(each["Change in met"] is None for each in rows(workbook("baseline")["Summary"], "Number"))


def test_each_condition_is_counted_over_every_registered_organisation(nation):
    found = rows(workbook()["Conditions"], "Recommendation")
    registered = {"All trusts": 4, "Acute trusts": 3, "Mental health trusts": 0, "Ambulance trusts": 1}
    counts = ("Holds", "Does not hold", "Not scored", "Does not apply", "Not submitted")
    assert {each["Recommendation"] for each in found} == set(NUMBERS)
    for each in found:
        assert sum(each[name] for name in counts) == registered[each["Kind"]]
        assert each["Basis"] in ("Documented", "Our reading")
        assert each["Title"]
        assert each["Source"]
    held = {(each["Requirement"], each["Needs"], each["Kind"]): each["Holds"] for each in found}
    assert held["13-206", "Criterion 3b", "All trusts"] == 1  # only the trust at level 3
    assert held["13-205", "Level 2", "Acute trusts"] == 2
    assert held["13-205", "Level 2", "Ambulance trusts"] == 0


def test_a_correction_counts_once_in_the_conditions(nation):
    by = Person.objects.get(organisation__code="DMB001")
    report_at(by, Stage.UPDATE, 3, reason="A slip")
    held = {
        (each["Requirement"], each["Needs"], each["Kind"]): (each["Holds"], each["Does not hold"])
        for each in rows(workbook()["Conditions"], "Recommendation")
    }
    assert held["13-205", "Level 2", "Ambulance trusts"] == (1, 0)


def test_names_that_look_like_formulas_stay_words():
    for n, name in enumerate(FORMULAS, 1):
        trust(f"DMA{n:03d}", name=name, region=name)
    sheet = workbook()["Table"]
    cells = {cell.value: cell for line in sheet["B4:D13"] for cell in line}
    for name in FORMULAS:
        assert cells[name].data_type == "s"
        assert cells[name].hyperlink is None


def test_no_cell_of_any_sheet_is_worked_out(nation):
    content = national_file(YEAR, "update", "xlsx", AT)
    with ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4
        assert not any(b"<f" in parts.read(name).replace(b"<font", b"") for name in sheets)
        assert not any("external" in name.lower() or "_rels/sheet" in name for name in parts.namelist())


def test_the_table_and_the_conditions_can_be_filtered_and_keep_their_headings_in_sight(nation):
    book = workbook()
    assert book.sheetnames == ["Summary", "Table", "Conditions", "Notes"]
    assert (book["Table"].freeze_panes, book["Table"].auto_filter.ref) == ("C4", "A3:Z7")
    assert (book["Conditions"].freeze_panes, book["Conditions"].auto_filter.ref) == ("C4", "A3:L115")
    assert book["Table"].print_title_rows == "$3:$3"
    for sheet in book:
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"


def test_a_status_has_a_colour_beside_its_word(nation):
    colours: dict[str, set[str]] = {}
    for line in workbook()["Table"].iter_rows(min_row=4, min_col=7, max_col=22):
        for cell in line:
            colours.setdefault(cell.value, set()).add(cell.fill.fgColor.rgb)
    assert all(len(each) == 1 for each in colours.values())
    assert len({next(iter(each)) for each in colours.values()}) == len(colours) == 4


def test_every_column_is_explained_in_the_notes(nation):
    book = workbook()
    explained = {(each["About"], each["What"]) for each in rows(book["Notes"], "About")}
    for name, first in (("Table", "Code"), ("Conditions", "Recommendation")):
        assert {(f"Sheet {name}", each) for each in rows(book[name], first)[0]} <= explained
    assert {("Sheet Summary, counts", each) for each in rows(book["Summary"], "Number")[0]} <= explained
    assert {("Sheet Summary, who", each) for each in rows(book["Summary"], "Kind")[0]} <= explained
    assert {("Status", each.words) for each in Status} <= explained
    assert all(each["Meaning"] for each in rows(book["Notes"], "About"))


def test_the_notes_say_what_the_copy_is_made_from(nation):
    notes = {each["What"]: each["Meaning"] for each in rows(workbook()["Notes"], "About")}
    assert "The latest submission of each of 3 trusts, of 4 registered; the last arrived on" in notes["Made from"]
    snapshot = everything(Submission, reason="a test looks at one").first().snapshot
    assert notes["Framework igt-13"].endswith(snapshot["framework_digest"])
    assert notes["Crosswalk caldicott2-1"].endswith(snapshot["crosswalk_digest"])
    assert notes["Crosswalk caldicott2-1"].startswith("3 submissions worked out with it")
    assert "our reading" in notes["Rests on"]


def test_each_sheet_says_that_an_unfinished_stage_is_not_for_publication(nation):
    for sheet in workbook():
        assert "Work in progress: not for publication." in texts(sheet)
    for sheet in workbook("final"):
        assert not any("not for publication" in each for each in texts(sheet))
        assert not any("Demonstration" in each for each in texts(sheet))


def test_each_sheet_of_a_demonstration_says_so(nation, monkeypatch):
    mark = Demonstration(clock_starts=AT, began=AT)
    monkeypatch.setattr(clock, "demonstration", lambda: mark)
    for sheet in workbook():
        assert any("Demonstration: invented organisations with invented figures." in each for each in texts(sheet))
        assert "Demonstration" in sheet.oddFooter.center.text


def test_the_same_records_give_the_same_bytes(nation):
    assert national_file(YEAR, "update", "xlsx", AT) == national_file(YEAR, "update", "xlsx", AT.replace(hour=17))
    latest = everything(Submission, reason="a test looks at all").filter(stage="update").latest("submitted_at")
    assert workbook().properties.created == latest.submitted_at.replace(tzinfo=None, microsecond=0)


@pytest.mark.parametrize("stage", ["baseline", "final"])
def test_where_nobody_has_submitted_everything_is_there_and_empty(stage):
    trust("DMA001")
    book = workbook(stage)
    assert [each["Not submitted"] for each in rows(book["Summary"], "Number")] == [1, 1, 0, 0] * 16
    assert rows(book["Table"], "Code")[0]["Submitted"] == "No"
    assert {each["Holds"] for each in rows(book["Conditions"], "Recommendation")} == {0}


def test_a_year_without_organisations_has_its_headings():
    book = load_workbook(BytesIO(national_file("2016-17", "baseline", "xlsx", AT)))
    assert rows(book["Table"], "Code") == []
    assert "No trusts are registered for 2016-17" in texts(book["Summary"])


def test_an_unknown_year_has_no_workbook():
    with pytest.raises(NoSuchReport):
        national_file("1999-00", "baseline", "xlsx", AT)


def test_a_snapshot_is_read_without_its_answers(nation):
    for each in everything(Submission, reason="a test looks at all"):
        whole = dict(each.snapshot)
        assert whole.pop("answers")
        read = without_answers(each.document)
        assert "answers" not in read
        assert {name: whole[name] for name in read} == read
        assert {"recommendations", "score", "framework", "framework_digest", "crosswalk_digest"} <= read.keys()


def test_a_comment_cannot_pass_for_the_end_of_the_answers():
    said = {"answers": [{"comment": '","compared_with":{"x":1}'}], "compared_with": None, "score": {"percent": 1}}
    document = json.dumps(said, sort_keys=True, separators=(",", ":"))
    assert without_answers(document) == {"compared_with": None, "score": {"percent": 1}}


def test_the_snapshots_are_read_in_one_query_and_again_when_one_landed_meanwhile(
    nation, django_assert_num_queries, monkeypatch
):
    report = national_report(YEAR, "update")
    with django_assert_num_queries(1):
        read = read_snapshots(report)
    assert read.statuses == {each["code"]: each["statuses"] for each in report["organisations"] if each["submitted"]}
    readings = []
    real = national_snapshots._read
    monkeypatch.setattr(national_snapshots, "_read", lambda report: readings.append(1) or real(report))
    report["organisations"][0]["statuses"]["1"] = "not_met"
    read_snapshots(report)
    assert len(readings) == 3
