"""The whole demonstration nation is built as planned and is sound; in short some whose year was told by hand."""

from collections import Counter
from time import perf_counter

import pytest

from igtoolkit.access import scope
from igtoolkit.config.demonstration import FULL, build, building, days
from igtoolkit.config.demonstration.after_final import PLANS
from igtoolkit.config.demonstration.corrections import CORRECTIONS
from igtoolkit.config.demonstration.names import Invented, organisations
from igtoolkit.config.demonstration.stories import last_year, next_year, story
from igtoolkit.records.models import Answer, Organisation, Submission
from igtoolkit.reports.verify import verify
from tests.proofs import PROVING, full, report

REASON = "the proof looks at the whole nation"
WHOLE = {
    ("2014-15", "final"): 73,
    ("2015-16", "baseline"): 205,
    ("2015-16", "update"): 200,
    ("2015-16", "final"): 204,
    ("2016-17", "baseline"): 3,
}
LOTS = (days.NEVER_STARTED, days.NO_BASELINE, days.NO_FINAL, days.CLOSED, days.SUCCESSORS, days.NEW_CODES)
LOTS += (days.LATE, days.LATE_UPDATES, days.LATE_FINALS, CORRECTIONS, PLANS)
TOLD = {code for lot in LOTS for code in sorted(lot)[-2:]}


def nation() -> tuple[Invented, ...]:
    """All 222 in full; else two of each sort that something special is told of, and two practices."""
    everybody = organisations(FULL)
    practices = [each.code for each in everybody if each.kind == "gp"][:2]
    return full(tuple(each for each in everybody if each.code in {*TOLD, *practices}), everybody)


def planned(trust: Invented) -> Counter[tuple[str, str]]:
    """The stages that a trust submits by its story."""
    tales = (each for each in (last_year(trust), story(trust), next_year(trust)) if each and each.started)
    return Counter((each.year, stage.value) for each in tales for stage in each.sent)


def test_the_whole_nation_is_built(committed, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = nation()
    corrected = CORRECTIONS.keys() & {each.code for each in chosen}
    monkeypatch.setattr(building, "organisations", lambda size: chosen)
    begun = perf_counter()
    build()
    seconds = perf_counter() - begun
    assert Organisation.objects.count() == len(chosen) >= full(18, 222)
    firsts = scope.everything(Submission, reason=REASON).filter(number=1).exclude(kind="gp")
    made = Counter(firsts.values_list("year", "stage"))
    assert made == sum((planned(each) for each in chosen if each.kind != "gp"), Counter())
    assert not PROVING or made == WHOLE
    assert (
        scope.everything(Submission, reason=REASON).filter(number=2).count()
        == len(corrected)
        >= full(2, len(CORRECTIONS))
    )
    assert scope.everything(Answer, reason=REASON).count() > full(900, 12_000)
    assert Organisation.objects.exclude(closed=None).count() == len(days.CLOSED)
    assert list(verify(Counter())) == []
    report("whole nation", f"{len(chosen)} organisations built in {seconds:.1f} s (bar for all: 30), and sound")
