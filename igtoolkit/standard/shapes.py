"""The shape of framework files, key by key; an unknown key or a wrong type is refused.

The loader (`loading.py`) turns these into the frozen framework the rules use.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from igtoolkit.standard import words

Basis = Annotated[words.Basis, Field(strict=False)]
Theme = Annotated[words.Theme, Field(strict=False)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+$")]
CriterionCode = Annotated[str, StringConstraints(pattern=r"^[1-3][a-z]$")]
Year = Annotated[str, StringConstraints(pattern=r"^20\d\d-\d\d$")]


class Shape(BaseModel):
    """Strict: no unknown key, and no number given as words. Codes alone are read into what they stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class InitiativeShape(Shape):
    code: Text
    name: Text
    first: int
    last: int
    basis: Basis
    source: Text


class KindShape(Shape):
    code: Code
    name: Text
    plural: Text
    group: str
    reported: bool
    simplified: bool = False
    size: int | None = None
    basis: Basis
    source: Text


class FrameworkShape(Shape):
    """framework.yaml"""

    code: Code
    version: int
    name: Text
    assurance: Text
    crosswalk: Code | None = None
    initiatives: list[InitiativeShape]
    kinds: list[KindShape]
    kind_words: dict[str, str]


class CriterionShape(Shape):
    code: CriterionCode
    text: Text
    basis: Basis
    maintenance: bool = False
    evidence: list[Text] = []


class LevelShape(Shape):
    summary: Text
    criteria: list[CriterionShape]


class RequirementShape(Shape):
    number: int
    title: Text
    basis: Basis
    kinds: list[Code]
    kinds_basis: Basis
    source: Text
    statement: Text
    why: Text
    words_basis: Basis
    not_relevant: str = ""
    levels: dict[int, LevelShape]


class RequirementsShape(Shape):
    """requirements/GROUP-NNN.yaml: one initiative as one group of kinds reads it."""

    initiative: Text
    group: Code
    requirements: list[RequirementShape]


class CalendarYearShape(Shape):
    opens: date
    baseline: date
    update: date
    final: date
    basis: Basis
    source: Text


class CalendarShape(Shape):
    """calendar.yaml"""

    years: dict[Year, CalendarYearShape]


class ConditionShape(Shape):
    requirement: int
    level: int | None = None
    criterion: CriterionCode | None = None
    basis: Basis
    source: Text


class RecommendationShape(Shape):
    number: int
    summary: Text
    text: Text
    theme: Theme | None = None
    falls_on: list[Code]
    basis: Basis
    source: Text
    conditions: list[ConditionShape] = []


class CrosswalkShape(Shape):
    """crosswalk-CODE.yaml"""

    code: Code
    name: Text
    recommendations: list[RecommendationShape]
