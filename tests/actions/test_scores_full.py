"""A whole assessment, out to a file and in again: nothing that was said is lost, and nothing said for anybody."""

import json
from datetime import UTC, date, datetime
from functools import cache

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.assessments import name_senior_people, start_assessment
from igtoolkit.actions.confirming import confirm_answer
from igtoolkit.actions.said import ONE_LINE, EvidenceSaid, Said, holds_unseen, is_https, problems, says_something
from igtoolkit.actions.scores.full import WHOSE, import_assessment
from igtoolkit.actions.scores.full_files import UnreadableAssessment, read_assessment
from igtoolkit.records import clock
from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import Answer, Assessment, SeniorPerson
from igtoolkit.reports.scores_full import assessment_json
from igtoolkit.standard.scoring import level
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, make_person, record, started, up_to

pytestmark = pytest.mark.usefixtures("summer")
TODAY = date(2015, 7, 1)
CODES = ("13-101", "13-202", "13-206", "13-209")


@cache
def trusts():
    """The framework as an acute trust reads it."""
    return framework("igt-13").for_kind("acute")


def fresh(person) -> Assessment:
    return scope.find_assessment(person, person.organisation.code, "2015-16")


def exported(person) -> bytes:
    return assessment_json(fresh(person))


def bring(content: bytes, person, *, by=None, **more) -> Assessment:
    """Import into the person's organisation, as the operator in `by`'s name."""
    return import_assessment(person.organisation, read_assessment(content, "full.json"), by=by, **more)


def wrong(content, person, *, by=None) -> list[str]:
    """What is said of a file that is refused."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(UnreadableAssessment) as refused:
        bring(content, person, by=by)
    return refused.value.faults


def form(*answers: dict, **more) -> dict:
    """A file for DMA001, as somebody could write it."""
    head = {"form": "igtoolkit-assessment-1", "organisation": "DMA001", "year": "2015-16"}
    return {**head, "framework": {"code": "igt-13", "digest": ""}, "answers": list(answers), **more}


def is_kept(text: str) -> bool:
    """Whether the pages would take it as a comment."""
    said = Said(comment=text)
    return not problems(trusts().requirement("13-101"), said, Answer(), level=0, today=TODAY)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40).filter(is_kept)
WORDS = TEXTS.map(str.strip).filter(says_something)
READ = WORDS.filter(lambda each: not holds_unseen(each))  # by which others go: names and reasons
LINKS = st.sampled_from(["", "https://example.org/minutes?of=June#2", "https://example.org/\u00e9"])
DAYS = st.dates(date(1990, 1, 1), TODAY)


@st.composite
def pieces(draw, criteria: list[str]) -> EvidenceSaid:
    link = draw(LINKS.filter(lambda each: not each or is_https(each)))
    note = draw(TEXTS if link else WORDS)
    return EvidenceSaid(draw(st.sampled_from(criteria)), note=note, link=link, dated=draw(DAYS))


@st.composite
def sayings(draw, code: str) -> Said:
    """Whatever a page would take for a requirement."""
    of = trusts().requirement(code)
    plain = sorted(each.code for each in of.criteria if not each.maintenance)
    ticked = draw(st.frozensets(st.sampled_from(plain)))
    apart = bool(of.not_relevant) and draw(st.booleans())
    target = draw(st.none() | st.tuples(st.integers(1, 3), st.dates(TODAY, date(2020, 1, 1))))
    return Said(
        ticked=ticked,
        not_yet=level(of, ticked) == 0 and draw(st.booleans()),
        not_relevant=apart,
        reason=draw(READ) if apart else "",
        comment=draw(TEXTS),
        target_level=target[0] if target else None,
        target_date=target[1] if target else None,
        evidence=tuple(draw(st.lists(pieces(plain), max_size=3))),
    )


ASSESSMENTS = st.fixed_dictionaries({}, optional={code: sayings(code) for code in CODES})
LINES = READ.filter(lambda each: ONE_LINE.isdisjoint(each))
PEOPLE = st.dictionaries(st.sampled_from(SeniorPerson.Post.values), st.tuples(LINES, st.just("") | LINES), max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=ASSESSMENTS, people=PEOPLE)
def test_whatever_can_be_said_comes_back_byte_for_byte(cast, said, people):
    with transaction.atomic():
        assessment = started(cast.ada)
        for code, each in said.items():
            save_answer(assessment, code, each, version=0, by=cast.con)
        name_senior_people(assessment, people, by=cast.con)
        content, levels = exported(cast.ada), _levels(cast.ada)
        transaction.set_rollback(True)
    with transaction.atomic():
        bring(content, cast.ada, by=cast.ada)
        assert exported(cast.ada) == content
        assert _levels(cast.ada) == levels
        transaction.set_rollback(True)


def _levels(person) -> dict[str, int | None]:
    return {each.requirement: each.level for each in fresh(person).answer_list() if each.is_scored}


@pytest.fixture
def at_work(assessment, cast) -> Assessment:
    """Two requirements recorded, one of them complete and confirmed, and a SIRO named."""
    record(assessment, {"13-101": 2, "13-202": 0}, by=cast.con)
    said = Said(ticked=up_to(assessment, "13-105", 1), comment="By our board", complete=True)
    save_answer(assessment, "13-105", said, version=0, by=cast.con)
    confirm_answer(fresh(cast.rex), "13-105", version=1, by=cast.rex)
    name_senior_people(assessment, {"siro": ("Margaret Iredale", "Director")}, by=cast.con)
    return fresh(cast.ada)


def test_it_holds_who_marked_what_and_an_import_marks_nothing(at_work, cast):
    content = exported(cast.ada)
    kept = {each["requirement"]: each for each in json.loads(content)["answers"]}["13-105"]
    assert (kept["complete"]["by"], kept["confirmed"]["by"]) == ("con@example.org", "rex@example.org")
    bring(content, cast.cleo, by=cast.cleo)
    answer = fresh(cast.cleo).answers.get(requirement="13-105")
    assert (answer.is_complete, answer.is_confirmed, answer.comment) == (False, False, "By our board")
    again, first = json.loads(exported(cast.cleo)), json.loads(content)
    for each in first["answers"]:
        each["complete"] = each["confirmed"] = None
    assert again == {**first, "organisation": "DMA002"}


def test_it_is_recorded_in_a_persons_name_and_told_of_the_operator(at_work, cast, told):
    bring(exported(cast.ada), cast.cleo, by=cast.cleo)
    answer = fresh(cast.cleo).answers.get(requirement="13-101")
    assert (answer.changed_by, answer.level, answer.version) == (cast.cleo, 2, 1)
    event, by, facts = told(cast.cleo.organisation)[-1]
    assert (event, by, facts["seen_as"]) == ("assessment_imported", "operator", "cleo@example.org")
    assert (facts["exported_from"], len(facts["after"]["answers"])) == ("DMA001", 3)


def test_the_operator_imports_in_nobodys_name_what_nobody_added(assessment, cast):
    content = json.dumps(form({"requirement": "13-101", "ticked": ["1a"], "comment": "Ours"})).encode()
    make_organisation("DMA003")
    made = import_assessment(make_organisation("DMA003"), read_assessment(content, "full.json"), by=None)
    assert (made.started_by, made.answers.get().changed_by) == (None, None)


def test_evidence_is_added_by_somebody(at_work, cast):
    assert wrong(exported(cast.ada), cast.cleo) == [WHOSE]
    assert not fresh(cast.cleo).is_started


def test_an_assessment_with_answers_people_or_a_final_takes_no_file(at_work, cast):
    content = exported(cast.ada)
    assert wrong(content, cast.ada, by=cast.ada) == [
        "year: answers are recorded in the 2015-16 assessment already, and a file replaces none",
        "year: senior people are named in the 2015-16 assessment already, and a file replaces none",
    ]
    start_assessment(fresh(cast.cleo), by=cast.cleo)
    fresh(cast.cleo).organisation.assessments.update(stage_reached=Stage.FINAL)
    with pytest.raises(Refused):
        bring(content, cast.cleo, by=cast.cleo)
    assert wrong(form(), cast.cleo) == ["year: Final 2015-16 has been submitted, so nothing more can be recorded"]


def test_only_those_who_may_record_and_only_in_their_own(at_work, cast):
    content = exported(cast.ada)
    viewer = make_person("vic", cast.cleo.organisation, "viewer")
    for person in (cast.ada, cast.nia, cast.sam, viewer):
        with pytest.raises(Refused):
            bring(content, cast.cleo, by=person)
    assert not fresh(cast.cleo).is_started


def test_what_is_wrong_is_named_by_requirement_and_field_and_nothing_is_recorded(cast):
    assert wrong(
        form(
            {"requirement": "13-101", "ticked": ["9z"]},
            {"requirement": "13-999"},
            {"requirement": "13-105", "target_level": 2},
            {"requirement": "13-110", "evidence": [{"criterion": "1a", "note": "x", "dated": "2015-13-01"}]},
            {"requirement": "13-111", "reason": "It is not ours"},
            {"requirement": "13-112", "comment": "A bell \a"},
            senior_people=[{"post": "king", "name": "Arthur"}],
        ),
        cast.ada,
        by=cast.ada,
    ) == [
        "senior_people king-name: There is no post “king”",
        "13-101 ticked: 13-101 has no criterion 9z: tick only the criteria listed here",
        "'13-999': is not in this organisation's set in igt-13",
        "13-105 target_date: Enter the date by which the target level will be reached",
        "13-110 evidence 1 dated: “2015-13-01” is not a date: write year, month and day, such as 2015-10-31",
        "13-111 reason: A reason is given, and it is not marked not relevant: remove one, or add the other",
        "13-112 comment: Comment holds a character that cannot be kept, after “A bell”: remove it or type it again",
    ]
    assert not fresh(cast.ada).is_started


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1: this is not JSON (Expecting property name enclosed in double quotes)"),
        (b"\n\xff", "line 2: this is not UTF-8 text"),
        (b"[]", "form: this is not an assessment in the form igtoolkit-assessment-1"),
        (b'{"form": "a", "form": "b"}', "form: is given twice in one place: keep one"),
        (b'{"a": ' + b"[" * 100_000, "this is not an assessment: nested too deeply, or a number too long"),
        (form(year=None), "year: must be text"),
        (form(lies=1), "lies: is not known in this form"),
        (form(framework={"code": "igt-99", "digest": ""}), "framework code: there is no framework 'igt-99' here"),
        (form({"requirement": "13-101", "not_yet": "yes"}), "13-101 not_yet: must be true or false"),
        (form({"requirement": "13-101", "target_level": 2.5}), "13-101 target_level: must be a whole number or null"),
        (form({"requirement": "13-101", "evidence": [{"note": "x"}]}), "13-101 evidence 1 criterion: is missing"),
        (form({"ticked": []}), "answer 1 requirement: is missing"),
        (form("13-101"), "answer 1: must be an object"),
        (form({"requirement": "13-101"}, {"requirement": "13-101"}), "13-101: is given twice in answers: keep one"),
        (form({"requirement": "13-101", "ticked": ["1a", "1a"]}), "13-101 ticked: a criterion is ticked twice"),
        (form(year="2009-10"), "year: the organisation is not registered for 2009-10"),
    ],
)
def test_a_file_of_another_shape_is_refused_in_words(cast, content, words):
    assert wrong(content, cast.ada, by=cast.ada)[0].startswith(words)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ({"organisation": "DMA\ud800"}, "organisation: Organisation holds a character that cannot be kept"),
        (
            {"organisation": "A" * 1_000_000},
            "organisation: Organisation must be 30 characters or fewer; it has 1,000,000",
        ),
        ({"year": "2015\0"}, "year: Year holds a character that cannot be kept"),
        ({"year": "\udfff"}, "year: Year holds a character that cannot be kept"),
        ({"framework": {"code": "x" * 50_000, "digest": ""}}, "framework code: Framework code must be 30 characters"),
        ({"framework": {"code": "\ud800", "digest": ""}}, "framework code: Framework code holds a character"),
    ],
)
def test_a_head_that_cannot_be_kept_is_refused_in_words(cast, head, words):
    found = wrong(form(**head), cast.ada)
    assert [each[: len(words)] for each in found] == [words]
    assert len(found[0]) < 200


def test_a_file_called_anything_is_told_in_what_can_be_kept(cast, told):
    names = {"minutes\udcff\n.json": "minutes\\udcff\\n.json", "Año.json": "Año.json", "x" * 300: "x" * 200}
    for i, (name, kept) in enumerate(names.items()):
        organisation = make_organisation(f"DMA10{i}")
        content = json.dumps(form({"requirement": "13-101", "ticked": ["1a"]})).encode()
        import_assessment(organisation, read_assessment(content, name), by=None)
        assert told(organisation)[-1][2]["file"] == kept


@pytest.mark.parametrize("end", ["\n", "\t", "\u2028", "\u2029"])
def test_names_and_job_titles_are_on_one_line(cast, end):
    people = [{"post": "siro", "name": f"Ann{end}Bell", "job_title": f"Director{end}of Finance"}]
    assert wrong(form(senior_people=people), cast.ada) == [
        "senior_people siro-name: Name must be on one line: remove the line end or tab in it",
        "senior_people siro-title: Job title must be on one line: remove the line end or tab in it",
    ]


def test_a_target_that_has_passed_and_a_maintenance_tick_of_before_stay(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2016, 2, 1, 9, 0, tzinfo=UTC))
    last = next(each.code for each in trusts().requirement("13-101").criteria if each.maintenance)
    answer = {"requirement": "13-101", "ticked": ["1a", last], "target_level": 2, "target_date": "2015-12-31"}
    bring(json.dumps(form(answer)).encode(), cast.ada, by=cast.ada)
    kept = fresh(cast.ada).answers.get()
    assert (kept.ticked, kept.target_date, kept.level) == (["1a", last], date(2015, 12, 31), 0)


def test_a_dry_run_finds_the_same_and_records_nothing(at_work, cast):
    bring(exported(cast.ada), cast.cleo, by=cast.cleo, dry_run=True)
    assert not fresh(cast.cleo).is_started
