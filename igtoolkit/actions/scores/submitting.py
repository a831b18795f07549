"""Submitting a stage from a file: frozen like any other, with nobody as its author."""

from datetime import UTC, date, datetime, time
from secrets import token_hex

from igtoolkit.actions.audit import audit
from igtoolkit.actions.rollups import count
from igtoolkit.actions.scores.files import ScoresFile
from igtoolkit.actions.scores.stands import Stand
from igtoolkit.actions.submissions import performance_rows, second_look_rows
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Registration, Submission
from igtoolkit.records.snapshots import Occasion, snapshot
from igtoolkit.standard.calendar import LONDON
from igtoolkit.standard.canonical import canonical, digest


def submit_stand(
    assessment: Assessment, stand: Stand, made: list[Submission], registration: Registration | None, reason: str
) -> Submission:
    """Submit a stage as the file gives it. made: the stage's submissions so far; reason: kept where there are any."""
    last = assessment.organisation.submissions.order_by("-pk").first()
    at = _noon(stand.day)
    occasion = Occasion(
        stage=stand.stage,
        number=len(made) + 1,
        at=at,
        by=None,
        late=made[0].late if made else assessment.calendar.is_late(stand.stage, at),
        reason=reason if made else "",
        previous=last.digest if last else None,
        levels=stand.levels,
    )
    submission = _freeze(assessment, occasion, registration)
    count(submission, replacing=made[-1] if made else None)
    assessment.stage_reached = stand.stage
    assessment.save(update_fields=["stage_reached"])
    return submission


def _noon(day: date) -> datetime:
    """Noon in London, so that neither time zone nor clock change moves the day; never in the future."""
    return min(datetime.combine(day, time(12), LONDON).astimezone(UTC), clock.now().replace(microsecond=0))


def _freeze(assessment: Assessment, occasion: Occasion, registration: Registration | None) -> Submission:
    """The submission under the code and name that the organisation had in that year."""
    document = snapshot(assessment, occasion, assessment.compared_with(occasion.stage))
    if registration is not None:
        document["organisation"] |= {"code": registration.code, "name": registration.name}
    text = canonical(document)
    submission = Submission(
        assessment=assessment,
        organisation=assessment.organisation,
        year=assessment.year,
        stage=occasion.stage,
        number=occasion.number,
        kind=assessment.kind,
        region=assessment.region,
        name=document["organisation"]["name"],
        submitted_at=occasion.at,
        imported=True,
        late=occasion.late,
        key=f"import-{token_hex(16)}",
        document=text,
        digest=digest(text),
    )
    submission.save(force_insert=True)
    submission.performance.bulk_create(performance_rows(submission))
    submission.second_looks.bulk_create(second_look_rows(submission))
    return submission


def tell(submission: Submission, file: ScoresFile, reason: str) -> None:
    """Tell the audit trail of a submission, and of the file it came from."""
    told = {name: getattr(submission, name) for name in ("year", "stage", "number", "digest", "late")}
    after = {**told, "reason": reason, "file": file.name, "sha256": file.sha256}
    audit(submission.organisation, "stage_imported", by=None, after=after)
