"""A trust among its own kind on the board page: made once, a week after the deadline, the same for everybody."""

import json
from datetime import UTC, date, datetime

import pytest

from igtoolkit.records.models import (
    Assessment,
    Organisation,
    PeerFigures,
    RecordedPerformance,
    Registration,
    Submission,
)
from igtoolkit.reports import peers
from igtoolkit.reports.peers import figures
from igtoolkit.reports.peers_words import peers_page
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.reports.small_nation import report_at, trust
from tests.worlds import world

pytestmark = pytest.mark.django_db

LAST_MOMENT, NEXT_DAY = datetime(2015, 8, 7, 22, 59, 59, tzinfo=UTC), datetime(2015, 8, 7, 23, 0, tzinfo=UTC)
WITHIN_THE_WEEK, TOO_LATE = datetime(2015, 8, 7, 22, tzinfo=UTC), datetime(2015, 8, 8, 9, tzinfo=UTC)


def copies(made: Submission, how_many: int, *, stage: str = "baseline", at: datetime | None = None) -> list[Submission]:
    """As many trusts of the same kind that sent the very same; they are registered too."""
    first, facts = Submission.unscoped.count(), {"year": YEAR, "kind": made.kind, "region": "North"}
    results = list(made.performance.values("recommendation", "status", "share", "target_date"))
    found = []
    for number in range(first, first + how_many):
        code = f"COPY{number}"
        organisation = Organisation.objects.create(code=code, name=code)
        Registration.objects.create(organisation=organisation, code=code, name=code, source="tests", **facts)
        framework = made.assessment.framework_code
        assessment = Assessment.unscoped.create(
            organisation=organisation, framework_code=framework, started_at=made.submitted_at, **facts
        )
        same = {"number": 1, "late": False, "document": made.document, "met": made.met, "stage": stage}
        found.append(
            Submission.unscoped.create(
                assessment=assessment, organisation=organisation, name=code, key=code, digest=f"{number:064}",
                submitted_at=at or made.submitted_at, **facts, **same,
            )
        )  # fmt: skip
        RecordedPerformance.unscoped.bulk_create(RecordedPerformance(submission=found[-1], **each) for each in results)
    return found


@pytest.fixture
def drawn(monkeypatch):
    """In place of the lot: those left out are the last to have come. What was drawn from is kept."""
    told = []

    class Last:
        def sample(self, pks: list[int], k: int) -> list[int]:
            told.append((len(pks), k))
            return sorted(pks)[-k:]

    monkeypatch.setattr(peers, "SystemRandom", Last)
    return told


@world
def own() -> Submission:
    """Of 15 acute trusts 14 submitted: three at level 3, four at level 2, and seven at nothing, who are left out.

    At level 2 a trust meets 12 of 16 and scores 66, at level 3 all 16 and 100. Of those counted:
    met 75 75 75 75 100 100 100, scores 66 66 66 66 100 100 100, each at ranks 2 and 6.
    """
    best, good = (report_at(trust(f"DMA00{level}"), Stage.BASELINE, level) for level in (3, 2))
    copies(best, 2)
    copies(good, 3)
    copies(report_at(trust("DMA000"), Stage.BASELINE, 0), 6)
    trust("DMA009")
    return good


def test_the_figures_are_as_worked_out_by_hand(own, drawn):
    found = figures(own)
    assert drawn == [(14, 7)]
    assert (found["said"], found["registered"]) == (10, 15)
    assert found["met"] == {"from": 75, "to": 95}
    assert found["scores"] == {"from": 65, "to": 95}
    assert found["recommendations"]["5"] == "most"  # seven of seven
    assert found["recommendations"]["8"] == 45  # three of seven
    assert len(found["recommendations"]) == 16


def test_what_is_kept_names_no_trust_and_not_who_was_left_out(own, drawn):
    figures(own)
    kept = PeerFigures.objects.get()
    assert (kept.year, kept.stage, kept.kind) == (YEAR, "baseline", "acute")
    assert sorted(json.loads(kept.document)) == ["form", "met", "recommendations", "registered", "said", "scores"]


def test_the_page_says_it_in_words_and_ranks_nobody(own, drawn):
    page = peers_page(own)
    assert page["title"] == "Among acute trusts (10 or more submitted)"
    assert [each["words"] for each in page["bars"]] == [
        "The middle half meet 75% to 95% or more; this trust meets 12 of 16 (75%).",
        "The middle half score 65% to 95% or more; this trust scores 66%.",
    ]
    assert [(each["share"], each["own"]) for each in page["rows"] if each["number"] in (5, 8)] == [
        ("Most", "met"),
        ("About 45%", "not_met"),
    ]
    assert page["notes"][0] == (
        "Made once, from what stood at the end of 7 August 2015, a week after the deadline: "
        "a later submission or correction does not change it."
    )


def test_corrections_and_late_comers_after_that_change_nothing_for_anybody(own, drawn):
    before = figures(own)
    corrected = report_at(own.assessment.started_by, Stage.BASELINE, 3, late=True, reason="All of it was there")
    copies(corrected, 3)
    assert corrected.number == 2
    assert figures(corrected) == figures(own) == before
    assert PeerFigures.objects.count() == 1
    assert peers_page(corrected)["bars"][1]["words"].endswith("this trust scores 100%.")


def test_what_counts_is_the_latest_that_stood_when_the_week_ended(own, drawn):
    copies(own, 1, at=WITHIN_THE_WEEK)
    copies(own, 5, at=TOO_LATE)
    report_at(own.assessment.started_by, Stage.BASELINE, 3, late=True, reason="All of it was there")
    found = figures(own)
    assert drawn == [(15, 3)]  # 14, and the one within the week; 21 are registered, so “15 or more” can be said
    assert found["said"] == 15


def test_a_trust_that_had_closed_is_none_to_hide_among(own, drawn):
    copies(own, 1)  # 15 of 16: as one did not, “15 or more” would be true of one fewer than all
    Organisation.objects.filter(code="DMA009").update(closed=date(2015, 6, 30))
    found = figures(own)
    assert (found["said"], found["registered"]) == (10, 15)


def test_before_the_week_is_over_the_page_says_when(own, time_machine):
    time_machine.move_to(LAST_MOMENT, tick=False)
    assert peers_page(own)["absent"] == (
        "How acute trusts compare is worked out on 8 August 2015, a week after the deadline, from what stands then."
    )
    assert PeerFigures.objects.count() == 0
    time_machine.move_to(NEXT_DAY, tick=False)
    assert peers_page(own)["absent"] == ""
    assert PeerFigures.objects.count() == 1


def test_ten_ambulance_trusts_are_too_few_before_final():
    first = report_at(trust("DMB001", kind="ambulance"), Stage.BASELINE, 2)
    copies(first, 9)
    page = peers_page(first)
    assert page["absent"] == (
        "There are 10 of the kind this year. With fewer than 10 others beside a trust, a figure could give a single "
        "one away, so none is shown. At Final the published scores are compared."
    )
    assert (page["bars"], page["rows"]) == ([], [])
    kept = json.loads(PeerFigures.objects.get().document)
    assert (kept["said"], kept["met"], kept["scores"], kept["recommendations"]) == (None, None, None, {})


def test_eleven_of_eleven_are_too_few_for_that_would_say_that_all_submitted(drawn):
    first = report_at(trust("DMA001"), Stage.BASELINE, 2)
    copies(first, 10)
    assert figures(first)["said"] is None
    assert drawn == []


def test_too_few_of_many_are_told_apart_from_too_small_a_kind():
    first = report_at(trust("DMA001"), Stage.BASELINE, 2)
    for number in range(2, 20):
        trust(f"DMA0{number:02}")
    assert peers_page(first)["absent"].startswith("By 7 August 2015 too few had submitted.")


def test_at_final_a_small_kinds_published_scores_are_compared_and_nothing_else():
    first = report_at(trust("DMB001", kind="ambulance"), Stage.BASELINE, 2)
    final = copies(first, 6, stage="final")[0]
    page = peers_page(final)
    assert [each["words"] for each in page["bars"]] == ["The middle half score about 65%; this trust scores 66%."]
    assert page["rows"] == []
    assert figures(final)["recommendations"] == {}


def test_at_final_what_rests_on_a_criterion_is_not_compared(own, drawn):
    final = copies(own, 14, stage="final")[0]
    page = peers_page(final)
    assert [each["number"] for each in page["rows"] if each["share"] == "Not compared"] == [1, 6, 8, 11]
    assert sorted(map(int, figures(final)["recommendations"])) == [2, 4, 5, 7, 9, 12, 14, 15, 17, 19, 20, 25]
    assert page["bars"][0]["label"] == "Recommendations met, of the 12 that rest on levels alone"
    assert page["bars"][0]["words"] == (
        "Of the 12 recommendations that can be compared, this trust meets 11 (91%); the middle half meet about 90%. "
        "1, 6, 8 and 11 rest on single criteria, which are not published."
    )


def test_two_who_read_first_at_once_get_the_same(own, monkeypatch):
    made = peers._made

    def overtaken(**place):
        mine = made(**place)
        theirs = mine | {"said": 10, "met": {"from": 5, "to": 95}}
        where = {name: place[name] for name in ("year", "stage", "kind")}
        PeerFigures.objects.create(**where, made_at=NEXT_DAY, document=json.dumps(theirs))
        return mine

    monkeypatch.setattr(peers, "_made", overtaken)
    assert figures(own)["met"] == {"from": 5, "to": 95}


def test_once_made_they_take_one_query(own, django_assert_num_queries):
    figures(own)
    with django_assert_num_queries(1):
        figures(own)


def test_the_board_page_shows_it_and_never_a_rank(client, own, drawn):
    client.force_login(own.assessment.started_by)
    html = client.get(f"/organisations/{own.organisation.code}/{YEAR}/baseline/caldicott2/").content.decode()
    assert "The middle half meet 75% to 95% or more; this trust meets 12 of 16 (75%)." in html
    for word in ("better than", "worse than", "ranked", "above average", "below average"):
        assert word not in html.lower()
