"""When what falls short is due: of a recommendation all or a part, and of all of them the first."""

from typing import Any

from igtoolkit.standard.words import State

Document = dict[str, Any]
FAILS = (State.DOES_NOT_HOLD, State.NOT_SCORED)


def targets(document: Document, recommendation: Document) -> dict[str, str]:
    """{requirement that holds the recommendation back: the ISO day of its target, empty where none goes far enough}.

    document: the snapshot, or a draft in its form.
    """
    asked: dict[str, int] = {}
    for each in recommendation["conditions"]:
        if each["state"] in FAILS:
            code = each["requirement"]
            asked[code] = max(asked.get(code, 0), level_asked(each))
    answers = {each["requirement"]: each for each in document["answers"]}
    return {code: _day(answers.get(code, {}), level) for code, level in asked.items()}


def is_part_dated(document: Document, recommendation: Document) -> bool:
    """Whether some of what holds it back has a target that goes far enough, and some has not."""
    days = targets(document, recommendation).values()
    return any(days) and not all(days)


def soonest(document: Document, recommendations: list[Document]) -> tuple[str, list[str]]:
    """The first day that a requirement behind these is due, in ISO form, and which are; empty where none has a day."""
    dated = {(day, code) for each in recommendations for code, day in targets(document, each).items() if day}
    first = min((day for day, _ in dated), default="")
    return first, sorted(code for day, code in dated if day == first)


def level_asked(condition: Document) -> int:
    """A criterion counts as the level it belongs to."""
    return int(condition["criterion"][0]) if condition["criterion"] else int(condition["needed"])


def _day(answer: Document, level: int) -> str:
    reached = (answer.get("target_level") or 0) >= level
    return str(answer.get("target_date") or "") if reached else ""
