"""A trust whose results were worked out by hand, for the tests of the board report.

Every requirement stands at level 2, but three that stand at level 1: 13-112, 13-202 and 13-207.
206-3b is ticked by nobody. So, with each condition as attained/needed:

    1  206-3b no, 203 2/3, 205 2/2     partly met, (0 + 2/3 + 1) / 3 = 55
    2  201 2/3, 207 1/2                not met, (2/3 + 1/2) / 2 = 7/12 = 58
    4  201 2/2, 111 2/2, 207 1/2       partly met, (1 + 1 + 1/2) / 3 = 83
    5  302 2/2                         met
    6  202-2c no, 302 2/2              partly met, (0 + 1) / 2 = 50
    7  203 2/2                         met
    8  202-3a no, 202-3b no            not met, 0
    9  203 2/2                         met
    11 202-3a no                       not met, 0
    12 101 2/2, 307 2/2, 200 2/2       met
    14 112 1/2                         not met, 50
    15 101 2/1, 200 2/2                met
    17 210 2/2                         met
    19 203 2/2, 308 2/2                met
    20 207 1/2                         not met, 50
    25 105 2/2, 101 2/2                met

8 met, 3 partly, 5 not. Score: 45 x 2 - 3 = 87 of 135 points, 64.4 percent; three below level 2.
"""

from datetime import UTC, date, datetime

from igtoolkit.access import scope
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records.models import Assessment, Person, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import record_all, up_to

JULY = datetime(2015, 7, 29, 13, 2, 11, tzinfo=UTC)
OCTOBER = datetime(2015, 10, 29, 14, 2, 11, tzinfo=UTC)
NOVEMBER = datetime(2015, 11, 3, 9, 15, 0, tzinfo=UTC)

RESULTS = {
    1: ("partly_met", 55), 2: ("not_met", 58), 4: ("partly_met", 83), 5: ("met", 100), 6: ("partly_met", 50),
    7: ("met", 100), 8: ("not_met", 0), 9: ("met", 100), 11: ("not_met", 0), 12: ("met", 100), 14: ("not_met", 50),
    15: ("met", 100), 17: ("met", 100), 19: ("met", 100), 20: ("not_met", 50), 25: ("met", 100),
}  # fmt: skip


def recorded(assessment: Assessment, by: Person) -> Assessment:
    """The assessment of the docstring, with two targets: 13-202 by 31 January, 13-207 by 31 December."""
    record_all(assessment, 2, by=by, r112=1, r202=1, r207=1)
    due(assessment, "13-202", date(2016, 1, 31))
    due(assessment, "13-207", date(2015, 12, 31))
    return fresh(assessment, by)


def due(assessment: Assessment, requirement: str, day: date) -> None:
    """Set a target as it was set in 2015: by the real clock that day has passed, and could not be entered."""
    assessment.answers.filter(requirement=requirement).update(target_level=3, target_date=day)


def fresh(assessment: Assessment, by: Person) -> Assessment:
    """The assessment as recorded now."""
    found = scope.find_assessment(by, assessment.organisation.code, assessment.year)
    assert found is not None
    return found


def raised(assessment: Assessment, requirement: str, level: int, by: Person, *also: str) -> Assessment:
    """Bring one requirement to a level, with single criteria besides."""
    now = fresh(assessment, by)
    version = now.answers.get(requirement=requirement).version
    said = Said(ticked=up_to(now, requirement, level) | {*also})
    save_answer(now, requirement, said, version=version, by=by)
    return fresh(assessment, by)


def handed_in(assessment: Assessment, by: Person) -> Submission:
    """The trust's Baseline of 29 July 2015, as worked out above."""
    recorded(assessment, by)
    return submitted(assessment, Stage.BASELINE, JULY, by)


def submitted(
    assessment: Assessment, stage: Stage, at: datetime, by: Person, reason: str = "", key: str = ""
) -> Submission:
    """Submit a stage of the assessment as recorded now."""
    key = key or f"{stage.value} {at:%d %b %H:%M} {reason[:20]}"
    return submit(fresh(assessment, by), stage, key=key, arrived=at, by=by, reason=reason)
