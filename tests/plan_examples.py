"""A Final with shortfalls, made quickly: its answers are laid down as rows, and submitted by the action."""

from datetime import UTC, date, datetime

from igtoolkit.access import scope
from igtoolkit.actions.assessments import name_senior_people
from igtoolkit.actions.plans import Planned, save_plan, send_plan
from igtoolkit.records.models import Answer, Assessment, ImprovementPlan, Person, Submission
from tests.conftest import SENIOR_PEOPLE, Cast, submit_final, up_to

SPRING = datetime(2016, 4, 10, 9, 0, tzinfo=UTC)
DUE = date(2016, 9, 30)
TRAIN = Planned("Train every new starter within a month.", "Paul Threlfall", DUE)
AUDIT = Planned("Audit access to records each quarter.", "Dr Osei Kwarteng", DUE)
BOTH = {"13-112": TRAIN, "13-202": AUDIT}


def lay_down(assessment: Assessment, levels: dict[str, int], *, by: Person, confirmed_by: Person) -> None:
    """Answer every requirement at level 2 but for those named, complete and confirmed."""
    marks = {"completed_by": by, "completed_at": SPRING, "confirmed_by": confirmed_by, "confirmed_at": SPRING}
    rows = []
    for each in assessment.framework.requirements:
        level = levels.get(each.code, 2)
        row = Answer(assessment=assessment, requirement=each.code, level=level, not_yet=not level, version=1, **marks)
        row.ticked = up_to(assessment, each.code, level)
        rows.append(row)
    assessment.answers.all().delete()
    assessment.answers.bulk_create(rows)


def draft(administrator: Person, code: str = "DMA001") -> Assessment:
    return scope.find_assessment(administrator, code, "2015-16")


def final_of(cast: Cast, **levels: int) -> Submission:
    """DMA001's Final: `r112=1` puts 13-112 at level 1, and what is not named is at level 2."""
    assessment = draft(cast.ada)
    found = {f"13-{name[1:]}": level for name, level in levels.items()}
    lay_down(assessment, found, by=cast.con, confirmed_by=cast.rex)
    name_senior_people(draft(cast.ada), SENIOR_PEOPLE, by=cast.ada)
    return submit_final(draft(cast.ada), by=cast.ada, at=SPRING)


def sent_plan(cast: Cast) -> ImprovementPlan:
    save_plan(draft(cast.ada), BOTH, by=cast.con)
    return send_plan(draft(cast.ada), by=cast.ada)
