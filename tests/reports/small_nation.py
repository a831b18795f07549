"""A nation of a few trusts whose results can be worked out by hand: every requirement at one level.

What the crosswalk makes of an acute trust with all 45 requirements at one level, maintenance left out:
  0  nothing holds: all 16 recommendations not met
  1  only 13-101 at level 1 holds: recommendation 15 is partly met, the other 15 not met
  2  all but 13-206 3b, 13-203 at 3 (recommendation 1), 13-201 at 3 (2) and 13-202 3a, 3b (8, 11) hold:
     1 and 2 are partly met, 8 and 11 not met, the other 12 met
  3  everything holds: all 16 met
"""

from datetime import UTC, datetime, timedelta

from igtoolkit.access import scope
from igtoolkit.actions.assessments import start_assessment
from igtoolkit.actions.submissions import submit
from igtoolkit.records.models import Answer, Assessment, Person, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_organisation, make_person, up_to

NUMBERS = (1, 2, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17, 19, 20, 25)
AT_LEVEL = {
    0: dict.fromkeys(NUMBERS, "not_met"),
    1: dict.fromkeys(NUMBERS, "not_met") | {15: "partly_met"},
    2: dict.fromkeys(NUMBERS, "met") | {1: "partly_met", 2: "partly_met", 8: "not_met", 11: "not_met"},
    3: dict.fromkeys(NUMBERS, "met"),
}
DEADLINES = {Stage.BASELINE: datetime(2015, 7, 31, tzinfo=UTC), Stage.UPDATE: datetime(2015, 10, 31, tzinfo=UTC)}


def statuses(level: int) -> dict[str, str]:
    """{"1": status, …} as the national form says it."""
    return {str(number): status for number, status in AT_LEVEL[level].items()}


def trust(code: str, *, kind: str = "acute", name: str = "", region: str = "North") -> Person:
    """A registered trust that has said nothing yet; its administrator."""
    organisation = make_organisation(code, kind=kind, name=name, region=region)
    return make_person(f"administrator.{code.lower()}", organisation, "administrator")


def report_at(by: Person, stage: Stage, level: int, *, late: bool = False, reason: str = "") -> Submission:
    """Bring every requirement to a level and submit the stage; `reason` makes it a correction."""
    assessment = _assessment(by)
    assessment.answers.all().delete()
    ticks = {each.code: up_to(assessment, each.code, level) for each in assessment.framework.requirements}
    assessment.answers.bulk_create(
        Answer(
            assessment=assessment,
            requirement=code,
            ticks=" ".join(sorted(ticked)),
            level=assessment.level_of(code, ticked),
            not_yet=not ticked,
        )
        for code, ticked in ticks.items()
    )
    arrived = DEADLINES[stage] + timedelta(days=2 if late else -2)
    return submit(_assessment(by), stage, key=f"{stage} {level} {reason}", arrived=arrived, by=by, reason=reason)


def _assessment(by: Person) -> Assessment:
    found = scope.find_assessment(by, by.organisation.code, YEAR)
    return found if found.is_started else start_assessment(found, by=by)
