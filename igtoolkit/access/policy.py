"""Who may do what, written once. Everything not granted here is refused."""

from enum import StrEnum
from typing import Any, TypeGuard

from django.contrib.auth.models import AnonymousUser

from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, Role, Submission
from igtoolkit.standard.words import Stage

Visitor = Person | AnonymousUser
Record = Assessment | Submission | None

EDITORS = frozenset({Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMINISTRATOR})


class Action(StrEnum):
    """Everything that can be asked of the service, a verb each."""

    VIEW_PUBLIC_PAGE = "view_public_page"
    VIEW_OWN_ACCOUNT = "view_own_account"
    VIEW_ASSESSMENT = "view_assessment"
    START_ASSESSMENT = "start_assessment"
    SEND_FORM = "send_form"
    SAVE_ANSWER = "save_answer"
    NAME_SENIOR_PEOPLE = "name_senior_people"
    CONFIRM_ANSWER = "confirm_answer"
    DECLARE_ONE_PERSON = "declare_one_person"
    VIEW_RECEIPT = "view_receipt"
    VIEW_PREVIEW = "view_preview"
    SUBMIT_STAGE = "submit_stage"
    REOPEN_FINAL = "reopen_final"
    VIEW_PLAN = "view_plan"
    WRITE_PLAN = "write_plan"
    SEND_PLAN = "send_plan"
    VIEW_BOARD_REPORT = "view_board_report"
    VIEW_PUBLISHED = "view_published"
    VIEW_NATIONAL_REPORT = "view_national_report"
    REVIEW_PLANS = "review_plans"
    SET_KINDS = "set_kinds"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_OWN_TOKENS = "manage_own_tokens"
    MANAGE_OWN_FACTORS = "manage_own_factors"
    VIEW_REGISTER = "view_register"
    EXAMINE_SUBMISSION = "examine_submission"
    DISMISS_SECOND_LOOK = "dismiss_second_look"
    SAVE_VIEWS = "save_views"
    REQUEST_FILES = "request_files"
    VIEW_SUPPORT = "view_support"
    GRANT_SUPPORT = "grant_support"
    SIMULATE_ACCESS = "simulate_access"
    VIEW_TRAIL = "view_trail"


PUBLIC = frozenset({Action.VIEW_PUBLIC_PAGE})
ON_NOTHING = PUBLIC | {
    Action.VIEW_OWN_ACCOUNT,
    Action.VIEW_NATIONAL_REPORT,
    Action.REVIEW_PLANS,
    Action.SET_KINDS,
    Action.MANAGE_PEOPLE,
    Action.MANAGE_OWN_TOKENS,
    Action.MANAGE_OWN_FACTORS,
    Action.VIEW_REGISTER,
    Action.SAVE_VIEWS,
    Action.REQUEST_FILES,
    Action.VIEW_SUPPORT,
    Action.GRANT_SUPPORT,
    Action.SIMULATE_ACCESS,
    Action.VIEW_TRAIL,
}
ON_SUBMISSION = frozenset(
    {Action.VIEW_BOARD_REPORT, Action.VIEW_PUBLISHED, Action.EXAMINE_SUBMISSION, Action.DISMISS_SECOND_LOOK}
)
ON_ASSESSMENT = frozenset(Action) - ON_NOTHING - ON_SUBMISSION
REVIEWERS = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})


class Refused(PermissionError):
    """This person may not take this action; nothing was changed."""


def may(person: Visitor, action: Action, record: Record = None) -> bool:
    """Whether this person may take this action. Everything not granted is refused.

    record: the assessment or submission it is about; None for an action on nothing in particular.
    """
    if action in PUBLIC:
        return True
    if action is Action.VIEW_PUBLISHED:
        return isinstance(record, Submission) and record.stage == Stage.FINAL
    if not has_account(person):
        return False
    if action in ON_NOTHING:
        return _may_on_nothing(person, action)
    if isinstance(record, Submission):
        return is_reported(record) and _may_on_submission(person, action, record)
    if isinstance(record, Assessment):
        if action is Action.VIEW_ASSESSMENT and has_support_access(person, record):
            return True
        return own(person, record) and _may_in_own(person, action, record)
    return False


def _may_on_nothing(person: Person, action: Action) -> bool:
    match action:
        case Action.VIEW_OWN_ACCOUNT | Action.MANAGE_OWN_TOKENS | Action.MANAGE_OWN_FACTORS | Action.VIEW_REGISTER:
            return True  # which rows of the register: access/scope.py
        case Action.VIEW_NATIONAL_REPORT | Action.SAVE_VIEWS | Action.REQUEST_FILES:
            return person.reads_for_ndg
        case Action.REVIEW_PLANS | Action.SET_KINDS:
            return person.serves
        case Action.MANAGE_PEOPLE | Action.SIMULATE_ACCESS | Action.VIEW_SUPPORT | Action.VIEW_TRAIL:
            return person.serves or person.role == Role.ADMINISTRATOR
        case Action.GRANT_SUPPORT:
            return person.role == Role.ADMINISTRATOR
    return False


def _may_on_submission(person: Person, action: Action, submission: Submission) -> bool:
    match action:
        case Action.VIEW_BOARD_REPORT:
            return own(person, submission) or person.reads_for_ndg
        case Action.EXAMINE_SUBMISSION:  # its evidence, what would move it, the pack for its board
            return own(person, submission)
        case Action.DISMISS_SECOND_LOOK:
            return person.reads_for_ndg
    return False


def _may_in_own(person: Person, action: Action, assessment: Assessment) -> bool:
    match action:
        case Action.VIEW_ASSESSMENT | Action.VIEW_RECEIPT | Action.VIEW_PLAN:
            return True
        case Action.START_ASSESSMENT:
            return person.role == Role.ADMINISTRATOR
        case Action.SEND_FORM:  # once Final is submitted too: what was typed is given back, and nothing is saved
            return assessment.is_started and person.role in EDITORS
        case Action.SAVE_ANSWER | Action.NAME_SENIOR_PEOPLE:
            return assessment.is_open and person.role in EDITORS
        case Action.VIEW_PREVIEW:
            return assessment.is_started and assessment.is_reported
        case Action.CONFIRM_ANSWER:
            return assessment.is_open and assessment.confirms and person.role in REVIEWERS
        case Action.SUBMIT_STAGE:  # once Final is submitted too: a form sent twice gets its receipt, others are told
            return assessment.is_started and person.role == Role.ADMINISTRATOR
        case Action.DECLARE_ONE_PERSON:
            return assessment.is_open and not assessment.is_simplified and person.role == Role.ADMINISTRATOR
        case Action.REOPEN_FINAL:
            return assessment.stage_reached == Stage.FINAL and person.role == Role.ADMINISTRATOR
        case Action.WRITE_PLAN:
            return assessment.stage_reached == Stage.FINAL and person.role in EDITORS
        case Action.SEND_PLAN:
            return assessment.stage_reached == Stage.FINAL and person.role == Role.ADMINISTRATOR
    return False


def knows(person: Visitor, action: Action, record: Record) -> bool:
    """Whether this person may know that the record exists: if not, the answer is 404 and never 403."""
    if action is Action.VIEW_PUBLISHED:
        return may(person, action, record)
    if not has_account(person):
        return False
    if isinstance(record, Submission):
        return may(person, action, record) or (own(person, record) and is_reported(record))
    return isinstance(record, Assessment) and (own(person, record) or has_support_access(person, record))


def has_account(person: Visitor) -> TypeGuard[Person]:
    """Whether this is somebody with an account that was not deactivated; a visitor never is."""
    return person.is_active


def needs_second_factor(person: Person) -> bool:
    """Whether a password alone opens no closed page to this person: who manages, reads the nation, or serves."""
    return person.serves or person.reads_for_ndg or person.role == Role.ADMINISTRATOR


def own(person: Person, record: Assessment | Submission) -> bool:
    """Whether the record belongs to the person's own organisation."""
    return person.organisation_id is not None and person.organisation_id == record.organisation_id


def has_support_access(person: Person, assessment: Assessment) -> bool:
    """Whether the assessment's organisation lets the service team look at this moment."""
    return person.serves and any(each.stands_by(clock.now) for each in assessment.organisation.support_accesses.all())


def is_reported(submission: Submission) -> bool:
    """Whether a Caldicott2 report exists for the organisation's kind."""
    return submission.assessment.is_reported


def require(person: Visitor, action: Action, record: Any = None) -> None:
    """Raises Refused unless the person may."""
    if not may(person, action, record):
        raise Refused(f"{action.replace('_', ' ').capitalize()}: not allowed.")
