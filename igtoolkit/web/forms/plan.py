"""The form of an improvement plan: fields REQUIREMENT-part, for example 13-202-owner."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from igtoolkit.actions.plans import Planned
from igtoolkit.actions.said import tidy
from igtoolkit.actions.shortfalls import action_digest
from igtoolkit.records.models import PlanAction
from igtoolkit.web.forms.dates import NO_DATE, PARTS, TypedDate, Unreadable

FIELD = re.compile(rf"([0-9A-Za-z]{{1,4}}-[0-9A-Za-z]{{1,5}})-(?:action|owner|seen|due-(?:{'|'.join(PARTS)}))")


@dataclass(frozen=True)
class PlanRow:
    """What is planned about one requirement, as recorded or as typed. `seen` names what it was filled in from."""

    requirement: str
    action: str = ""
    owner: str = ""
    due: TypedDate = NO_DATE
    seen: str = ""

    @classmethod
    def of(cls, requirement: str, action: PlanAction | None) -> "PlanRow":
        if action is None:
            return cls(requirement)
        return cls(requirement, action.action, action.owner, TypedDate.of(action.due), action_digest(action))

    @classmethod
    def posted(cls, post: Mapping[str, str], requirement: str) -> "PlanRow":
        return cls(
            requirement,
            action=tidy(post.get(f"{requirement}-action", "")),
            owner=post.get(f"{requirement}-owner", ""),
            due=TypedDate.posted(post, f"{requirement}-due"),
            seen=post.get(f"{requirement}-seen", ""),
        )

    @property
    def planned(self) -> Planned:
        """For the action; a date that cannot be read is named with words."""
        said = Planned(action=self.action.strip(), owner=" ".join(self.owner.split()))
        try:
            return replace(said, due=self.due.read("Due date"))
        except Unreadable as words:
            return replace(said, unreadable=str(words))

    def again(self, theirs: PlanAction | None) -> "PlanRow":
        """As typed, ready to be saved over what somebody else recorded since."""
        return replace(self, seen=action_digest(theirs))


def posted_plan(post: Mapping[str, str]) -> dict[str, PlanRow]:
    """{requirement: its row as typed}"""
    codes = {found[1] for name in post if (found := FIELD.fullmatch(name))}
    return {code: PlanRow.posted(post, code) for code in sorted(codes)}
