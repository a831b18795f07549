"""The assessment's page: how far it is, what was submitted, and what can be done next."""

from datetime import UTC, date, datetime

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.assessments import name_senior_people
from igtoolkit.actions.said import Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment
from igtoolkit.standard.words import Stage
from tests.conftest import make_organisation, make_person, record, record_all, started, up_to
from tests.web.reading import words

PAGE = "/organisations/DMA001/2015-16/"
SUMMER = datetime(2015, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def summer(monkeypatch):
    """1 July 2015 in the morning."""
    monkeypatch.setattr(clock, "now", lambda: SUMMER)


@pytest.fixture
def ada(client, cast, assessment):
    """An administrator's browser, the assessment started."""
    client.force_login(cast.ada)
    return client


def send(cast, stage=Stage.BASELINE, arrived=SUMMER, key="one", reason=""):
    found = scope.find_assessment(cast.ada, "DMA001", "2015-16")
    return submit(found, stage, key=key, arrived=arrived, by=cast.ada, reason=reason)


def test_every_requirement_stands_under_its_initiative(ada, assessment):
    html = ada.get(PAGE).content.decode()
    places = [html.index(each.name) for each in assessment.framework.initiatives]
    assert places == sorted(places)
    for each in assessment.framework.requirements:
        assert f'href="{PAGE}requirements/{each.code}/"' in html
    assert html.count('<tr role="row"><th role="columnheader"') == 6


def test_a_row_says_level_target_state_and_evidence(ada, assessment, cast):
    record(assessment, {"13-101": 2}, by=cast.con)
    target = {"target_level": 3, "target_date": date(2015, 12, 31)}
    save_answer(
        assessment, "13-202", Said(ticked=up_to(assessment, "13-202", 3), complete=True), version=0, by=cast.con
    )
    save_answer(assessment, "13-206", Said(not_yet=True, **target), version=0, by=cast.con)
    save_answer(assessment, "13-209", Said(not_relevant=True, reason="None leaves."), version=0, by=cast.con)
    page = words(ada.get(PAGE))
    title = {each.code: each.title for each in assessment.framework.requirements}
    for code, told in {
        "13-101": "Level ■■□ Level 2 Target No target State In progress Evidence 1",
        "13-202": "Level ■■■ Level 3 Target No target State ✓ Complete Evidence 0",
        "13-206": "Level □□□ Level 0 Target Level 3 by 31 December 2015 State In progress Evidence 0",
        "13-209": "Level Not relevant Target No target State In progress Evidence 0",
        "13-105": "Level Not scored Target No target State Not started Evidence 0",
    }.items():
        assert f"{code} {title[code]} ".replace("  ", " ") + told in spaced(page), code


def spaced(page: str) -> str:
    """Labels stand right before what they label."""
    for label in ("Level", "Target", "State", "Evidence"):
        for value in ("■", "□", "Not", "No ", "Level ", "In ", "✓", "0", "1"):
            page = page.replace(f" {label}{value}", f" {label} {value}")
    return page


def test_progress_and_score_stand_beside_the_grade(ada, assessment, cast):
    record_all(assessment, 3, by=cast.con, r101=2, r105=2, r110=2)
    page = words(ada.get(PAGE))
    assert "45 of 45 scored" in page
    assert "97% ● Satisfactory" in page
    assert "132 of 135 points; every requirement is at level 2 or more" in page


def test_a_few_recorded_are_few_and_not_satisfactory(ada, assessment, cast):
    record(assessment, {"13-101": 3, "13-105": 3, "13-110": 3}, by=cast.con)
    page = words(ada.get(PAGE))
    assert "3 of 45 scored" in page
    assert "0 marked complete" in page
    assert "6% ■ Not satisfactory" in page
    assert "9 of 135 points; 42 requirements are below level 2" in page


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("", {"13-101", "13-105", "13-110", "13-111"}),
        ("unscored", {"13-111"}),
        ("below2", {"13-105", "13-110", "13-111"}),
        ("incomplete", {"13-101", "13-110", "13-111"}),
        ("nonsense", {"13-101", "13-105", "13-110", "13-111"}),
        ("\x00", {"13-101", "13-105", "13-110", "13-111"}),
    ],
)
def test_the_list_can_be_narrowed_by_a_link(ada, assessment, cast, show, shown):
    record(assessment, {"13-101": 2, "13-110": 0}, by=cast.con)
    save_answer(
        assessment, "13-105", Said(ticked=up_to(assessment, "13-105", 1), complete=True), version=0, by=cast.con
    )
    html = ada.get(PAGE, {"show": show}).content.decode().partition('id="list"')[2]
    found = {code for code in ("13-101", "13-105", "13-110", "13-111") if f"/requirements/{code}/" in html}
    assert found == shown


def test_the_filters_say_how_many_and_an_empty_list_says_so(ada, assessment, cast):
    record_all(assessment, 2, by=cast.con)
    page = ada.get(PAGE, {"show": "unscored"})
    assert "All 45 Not scored 0 Below level 2 0 Not complete 45" in words(page)
    assert '?show=unscored#requirements" aria-current="true"' in page.content.decode()
    assert "Every requirement is scored." in words(page)


def test_stages_say_deadline_and_what_was_submitted(ada, cast):
    page = words(ada.get(PAGE))
    assert "Baseline Deadline 31 July 2015 ○ Not submitted Submit Baseline" in page
    assert "Final Deadline 31 March 2016 ○ Not submitted Submit Final 2 things are still to be done" in page
    send(cast)
    page = ada.get(PAGE)
    assert "✓ Submitted on time 1 July 2015 at 10:00, by Ada" in words(page)
    assert f'href="{PAGE}baseline/caldicott2/"' in page.content.decode()
    assert f'href="{PAGE}baseline/submitted/"' in page.content.decode()
    assert "Correct Baseline" in words(page)
    send(cast, key="two", reason="Left out", arrived=SUMMER.replace(day=2))
    assert "Corrected 2 July 2015 at 10:00, by Ada" in words(ada.get(PAGE))


def test_a_stage_after_its_deadline_says_late(ada, cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SUMMER.replace(month=8))
    page = words(ada.get(PAGE))
    assert "Deadline was 31 July 2015" in page
    assert "The deadline has passed: a submission now is accepted and recorded as late." in page
    send(cast, arrived=SUMMER.replace(month=8))
    assert "✓ Submitted late 1 August 2015 at 10:00, by Ada" in words(ada.get(PAGE))


def test_a_later_stage_closes_the_earlier_one(ada, cast):
    send(cast, Stage.UPDATE)
    page = ada.get(PAGE)
    assert "○ Not submitted Closed, because a later stage was submitted." in words(page)
    assert f"{PAGE}baseline/submit/" not in page.content.decode()
    assert f"{PAGE}update/submit/" in page.content.decode()


def test_the_preview_and_what_is_not_scored_are_named_before_submitting(ada):
    page = ada.get(PAGE)
    assert f'href="{PAGE}preview/caldicott2/"' in page.content.decode()
    assert "before anything is submitted." in words(page)
    assert "Nothing blocks submitting Baseline or Performance Update. 45 requirements are not scored yet" in words(page)


def test_after_a_submission_the_words_before_one_are_gone(ada, cast):
    send(cast)
    page = words(ada.get(PAGE))
    assert "before anything is submitted" not in page
    assert "as it stands now. The report of Baseline stays as it was submitted." in page
    assert "Nothing blocks submitting Performance Update. 45 requirements are not scored yet" in page
    send(cast, Stage.UPDATE, key="two")
    page = words(ada.get(PAGE))
    assert "The report of Performance Update stays as it was submitted." in page
    assert "Nothing blocks" not in page
    assert "Before Final can be submitted: 2 things to do Score 45 requirements: 13-101" in page
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    assert "Performance Update is submitted, so it changes no more." in words(ada.get(PAGE))


def test_a_narrowed_list_is_kept_in_the_links_to_its_requirements(ada):
    html = ada.get(PAGE, {"show": "unscored"}).content.decode()
    assert f'href="{PAGE}requirements/13-101/?show=unscored"' in html


@pytest.mark.parametrize("who", ["ben", "con", "rex"])
def test_a_blocked_button_says_who_can_submit(client, assessment, cast, who):
    make_person("zoe", cast.ada.organisation, "administrator")
    make_person("gone", cast.ada.organisation, "administrator", is_active=False)
    client.force_login(getattr(cast, who))
    page = client.get(PAGE)
    assert "Only an administrator can submit. Yours are Ada and Zoe." in words(page)
    assert '<a href="mailto:ada@example.org">Ada</a>' in page.content.decode()
    assert f"{PAGE}baseline/submit/" not in page.content.decode()
    assert page.content.decode().count("disabled") == 3


def test_senior_people_are_listed(ada, assessment, cast):
    name_senior_people(assessment, {"siro": ("Margaret Iredale", "Director of Finance")}, by=cast.con)
    page = ada.get(PAGE)
    assert "Senior Information Risk Owner Margaret Iredale, Director of Finance" in words(page)
    assert "Chief executive Not named" in words(page)
    assert f'href="{PAGE}senior-people/"' in page.content.decode()


def test_an_administrator_starts_the_assessment(client, cast):
    client.force_login(cast.ada)
    page = client.get(PAGE)
    assert "The assessment of 2015-16 has not been started." in words(page)
    assert "Baseline by 31 July 2015 Performance Update by 31 October 2015 Final by 31 March 2016" in words(page)
    assert f'action="{PAGE}start/"' in page.content.decode()
    for _ in range(2):
        assert client.post(f"{PAGE}start/").url == PAGE
    assert "0 of 45 scored" in words(client.get(PAGE))
    assert cast.ada.organisation.assessments.count() == 1


def test_others_are_told_who_can_start(client, cast):
    client.force_login(cast.con)
    page = client.get(PAGE)
    assert "Only an administrator can start it. Yours is Ada." in words(page)
    assert "start/" not in page.content.decode()
    assert client.post(f"{PAGE}start/").status_code == 403


def test_where_there_is_no_administrator_the_page_says_whom_to_ask(client, cast):
    person = make_person("vic", make_organisation("DMA003"), "viewer")
    client.force_login(person)
    page = client.get("/organisations/DMA003/2015-16/")
    assert "Your organisation has none yet: ask the service team." in words(page)


def test_a_kind_to_be_set_says_so_and_cannot_start(client, cast):
    person = make_person("una", make_organisation("DMU001", kind=""), "administrator")
    client.force_login(person)
    page = client.get("/organisations/DMU001/2015-16/")
    assert "Kind to be set" in words(page)
    assert "Start the assessment" not in words(page)
    refused = client.post("/organisations/DMU001/2015-16/start/")
    assert refused.status_code == 422
    assert "The service team must set your organisation's kind" in words(refused)


def test_a_kind_without_a_set_is_told_that_there_is_nothing_to_record(client, cast):
    client.force_login(make_person("una", make_organisation("DMU001", kind="dental"), "administrator"))
    page = client.get("/organisations/DMU001/2015-16/")
    assert "No requirements for dental practices yet" in words(page)
    assert client.post("/organisations/DMU001/2015-16/start/").status_code == 422


def test_a_closed_assessment_offers_nothing_to_submit(ada, cast):
    send(cast)
    scope.everything(Assessment, reason="tests").update(stage_reached=Stage.FINAL)
    html = ada.get(PAGE).content.decode()
    assert "/submit/" not in html
    assert "Change the senior people" not in html


def test_a_closed_organisation_is_told_its_last_day(client, cast):
    trust = cast.ada.organisation
    trust.closed = date(2015, 6, 30)
    trust.save()
    client.force_login(cast.ada)
    assert "This organisation closed on 30 June 2015. Its assessment of 2015-16 can still be started" in words(
        client.get(PAGE)
    )
    started(cast.ada)
    page = client.get(PAGE)
    assert "This organisation closed on 30 June 2015. Its assessment of 2015-16 can still be submitted" in words(page)
    assert f'href="{PAGE}baseline/submit/"' in page.content.decode()
    trust.closed = SUMMER.date()
    trust.save()
    assert "This organisation closes on 1 July 2015." in words(client.get(PAGE))


def test_a_small_body_starts_what_it_submits_once(client, cast):
    client.force_login(cast.dev)
    page = words(client.get("/organisations/DMG001/2015-16/"))
    assert "is submitted once in the year: Final by 31 March 2016" in page


def test_the_queries_are_as_many_at_2_rows_as_at_45(client, assessment, cast, django_assert_max_num_queries):
    client.force_login(cast.con)
    record(assessment, {"13-101": 2, "13-105": 1}, by=cast.con)
    send(cast)
    client.get(PAGE)
    with django_assert_max_num_queries(12) as few:
        client.get(PAGE)
    record_all(assessment, 2, by=cast.con)
    send(cast, key="two", reason="Everything is recorded now")
    with django_assert_max_num_queries(12) as many:
        client.get(PAGE)
    assert len(many) == len(few)
