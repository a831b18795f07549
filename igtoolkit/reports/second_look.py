"""What one submission's own people, and the National Data Guardian's reader, are asked to look at again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from igtoolkit.records.models import Dismissal, Submission
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage

Document = dict[str, Any]


@dataclass(frozen=True)
class Answered:
    """That the National Data Guardian's reader `by` found the question answered, when and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Look:
    """One question: what was noticed, the requirements to look at (none named when it is all of them), the rule.

    `answered` is None while the question stands.
    """

    rule: Rule
    noticed: str
    requirements: tuple[str, ...]
    answered: Answered | None = None


def looks(submission: Submission) -> tuple[Look, ...]:
    """The questions that its snapshot holds, in the order of the rules; one made before there were rules has none.

    One query where there are any, none where there are not.
    """
    snapshot = submission.snapshot
    found = snapshot.get("second_look", ())
    answers = _answers(submission) if found else {}
    return tuple(_look(snapshot, each, answers.get(each["rule"])) for each in found)


def history(submission: Submission, rule: str) -> list[Dismissal]:
    """Every answer ever given to a question, the last one first: at most the first of them stands."""
    (look,) = submission.second_looks.filter(rule=rule)
    return list(look.dismissals.select_related("dismissed_by", "withdrawn_by").order_by("-pk"))


def _answers(submission: Submission) -> dict[str, Answered]:
    """{rule: the answer that stands}"""
    rows = submission.second_looks.filter(dismissals__isnull=False, dismissals__withdrawn_at=None)
    names = ("rule", "dismissals__dismissed_at", "dismissals__reason")
    who = ("dismissals__dismissed_by__name", "dismissals__dismissed_by__email")
    return {
        rule: Answered(at, name or login, reason) for rule, at, reason, name, login in rows.values_list(*names, *who)
    }


def _look(snapshot: Document, found: Document, answered: Answered | None) -> Look:
    rule, n = Rule(found["rule"]), found["n"]
    named = () if rule is Rule.ALL_AT_LEVEL_2 else tuple(found["requirements"])
    return Look(rule, _noticed(rule, n, snapshot["compared_with"]), named, answered)


def _noticed(rule: Rule, n: int, compared: Document | None) -> str:
    match rule:
        case Rule.RISEN_WITHOUT_EVIDENCE:
            since = f" since {Stage(compared['stage']).words}" if compared else ""
            return f"{n} requirements rose by two levels or more{since}, with no new evidence"
        case Rule.SAME_COMMENT:
            return f"{n} requirements each have the same comment as four others or more"
        case Rule.ALL_AT_LEVEL_2:
            return f"All {n} requirements that count are at exactly level 2"
