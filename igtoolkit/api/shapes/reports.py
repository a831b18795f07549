"""The two Caldicott2 reports. Their keys are explained in docs/forms.md."""

from typing import Literal

from pydantic import BaseModel

from igtoolkit.api.shapes.shared import (
    Code,
    Day,
    Digest,
    Instant,
    Kind,
    Organisation,
    Requirement,
    Score,
    Stage,
    Status,
    Year,
)

Theme = Literal["leadership", "sharing", "transparency", "rights"]


class Condition(BaseModel):
    """What a recommendation rests on: a level, or a criterion of a requirement."""

    requirement: Requirement
    criterion: str | None
    needed: int
    attained: int | None
    state: Literal["holds", "does_not_hold", "not_scored", "does_not_apply"]
    basis: Literal["documented", "our_reading"]


class Recommendation(BaseModel):
    """Performance against one recommendation."""

    number: int
    summary: str
    theme: Theme | None
    status: Status
    share: int | None
    previous_status: Status | None
    target_date: Day | None
    conditions: list[Condition]


class Reported(BaseModel):
    """The organisation a board report is about."""

    code: Code
    name: str
    kind: Kind


class Headline(BaseModel):
    """How many recommendations stand where."""

    met: int
    partly_met: int
    not_met: int
    not_applicable: int


class BoardReport(BaseModel):
    """The board report of a submission: the same bytes as the page's JSON."""

    report: Literal["board"]
    organisation: Reported
    year: Year
    stage: Stage
    number: int
    correction_reason: str | None
    framework: str
    crosswalk: str
    submitted_at: Instant
    late: bool
    digest: Digest
    headline: Headline
    score: Score
    recommendations: list[Recommendation]


class Counted(BaseModel):
    """How organisations stand on one recommendation: {kind: {status: how many}}."""

    number: int
    counts: dict[str, dict[Status, int]]


class NationalOrganisation(Organisation):
    """One organisation in the national report: {recommendation: status}, empty when it did not submit."""

    submitted: bool
    late: bool | None
    statuses: dict[str, Status]


class NationalReport(BaseModel):
    """The national report of a stage: the same bytes as the page's JSON."""

    report: Literal["national"]
    year: Year
    stage: Stage
    framework: str
    crosswalk: str
    kinds: list[str]
    recommendations: list[Counted]
    organisations: list[NationalOrganisation]


class StageFigures(BaseModel):
    """One stage of one year, over the latest submissions only."""

    year: Year
    stage: Stage
    framework: str
    crosswalk: str
    recommendations: list[Counted]


class NationalFigures(BaseModel):
    """Every stage of which something was submitted, oldest first."""

    stages: list[StageFigures]
