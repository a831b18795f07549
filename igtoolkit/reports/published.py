"""What anyone may read of a submitted Final: levels, score and grade. Never a comment, never evidence."""

from collections import Counter
from typing import Any

from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import Submission
from igtoolkit.records.snapshots import instant
from igtoolkit.reports.reviews import reviewed_grade
from igtoolkit.standard.framework import MAX_LEVEL, Framework
from igtoolkit.standard.words import Grade

Published = dict[str, Any]
OPEN = ("year", "stage", "number", "framework", "submitted_at", "late", "demonstration")


def published(submission: Submission) -> Published:
    """The published result of a Final as plain values, from its snapshot and the review that stands.

    Named one by one, so that nothing told to the service in confidence can slip in.
    """
    document = submission.snapshot
    held = framework(document["framework"]).for_kind(document["organisation"]["kind"])
    requirements = [_requirement(held, each) for each in document["answers"]]
    return {
        "report": "published",
        "organisation": {name: document["organisation"][name] for name in ("code", "name", "kind", "region")},
        **{name: document[name] for name in OPEN},
        "imported": submission.imported,
        "one_person": document.get("one_person") is not None,
        "simplified": document.get("simplified", False),
        "score": {name: document["score"][name] for name in ("percent", "points", "maximum", "grade")},
        "reviewed": _reviewed(submission),
        "initiatives": _initiatives(held, requirements),
        "requirements": requirements,
    }


def _requirement(held: Framework, answer: Published) -> Published:
    found = held.requirement(answer["requirement"])
    return {
        "code": found.code,
        "title": found.title,
        "initiative": found.initiative,
        "level": answer["level"],
        "not_relevant": bool(answer.get("not_relevant")),
    }


def _reviewed(submission: Submission) -> Published | None:
    review = reviewed_grade(submission)
    if review is None:
        return None
    grade = Grade.WITH_PLAN.value
    return {"grade": grade, "reason": review.reason, "decided_at": instant(review.decided_at)}


def _initiatives(held: Framework, requirements: list[Published]) -> list[Published]:
    """Each initiative with how many requirements stand at which level, its points and percentage."""
    found = []
    for each in held.initiatives:
        own = [one for one in requirements if one["initiative"] == each.code]
        if own:
            found.append({"code": each.code, "name": each.name, **_counted(own)})
    return found


def _counted(own: list[Published]) -> Published:
    counting = [one for one in own if not one["not_relevant"]]
    levels = Counter(one["level"] or 0 for one in counting)
    points, maximum = sum(level * n for level, n in levels.items()), MAX_LEVEL * len(counting)
    return {
        "levels": {str(level): levels[level] for level in range(MAX_LEVEL + 1)},
        "not_relevant": len(own) - len(counting),
        "points": points,
        "maximum": maximum,
        "percent": points * 100 // maximum if maximum else None,
    }
