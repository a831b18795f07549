"""Who may be shown which sort of whose words: “Who may see what” by hand, for tables of words instead of pages.

Held against every answer of the service. It says what may be seen at all, by somebody in that place and role;
which page shows it to whom is the business of tests/access/pages.py. Everything that is not here is a leak.
"""

from tests.proofs.crawl.canaries import Canary
from tests.proofs.crawl.world import LOOKED_AT, NDG, PRACTICE, SERVICE, STATES, Viewer

NAMED = {"code", "name"}  # the register is public: anybody finds an organisation by its name or code
ANSWERS = {"comment", "reason", "owner", "note", "link"}
SENIOR = {"senior_name", "senior_title"}
PLAN = {"plan_action", "plan_owner"}
OWN = (
    NAMED
    | ANSWERS
    | SENIOR
    | PLAN
    | {"region", "former_code", "kind_words", "correction_reason", "review_reason", "support_reason"}
    | {"dismissal_reason", "person", "submitter", "login"}
)
# Where a stranger may meet a name or code that they did not write themselves, and what goes with it.
PUBLIC_PAGES = {
    "home": NAMED,
    "published": NAMED | {"review_reason"},
    "api_published": NAMED | {"review_reason", "region"},
    "api_published_list": NAMED,
}
READER_OF_TRUSTS = NAMED | SENIOR | {"region", "former_code", "correction_reason", "submitter", "dismissal_reason"}
READERS_OWN = {"view", "view_note", "person"}
SERVICE_OF_ALL = NAMED | PLAN | {"region", "former_code", "kind_words", "source", "person", "submitter", "login"}
SERVICE_OF_ALL |= {"review_reason", "support_reason"}
SERVICE_WHERE_LET_IN = ANSWERS | SENIOR | {"correction_reason"}
# The trail of an organisation is its administrators', and the service's own, which tells of its people and of the
# readers, is the service team's. It names everybody who did something, whoever they are.
TRAIL = ("trail", "trail_csv", "trail_json")
ACTED = {"login"}
OWN_TRAIL, SERVICES_TRAIL = {"token"}, {"person"}
LOG = NAMED | {"login"}  # the log may say who was refused what


def may_see(viewer: Viewer, canary: Canary, route: str) -> bool:
    """Whether this person may be shown this mark at this route."""
    if canary.sort in PUBLIC_PAGES.get(route, ()):
        return True
    if viewer.person is None or viewer.role == "deactivated":
        return False
    if route in TRAIL and canary.sort in _told_by_the_trail(viewer, canary.owner):
        return True
    if canary.login or canary.text in viewer.person.email:
        return canary.text in viewer.person.email or canary.login == viewer.person.email
    return canary.sort in _sorts(viewer, canary.owner)


def _told_by_the_trail(viewer: Viewer, owner: str) -> set[str]:
    if viewer.place == SERVICE:
        return ACTED | SERVICES_TRAIL if owner in (NDG, SERVICE) else set()
    if viewer.role != "administrator":
        return set()
    return OWN_TRAIL if owner == viewer.place else ACTED if owner in (NDG, SERVICE) else set()


def _sorts(viewer: Viewer, owner: str) -> set[str]:
    if viewer.place == NDG:
        return READERS_OWN if owner == NDG else READER_OF_TRUSTS if owner in STATES else set()
    if viewer.place == SERVICE:
        let_in = SERVICE_WHERE_LET_IN if owner == LOOKED_AT else set()
        return SERVICE_OF_ALL | let_in if owner in (*STATES, PRACTICE, SERVICE) else set()
    if viewer.place == owner:
        return OWN
    return set()
