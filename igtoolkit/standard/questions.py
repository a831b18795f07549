"""What a non-executive may ask about each recommendation: the file questions.yaml, and what it must keep.

It may be absent. No status, share or score rests on it, so it is no part of a framework's digest.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field

from igtoolkit.standard.framework import Asking, Questions
from igtoolkit.standard.shapes import Basis, Code, CrosswalkShape, Shape, Text
from igtoolkit.standard.yaml_lines import Source

QUESTIONS = "questions.yaml"


class WeakShape(Shape):
    ask: Annotated[list[Text], Field(min_length=2, max_length=3)]
    good: Text


class MetShape(Shape):
    ask: Text
    good: Text


class RecommendationQuestionsShape(Shape):
    number: int
    weak: WeakShape
    met: MetShape


class QuestionsShape(Shape):
    """questions.yaml"""

    crosswalk: Code
    basis: Basis
    recommendations: list[RecommendationQuestionsShape]


def check_questions(source: Source, shape: QuestionsShape, in_use: CrosswalkShape | None) -> None:
    """Note what is wrong: for another crosswalk, about an unknown recommendation, twice, or none for a reported one."""
    if in_use is None or shape.crosswalk != in_use.code:
        name = in_use.code if in_use else "none"
        source.problem(("crosswalk",), f"the questions are for {shape.crosswalk}, but the crosswalk in use is {name}.")
        return
    known, seen = {each.number for each in in_use.recommendations}, set()
    for i, each in enumerate(shape.recommendations):
        at = ("recommendations", i, "number")
        if each.number not in known:
            source.problem(at, f"{in_use.code} has no recommendation {each.number}.")
        if each.number in seen:
            source.problem(at, f"recommendation {each.number} is given twice.")
        seen.add(each.number)
    for number in _reported(in_use):
        if number not in seen:
            source.problem(("recommendations",), f"recommendation {number} is reported, and has no questions.")


def questions(shapes: Iterable[QuestionsShape]) -> Mapping[int, Questions]:
    """{recommendation number: its questions}, of the one file; empty without it."""
    return {
        each.number: Questions(
            weak=Asking(tuple(each.weak.ask), each.weak.good), met=Asking((each.met.ask,), each.met.good)
        )
        for shape in shapes
        for each in shape.recommendations
    }


def _reported(crosswalk: CrosswalkShape) -> list[int]:
    return [each.number for each in crosswalk.recommendations if each.conditions]
