"""Why a file of levels is not taken, in words that say what to do."""

from igtoolkit.actions.said import Invalid, read_problems, says_something
from igtoolkit.actions.scores.stands import Stand
from igtoolkit.records.models import Answer, Assessment, Registration, Submission
from igtoolkit.standard.calendar import london_day
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Stage

REASON_MAX = 500


def check_reason(reason: str) -> None:
    """Raises Invalid for a reason that cannot be kept or says nothing; none at all is well."""
    problems = dict(read_problems("reason", "Reason", reason, REASON_MAX))
    if reason and not says_something(reason):
        problems["reason"] = "Give the reason for the correction in words: it is printed on the report"
    if problems:
        raise Invalid(problems)


def without_a_set(
    framework: Framework, year: str, assessment: Assessment | None, registration: Registration | None
) -> str:
    """Why the organisation reads nothing of this version in that year; empty when it reads a set."""
    if assessment is not None and assessment.framework_code != framework.code:
        kept = assessment.framework_code
        return f"the {year} assessment was started with {kept}, and this is {framework.code}: correct toolkit_version"
    if assessment is None and registration is None:
        return (
            f"the organisation is not registered for {year}: load a file that names it, "
            f"`igtoolkit organisations load FILE --year {year}`"
        )
    kind = assessment.kind if assessment else registration.kind if registration else ""
    if not kind:
        return f"the organisation's kind in {year} is to be set: set it, and import again"
    known = [each for each in framework.kinds if each.code == kind]
    if not known or not framework.for_kind(kind).requirements:
        named = known[0].plural.lower() if known else kind
        return f"version {framework.version} holds no requirements for {named}, the organisation's kind in {year}"
    return ""


def refusal(assessment: Assessment, stand: Stand, made: list[Submission], reason: str) -> str:
    """Why this stage cannot be taken now; empty when it can. made: the stage's submissions, first to last."""
    what = f"{stand.stage.words} {stand.year}"
    if made and not made[-1].imported:
        return f"{what} was submitted by {made[-1].submitted_by}: a file does not replace what a person submitted"
    if assessment.stage_reached and stand.stage in Stage(assessment.stage_reached).earlier:
        return f"{what} is closed: {Stage(assessment.stage_reached).words} has been submitted"
    if assessment.is_reopened:
        return f"Final {stand.year} was opened again to be corrected by hand: submit that correction"
    if made and not reason:
        return f"{what} was imported before {_difference(made[-1], stand)}: say why it changes with --reason"
    answered = 0 if made else sum(says_anything(each) for each in assessment.answers.prefetch_related("evidence"))
    if answered:
        recorded = f"{answered} answer{'s are' if answered > 1 else ' is'} recorded in the {stand.year} assessment"
        return f"{recorded}, and a file does not pass people's work by: submit the stage there, or clear them first"
    return ""


def says_anything(answer: Answer) -> bool:
    """Whether an answer holds anything at all that somebody recorded."""
    return bool(
        answer.is_scored
        or answer.comment
        or answer.reason
        or answer.target_level
        or answer.owner
        or answer.evidence.all()
    )


def levels_of(submission: Submission) -> dict[str, int]:
    """{requirement: level} of a submission, those without a level left out."""
    answers = submission.snapshot["answers"]
    return {each["requirement"]: each["level"] for each in answers if each["level"] is not None}


def is_same(submission: Submission, stand: Stand) -> bool:
    """Whether a submission holds the same levels, submitted on the same day in London."""
    return levels_of(submission) == stand.levels and london_day(submission.submitted_at) == stand.day


def _difference(before: Submission, stand: Stand) -> str:
    now, then = stand.levels, levels_of(before)
    differing = sorted(code for code in {*now, *then} if now.get(code) != then.get(code))
    if not differing:
        return f"for {london_day(before.submitted_at)}"
    named = ", ".join(differing[:5]) + (f" and {len(differing) - 5} more" if len(differing) > 5 else "")
    return f"with other levels of {named}"
