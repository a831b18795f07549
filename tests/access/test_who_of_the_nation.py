"""What the nation's rows are, by hand: the latest submission of each organisation at one stage of one year."""

from django.db.models import F

from igtoolkit.access import scope
from igtoolkit.records.models import Registration
from tests.access.nation import BEFORE, send
from tests.conftest import YEAR


def test_what_is_published(cast, nation):
    assert scope.find_published("DMA001", YEAR) is None
    assert scope.find_published("DMA002", YEAR) == nation.final_corrected
    assert scope.find_published("DMA002", BEFORE) is None
    assert set(scope.published_organisations()) == {nation.two, nation.practice}
    assert scope.published_years([nation.one, nation.two]) == {nation.two.pk: {YEAR: "DMA002"}}


def test_which_started(cast, nation):
    assert scope.assessed(YEAR) == {nation.one.pk, nation.two.pk, nation.practice.pk}
    assert scope.assessed(BEFORE) == {nation.one.pk}
    assert scope.assessed(YEAR, among=[nation.two.pk]) == {nation.two.pk}
    assert scope.assessed(YEAR, among=[]) == set()


def test_a_digest_is_one_submissions(cast, nation):
    assert scope.digest_exists(nation.other.digest)
    assert not scope.digest_exists("f" * 64)
    assert scope.submission_with(nation.other.digest) == nation.other
    assert scope.submission_with("f" * 64) is None


def test_the_nations_rows_are_the_latest_of_one_stage_and_year(cast, nation):
    send(nation.practice, "baseline", kind="gp")
    late = send(nation.one, "update", number=3)
    for rows in (scope.latest_submissions, scope.national_submissions):
        assert set(rows(YEAR, "baseline")) == {nation.corrected, nation.other}
        assert set(rows(BEFORE, "baseline")) == {nation.before}
        assert set(rows(YEAR, "final")) == {nation.final_corrected}
        assert set(rows(YEAR, "update")) == {late}
    assert set(scope.made_submissions(YEAR, "baseline")) == {nation.first, nation.corrected, nation.other}
    assert set(scope.made_submissions(YEAR, "final")) == {nation.final, nation.final_corrected}
    registered = Registration.objects.filter(year=YEAR)
    made = scope.with_made(registered, YEAR, "baseline").annotate(found=F("made_pk"))
    assert {(each.organisation_id, each.found) for each in made} >= {
        (nation.one.pk, nation.corrected.pk),
        (nation.two.pk, nation.other.pk),
    }
    assert len(made) == 3


def test_who_submitted_nothing_has_a_row_too(cast, nation):
    made = scope.with_made(Registration.objects.filter(year=YEAR), YEAR, "final").annotate(found=F("made_pk"))
    assert {(each.organisation_id, each.found) for each in made} == {
        (nation.one.pk, None),
        (nation.two.pk, nation.final_corrected.pk),
        (nation.practice.pk, nation.practices.pk),
    }


def test_what_was_corrected_is_of_one_stage_and_year(cast, nation):
    send(nation.one, "update")
    send(nation.one, "baseline", number=2, year=BEFORE)
    assert _corrected(YEAR, "baseline") == {nation.first.pk}
    assert _corrected(BEFORE, "baseline") == {nation.before.pk}
    assert _corrected(YEAR, "final") == {nation.final.pk}


def _corrected(year, stage):
    return set(scope._corrected(year, stage).values_list("assessment__submissions", flat=True))


def test_results_are_those_of_the_submission_itself(cast, nation):
    for submission, number, status in (
        (nation.corrected, 1, "met"),
        (nation.other, 2, "met"),
        (nation.other, 1, "not_met"),
    ):
        submission.performance.create(recommendation=number, status=status)
    rows = scope.with_made(Registration.objects.filter(year=YEAR), YEAR, "baseline")

    def those(status, among):
        return set(rows.filter(scope.made_results(status=status, among=among)).values_list("organisation", flat=True))

    assert those("met", [1]) == {nation.one.pk}
    assert those("met", [1, 2]) == {nation.one.pk, nation.two.pk}
    assert those("not_met", [1, 2]) == {nation.two.pk}
    assert those("not_met", [2]) == set()


def test_second_looks_are_of_the_latest_of_one_stage_and_year(cast, nation):
    practices = send(nation.practice, "baseline", kind="gp")
    sent = (
        nation.first,
        nation.corrected,
        nation.before,
        nation.other,
        nation.final,
        nation.final_corrected,
        practices,
    )
    looks = {each: each.second_looks.create(rule="r", requirements="13-101") for each in sent}
    assert set(scope.national_second_looks(YEAR, "baseline")) == {looks[nation.corrected], looks[nation.other]}
    assert set(scope.national_second_looks(YEAR, "final")) == {looks[nation.final_corrected]}
    assert set(scope.national_second_looks(BEFORE, "baseline")) == {looks[nation.before]}
