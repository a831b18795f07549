"""The register and the years, as data."""

from pydantic import BaseModel, Field

from igtoolkit.api.shapes.shared import Code, Day, Kind, Stage, Year

NEXT = Field(description="The address of the next page; null on the last.")


class Registration(BaseModel):
    """What an organisation was in one year. `published`: the address of its published Final, if there is one."""

    year: Year
    code: Code
    name: str
    kind: Kind
    region: str
    published: str | None


class RegisteredOrganisation(BaseModel):
    """An organisation of the register, with the years it is registered in, first to last."""

    code: Code
    name: str
    opened: Day | None
    closed: Day | None
    registrations: list[Registration]


class OrganisationPage(BaseModel):
    """Organisations in the order of their codes, byte by byte."""

    items: list[RegisteredOrganisation]
    next: str | None = NEXT


class Deadline(BaseModel):
    """The last day of a stage, until midnight in London."""

    stage: Stage
    deadline: Day


class YearOfFramework(BaseModel):
    """A year and the framework in force in it."""

    year: Year
    framework: str
    crosswalk: str
    opens: Day
    stages: list[Deadline]


class Years(BaseModel):
    """Every year that a framework covers, first to last."""

    items: list[YearOfFramework]


class PublishedYear(BaseModel):
    """A year whose Final is published, and the address of its result."""

    year: Year
    url: str


class PublishedOrganisation(BaseModel):
    """An organisation with a published Final, and the years there is one of, newest first."""

    code: Code
    name: str
    published: list[PublishedYear]


class PublishedPage(BaseModel):
    """Organisations with a published Final, in the order of their codes, byte by byte."""

    items: list[PublishedOrganisation]
    next: str | None = NEXT
