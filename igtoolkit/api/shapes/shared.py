"""Pieces that several answers share."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Stage = Literal["baseline", "update", "final"]
Grade = Literal["satisfactory", "not_satisfactory"]
Status = Literal["met", "partly_met", "not_met", "not_applicable", "not_submitted"]
Year = Annotated[str, Field(description="From April to March.", examples=["2015-16"])]
Code = Annotated[str, Field(description="ODS code.", examples=["DMA001"])]
Kind = Annotated[str, Field(description="A kind of organisation; empty: kind to be set.", examples=["acute"])]
Requirement = Annotated[str, Field(examples=["13-202"])]
Instant = Annotated[datetime, Field(description="In UTC, to the second.", examples=["2015-07-29T13:02:11Z"])]
Digest = Annotated[str, Field(description="`sha256:` and 64 hexadecimal digits, over what was submitted.")]
Level = Annotated[int | None, Field(ge=0, le=3, description="0-3; null while not scored, or when not relevant.")]
Day = date


class Score(BaseModel):
    """Points of the most there can be. `percent` is rounded down; it and `grade` are null when that is 0."""

    percent: int | None = Field(ge=0, le=100)
    points: int
    maximum: int
    grade: Grade | None


class Organisation(BaseModel):
    """An organisation as it was called, and what it was, in the year or on the day of what it stands in."""

    code: Code
    name: str
    kind: Kind
    region: str
