"""An organisation's own assessment and submissions."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse

from igtoolkit.access import policy
from igtoolkit.access.policy import Action
from igtoolkit.actions.support import tell_look
from igtoolkit.api.answers import answer
from igtoolkit.api.description import RECORDED
from igtoolkit.api.drafts import assessment_told
from igtoolkit.api.service import reads
from igtoolkit.api.shapes import assessments as shapes
from igtoolkit.records.models import Assessment, Person, Submission

HERE = "organisations/{code}/{year}/"
NAMES = ("year", "stage", "number", "correction_reason", "framework", "crosswalk", "submitted_at", "deadline", "late")


@reads(HERE + "assessment/", Action.VIEW_ASSESSMENT, shapes.Assessment, about=RECORDED)
def assessment(request: HttpRequest, record: Assessment) -> HttpResponse:
    """The draft of a year.

    For the organisation's own people, and the service team while it is let look: stages, score, senior people, and
    every requirement with its ticks, comment and evidence, as they stand now.
    """
    tell_look(record, address=request.path, by=cast(Person, request.user))
    return answer(request, assessment_told(record, own=policy.own(cast(Person, request.user), record)))


@reads(HERE + "{stage}/submission/", Action.VIEW_RECEIPT, shapes.Submission, about=RECORDED)
def submission(request: HttpRequest, record: Assessment, stage: str) -> HttpResponse:
    """What was submitted at a stage.

    For the organisation's own people: facts, digest, score and levels of the latest submission of the stage.
    """
    return _submission(request, record, stage)


@reads(HERE + "{stage}/{int:number}/submission/", Action.VIEW_RECEIPT, shapes.Submission, about=RECORDED)
def earlier_submission(request: HttpRequest, record: Assessment, stage: str, number: int) -> HttpResponse:
    """A submission by its number.

    The first of a stage is 1; a correction has the next number.
    """
    return _submission(request, record, stage, number)


def _submission(request: HttpRequest, record: Assessment, stage: str, number: int | None = None) -> HttpResponse:
    if not record.is_started:
        raise Http404
    made = record.submissions.filter(stage=stage)
    found: Submission | None = (made if number is None else made.filter(number=number)).order_by("-number").first()
    if found is None:
        raise Http404
    return answer(request, _told(found), modified=found.submitted_at)


def _told(found: Submission) -> dict[str, object]:
    document = found.snapshot
    return {
        "organisation": {name: document["organisation"][name] for name in ("code", "name", "kind", "region")},
        **{name: document[name] for name in NAMES},
        "imported": found.imported,
        "digest": f"sha256:{found.digest}",
        "previous": f"sha256:{document['previous']}" if document["previous"] else None,
        "score": {name: document["score"][name] for name in shapes.DraftScore.model_fields},
        "levels": [
            {
                "requirement": each["requirement"],
                "level": each["level"],
                "not_relevant": bool(each.get("not_relevant")),
            }
            for each in document["answers"]
        ],
    }
