"""Speaking notes for whoever presents the page: a minute's worth, worked out from the submission alone."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from igtoolkit.reports import phrases
from igtoolkit.reports.board_line import change, line
from igtoolkit.reports.board_rows import counts
from igtoolkit.reports.board_steps import step
from igtoolkit.reports.board_story import headline
from igtoolkit.reports.evidenced import evidenced
from igtoolkit.reports.pack.owed import owed
from igtoolkit.standard.words import Grade, Stage, Status

Document = dict[str, Any]
NAMED = 2  # more recommendations than this are given by number: their names would take the minute


def speaking_notes(document: Document) -> list[Document]:
    """[{heading, says: [sentence, …]}], in the order they are said. document: a snapshot."""
    parts = (
        ("How we stand", _standing),
        ("What has changed", _changed),
        ("What would move us most", _moving),
        ("What is owed", _owed),
    )
    return [{"heading": heading, "says": list(said(document))} for heading, said in parts]


def _standing(document: Document) -> Iterator[str]:
    yield headline(document["recommendations"])
    yield from _evidenced(document)
    yield _score(document["score"])
    if document["stage"] != Stage.FINAL:
        yield f"This is our {Stage(document['stage']).words}: work in progress, and not for publication."
    if document.get("imported"):
        yield "Our levels came from a file, so criteria behind them are not known."
    if document["number"] > 1:
        yield f"This is correction {document['number']} of what we first submitted."


def _evidenced(document: Document) -> Iterator[str]:
    """How many of those that apply are met by criteria with evidence of the year alone; nothing of unknown criteria."""
    number = counts(document["recommendations"])
    found = evidenced(document) if number[Status.MET] else None
    if found is None or not found.known:
        return
    shown = sum(each.status is Status.MET for each in found.evidenced.performance)
    applying = number.total() - number[Status.NOT_APPLICABLE]
    rest = f"{shown or 'None'} of {applying} {'rest' if shown > 1 else 'rests'}"
    yield f"{rest} on evidence dated within {document['year']}."


def _score(score: Document) -> str:
    if not score["maximum"]:
        return "There is no score: no requirement counts towards it."
    below, grade = score["below_satisfactory"], Grade(score["grade"]).words
    short = f"{below} of {score['requirements']} requirements {'is' if below == 1 else 'are'} below level 2"
    why = short if below else "no requirement is below level 2"
    return f"Our score is {score['percent']}%, and the grade is {grade}: {why}."


def _changed(document: Document) -> Iterator[str]:
    """Since the stage before and since last year's Final, where they were submitted and can be compared."""
    past = line(document)
    submitted = [n for n, each in enumerate(past.columns) if each.statuses is not None]
    if not submitted:
        yield "Nothing was submitted before this, so there is nothing to compare with."
        return
    last_year = [n for n in submitted if past.columns[n].short == past.columns[n].words]
    for n in dict.fromkeys([submitted[-1], *last_year]):
        words = "last year’s Final" if n in last_year else past.columns[n].words
        broken = [*(each.broken for each in past.columns[n + 1 :]), past.broken]
        yield _apart(words) if any(broken) else _since(document, words, past.columns[n].statuses or {})


def _apart(then: str) -> str:
    return f"Since {then} the framework or the crosswalk has changed, so we do not compare the two."


def _since(document: Document, then: str, statuses: Mapping[str, str]) -> str:
    moved: dict[str, list[Document]] = {"up": [], "down": [], "same": [], "none": []}
    for each in document["recommendations"]:
        moved[change(each["status"], statuses.get(str(each["number"]), ""))].append(each)
    met = counts(document["recommendations"])[Status.MET]
    was = sum(status == Status.MET for status in statuses.values())
    count = f"{met} met, as then" if met == was else f"{met} met, against {was} then"
    told = ((moved["up"], "risen"), (moved["down"], "fallen back"))
    parts = [f"{_named(each)} {'has' if len(each) == 1 else 'have'} {how}" for each, how in told if each]
    return f"Since {then}: {count}; {', and '.join(parts) if parts else 'none has risen or fallen back'}."


def _named(recommendations: list[Document]) -> str:
    """Recommendation 14 (Staff are trained …); by number alone when there are many."""
    if len(recommendations) > NAMED:
        return phrases.numbered([each["number"] for each in recommendations])
    named = phrases.listed([f"{each['number']} ({each['summary']})" for each in recommendations])
    return f"recommendation{'' if len(recommendations) == 1 else 's'} {named}"


def _moving(document: Document) -> Iterator[str]:
    if not document["steps"]:
        met = counts(document["recommendations"])[Status.MET]
        yield f"Nothing is left to move: {'every recommendation that applies is met' if met else 'none applies'}."
    for first, each in zip(("First", "Then"), document["steps"], strict=False):
        found = step(document, each)
        yield f"{first}: {found['doing']} ({found['about']}). {found['result']}"


def _owed(document: Document) -> Iterator[str]:
    """How many requirements are in the way, the first to fall due, and what lacks a date or a name."""
    due = owed(document)
    if not due:
        yield "Nothing is owed."
        return
    held = len({number for each in due for number in each["numbers"]})
    codes = len({each["requirement"] for each in due})
    yield f"{_many(codes, 'requirement holds', 'requirements hold')} back {_many(held, 'recommendation')}."
    if due[0]["due"]:
        yield _first(due[0], phrases.day_of(document["submitted_at"]))
    yield from _lacking(due, codes)


def _first(entry: Document, today: date) -> str:
    passed = date.fromisoformat(entry["due"]) < today
    when = f"{'was' if passed else 'is'} due at level {entry['level']} on {phrases.day(entry['due'])}"
    about = f"{entry['requirement']} ({entry['title']})" if entry["title"] else entry["requirement"]
    return f"First, {about} {when}: {entry['owner'] or 'nobody'} is named to see to it."


def _lacking(due: list[Document], of: int) -> Iterator[str]:
    """2 lack a date for what is asked, and none has an owner."""
    undated, unowned = ({each["requirement"] for each in due if not each[name]} for name in ("due", "owner"))
    parts = [_without(len(undated), of, "a date for what is asked"), _without(len(unowned), of, "an owner")]
    if any(parts):
        yield f"{', and '.join(filter(None, parts))}.".capitalize()


def _without(many: int, of: int, what: str) -> str:
    if not many:
        return ""
    return f"none has {what}" if many == of > 1 else f"{_many(many, 'lacks', 'lack')} {what}"


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
