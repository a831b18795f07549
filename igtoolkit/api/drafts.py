"""An assessment as it stands, as plain values."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from igtoolkit.records.models import Answer, Assessment
from igtoolkit.records.snapshots import instant, named_people
from igtoolkit.standard.words import Stage

Told = dict[str, Any]


def assessment_told(record: Assessment, *, own: bool) -> Told:
    """The draft, perhaps not started yet: stages, score, senior people, and every requirement of its set.

    own: whether one of the organisation's people asks. Nobody else is given digests: with one a report is checked.
    """
    organisation = record.organisation
    return {
        "organisation": {
            "code": organisation.code,
            "name": organisation.name,
            "kind": record.kind,
            "region": record.region,
        },
        "year": record.year,
        "framework": record.framework_code,
        "started_at": _at(record.started_at),
        "open": record.is_open,
        "reopened_at": _at(record.reopened_at),
        "stages": _stages(record, own),
        "score": _score(record) if record.has_set else None,
        "senior_people": named_people(record),
        "answers": _answers(record) if record.has_set else [],
    }


def _at(when: datetime | None) -> str | None:
    return instant(when) if when else None


def _stages(record: Assessment, own: bool) -> list[Told]:
    made: dict[str, list[Told]] = defaultdict(list)
    columns = ("stage", "number", "submitted_at", "late", "imported", "digest")
    for each in record.submissions.order_by("number").values(*columns) if record.is_started else ():
        at, digest = instant(each["submitted_at"]), f"sha256:{each['digest']}" if own else None
        made[each.pop("stage")].append({**each, "submitted_at": at, "digest": digest})
    return [
        {
            "stage": stage.value,
            "deadline": record.calendar.deadline(stage).isoformat(),
            "open": record.is_open and stage in record.open_stages,
            "submissions": made[stage.value],
        }
        for stage in Stage
    ]


def _score(record: Assessment) -> Told:
    score = record.score()
    return {
        "percent": score.percent,
        "points": score.points,
        "maximum": score.maximum,
        "grade": score.grade.value if score.grade else None,
        "requirements": score.requirements,
        "recorded": score.recorded,
        "below_satisfactory": score.below_satisfactory,
    }


def _answers(record: Assessment) -> list[Told]:
    answers = {each.requirement: each for each in record.answer_list()}
    prefetch_related_objects(list(answers.values()), "evidence")
    standings = record.standings()
    found = []
    for requirement in record.framework.requirements:
        answer = answers.get(requirement.code) or Answer(requirement=requirement.code)
        standing = standings.get(requirement.code)
        found.append({**answer.facts(), "level": standing.level if standing and standing.counts else None})
    return found
