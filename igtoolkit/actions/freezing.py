"""Freezing an assessment at a stage: one snapshot with its digest, and the results worked out from it."""

from datetime import date

from igtoolkit.records.counts import met
from igtoolkit.records.models import Assessment, RecordedPerformance, Registration, SecondLook, Submission
from igtoolkit.records.snapshots import Occasion, snapshot
from igtoolkit.standard.canonical import canonical, digest


def freeze(
    assessment: Assessment, occasion: Occasion, *, key: str, registration: Registration | None = None
) -> Submission:
    """The submission of an occasion, written with its results.

    registration: under whose code and name it stands, where that is not those of today: a file tells of years past.
    """
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
        submitted_by=occasion.by,
        imported=occasion.levels is not None,
        late=occasion.late,
        key=key,
        document=text,
        digest=digest(text),
        **met(document),
    )
    submission.save(force_insert=True)
    submission.performance.bulk_create(_performance(submission))
    submission.second_looks.bulk_create(_second_looks(submission))
    return submission


def _performance(submission: Submission) -> list[RecordedPerformance]:
    """A row for each recommendation of the snapshot."""
    return [
        RecordedPerformance(
            submission=submission,
            recommendation=each["number"],
            status=each["status"],
            share=each["share"],
            target_date=date.fromisoformat(each["target_date"]) if each["target_date"] else None,
        )
        for each in submission.snapshot["recommendations"]
    ]


def _second_looks(submission: Submission) -> list[SecondLook]:
    """A row for each rule that the snapshot says noticed something."""
    return [
        SecondLook(submission=submission, rule=each["rule"], requirements=" ".join(each["requirements"]))
        for each in submission.snapshot["second_look"]
    ]
