"""The published result of a Final."""

from typing import Literal

from pydantic import BaseModel, Field

from igtoolkit.api.shapes.shared import Instant, Level, Organisation, Requirement, Score, Year


class Reviewed(BaseModel):
    """The grade after the service team accepted an improvement plan."""

    grade: Literal["satisfactory_with_improvement_plan"]
    reason: str
    decided_at: Instant


class InitiativePublished(BaseModel):
    """One initiative: how many of its requirements stand at each level, and what that comes to."""

    code: str
    name: str
    levels: dict[str, int]
    not_relevant: int
    points: int
    maximum: int
    percent: int | None


class RequirementPublished(BaseModel):
    """The level of one requirement."""

    code: Requirement
    title: str
    initiative: str
    level: Level
    not_relevant: bool


class PublishedResult(BaseModel):
    """A published Final: levels, score and grade; never a comment, never evidence."""

    report: Literal["published"]
    organisation: Organisation
    year: Year
    stage: Literal["final"]
    number: int
    framework: str
    submitted_at: Instant
    late: bool
    demonstration: bool = Field(description="Invented, for a demonstration.")
    imported: bool
    one_person: bool = Field(description="One person answered alone, and declared so.")
    simplified: bool = Field(description="A small body's path: one person answers and submits.")
    score: Score
    reviewed: Reviewed | None
    initiatives: list[InitiativePublished]
    requirements: list[RequirementPublished]
