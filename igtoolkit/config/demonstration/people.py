"""The nation's people: who signs in, and who answers for information governance. All invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from igtoolkit.config.demonstration import invented
from igtoolkit.config.demonstration.dice import chance, pick
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.records.models import Role, SeniorPerson

PASSWORD = "caldicott-demo"  # noqa: S105 (printed at start, and good for invented data alone)
TRUST_ROLES = (Role.ADMINISTRATOR, Role.REVIEWER, Role.CONTRIBUTOR, Role.VIEWER)
PRACTICE_ROLES = (Role.ADMINISTRATOR, Role.VIEWER)

GIVEN = invented.GIVEN_NAMES.split()
FAMILY = invented.FAMILY_NAMES.split()

SIRO_TITLES = (
    "Director of Finance",
    "Chief Operating Officer",
    "Director of Corporate Affairs",
    "Director of Strategy",
)
DOCTORS = ("Medical Director", "Deputy Medical Director")
GUARDIAN_TITLES = (*DOCTORS, "Medical Director", "Chief Nurse", "Director of Nursing and Quality")
LEAD_TITLES = ("Head of Information Governance", "Information Governance Manager", "Head of IG and Health Records")
CHIEF_TITLES = ("Chief Executive", "Chief Executive", "Chief Executive", "Interim Chief Executive")
# How often a post is left without a name.
UNNAMED = {"siro": 0.03, "caldicott_guardian": 0.04, "ig_lead": 0.06, "chief_executive": 0.12}
# Where the picture of the board report was drawn from.
NORTHMOOR = {
    "siro": ("Abiola Adeyemi", "Finance Director"),
    "caldicott_guardian": ("Dr Petra Lindqvist", "Medical Director"),
    "ig_lead": ("Michael Okafor", "Head of Information Governance"),
    "chief_executive": ("Rosalind Thwaite", "Chief Executive"),
}


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    login: str
    name: str
    role: str


def accounts(organisation: Invented) -> tuple[Account, ...]:
    """The people of an organisation who sign in; the administrator is its IG lead where one is named."""
    roles = PRACTICE_ROLES if organisation.kind == "gp" else TRUST_ROLES
    lead = senior_people(organisation).get("ig_lead", ("", ""))[0] if organisation.kind != "gp" else ""
    return tuple(
        Account(
            login=f"{role.value}@{organisation.host}",
            name=lead if lead and role is Role.ADMINISTRATOR else full_name(organisation.code, role.value),
            role=role.value,
        )
        for role in roles
    )


def senior_people(organisation: Invented) -> Mapping[str, tuple[str, str]]:
    """{post: (name, job title)} of the posts that are named when a year begins."""
    posts = every_post(organisation)
    if organisation.code == "DMA017":
        return posts
    return {post: each for post, each in posts.items() if not _is_unnamed(organisation.code, post)}


@cache
def every_post(organisation: Invented) -> Mapping[str, tuple[str, str]]:
    """{post: (name, job title)} of all four posts, as Final needs them."""
    if organisation.code == "DMA017":
        return NORTHMOOR
    code = organisation.code
    titles = {
        "siro": pick(SIRO_TITLES, code, "siro title"),
        "caldicott_guardian": pick(GUARDIAN_TITLES, code, "guardian title"),
        "ig_lead": pick(LEAD_TITLES, code, "lead title"),
        "chief_executive": pick(CHIEF_TITLES, code, "chief title"),
    }
    return {post.value: (_senior_name(code, post.value, titles[post]), titles[post]) for post in SeniorPerson.Post}


def full_name(*question: object) -> str:
    return f"{pick(GIVEN, *question, 'given name')} {pick(FAMILY, *question, 'family name')}"


def _is_unnamed(code: str, post: str) -> bool:
    """DMA001, where most people begin, has one name still to give in the new year."""
    return post == "chief_executive" if code == "DMA001" else chance(UNNAMED[post], code, post, "unnamed")


def _senior_name(code: str, post: str, title: str) -> str:
    name = full_name(code, post)
    return f"Dr {name}" if title in DOCTORS else name
