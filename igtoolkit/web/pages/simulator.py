"""What the access simulator shows: whom one may ask about, and each action of the policy in words."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from igtoolkit.access import scope
from igtoolkit.access.policy import Action
from igtoolkit.access.simulator import Area, Sight
from igtoolkit.records.models import Person

SHOWN = 50
ANSWERS = {
    "200": "Yes",
    "403": "No: refused",
    "404": "No: the answer is the same as for something that does not exist",
    "sign in": "No: this person cannot sign in",
}
WORDS = {
    Action.VIEW_PUBLIC_PAGE: "Read the public pages",
    Action.VIEW_OWN_ACCOUNT: "See their own account",
    Action.MANAGE_OWN_TOKENS: "Make and revoke their own tokens for programs",
    Action.MANAGE_OWN_FACTORS: "Set up and remove their own second factors",
    Action.VIEW_REGISTER: "Read their part of the register through the API",
    Action.VIEW_NATIONAL_REPORT: "Read the national report of all organisations",
    Action.SAVE_VIEWS: "Save views of the national report",
    Action.REQUEST_FILES: "Ask for files of the national report",
    Action.REVIEW_PLANS: "Read and decide on improvement plans that were sent",
    Action.SET_KINDS: "Set the kinds of organisations",
    Action.MANAGE_PEOPLE: "Manage people",
    Action.SIMULATE_ACCESS: "Ask what people can see today",
    Action.VIEW_TRAIL: "Read the audit trail",
    Action.VIEW_SUPPORT: "See which support access is granted",
    Action.GRANT_SUPPORT: "Let the service team look",
    Action.VIEW_ASSESSMENT: "Read the requirements, answers, comments and evidence",
    Action.START_ASSESSMENT: "Start it",
    Action.SEND_FORM: "Send its forms",
    Action.SAVE_ANSWER: "Save what is said about a requirement, and mark it complete",
    Action.NAME_SENIOR_PEOPLE: "Name the senior people",
    Action.CONFIRM_ANSWER: "Confirm what somebody else completed",
    Action.DECLARE_ONE_PERSON: "Declare that the organisation has one person",
    Action.VIEW_RECEIPT: "Read the receipts of what was submitted",
    Action.VIEW_PREVIEW: "See the board report before it is submitted",
    Action.SUBMIT_STAGE: "Submit a stage",
    Action.REOPEN_FINAL: "Open Final again for a correction",
    Action.VIEW_PLAN: "Read the improvement plan",
    Action.WRITE_PLAN: "Write the improvement plan",
    Action.SEND_PLAN: "Send the improvement plan",
    Action.VIEW_BOARD_REPORT: "Read the board report",
    Action.VIEW_PUBLISHED: "Read the published levels, score and grade",
    Action.EXAMINE_SUBMISSION: "Look behind the board report: what if, evidence, the pack for the board",
    Action.DISMISS_SECOND_LOOK: "Answer a question of the second look",
}


@dataclass(frozen=True)
class Shown:
    """One area of the simulator's page: what the person can do, and [(what they cannot, the answer in words)]."""

    words: str
    allowed: list[str]
    refused: list[tuple[str, str]]


def told(area: Area) -> Shown:
    """An area in words."""
    refused = [(words(each), ANSWERS[each.answer]) for each in area.sights if not each.is_allowed]
    return Shown(area.words, [words(each) for each in area.allowed], refused)


def words(sight: Sight) -> str:
    return WORDS.get(sight.action) or sight.action.value.replace("_", " ").capitalize()


def people(by: Person, asked: str) -> list[Person]:
    """Whom one may ask about, by name: an administrator's own people; for the service team who is found by `asked`."""
    rows = _known(by)
    if by.serves and not asked:
        return []
    found = rows.filter(Q(email__icontains=asked) | Q(name__icontains=asked)) if asked else rows
    return list(found.order_by("name", "email")[:SHOWN])


def find(by: Person, pk: int) -> Person | None:
    return _known(by).filter(pk=pk).first()


def _known(by: Person) -> QuerySet[Person]:
    """Not whom an administrator only invited: that there is an account would be told by their being found."""
    if by.serves:
        return scope.everybody(by)
    return scope.people(by).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
