"""The board report in words, the same on the page and on paper.

Everything is said from the snapshot; the framework that it names supplies titles and texts.
tests/reports/board_page_example.py shows the shape; the page alone also has `why` and the steps' texts.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import Assessment, SeniorPerson, Submission
from igtoolkit.reports import phrases
from igtoolkit.reports.board_below import below_level_2
from igtoolkit.reports.board_line import MARKS, Column, Line, line
from igtoolkit.reports.board_rows import counts, rows, theme_bars
from igtoolkit.reports.board_steps import STEPS_SHOWN, step
from igtoolkit.reports.board_story import headline, story
from igtoolkit.reports.drafts import draft
from igtoolkit.standard.words import Basis, Grade, Stage, Status

Page = dict[str, Any]

STEP_ON_PAPER = ("doing", "about", "result")
ONLY_ON_SCREEN = ("why", "because", "arithmetic", "change_words")
POSTS = {
    SeniorPerson.Post.SIRO: "SIRO",
    SeniorPerson.Post.GUARDIAN: "Caldicott Guardian",
    SeniorPerson.Post.IG_LEAD: "IG lead",
    SeniorPerson.Post.CHIEF_EXECUTIVE: "Chief executive",
}
IMPORTED = "Imported: criteria unknown, so conditions on a criterion are not scored"
ONE_PERSON = "declared: one person answers here, so nobody confirmed"
KEY = "2/3: has level 2, needs 3. 3b: one criterion."
RESTS_ON = "Rests on {}"


def board_page(submission: Submission, *, own: bool = False) -> Page:
    """The words of the report on a submission. own: for its own people, who alone read who owns what is short."""
    snapshot = submission.snapshot
    return {
        **_page(snapshot, own=own),
        "preview": False,
        "work_in_progress": snapshot["stage"] != Stage.FINAL,
        "stage": Stage(snapshot["stage"]).words,
        "submitted": f"Submitted {_when(snapshot)}",
        "notes": [*_notes(snapshot), *_alone(Stage(snapshot["stage"]), snapshot)],
        "people": [*_people(snapshot), _submitter(snapshot)],
        "digest": f"sha256:{submission.digest}",
        "check_address": f"{settings.SITE_ADDRESS.split('://')[-1]}/check/{submission.digest}/",
        "check_link": f"{settings.SITE_ADDRESS}/check/{submission.digest}/",
    }


def preview_page(assessment: Assessment, at: datetime) -> Page:
    """The words of the report on the live draft at an aware instant, as the stage ahead would say it."""
    document = draft(assessment, at)
    return {
        **_page(document, own=True),
        "preview": True,
        "work_in_progress": True,
        "stage": Stage(document["ahead"]).words,
        "submitted": f"As recorded on {phrases.minute(at)}",
        "notes": _alone(Stage(document["ahead"]), document),
        "people": _people(document),
        "digest": "",
        "check_address": "",
        "check_link": "",
    }


def on_paper(page: Page) -> Page:
    """The page without what only a screen has room for: texts, and the version in front of each requirement."""
    version = _version(page)
    return {
        **page,
        "rows": [_row_on_paper(each, version) for each in page["rows"]],
        "rests_on": RESTS_ON.format(f"{version}…" if version else ""),
        "steps": [{name: each[name] for name in STEP_ON_PAPER} for each in page["steps"]],
    }


def _row_on_paper(row: Page, version: str) -> Page:
    kept = {name: value for name, value in row.items() if name not in ONLY_ON_SCREEN}
    parts = (part.removeprefix(version) for part in row["rests_on"].split(" · "))
    return {**kept, "rests_on": " · ".join(parts)}


def _version(page: Page) -> str:
    """“13-” where every requirement named begins so; nothing where they differ."""
    versions = {part.partition("-")[0] for each in page["rows"] for part in each["rests_on"].split(" · ")}
    return f"{versions.pop()}-" if len(versions) == 1 else ""


def _page(document: Page, *, own: bool) -> Page:
    organisation = document["organisation"]
    kind, past = framework(document["framework"]).kind(organisation["kind"]), line(document)
    return {
        "demonstration": document["demonstration"],
        "organisation": {"code": organisation["code"], "name": organisation["name"], "kind": kind.name},
        "year": document["year"],
        "headline": headline(document["recommendations"]),
        "story": story(document),
        "score": _score(document),
        "score_absent": "" if document["score"]["maximum"] else "There is no score: no requirement counts towards it.",
        "themes": theme_bars(document["recommendations"]),
        "previous_stage": past.last.words if past.last else None,
        "stages": [_stage(each) for each in past.columns],
        "broken": past.broken,
        "breaks": past.breaks,
        "line_key": _line_key(past),
        "rows": rows(document, own=own),
        "key": KEY,
        "steps": [step(document, each) for each in document["steps"][:STEPS_SHOWN]],
        "steps_absent": _steps_absent(document),
        "feedback_address": settings.FEEDBACK_ADDRESS,
        "basis": _basis(document),
    }


def _stage(column: Column) -> Page:
    """One earlier stage; `label` is for a column of marks on screen, `short` for one on paper."""
    own = len(column.short) == 1
    return {
        "words": column.words,
        "label": column.words.rpartition(" ")[2] if own else column.words,
        "short": column.short,
        "broken": column.broken,
        "submitted": column.statuses is not None,
    }


def _line_key(past: Line) -> str:
    """What the letters and marks before a status mean; empty where there are none."""
    if not past.columns:
        return ""
    letters = [f"{each.short} {each.words}" for each in past.columns if len(each.short) == 1]
    missed = [f"{MARKS['not_submitted']} not submitted"] if any(each.statuses is None for each in past.columns) else []
    moved = [] if past.broken or not past.last else [f"▲ up, ▼ down since {past.last.words}"]
    return f"{', '.join([*letters, *missed, *moved])}."


def _score(document: Page) -> Page | None:
    score = document["score"]
    if not score["maximum"]:
        return None
    grade = Grade(score["grade"])
    mark = {Grade.SATISFACTORY: Status.MET, Grade.NOT_SATISFACTORY: Status.NOT_MET}.get(grade, Status.PARTLY_MET)
    return {
        "percent": f"{score['percent']}%",
        "grade": grade.words,
        "grade_mark": mark.value,
        "note": _shortfall(score, below_level_2(document)),
    }


def _shortfall(score: Page, codes: list[str]) -> str:
    below, unscored = score["below_satisfactory"], score["requirements"] - score["recorded"]
    if unscored == score["requirements"]:
        return f"None of {unscored} requirements scored yet"
    if not below:
        return f"All {score['requirements']} requirements at level 2 or above"
    known = f"{below} of {score['requirements']} requirements below level 2"
    known += f", {unscored} of them not scored yet" if unscored else ""
    return f"{known}: {phrases.listed(codes)}" if codes else known


def _steps_absent(document: Page) -> str:
    if document["steps"]:
        return ""
    return "Every recommendation is met." if counts(document["recommendations"])[Status.MET] else "None applies."


def _notes(snapshot: Page) -> list[str]:
    notes = [IMPORTED] if snapshot.get("imported") else []
    if snapshot["late"]:
        first = "Submitted" if snapshot["number"] == 1 else "First submitted"
        notes.append(f"{first} late: the deadline was {phrases.day(snapshot['deadline'])}")
    if snapshot["number"] > 1:
        notes.append(f"Correction {snapshot['number']}: {snapshot['correction_reason']}")
    return notes


def _alone(stage: Stage, document: Page) -> list[str]:
    """That no earlier stage was submitted, so that an absent change is not read as none."""
    missed = [each.words for each in stage.earlier]
    if document["compared_with"] or not missed:
        return []
    none = "" if line(document).columns else ": nothing to compare with"
    return [f"{phrases.listed(missed)} {'was' if len(missed) == 1 else 'were'} not submitted{none}"]


def _when(snapshot: Page) -> str:
    """To the minute, or the day where a file gives no more than that."""
    at = snapshot["submitted_at"]
    return phrases.day(phrases.day_of(at)) if snapshot.get("imported") else phrases.minute(at)


def _people(document: Page) -> list[Page]:
    held = {each["post"]: each for each in document["senior_people"]}
    return [
        {"post": words, "name": _name(held[post]) if post in held else "not named"} for post, words in POSTS.items()
    ]


def _name(person: Page) -> str:
    return ", ".join(filter(None, [person["name"], person["job_title"]]))


def _submitter(snapshot: Page) -> Page:
    by, on = snapshot["submitted_by"], phrases.day(phrases.day_of(snapshot["submitted_at"]))
    alone = f"; {ONE_PERSON}" if snapshot.get("one_person") else ""
    who = (by["name"] or by["login"]) if by else "imported from a file"
    return {"post": "Submitted by", "name": f"{who}, {on}{alone}"}


def _basis(document: Page) -> str:
    bases = [each["basis"] for one in document["recommendations"] for each in one["conditions"]]
    documented = bases.count(Basis.DOCUMENTED)
    return (
        f"Framework {document['framework']}, crosswalk {document['crosswalk']} "
        f"({len(bases)} conditions: {documented} documented, {len(bases) - documented} our reading). "
        "Self-assessment; not independently verified."
    )
