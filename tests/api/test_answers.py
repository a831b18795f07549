"""What each address answers: the pages' own bytes and figures, in the shapes that are described."""

import json
from datetime import date

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.api.shapes import assessments, published, register, reports
from igtoolkit.records import clock
from igtoolkit.records.models import FormerCode, Organisation
from igtoolkit.standard.words import Stage
from tests.api.conftest import NATION, PUBLISHED, TRUST, program_of
from tests.conftest import register as registered


def fits(shape, told):
    """Whether an answer is of a shape, with every key that the shape has and no other."""
    read = shape.model_validate(told)
    return set_of_keys(read.model_dump(mode="json")) == set_of_keys(told)


def set_of_keys(value, at=""):
    if isinstance(value, dict):
        return {at}.union(*(set_of_keys(each, f"{at}.{key}") for key, each in value.items()))
    if isinstance(value, list):
        return {at}.union(*(set_of_keys(each, f"{at}[]") for each in value))
    return {at}


def test_the_board_report_is_the_pages_bytes(client, cast, final):
    client.force_login(cast.ada)
    for part in ("baseline/", "baseline/1/", "final/", "final/1/"):
        page = client.get(f"/organisations/DMA001/2015-16/{part}caldicott2.json")
        for program in (program_of(cast.ada, part), program_of(cast.nia, part)):
            answer = program.get(f"{TRUST}{part}caldicott2/")
            assert answer.content == page.content
            assert answer.headers["ETag"] == page.headers["ETag"]
        assert fits(reports.BoardReport, json.loads(page.content))


def test_the_national_report_is_the_pages_bytes(client, cast, final):
    client.force_login(cast.nia)
    for stage in Stage:
        page = client.get(f"/national/2015-16/{stage.value}/caldicott2.json")
        assert program_of(cast.nia, stage.value).get(NATION.replace("baseline", stage)).content == page.content
        assert fits(reports.NationalReport, json.loads(page.content))
    for path in (NATION.replace("baseline", "midsummer"), NATION.replace("2015", "2035")):
        assert program_of(cast.nia, path).get(path).status_code == 404


def test_the_draft_is_told_as_it_stands(cast, assessment):
    program = program_of(cast.ben)
    empty = program.read(TRUST + "assessment/")
    assert fits(assessments.Assessment, empty)
    assert len(empty["answers"]) == empty["score"]["requirements"] == 45
    assert {each["level"] for each in empty["answers"]} == {None}
    evidence = (EvidenceSaid("1a", note="Minutes", dated=date(2015, 6, 1)),)
    typed = "Typed <b> <!--page-time-->"
    said = Said(ticked=frozenset({"1a"}), comment=typed, evidence=evidence)
    save_answer(assessment, "13-202", said, version=0, by=cast.con)
    told = program.read(TRUST + "assessment/")
    assert fits(assessments.Assessment, told)
    answer = next(each for each in told["answers"] if each["requirement"] == "13-202")
    assert (answer["ticked"], answer["comment"], answer["version"]) == (["1a"], typed, 1)
    assert answer["evidence"] == [{"criterion": "1a", "note": "Minutes", "link": "", "dated": "2015-06-01"}]
    assert told["score"]["recorded"] == 1


def test_the_drafts_etag_changes_with_every_change(cast, assessment):
    program = program_of(cast.ben)
    before = program.get(TRUST + "assessment/").headers["ETag"]
    save_answer(assessment, "13-202", Said(comment="New"), version=0, by=cast.con)
    assert program.get(TRUST + "assessment/", **{"If-None-Match": before}).status_code == 200


def test_stages_tell_what_was_submitted_and_what_is_open(cast, final):
    told = program_of(cast.ada).read(TRUST + "assessment/")
    assert fits(assessments.Assessment, told)
    made = {each["stage"]: [one["number"] for one in each["submissions"]] for each in told["stages"]}
    assert made == {"baseline": [1], "update": [], "final": [1]}
    assert not told["open"]
    assert not any(each["open"] for each in told["stages"])


def test_an_assessment_that_is_not_started_and_one_without_a_kind(cast):
    told = program_of(cast.cleo).read(TRUST.replace("DMA001", "DMA002") + "assessment/")
    assert fits(assessments.Assessment, told)
    assert (told["started_at"], told["open"], len(told["answers"])) == (None, False, 45)
    cast.dev.organisation.registrations.update(kind="")
    unset = program_of(cast.dev).read(TRUST.replace("DMA001", "DMG001") + "assessment/")
    assert (unset["score"], unset["answers"]) == (None, [])
    assert (
        program_of(cast.cleo, "other").get("/api/v1/organisations/DMA002/2015-16/baseline/submission/").status_code
        == 404
    )


def test_a_submission_is_told_with_levels_score_and_digest(cast, baseline):
    program = program_of(cast.ben)
    answer = program.get(TRUST + "baseline/submission/")
    told = json.loads(answer.content)
    assert fits(assessments.Submission, told)
    levels = {each["requirement"]: each["level"] for each in told["levels"]}
    assert (levels["13-202"], levels["13-206"], levels["13-101"], levels["13-209"]) == (2, 1, 3, None)
    made = scope.find_submission(cast.ada, "DMA001", "2015-16", "baseline")
    assert told["digest"] == f"sha256:{made.digest}"
    assert parse_http_date(answer.headers["Last-Modified"]) == int(made.submitted_at.timestamp())
    assert b"Minutes of the group" not in answer.content


def test_a_correction_is_the_latest_and_the_first_stays(cast, baseline):
    facts = {"key": "again", "arrived": clock.now(), "by": cast.ada, "reason": "Left out"}
    submit(scope.find_assessment(cast.ada, "DMA001", "2015-16"), Stage.BASELINE, **facts)
    program = program_of(cast.ada)
    assert program.read(TRUST + "baseline/submission/")["number"] == 2
    assert program.read(TRUST + "baseline/2/caldicott2/")["correction_reason"] == "Left out"
    assert program.read(TRUST + "baseline/1/submission/")["number"] == 1
    assert program.get(TRUST + "baseline/3/submission/").status_code == 404
    assert program.get(TRUST + f"baseline/{10**30}/submission/").status_code == 404


def test_a_practice_reads_its_own_submission_though_it_has_no_report(cast):
    code = cast.dev.organisation.code
    for path in (f"/api/v1/organisations/{code}/", f"/api/v1/organisations/{code}/2015-16/assessment/"):
        assert program_of(cast.dev, path).get(path).status_code == 200


def test_the_register_holds_each_persons_part(cast, baseline):
    parts = {
        cast.ada: ["DMA001"],
        cast.ben: ["DMA001"],
        cast.dev: ["DMG001"],
        cast.nia: ["DMA001", "DMA002"],
        cast.sam: ["DMA001", "DMA002", "DMG001"],
    }
    for person, codes in parts.items():
        told = program_of(person).read("/api/v1/organisations/")
        assert fits(register.OrganisationPage, told)
        assert [each["code"] for each in told["items"]] == codes, person
        for code in ("DMA001", "DMA002", "DMG001"):
            one = program_of(person, code).get(f"/api/v1/organisations/{code}/")
            assert one.status_code == (200 if code in codes else 404), (person, code)


def test_an_organisation_is_told_with_its_years_and_its_published_final(cast, final):
    told = program_of(cast.sam).read("/api/v1/organisations/dma001/")
    assert fits(register.RegisteredOrganisation, told)
    assert told["registrations"] == [
        {
            "year": "2015-16",
            "code": "DMA001",
            "name": "Trust DMA001",
            "kind": "acute",
            "region": "North",
            "published": PUBLISHED,
        }
    ]


def test_an_organisation_is_found_by_a_code_it_had(cast):
    FormerCode.objects.create(organisation=cast.cleo.organisation, code="OLD01", until=date(2015, 7, 1))
    for person in (cast.cleo, cast.nia, cast.sam):
        assert program_of(person).read("/api/v1/organisations/OLD01/")["code"] == "DMA002"
    assert program_of(cast.ada).get("/api/v1/organisations/OLD01/").status_code == 404


def test_a_published_final_is_anybodys_and_holds_no_comment(cast, final):
    answer = Client().get(PUBLISHED)
    told = json.loads(answer.content)
    assert fits(published.PublishedResult, told)
    assert told["score"]["grade"] == "satisfactory"
    for confidential in (b"comment", b"evidence", b"Minutes", b"ticked", b"ada@"):
        assert confidential not in answer.content
    listed = json.loads(Client().get("/api/v1/published/").content)
    assert fits(register.PublishedPage, listed)
    assert listed["items"] == [
        {"code": "DMA001", "name": "Trust DMA001", "published": [{"year": "2015-16", "url": PUBLISHED}]}
    ]


@pytest.mark.parametrize("path", [PUBLISHED, PUBLISHED.replace("DMA001", "ZZZ"), PUBLISHED.replace("2015", "2035")])
def test_before_its_final_nothing_is_published(path, cast, baseline):
    nothing = Client().get(path)
    assert nothing.status_code == 404
    assert nothing.content == Client().get("/api/v1/published/..%2F/x/").content
    assert json.loads(Client().get("/api/v1/published/").content)["items"] == []


def test_a_published_final_stands_under_the_code_of_its_day(cast, final):
    trust = cast.ada.organisation
    FormerCode.objects.create(organisation=trust, code="DMA001", until=date(2016, 9, 1))
    Organisation.objects.filter(pk=trust.pk).update(code="NEW01", code_since=date(2016, 9, 1))
    listed = json.loads(Client().get("/api/v1/published/").content)["items"]
    assert [(each["code"], each["published"][0]["url"]) for each in listed] == [("NEW01", PUBLISHED)]
    assert Client().get(PUBLISHED).status_code == 200


def test_the_years_are_told_with_their_deadlines(db):
    told = json.loads(Client().get("/api/v1/years/").content)
    assert fits(register.Years, told)
    year = next(each for each in told["items"] if each["year"] == "2015-16")
    assert year["stages"][0] == {"stage": "baseline", "deadline": "2015-07-31"}


def test_a_second_year_is_listed_after_the_first(cast):
    registered(cast.ada.organisation, year="2014-15")
    told = program_of(cast.ada).read("/api/v1/organisations/DMA001/")
    assert [each["year"] for each in told["registrations"]] == ["2014-15", "2015-16"]
