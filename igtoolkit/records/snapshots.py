"""The snapshot of an assessment: everything a report will ever need, worked out and frozen together.

Reports read this document alone, so that a word changed in the framework later changes no old report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import prefetch_related_objects

from igtoolkit.records.models import Answer, Assessment, Person, SeniorPerson, Submission
from igtoolkit.standard.crosswalk import NO_TARGETS, Outcome, Performance, Step, Target, performance, steps
from igtoolkit.standard.plausibility import second_look
from igtoolkit.standard.scoring import Score, Standing, score
from igtoolkit.standard.words import Stage

FORM = "submission-3"
Document = dict[str, Any]


@dataclass(frozen=True)
class Occasion:
    """When, by whom and as what an assessment is submitted. `at` is when the request arrived.

    levels: {requirement code: level as a file gives it} in place of what the draft says; `by` None is the operator.
    """

    stage: Stage
    number: int
    at: datetime
    by: Person | None
    late: bool
    reason: str = ""
    previous: str | None = None
    demonstration: bool = False
    levels: Mapping[str, int] | None = None


def snapshot(assessment: Assessment, occasion: Occasion, compared: Submission | None) -> Document:
    """The document of a submission, as plain values ready for the canonical form.

    compared: the latest submission of the stage before, whose results the changes are measured from.
    """
    framework = assessment.framework
    if occasion.levels is None:
        said = _recorded(assessment, occasion, compared)
    else:
        said = _imported(assessment, occasion.levels, compared)
    return {
        "form": FORM,
        "organisation": _organisation(assessment),
        "year": assessment.year,
        "stage": occasion.stage.value,
        "number": occasion.number,
        "correction_reason": occasion.reason or None,
        "framework": framework.code,
        "framework_digest": framework.digest,
        "crosswalk": framework.crosswalk.code,
        "crosswalk_digest": framework.crosswalk.digest,
        "submitted_at": instant(occasion.at),
        "submitted_by": {"login": occasion.by.email, "name": occasion.by.name} if occasion.by else None,
        "imported": occasion.levels is not None,
        "deadline": assessment.calendar.deadline(occasion.stage).isoformat(),
        "late": occasion.late,
        "previous": occasion.previous,
        "compared_with": _compared(compared),
        "earlier": earlier(assessment, occasion.stage),
        "demonstration": occasion.demonstration,
        "maintenance": sorted(assessment.maintained),
        "simplified": assessment.is_simplified,
        **said,
        "second_look": _second_look(said["answers"], compared),
    }


def results(assessment: Assessment, compared: Submission | None) -> Document:
    """Score, headline, performance and steps of an assessment as it stands."""
    return _results(assessment, assessment.standings(), assessment.targets(), compared)


def _recorded(assessment: Assessment, occasion: Occasion, compared: Submission | None) -> Document:
    """What people recorded, and what it comes to."""
    return {
        "senior_people": named_people(assessment),
        "one_person": _one_person(assessment),
        "assurance": assessment.framework.assurance if occasion.stage is Stage.FINAL else None,
        "answers": _answers(assessment),
        **results(assessment, compared),
    }


def _imported(assessment: Assessment, levels: Mapping[str, int], compared: Submission | None) -> Document:
    """What a file gives: levels and nothing else. Nobody is named and nobody gave an assurance; the ticks are null."""
    standings = {code: Standing(level, known=False) for code, level in levels.items()}
    codes = [each.code for each in assessment.framework.requirements]
    return {
        "senior_people": [],
        "one_person": None,
        "assurance": None,
        "answers": [{"requirement": code, "level": levels.get(code), "ticked": None} for code in codes],
        **_results(assessment, standings, NO_TARGETS, compared),
    }


def _results(
    assessment: Assessment,
    standings: Mapping[str, Standing],
    targets: Mapping[str, Target],
    compared: Submission | None,
) -> Document:
    framework, maintained = assessment.framework, assessment.maintained
    found = performance(framework, standings, targets=targets, maintained=maintained)
    return {
        "score": _score(score(framework, standings)),
        "recommendations": [_recommendation(each, previous_statuses(compared)) for each in found],
        "steps": [_step(each) for each in steps(framework, standings, maintained)],
    }


def _score(score: Score) -> Document:
    return {
        "percent": score.percent,
        "points": score.points,
        "maximum": score.maximum,
        "grade": score.grade.value if score.grade else None,
        "below_satisfactory": score.below_satisfactory,
        "requirements": score.requirements,
        "recorded": score.recorded,
    }


def instant(at: datetime) -> str:
    """An instant in UTC, to the second: 2015-07-29T13:02:11Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def previous_statuses(compared: Submission | None) -> dict[int, str]:
    """{recommendation number: status} of the submission compared with."""
    if compared is None:
        return {}
    return {each["number"]: each["status"] for each in compared.snapshot["recommendations"]}


def statuses_before(document: Document) -> dict[int, str]:
    """{recommendation number: status at the stage directly before} as a snapshot says it; empty where it was missed."""
    compared, stages = document["compared_with"], Stage(document["stage"]).earlier
    if not compared or compared["stage"] != stages[-1]:
        return {}
    return {each["number"]: each["previous_status"] for each in document["recommendations"] if each["previous_status"]}


def earlier(assessment: Assessment, stage: Stage) -> list[Document]:
    """What each earlier submission said: last year's Final and this year's stages, oldest first, with their versions.

    [{year, stage, number, digest, framework, framework_digest, crosswalk, crosswalk_digest, percent, statuses}];
    `statuses` is {recommendation number, as text: status}.
    """
    return [_said_then(each) for each in assessment.before(stage)]


def _said_then(submission: Submission) -> Document:
    names = ("year", "stage", "number", "framework", "framework_digest", "crosswalk", "crosswalk_digest")
    then = submission.snapshot
    return {
        **{name: then[name] for name in names},
        "digest": submission.digest,
        "percent": then["score"]["percent"],
        "statuses": {str(each["number"]): each["status"] for each in then["recommendations"]},
    }


def _organisation(assessment: Assessment) -> Document:
    organisation = assessment.organisation
    return {
        "code": organisation.code,
        "name": organisation.name,
        "kind": assessment.kind,
        "region": assessment.region,
    }


def _compared(compared: Submission | None) -> Document | None:
    if compared is None:
        return None
    facts = {name: compared.snapshot[name] for name in ("stage", "number", "framework", "crosswalk")}
    return {**facts, "digest": compared.digest}


def named_people(assessment: Assessment) -> list[Document]:
    """[{post, name, job_title}] of the posts somebody is named for, in the order of the posts."""
    held = {each.post: each for each in assessment.senior_people.all()} if assessment.is_started else {}
    return [
        {"post": post.value, "name": held[post].name, "job_title": held[post].job_title}
        for post in SeniorPerson.Post
        if post in held
    ]


def _one_person(assessment: Assessment) -> Document | None:
    """Who declared that one person answers alone, and when; None where a second one confirms."""
    if assessment.one_person_at is None or assessment.one_person_by is None:
        return None
    by = assessment.one_person_by
    return {"login": by.email, "name": by.name, "declared_at": instant(assessment.one_person_at)}


def _answers(assessment: Assessment) -> list[Document]:
    """Every requirement of the set, answered or not, with the level worked out at this instant."""
    standings = assessment.standings()
    answers = {each.requirement: each for each in assessment.answer_list()}
    prefetch_related_objects(list(answers.values()), "evidence")
    people = Person.objects.in_bulk({pk for each in answers.values() for pk in _marked_by(each) if pk})
    found = []
    for requirement in assessment.framework.requirements:
        answer = answers.get(requirement.code)
        facts = {**answer.facts(), **_who(answer, people)} if answer else {"requirement": requirement.code}
        facts.pop("version", None)
        standing = standings.get(requirement.code)
        found.append({**facts, "level": standing.level if standing and standing.counts else None})
    return found


def _who(answer: Answer, people: Mapping[int, Person]) -> Document:
    """Who marked it complete and who confirmed it, by name."""
    completed, confirmed = (str(people[pk]) if pk else None for pk in _marked_by(answer))
    return {"completed_by": completed, "confirmed_by": confirmed}


def _marked_by(answer: Answer) -> tuple[int | None, int | None]:
    return answer.completed_by_id, answer.confirmed_by_id


def _second_look(answers: list[Document], compared: Submission | None) -> list[Document]:
    """What is worth a second look, by rule and requirement: the comments stay where they are."""
    return [
        {"rule": each.rule.value, "requirements": list(each.requirements), "n": len(each.requirements)}
        for each in second_look(answers, compared.snapshot["answers"] if compared else None)
    ]


def _recommendation(performance: Performance, before: dict[int, str]) -> Document:
    recommendation = performance.recommendation
    return {
        "number": performance.number,
        "summary": recommendation.summary,
        "theme": recommendation.theme.value if recommendation.theme else None,
        "status": performance.status.value,
        "share": performance.share,
        "previous_status": before.get(performance.number),
        "target_date": performance.target_date.isoformat() if performance.target_date else None,
        "conditions": [_condition(each) for each in performance.outcomes],
    }


def _condition(outcome: Outcome) -> Document:
    condition = outcome.condition
    return {
        "requirement": condition.requirement,
        "criterion": condition.criterion,
        "needed": outcome.needed,
        "attained": outcome.attained,
        "state": outcome.state.value,
        "basis": condition.basis.value,
        "source": condition.source,
        "missing": list(outcome.missing),
    }


def _step(step: Step) -> Document:
    return {
        "requirement": step.requirement.code,
        "title": step.requirement.title,
        "to_level": step.to_level,
        "levels": step.levels,
        "missing": list(step.missing),
        "becoming_met": list(step.becoming_met),
        "moving": list(step.moving),
    }
