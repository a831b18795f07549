"""Submitting a stage: one frozen snapshot, its results, its counts and its audit event, or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from igtoolkit.access.policy import Action, require
from igtoolkit.actions.assessments import senior_people
from igtoolkit.actions.audit import audit
from igtoolkit.actions.finals import blockers
from igtoolkit.actions.freezing import freeze
from igtoolkit.actions.locking import lock
from igtoolkit.actions.rollups import count
from igtoolkit.actions.said import Invalid, read_problems, says_something
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Organisation, Person, Submission
from igtoolkit.records.snapshots import Occasion
from igtoolkit.standard.canonical import canonical
from igtoolkit.standard.words import Stage

REASON_MAX = 500
CHANGES = (  # events of what a submission holds, or is compared with
    *("assessment_started", "assessment_imported", "answer_saved", "senior_people_named", "kind_set"),
    *("answer_confirmed", "answers_confirmed", "confirmation_withdrawn", "one_person_declared", "one_person_withdrawn"),
    *("final_reopened", "stage_submitted", "stage_imported"),
)
ASSURE = "Accept the assurance statement: Final cannot be submitted without it"


class StaleDraft(Exception):
    """The assessment changed between the preview and the submission: what was looked at is not what would go."""


@transaction.atomic
def submit(
    assessment: Assessment,
    stage: Stage,
    *,
    key: str,
    arrived: datetime,
    by: Person,
    reason: str = "",
    seen: str | None = None,
    assured: bool = False,
    waited: bool = False,
) -> Submission:
    """Submit a stage as the assessment stands now.

    key: the form's one-time key; the same key again gives back what it submitted. arrived: when the
    request came in, by which late is decided. reason: needed for a correction (a further submission
    of the same stage). seen: `draft_digest` of the preview; None submits whatever stands. assured: whether
    `by` accepts the assurance statement, which Final needs. waited: whether `arrived` lies back because the form
    waited until `by` had signed in again; it counts only if nothing was changed since. Raises Refused when `by` may
    not; Invalid when the stage is closed, something keeps Final from being submitted, or the reason is missing;
    StaleDraft.
    """
    assessment = lock(assessment, by=by)
    made = assessment.submissions.filter(key=key).first()
    if made is not None:
        return made
    require(by, Action.SUBMIT_STAGE, assessment)
    _check_stage(assessment, stage)
    hold(assessment.organisation)
    earlier = list(assessment.submissions.filter(stage=stage).order_by("number"))
    if seen is not None and seen != draft_digest(assessment):
        raise StaleDraft
    _check(assessment, stage, reason, assured=assured, correcting=bool(earlier))
    if waited and _was_changed(assessment, arrived):
        arrived = clock.now()
    occasion = _occasion(assessment, stage, earlier, arrived, by, reason)
    submission = freeze(assessment, occasion, key=key)
    count(submission, replacing=earlier[-1] if earlier else None)
    assessment.stage_reached = stage
    assessment.reopened_at = assessment.reopened_by = None
    assessment.save(update_fields=["stage_reached", "reopened_at", "reopened_by"])
    audit(assessment.organisation, "stage_submitted", by=by, after={**_told(submission), "reason": occasion.reason})
    return submission


def hold(organisation: Organisation) -> None:
    """Two years of one organisation submitted at once go one after the other: each names the one before it."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _was_changed(assessment: Assessment, since: datetime) -> bool:
    """Whether anything that a submission would hold was changed since: what was typed later is dated later."""
    return bool(assessment.organisation.events.filter(event__in=CHANGES, at__gt=since).exists())


def _told(submission: Submission) -> dict[str, object]:
    return {name: getattr(submission, name) for name in ("year", "stage", "number", "digest", "late")}


def draft_digest(assessment: Assessment) -> str:
    """Names what a submission would hold and be compared with: another save, name or submission changes it.

    Nobody can work out that of a draft which they have not seen: none is sent before what it names was typed.
    """
    facts = {
        "framework": assessment.framework.digest,
        "answers": [[each.requirement, each.version, each.is_confirmed] for each in assessment.answer_list()],
        "one_person": assessment.one_person_at is not None,
        "maintained": sorted(assessment.maintained),
        "people": {post: list(each) for post, each in senior_people(assessment).items()},
        "made": sorted(assessment.submissions.values_list("digest", flat=True)),
    }
    return salted_hmac("igtoolkit.draft", canonical(facts), algorithm="sha256").hexdigest()


def closed_because(assessment: Assessment, stage: Stage) -> str:
    """Why a stage takes no submission, in words; empty while it does."""
    if not assessment.is_open:
        return "Final has been submitted. Open it again to correct it"
    if stage in assessment.open_stages:
        return ""
    if assessment.is_simplified:
        return f"{assessment.framework.kind(assessment.kind).plural.lower()} submit Final alone"
    return f"a later stage has been submitted ({Stage(assessment.stage_reached).words})"


def _check_stage(assessment: Assessment, stage: Stage) -> None:
    why = closed_because(assessment, stage)
    if why:
        raise Invalid({"stage": f"{stage.words} is closed: {why}"})


def _check(assessment: Assessment, stage: Stage, reason: str, *, assured: bool, correcting: bool) -> None:
    errors = dict(read_problems("reason", "Reason", reason, REASON_MAX))
    if correcting and not says_something(reason):
        errors["reason"] = "Give the reason for this correction: it is printed on the report"
    if stage is Stage.FINAL and not assured:
        errors["assurance"] = ASSURE
    if stage is Stage.FINAL and blockers(assessment):
        errors["stage"] = "Final cannot be submitted yet: see what is still to be done"
    if errors:
        raise Invalid(errors)


def _occasion(
    assessment: Assessment, stage: Stage, earlier: list[Submission], arrived: datetime, by: Person, reason: str
) -> Occasion:
    last = assessment.organisation.submissions.order_by("-pk").first()
    return Occasion(
        stage=stage,
        number=len(earlier) + 1,
        at=arrived.replace(microsecond=0),  # the snapshot and the paper keep whole seconds
        by=by,
        late=earlier[0].late if earlier else assessment.calendar.is_late(stage, arrived),
        reason=reason.strip() if earlier else "",
        previous=last.digest if last else None,
        demonstration=clock.demonstration() is not None,
    )
