"""Submitting a stage from a file: frozen like any other, with nobody as its author."""

from datetime import UTC, date, datetime, time
from secrets import token_hex

from igtoolkit.actions.audit import audit
from igtoolkit.actions.freezing import freeze
from igtoolkit.actions.rollups import count
from igtoolkit.actions.scores.files import ScoresFile
from igtoolkit.actions.scores.stands import Stand
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Registration, Submission
from igtoolkit.records.snapshots import Occasion
from igtoolkit.standard.calendar import LONDON


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
    submission = freeze(assessment, occasion, key=f"import-{token_hex(16)}", registration=registration)
    count(submission, replacing=made[-1] if made else None)
    assessment.stage_reached = stand.stage
    assessment.save(update_fields=["stage_reached"])
    return submission


def _noon(day: date) -> datetime:
    """Noon in London, so that neither time zone nor clock change moves the day; never in the future."""
    return min(datetime.combine(day, time(12), LONDON).astimezone(UTC), clock.now().replace(microsecond=0))


def tell(submission: Submission, file: ScoresFile, reason: str) -> None:
    """Tell the audit trail of a submission, and of the file it came from."""
    told = {name: getattr(submission, name) for name in ("year", "stage", "number", "digest", "late")}
    after = {**told, "reason": reason, "file": file.name, "sha256": file.sha256}
    audit(submission.organisation, "stage_imported", by=None, after=after)
