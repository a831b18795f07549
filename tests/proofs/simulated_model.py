"""A simple model of the service in plain values, and what each request must come to by the rules. No database here.

Every function takes the world and what is asked, changes the world as the rules say, and returns the status that the
answer must have. It knows the rules from design.md and not from the product's code.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

EDITORS = ("contributor", "reviewer", "administrator")
REVIEWERS = ("reviewer", "administrator")
STAGES = ("baseline", "update", "final")
POSTS = ("siro", "caldicott_guardian", "ig_lead", "chief_executive")
CODES = ("13-101", "13-202", "13-206")
AS_IF_ABSENT, REFUSED, DONE, STALE, WRONG = 404, 403, 302, 409, 422
FIRST_LATE = {"baseline": (0, 7, 31, 23), "update": (0, 11, 1, 0), "final": (1, 3, 31, 23)}


@dataclass(frozen=True)
class Said:
    """What is recorded of one requirement: its ticks, by how many levels they come to, and who marked it."""

    version: int = 0
    comment: str = ""
    ticked: str = ""
    level: int | None = None
    changed_by: str = ""
    completed_by: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True)
class Made:
    """One submission: the levels are those that its snapshot says."""

    stage: str
    number: int
    key: str
    late: bool
    reason: str
    levels: tuple[int | None, ...]


@dataclass
class Draft:
    """One organisation's assessment of one year."""

    answers: dict[str, Said] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    reached: str = ""
    reopened: bool = False

    @property
    def is_open(self) -> bool:
        return self.reached != "final" or self.reopened

    def said(self, code: str) -> Said:
        return self.answers.get(code, Said())

    def latest(self, stage: str) -> Made | None:
        return next((each for each in reversed(self.made) if each.stage == stage), None)


@dataclass(frozen=True)
class Who:
    """A person: the organisation by its number, 0 for those of the nation."""

    organisation: int
    role: str
    active: bool = True


@dataclass
class World:
    """Everything the model knows. `told`: how many events of each sort each organisation's trail holds."""

    people: dict[str, Who] = field(default_factory=dict)
    organisations: dict[int, tuple[str, str, bool]] = field(default_factory=dict)  # code, name, whether closed
    drafts: dict[tuple[int, str], Draft] = field(default_factory=dict)
    told: Counter[tuple[int, str]] = field(default_factory=Counter)

    def copy(self) -> "World":
        return deepcopy(self)

    def unlike(self, other: "World") -> list[str]:
        """Where two worlds differ, in words; nothing where they are the same."""
        found = []
        for name in ("people", "organisations", "drafts", "told"):
            one, two = getattr(self, name), getattr(other, name)
            keys = sorted(key for key in {*one, *two} if (one.get(key) or 0) != (two.get(key) or 0))
            found += [f"{name} {key}: {one.get(key)}, and not {two.get(key)}" for key in keys]
        return found

    def tell(self, organisation: int, event: str) -> None:
        self.told[organisation, event] += 1


@dataclass(frozen=True)
class Asked:
    """One form: by whom, about which organisation and year, what, and its facts."""

    by: str
    organisation: int
    year: str
    what: str
    facts: dict[str, Any] = field(default_factory=dict)
    now: datetime = datetime(2015, 6, 15, tzinfo=UTC)


def foresee(world: World, asked: Asked) -> int:
    """What must come of it: the world is changed as the rules say."""
    who = world.people[asked.by]
    if not who.active:
        return DONE  # to sign in
    if asked.what in ("role", "deactivate", "activate"):
        return PEOPLE[asked.what](world, asked, who)
    if who.organisation != asked.organisation:
        return AS_IF_ABSENT
    return FORMS[asked.what](world, asked, who)


def start(world: World, asked: Asked, who: Who) -> int:
    if who.role != "administrator":
        return REFUSED
    if (asked.organisation, asked.year) not in world.drafts:
        world.drafts[asked.organisation, asked.year] = Draft()
        world.tell(asked.organisation, "assessment_started")
    return DONE


def save(world: World, asked: Asked, who: Who) -> int:
    """A save that changes nothing is done once whatever its version; any other needs the newest version."""
    draft = world.drafts.get((asked.organisation, asked.year))
    if draft is None or who.role not in EDITORS:
        return REFUSED
    if not draft.is_open:
        return STALE
    code, comment, ticked, then = (asked.facts[name] for name in ("code", "comment", "ticked", "then"))
    before = draft.said(code)
    changed = (comment, ticked) != (before.comment, before.ticked)
    if changed and asked.facts["version"] != before.version:
        return STALE
    if not changed and (then != "complete" or before.completed_by):
        return DONE
    said = replace(before, version=before.version + 1, comment=comment, ticked=ticked)
    completed = asked.by if then == "complete" else "" if changed else before.completed_by
    said = replace(said, completed_by=completed, confirmed_by="" if changed else before.confirmed_by)
    level = level_of(ticked, code in maintained(world, asked.organisation, asked.year))
    draft.answers[code] = replace(said, level=level, changed_by=asked.by if changed else before.changed_by)
    world.tell(asked.organisation, "answer_saved")
    return DONE


def level_of(ticked: str, kept: bool) -> int:
    """Ticks are named by the level up to which every criterion is ticked; the one of maintenance never is."""
    return min(int(ticked), 2) if kept else int(ticked)


def maintained(world: World, organisation: int, year: str) -> set[str]:
    """The requirements at level 3 in last year's Final, as it stands."""
    before = f"{int(year[:4]) - 1}-{year[2:4]}"
    draft = world.drafts.get((organisation, before))
    final = draft.latest("final") if draft else None
    return {code for code, level in zip(CODES, final.levels, strict=True) if level == 3} if final else set()


def confirm(world: World, asked: Asked, who: Who) -> int:
    draft = world.drafts.get((asked.organisation, asked.year))
    if draft is None or who.role not in REVIEWERS or not draft.is_open:
        return REFUSED
    said = draft.said(asked.facts["code"])
    own = asked.by in (said.completed_by, said.changed_by)
    if asked.facts["then"] == "withdraw":
        if said.confirmed_by:
            draft.answers[asked.facts["code"]] = replace(said, confirmed_by="")
            world.tell(asked.organisation, "confirmation_withdrawn")
    elif said.completed_by and not said.confirmed_by and not own and said.version == asked.facts["version"]:
        draft.answers[asked.facts["code"]] = replace(said, confirmed_by=asked.by)
        world.tell(asked.organisation, "answer_confirmed")
    return DONE


def name_people(world: World, asked: Asked, who: Who) -> int:
    draft = world.drafts.get((asked.organisation, asked.year))
    if draft is None or who.role not in EDITORS:
        return REFUSED
    if not draft.is_open:
        return STALE
    named = dict.fromkeys(POSTS, asked.facts["name"])
    if named != draft.people:
        if not asked.facts["fresh"]:
            return STALE
        draft.people = named
        world.tell(asked.organisation, "senior_people_named")
    return DONE


def submit(world: World, asked: Asked, who: Who) -> int:
    draft = world.drafts.get((asked.organisation, asked.year))
    if draft is None or who.role != "administrator":
        return REFUSED
    stage, key, reason = (asked.facts[name] for name in ("stage", "key", "reason"))
    if any(each.key == key for each in draft.made):
        return DONE
    if not draft.is_open or (draft.reached and STAGES.index(stage) < STAGES.index(draft.reached)):
        return WRONG
    if not asked.facts["fresh"]:
        return STALE
    first, latest = next((each for each in draft.made if each.stage == stage), None), draft.latest(stage)
    if (first and not reason) or (stage == "final" and not (asked.facts["assured"] and ready(draft))):
        return WRONG
    late = first.late if first else is_late(stage, asked.year, asked.now)
    kept = maintained(world, asked.organisation, asked.year)
    said = [(code, draft.answers.get(code)) for code in CODES]
    levels = tuple(level_of(each.ticked, code in kept) if each else None for code, each in said)
    number = latest.number + 1 if latest else 1
    draft.made.append(Made(stage, number, key, late, reason if first else "", levels))
    draft.reached, draft.reopened = stage, False
    world.tell(asked.organisation, "stage_submitted")
    return DONE


def ready(draft: Draft) -> bool:
    """Whether nothing keeps Final from being submitted."""
    answered = all(draft.said(code).completed_by and draft.said(code).confirmed_by for code in CODES)
    return answered and all(draft.people.get(post) for post in POSTS)


def is_late(stage: str, year: str, now: datetime) -> bool:
    """By hand: London's midnight after the last day, in UTC."""
    later, month, day, hour = FIRST_LATE[stage]
    return now >= datetime(int(year[:4]) + later, month, day, hour, tzinfo=UTC)


def reopen(world: World, asked: Asked, who: Who) -> int:
    draft = world.drafts.get((asked.organisation, asked.year))
    if draft is None or who.role != "administrator" or draft.reached != "final":
        return REFUSED
    if not draft.reopened:
        draft.reopened = True
        world.tell(asked.organisation, "final_reopened")
    return DONE


def change_person(world: World, asked: Asked, who: Who) -> int:
    """An administrator of the same organisation, or the service team, changes a role or lets somebody in no more."""
    if who.role not in ("administrator", "service"):
        return REFUSED
    login = asked.facts["login"]
    other = world.people[login]
    if who.role == "administrator" and other.organisation != who.organisation:
        return AS_IF_ABSENT
    role = asked.facts.get("role", other.role)
    after = Who(other.organisation, role, {"deactivate": False, "activate": True}.get(asked.what, other.active))
    if after == other:
        return DONE
    if not asked.facts["fresh"]:
        return STALE
    stops = other.role == "administrator" and (after.role != "administrator" or not after.active)
    if stops and who.role != "service" and other.active and not _other_administrators(world, login):
        return WRONG
    world.people[login] = after
    event = {"role": "person_changed", "deactivate": "person_deactivated", "activate": "person_activated"}[asked.what]
    world.tell(other.organisation, event)
    return DONE


def _other_administrators(world: World, login: str) -> bool:
    place = world.people[login].organisation
    others = (each for name, each in world.people.items() if name != login and each.organisation == place)
    return any(each.role == "administrator" and each.active for each in others)


FORMS = {"start": start, "save": save, "confirm": confirm, "people": name_people, "submit": submit, "reopen": reopen}
PEOPLE = dict.fromkeys(("role", "deactivate", "activate"), change_person)
