"""Importing levels: a submission for each stage, marked imported, with criteria unknown; all of it or nothing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from igtoolkit.access import scope
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.scores.files import WrongFile, read_scores
from igtoolkit.actions.scores.importing import NOT_HERE, import_scores
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Submission
from igtoolkit.reports.board import board_bytes, board_report
from igtoolkit.reports.board_page import IMPORTED, board_page
from igtoolkit.reports.scores import scores_csv
from igtoolkit.reports.verify import verify
from igtoolkit.standard.calendar import closes_at
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, record, register, started

REAL = Path(__file__).parents[1] / "data" / "igt-self-assessment" / "three-stages.csv"
COMPANY = "commercial_third_party"
HEADER = "stage,toolkit_version,date,requirement,level\n"

pytestmark = pytest.mark.usefixtures("rolled_back")


@pytest.fixture
def rolled_back(request) -> None:
    """What a test wrote is gone after it, but for one that commits to a database of its own."""
    if "committed" not in request.fixturenames:
        request.getfixturevalue("db")


@pytest.fixture
def company() -> Organisation:
    """The company of the real file, registered in the two years that it tells of."""
    made = make_organisation("8HX01", kind=COMPANY, name="A software house", year="2013-14")
    register(made, kind=COMPANY)
    return made


@pytest.fixture
def trust() -> Organisation:
    return make_organisation("RXX01")


def bring(organisation, text: str, **more):
    return import_scores(organisation, read_scores(text.encode(), "scores.csv"), **more)


def real(organisation, **more):
    return import_scores(organisation, read_scores(REAL.read_bytes(), REAL.name), **more)


def levels(stage="Baseline", day="2015-07-20", **given: int) -> str:
    """A trust's file: requirement 13-N at a level, as r101=2."""
    return HEADER + "".join(f"{stage},13,{day},13-{name[1:]},{level}\n" for name, level in given.items())


def every(organisation, level: int) -> str:
    """A file with every requirement of the organisation's set at one level."""
    codes = scope.unstarted(organisation, organisation.registrations.get()).framework.requirements
    return levels(**{f"r{each.number}": level for each in codes})


def wrong(organisation, text: str, **more) -> list[str]:
    """What is said of a file that is refused: line and words. Nothing of it was written."""
    before = submissions()
    with pytest.raises(WrongFile) as refused:
        bring(organisation, text, **more)
    assert submissions() == before
    return [f"{each.line}: {each.words}" for each in refused.value.faults]


def submissions() -> int:
    return scope.everything(Submission, reason="tests").count()


def faults() -> list[str]:
    return list(verify(Counter()))


def test_the_real_file_gives_33_49_and_100_percent(company):
    taken = real(company)
    assert [(each.stand.year, each.stand.stage, each.submission.snapshot["score"]["percent"]) for each in taken] == [
        ("2013-14", "baseline", 33),
        ("2013-14", "update", 49),
        ("2015-16", "final", 100),
    ]
    assert [each.submission.snapshot["framework"] for each in taken] == ["igt-11", "igt-11", "igt-13"]
    assert faults() == []


def test_the_real_file_comes_back_byte_for_byte(company):
    real(company)
    assert scores_csv(company.submissions.all()) == REAL.read_bytes()


def test_levels_stand_as_given_and_nobody_is_said_to_have_done_it(company):
    made = real(company)[0].submission
    assert (made.imported, made.submitted_by, made.number) == (True, None, 1)
    assert (made.snapshot["imported"], made.snapshot["submitted_by"]) == (True, None)
    assert made.snapshot["answers"][0] == {"requirement": "11-114", "level": 0, "ticked": None}
    assert made.snapshot["assurance"] is None


def test_it_counts_as_submitted_at_noon_in_london_on_the_day_given_and_late_by_that(company):
    baseline, update, final = [each.submission for each in real(company)]
    assert baseline.submitted_at == datetime(2013, 8, 6, 11, 0, tzinfo=UTC)
    assert final.submitted_at == datetime(2016, 3, 9, 12, 0, tzinfo=UTC)
    assert [each.late for each in (baseline, update, final)] == [True, False, False]


def test_the_same_file_again_imports_nothing(company, told):
    real(company)
    before = told(company)
    assert [each.new for each in real(company)] == [False, False, False]
    assert told(company) == before


def test_a_dry_run_says_the_same_and_writes_nothing(company):
    assert [each.submission.snapshot["score"]["percent"] for each in real(company, dry_run=True)] == [33, 49, 100]
    assert submissions() == 0
    assert not company.assessments.exists()


def test_each_submission_is_told_with_the_file_it_came_from(company, told):
    made = real(company)
    imported = [facts["after"] for event, by, facts in told(company) if event == "stage_imported" and by == "operator"]
    assert [each["digest"] for each in imported] == [each.submission.digest for each in made]
    assert {(each["file"], len(each["sha256"])) for each in imported} == {("three-stages.csv", 64)}


def test_a_later_stage_is_compared_with_the_one_before(company):
    baseline, update, _ = [each.submission for each in real(company)]
    assert update.snapshot["compared_with"]["digest"] == baseline.digest


def test_the_draft_stays_empty_and_final_closes_it(company):
    real(company)
    early, late = company.assessments.order_by("year")
    assert (early.stage_reached, late.stage_reached) == ("update", "final")
    assert not late.is_open
    assert early.started_by is None
    assert not early.answers.exists()


def test_a_requirement_that_is_not_in_the_file_counts_0_and_stays_in_the_maximum(trust):
    (taken,) = bring(trust, levels(r101=3))
    score = taken.submission.snapshot["score"]
    assert (score["points"], score["maximum"], score["recorded"], score["percent"]) == (3, 135, 1, 2)


def test_last_years_imported_final_decides_which_maintenance_criteria_apply(trust):
    register(trust, year="2014-15")
    bring(trust, levels("Final", "2015-03-20", r101=3, r105=2))
    assessment = scope.unstarted(trust, trust.registrations.get(year="2015-16"))
    assert assessment.maintained == {"13-101"}


def test_conditions_on_a_criterion_are_not_scored(trust):
    (taken,) = bring(trust, levels(r203=3, r205=2, r206=3))
    first = board_report(taken.submission)["recommendations"][0]
    assert [(each["state"], each["attained"]) for each in first["conditions"]] == [
        ("not_scored", None),
        ("holds", 3),
        ("holds", 2),
    ]
    assert (first["status"], first["share"]) == ("partly_met", 66)


def test_the_board_report_says_that_it_was_imported(trust):
    (taken,) = bring(trust, every(trust, 2))
    page = board_page(taken.submission)
    assert (page["notes"], page["submitted"]) == ([IMPORTED], "Submitted 20 July 2015")
    assert page["people"][-1] == {"post": "Submitted by", "name": "imported from a file, 20 July 2015"}
    why = [each["attained"] for row in page["rows"] for each in row["why"] if each["state"] == "not_scored"]
    assert set(why) == {"its level was imported, and its criteria are unknown"}
    steps = {each["requirement"]: each["doing"] for each in page["steps"]}
    assert steps["13-202"] == "Bring 13-202 to level 3, and record which criteria are met"
    assert board_bytes(taken.submission, "pdf").startswith(b"%PDF")
    assert faults() == []


def test_where_levels_suffice_the_step_is_to_record_criteria_and_what_that_moves_is_said(trust):
    (taken,) = bring(trust, every(trust, 3))
    found = {each["requirement"]: each for each in taken.submission.snapshot["steps"]}
    assert (found["13-202"]["becoming_met"], found["13-202"]["levels"], found["13-202"]["missing"]) == (
        [6, 8, 11],
        0,
        [],
    )
    steps = {each["requirement"]: each["doing"] for each in board_page(taken.submission)["steps"]}
    assert steps["13-202"] == "Record which criteria of 13-202 are met"


def test_rising_levels_without_known_evidence_raise_no_question(trust):
    low = {f"r{n}": 0 for n in (101, 105, 110, 111, 112)}
    bring(trust, levels(**low))
    (taken,) = bring(trust, levels("Performance Update", "2015-10-20", **dict.fromkeys(low, 3)))
    assert taken.submission.snapshot["second_look"] == []


def test_other_levels_need_a_reason_and_make_a_correction(trust):
    bring(trust, levels(r101=1, r105=1))
    said = wrong(trust, levels(r101=2, r105=1))
    assert said == [
        "2: Baseline 2015-16 was imported before with other levels of 13-101: say why it changes with --reason"
    ]
    (taken,) = bring(trust, levels("baseline", "2015-08-20", r101=2, r105=1), reason=" It was misread ")
    assert (taken.submission.number, taken.submission.late) == (2, False)
    assert taken.submission.snapshot["correction_reason"] == "It was misread"
    assert taken.submission.submitted_at.date() == date(2015, 8, 20)
    assert faults() == []


def test_another_day_is_another_submission(trust):
    bring(trust, levels(r101=1))
    said = wrong(trust, levels(day="2015-07-21", r101=1))
    assert said == ["2: Baseline 2015-16 was imported before for 2015-07-20: say why it changes with --reason"]


def test_a_reason_must_say_something(trust):
    with pytest.raises(Invalid, match="in words"):
        bring(trust, levels(r101=1), reason="\u200b ")


def test_an_earlier_stage_is_closed_by_a_later_one(trust):
    bring(trust, levels("Performance Update", "2015-10-20", r101=1))
    assert wrong(trust, levels(r101=1)) == ["2: Baseline 2015-16 is closed: Performance Update has been submitted"]


@pytest.fixture
def at_work(cast, monkeypatch) -> Assessment:
    """DMA001's assessment with an answer in it, in July 2015."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2015, 7, 21, 9, 0, tzinfo=UTC))
    assessment = started(cast.ada)
    record(assessment, {"13-101": 1}, by=cast.ada)
    return assessment


def test_a_file_does_not_pass_peoples_work_by(at_work):
    (said,) = wrong(at_work.organisation, levels(r101=1))
    assert said.startswith("2: 1 answer is recorded in the 2015-16 assessment, and a file does not pass people's work")


def test_a_file_does_not_replace_what_a_person_submitted(at_work, cast):
    submit(at_work, Stage.BASELINE, key="one", arrived=clock.now(), by=cast.ada)
    said = wrong(at_work.organisation, levels(r101=1), reason="Better known")
    assert said == ["2: Baseline 2015-16 was submitted by Ada: a file does not replace what a person submitted"]


def test_work_begun_after_an_import_does_not_make_the_file_new(cast, at_work):
    other = cast.cleo.organisation
    bring(other, levels(r101=1))
    record(started(cast.cleo), {"13-105": 1}, by=cast.cleo)
    assert [each.new for each in bring(other, levels(r101=1))] == [False]


def test_a_persons_correction_of_an_import_stands_and_the_file_stays_known(cast, at_work):
    other = cast.cleo.organisation
    bring(other, levels(r101=1))
    corrected = submit(started(cast.cleo), Stage.BASELINE, key="1", arrived=clock.now(), by=cast.cleo, reason="A slip")
    assert (corrected.number, corrected.imported) == (2, False)
    assert [each.new for each in bring(other, levels(r101=1))] == [False]
    assert "was submitted by Cleo" in wrong(other, levels(r101=2), reason="Better known")[0]


def test_a_submission_goes_under_the_code_and_name_of_its_year(trust):
    trust.registrations.update(name="Its name then")
    (taken,) = bring(trust, levels(r101=1))
    assert taken.submission.name == taken.submission.snapshot["organisation"]["name"] == "Its name then"


def test_the_years_registration_and_a_set_for_its_kind_are_needed(trust):
    register(trust, kind="dental", year="2014-15")
    register(trust, kind="", year="2016-17")
    said = wrong(
        trust,
        HEADER + "Final,11,2013-09-01,11-101,1\nFinal,13,2014-09-01,13-101,1\nFinal,13,2016-09-01,13-101,1\n",
    )
    assert said[0].startswith("2: the organisation is not registered for 2013-14: load a file that names it")
    assert said[1:] == [
        "3: version 13 holds no requirements for dental practices, the organisation's kind in 2014-15",
        "4: the organisation's kind in 2016-17 is to be set: set it, and import again",
    ]


def test_requirements_outside_the_set_and_given_twice_are_named(company):
    text = REAL.read_text("utf-8").replace("13-211", "13-213").replace("11-115,2", "11-114,2", 1)
    assert wrong(company, text) == [
        "3: 11-114 is on line 2 of Baseline 2013-14 too: keep one",
        "44: 13-213 is not in the set of this organisation in that version. Nearest: 13-313, 13-211, 13-210",
    ]


def test_versions_and_days_do_not_mix_within_a_stage(company, trust):
    text = REAL.read_text("utf-8").replace("Baseline,11,2013-08-06,11-115", "Baseline,13,2013-08-06,13-115")
    assert wrong(company, text) == ["3: version 13 was not in use on 2013-08-06: it serves 2014-15, 2015-16, 2016-17"]
    text = levels(r101=1) + "Baseline,13,2015-07-21,13-105,1\n"
    assert wrong(trust, text) == ["3: date 2015-07-21, and line 2 of Baseline 2015-16 has 2015-07-20: a stage has one"]


def test_a_version_that_is_not_held_and_a_day_to_come_are_refused(trust):
    text = HEADER + "Final,9,2011-09-01,9-101,1\nFinal,13,2099-09-01,13-101,1\n"
    assert wrong(trust, text) == [
        "2: toolkit_version 9 is not held here: there are 11, 13",
        "3: date 2099-09-01 lies in the future: write the day on which the stage was submitted",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Interim,13,2015-07-20,13-101,1", "stage “Interim” is not known: write Baseline, Performance Update, Final"),
        ("Baseline,v13,2015-07-20,13-101,1", "toolkit_version “v13” is not a version: write the number alone"),
        ("Baseline,13,20/07/2015,13-101,1", "date “20/07/2015” is not a date: write year, month and day"),
        ("Baseline,13,2015-02-30,13-101,1", "date “2015-02-30” is not a date"),
        ("Baseline,13,2015-07-20,,1", "requirement is empty"),
        ("Baseline,13,2015-07-20,13-101,4", "level “4” is not a level: write 0, 1, 2 or 3"),
        ("Baseline,13,2015-07-20,13-101,2.0", "level “2.0” is not a level"),
        ("Baseline,13,2015-07-20,13-101", "4 cells where there are 5 columns"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line(trust, row, words):
    (said,) = wrong(trust, levels(r105=1) + row + "\n")
    assert said.startswith(f"3: {words}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1: the file is empty"),
        (HEADER, "1: the file has column names but no row"),
        (HEADER.replace("level", "score") + "a,b,c,d,e\n", "1: there is no column level"),
        (HEADER.replace("level", "level,comment") + "a,b,c,d,e,f\n", "1: the column “comment” is not known"),
        (HEADER.replace("level", "level,level") + "a,b,c,d,e,f\n", "1: the column level is given twice"),
        (HEADER + '"Baseline,13\n', "2: this row is not CSV"),
    ],
)
def test_a_file_of_another_shape_is_refused(trust, text, words):
    assert wrong(trust, text)[0].startswith(words)


def test_other_encodings_are_named_and_bom_quotes_line_ends_and_order_make_no_difference(trust):
    with pytest.raises(WrongFile, match="line 2: this is not UTF-8"):
        read_scores(HEADER.encode() + b"Baseline\xa0,13,2015-07-20,13-101,1\n", "x.csv")
    text = '\ufeffLevel,"requirement",date,toolkit_version,stage\r\n\r\n"1",13-101,2015-07-20,13,BASELINE\r\n'
    (row,) = read_scores(text.encode(), "x.csv").rows
    assert (row.line, row.stage, row.day, row.requirement, row.level) == (3, "baseline", date(2015, 7, 20), "13-101", 1)


def test_a_demonstration_takes_no_file(trust, monkeypatch):
    monkeypatch.setattr(clock, "demonstration", lambda: object())
    with pytest.raises(Invalid, match=NOT_HERE[:30]):
        bring(trust, levels(r101=1))


def test_what_people_submitted_is_exported_as_levels(at_work, cast):
    record(at_work, {"13-105": 0}, by=cast.ada)
    submit(at_work, Stage.BASELINE, key="one", arrived=closes_at(date(2015, 7, 30)), by=cast.ada)
    assert scores_csv(at_work.submissions.all()).decode() == (
        HEADER + "Baseline,13,2015-07-31,13-101,1\nBaseline,13,2015-07-31,13-105,0\n"
    )


def test_two_imports_at_once_submit_each_stage_once(committed):
    make_organisation("RXX01")

    def work(_) -> int:
        try:
            return sum(each.new for each in bring(Organisation.objects.get(), levels(r101=1)))
        except Invalid:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(8))) == 1
    assert submissions() == 1
    assert faults() == []
