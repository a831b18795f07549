"""The shape of a whole assessment as a file, and words for what has another shape. Source: docs/forms.md."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import ErrorDetails

from igtoolkit.actions.said import shown


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class VersionShape(_Strict):
    code: str
    digest: str


class SeniorPersonShape(_Strict):
    post: str
    name: str
    job_title: str = ""


class EvidenceShape(_Strict):
    criterion: str
    note: str = ""
    link: str = ""
    dated: str


class MarkShape(_Strict):
    by: str | None
    at: str


class AnswerShape(_Strict):
    requirement: str
    ticked: list[str] = []
    not_yet: bool = False
    not_relevant: bool = False
    reason: str = ""
    comment: str = ""
    target_level: int | None = None
    target_date: str | None = None
    owner: str = ""
    evidence: list[EvidenceShape] = []
    complete: MarkShape | None = None
    confirmed: MarkShape | None = None


class AssessmentShape(_Strict):
    form: str
    organisation: str
    year: str
    framework: VersionShape
    senior_people: list[SeniorPersonShape] = []
    answers: list[AnswerShape] = []


def words(error: ErrorDetails, document: dict[str, Any]) -> str:
    """A fault of the file's shape: the place, with the requirement where there is one, and what it must be."""
    return f"{_place(error['loc'], document)}: {MUST.get(error['type'], 'is not as the form has it')}"


MUST = {
    "missing": "is missing",
    "extra_forbidden": "is not known in this form",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number or null",
    "list_type": "must be a list",
    "model_type": "must be an object",
}


def _place(location: tuple[int | str, ...], document: dict[str, Any]) -> str:
    names = [str(each + 1) if isinstance(each, int) else shown(each) for each in location]
    if len(location) > 1 and location[0] == "answers" and isinstance(location[1], int):
        answer = document["answers"][location[1]]
        code = answer.get("requirement") if isinstance(answer, dict) else None
        names = [shown(code) if isinstance(code, str) else f"answer {names[1]}", *names[2:]]
    return " ".join(names)
