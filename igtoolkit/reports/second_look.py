"""What one submission's own people, and the National Data Guardian's reader, are asked to look at again."""

from dataclasses import dataclass
from typing import Any

from igtoolkit.records.models import Submission
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage

Document = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """One question: what was noticed, the requirements to look at (none named when it is all of them), the rule."""

    noticed: str
    requirements: tuple[str, ...]
    rule: str


def looks(submission: Submission) -> tuple[Look, ...]:
    """The questions that its snapshot holds, in the order of the rules; one made before there were rules has none."""
    snapshot = submission.snapshot
    return tuple(_look(snapshot, each) for each in snapshot.get("second_look", ()))


def _look(snapshot: Document, found: Document) -> Look:
    rule, n = Rule(found["rule"]), found["n"]
    named = () if rule is Rule.ALL_AT_LEVEL_2 else tuple(found["requirements"])
    return Look(_noticed(rule, n, snapshot["compared_with"]), named, rule.words)


def _noticed(rule: Rule, n: int, compared: Document | None) -> str:
    match rule:
        case Rule.RISEN_WITHOUT_EVIDENCE:
            since = f" since {Stage(compared['stage']).words}" if compared else ""
            return f"{n} requirements rose by two levels or more{since}, with no new evidence"
        case Rule.SAME_COMMENT:
            return f"{n} requirements each have the same comment as four others or more"
        case Rule.ALL_AT_LEVEL_2:
            return f"All {n} requirements that count are at exactly level 2"
