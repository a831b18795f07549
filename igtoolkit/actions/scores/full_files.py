"""Reading a whole assessment from a file, and naming by requirement and field what is wrong with it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from igtoolkit.actions.register.faults import CODE_MAX
from igtoolkit.actions.said import EvidenceSaid, Said, kept_name, shown, text_problems
from igtoolkit.actions.scores.full_shapes import AnswerShape, AssessmentShape, words
from igtoolkit.standard.score_files import ASSESSMENT_FORM as FORM

FAULTS_MAX = 100
YEAR_MAX = 7  # 2015-16


class UnreadableAssessment(ValueError):
    """The file cannot be imported. `faults` says why, each beginning with the place; nothing was written."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


@dataclass(frozen=True)
class AssessmentFile:
    """What a file says of one assessment. answers: {requirement: Said}. `marked`: how many marks it tells of."""

    name: str
    sha256: str
    organisation: str
    year: str
    framework: str
    framework_digest: str
    senior_people: dict[str, tuple[str, str]]
    answers: dict[str, Said]
    marked: int


def is_assessment(data: bytes) -> bool:
    """Whether a file is meant as a whole assessment and not as CSV: it begins as JSON objects do."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_assessment(data: bytes, name: str) -> AssessmentFile:
    """Read the JSON form of an assessment. Raises UnreadableAssessment with every fault in its shape."""
    document = _parsed(data)
    if not isinstance(document, dict) or document.get("form") != FORM:
        raise UnreadableAssessment([f"form: this is not an assessment in the form {FORM}"])
    try:
        said = AssessmentShape.model_validate(document)
    except ValidationError as error:
        faults = [words(each, document) for each in error.errors()[:FAULTS_MAX]]
        raise UnreadableAssessment(faults) from error
    faults = [*_head_faults(said), *_twice("senior_people", [each.post for each in said.senior_people])]
    faults += _twice("answers", [each.requirement for each in said.answers])
    if faults:
        raise UnreadableAssessment(faults)
    return AssessmentFile(
        name=kept_name(name),
        sha256=sha256(data).hexdigest(),
        organisation=said.organisation,
        year=said.year,
        framework=said.framework.code,
        framework_digest=said.framework.digest,
        senior_people={each.post: (each.name, each.job_title) for each in said.senior_people},
        answers={each.requirement: _said(each) for each in said.answers},
        marked=sum(mark is not None for each in said.answers for mark in (each.complete, each.confirmed)),
    )


def _head_faults(said: AssessmentShape) -> Iterator[str]:
    """Texts of the head that are looked up, repeated or told the audit trail, and are no longer than any true one."""
    heads = (
        ("organisation", said.organisation, CODE_MAX),
        ("year", said.year, YEAR_MAX),
        ("framework code", said.framework.code, CODE_MAX),
    )
    for field, text, limit in heads:
        yield from (f"{field}: {words}" for _, words in text_problems(field, field.capitalize(), text, limit))


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableAssessment([f"line {line}: this is not UTF-8 text"]) from error
    except json.JSONDecodeError as error:
        raise UnreadableAssessment([f"line {error.lineno}: this is not JSON ({error.msg})"]) from error
    except _Twice as error:
        raise UnreadableAssessment([f"{shown(str(error))}: is given twice in one place: keep one"]) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableAssessment(["this is not an assessment: nested too deeply, or a number too long"]) from error


class _Twice(ValueError):
    """A key that one object has twice, of which readers would keep either."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(each for each in names if names.count(each) > 1))
    return found


def _said(answer: AnswerShape) -> Said:
    target, wrong = _day(answer.target_date, "target_date")
    evidence = []
    for i, each in enumerate(answer.evidence, start=1):
        dated, strange = _day(each.dated, f"evidence-{i}-dated")
        wrong |= strange
        evidence.append(EvidenceSaid(each.criterion, each.note, each.link, dated, field=f"evidence-{i}"))
    wrong |= {"ticked": "a criterion is ticked twice"} if len(set(answer.ticked)) < len(answer.ticked) else {}
    return Said(
        ticked=frozenset(answer.ticked),
        not_yet=answer.not_yet,
        not_relevant=answer.not_relevant,
        reason=answer.reason,
        comment=answer.comment,
        target_level=answer.target_level,
        target_date=target,
        owner=answer.owner,
        evidence=tuple(evidence),
        unreadable=wrong,
    )


def _day(text: str | None, field: str) -> tuple[date | None, dict[str, str]]:
    """The day, or words for its field."""
    if text is None:
        return None, {}
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        return None, {field: f"“{shown(text)}” is not a date: write year, month and day, such as 2015-10-31"}
    return found, {}


def _twice(part: str, names: list[str]) -> Iterator[str]:
    for each in sorted({each for each in names if names.count(each) > 1}):
        yield f"{shown(each)}: is given twice in {part}: keep one"
