"""Results worth a second look: over the nation for its reader, and each trust's own on its pages."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.submissions import submit
from igtoolkit.reports.national_second_look import national_second_look
from igtoolkit.reports.second_look import looks
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_person
from tests.reports.small_nation import report_at, trust
from tests.worlds import world

UPDATE = f"/national/{YEAR}/update/caldicott2/"
AWKWARD = "O’Brien & Sons <b>Hospital</b>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return signed_in(make_person("nia", reads_for_ndg=True))


@world
def nation():
    """One trust up from 1 to 3, one steady at 2 throughout, one plain at 3, one that is silent."""
    risen = trust("DMA001", name=AWKWARD)
    report_at(risen, Stage.BASELINE, 1)
    report_at(risen, Stage.UPDATE, 3)
    steady = trust("DMA002", name="Steadyford")
    report_at(steady, Stage.BASELINE, 2)
    report_at(steady, Stage.UPDATE, 2)
    report_at(trust("DMM001", kind="mental_health"), Stage.UPDATE, 3)
    trust("DMA003")
    return {"risen": risen, "steady": steady}


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def asked(stage: str) -> dict[Rule, dict[str, str]]:
    return {each.rule: dict(each.trusts) for each in national_second_look(YEAR, stage)}


def section(html: str) -> str:
    """The second look on a page as text; empty where there is none."""
    found = re.findall(r'<section[^>]* aria-labelledby="second-look">.*?</section>', html, re.S)
    assert len(found) <= 1
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", "".join(found)))).strip()
    return re.sub(r" (?=[:,.])", "", words)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_each_rule_names_the_trusts_it_noticed(nation):
    assert asked("update") == {
        Rule.RISEN_WITHOUT_EVIDENCE: {"DMA001": AWKWARD},
        Rule.SAME_COMMENT: {},
        Rule.ALL_AT_LEVEL_2: {"DMA002": "Steadyford"},
    }


def test_at_baseline_there_is_nothing_to_have_risen_from(nation):
    assert asked("baseline") == {Rule.SAME_COMMENT: {}, Rule.ALL_AT_LEVEL_2: {"DMA002": "Steadyford"}}


def test_a_correction_takes_back_the_question(nation):
    report_at(nation["steady"], Stage.UPDATE, 3, reason="The ticks of a level were missing")
    assert asked("update")[Rule.ALL_AT_LEVEL_2] == {}
    assert asked("baseline")[Rule.ALL_AT_LEVEL_2] == {"DMA002": "Steadyford"}


def test_the_page_says_how_many_who_and_by_which_rule(reader, nation):
    told = section(page(reader, UPDATE))
    assert "These are questions, not findings" in told
    rose = "1 trust rose two levels or more in four or more requirements with no new evidence: DMA001"
    assert f"{rose} {AWKWARD}: the question on its board report The rule: {Rule.RISEN_WITHOUT_EVIDENCE.words}" in told
    assert f"No trust gave the same comment to five or more requirements. The rule: {Rule.SAME_COMMENT.words}" in told
    assert f"DMA002 Steadyford: the question on its board report The rule: {Rule.ALL_AT_LEVEL_2.words}" in told


def test_each_name_leads_to_the_question_on_the_board_report(reader, nation):
    html = page(reader, UPDATE)
    (address,) = re.findall(r'DMA002</span> <a href="([^"]+#second-look)"><bdi>Steadyford</bdi>', html)
    assert address == f"/organisations/DMA002/{YEAR}/update/caldicott2/#second-look"
    told = section(page(reader, address))
    assert "All 45 requirements that count are at exactly level 2" in told
    assert "The organisation sees them too." in told


def test_a_stage_nobody_submitted_asks_nothing(reader, nation):
    assert section(page(reader, f"/national/{YEAR}/final/caldicott2/")) == ""


def test_a_trust_reads_its_own_on_its_board_report_and_receipt(nation):
    client = signed_in(nation["risen"])
    for place in ("caldicott2", "submitted"):
        html = page(client, f"/organisations/DMA001/{YEAR}/update/{place}/")
        assert "45 requirements rose by two levels or more since Baseline, with no new evidence" in section(html)
        assert f'href="/organisations/DMA001/{YEAR}/requirements/13-604/">13-604</a>' in html
    assert section(page(client, f"/organisations/DMA001/{YEAR}/baseline/caldicott2/")) == ""
    assert section(page(client, f"/organisations/DMA001/{YEAR}/preview/caldicott2/")) == ""


def test_the_files_of_a_board_report_say_nothing_of_it(nation):
    client = signed_in(nation["steady"])
    for form in ("json", "csv"):
        content = client.get(f"/organisations/DMA002/{YEAR}/update/caldicott2.{form}").content.decode()
        assert "second" not in content
        assert "all_at_level_2" not in content


def test_a_submission_made_before_there_were_rules_has_no_questions(nation):
    made = nation["steady"].organisation.submissions.get(stage=Stage.UPDATE)
    assert len(looks(made)) == 1
    del made.snapshot["second_look"]
    assert looks(made) == ()


def test_a_copied_comment_is_never_on_the_page_only_where_it_stands(reader):
    by = trust("DMA001")
    report_at(by, Stage.BASELINE, 1)
    comment = "Evidence is held by the team."
    (draft,) = by.organisation.assessments.all()
    draft.answers.filter(requirement__in=["13-101", "13-105", "13-110", "13-111", "13-112"]).update(comment=comment)
    draft = scope.find_assessment(by, "DMA001", YEAR)
    made = submit(draft, Stage.UPDATE, key="k", arrived=datetime(2015, 10, 20, tzinfo=UTC), by=by)
    assert comment in made.document
    (look,) = looks(made)
    assert look.noticed == "5 requirements each have the same comment as four others or more"
    assert look.requirements == ("13-101", "13-105", "13-110", "13-111", "13-112")
    board = page(reader, f"/organisations/DMA001/{YEAR}/update/caldicott2/")
    assert "13-101, 13-105, 13-110, 13-111, 13-112." in section(board)
    assert comment not in board + page(reader, UPDATE)


def test_the_nation_takes_two_queries_whatever_its_size(django_assert_num_queries, nation):
    with django_assert_num_queries(2):
        few = national_second_look(YEAR, "update")
    for number in range(10, 20):
        report_at(trust(f"DMA{number:03d}"), Stage.UPDATE, 2)
    with django_assert_num_queries(2):
        many = national_second_look(YEAR, "update")
    assert len(many[2].trusts) == len(few[2].trusts) + 10
