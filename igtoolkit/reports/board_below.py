"""Which requirements stand below level 2, where they are few enough to name and the report's readers may know."""

from typing import Any

from igtoolkit.standard.scoring import SATISFACTORY_LEVEL
from igtoolkit.standard.words import Stage

Document = dict[str, Any]
NAMED = 2


def below_level_2(document: Document) -> list[str]:
    """Their codes, in order; empty where there are more than two.

    Before Final a level is its organisation's own, but for what the report rests on: where another one is among them,
    none is named. At Final all levels are published.
    """
    codes = sorted(each["requirement"] for each in document["answers"] if _is_below(each))
    told = {each["requirement"] for one in document["recommendations"] for each in one["conditions"]}
    open_to_all = document["stage"] == Stage.FINAL or told.issuperset(codes)
    few = len(codes) <= NAMED and len(codes) == document["score"]["below_satisfactory"]
    return codes if few and open_to_all else []


def _is_below(answer: Document) -> bool:
    return not answer.get("not_relevant") and (answer["level"] or 0) < SATISFACTORY_LEVEL
