"""An assessment and a submission, as data for the organisation's own people."""

from pydantic import BaseModel, Field

from igtoolkit.api.shapes.shared import Day, Digest, Instant, Level, Organisation, Requirement, Score, Stage, Year


class Evidence(BaseModel):
    """What shows that a criterion is met: a note, a link, or both, and the date it is from."""

    criterion: str
    note: str
    link: str
    dated: Day


class Answer(BaseModel):
    """What is said about one requirement. `version` counts its saves; 0: nothing was saved yet."""

    requirement: Requirement
    ticked: list[str] = Field(description="Criteria.", examples=[["1a", "1b"]])
    level: Level
    not_yet: bool = Field(description="“Not yet at level 1” was chosen.")
    not_relevant: bool
    reason: str = Field(description="Why it is not relevant.")
    comment: str
    target_level: int | None
    target_date: Day | None
    owner: str = Field(description="Who sees to it.")
    complete: bool
    confirmed: bool
    evidence: list[Evidence]
    version: int


class Made(BaseModel):
    """One submission of a stage; 2, 3 … are corrections."""

    number: int
    submitted_at: Instant
    late: bool
    imported: bool = Field(description="Made from a file: levels as given, criteria unknown.")
    digest: Digest | None = Field(description="Null for the service team, let look.")


class StageOfDraft(BaseModel):
    """One stage of the year. `open`: whether it can be submitted, or submitted again, now."""

    stage: Stage
    deadline: Day
    open: bool
    submissions: list[Made]


class SeniorPerson(BaseModel):
    """Who holds a post that answers for information governance."""

    post: str
    name: str
    job_title: str


class DraftScore(Score):
    """Also how far recording is: `recorded` of `requirements` scored, `below_satisfactory` of them below level 2."""

    requirements: int
    recorded: int
    below_satisfactory: int


class Assessment(BaseModel):
    """The draft as it stands: every requirement of the set, answered or not."""

    organisation: Organisation
    year: Year
    framework: str
    started_at: Instant | None
    open: bool = Field(description="Whether answers can be changed.")
    reopened_at: Instant | None = Field(description="When Final was reopened to be corrected.")
    stages: list[StageOfDraft]
    score: DraftScore | None = Field(description="Null while there is no requirement set for the kind.")
    senior_people: list[SeniorPerson]
    answers: list[Answer]


class LevelSubmitted(BaseModel):
    """The level of one requirement as submitted."""

    requirement: Requirement
    level: Level
    not_relevant: bool


class Submission(BaseModel):
    """A submission, frozen: its facts, score and levels. Its report is at `caldicott2/` beside it."""

    organisation: Organisation
    year: Year
    stage: Stage
    number: int
    correction_reason: str | None
    framework: str
    crosswalk: str
    submitted_at: Instant
    deadline: Day
    late: bool
    imported: bool
    digest: Digest
    previous: str | None = Field(description="The digest of the organisation's submission before.")
    score: DraftScore
    levels: list[LevelSubmitted]
