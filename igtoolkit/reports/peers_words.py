"""The words of “compared with its own kind” on the board page: the middle half, and how many meet each."""

from fractions import Fraction
from typing import Any

from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Submission
from igtoolkit.reports import phrases
from igtoolkit.reports.peers import AFTER, comes_at, compared, figures
from igtoolkit.standard.framework import Kind
from igtoolkit.standard.peers import OTHERS, STEP
from igtoolkit.standard.words import Stage, Status

Page = dict[str, Any]

SHARES = {"few": "Few", "most": "Most", None: "Too few to say"}
NOT_COMPARED = "Not compared"
APART = (
    "All but a few submissions are counted. Which are left out is drawn by lot and kept nowhere, so nobody can tell "
    "from these figures how any one {one} stands. Rounded to the nearest 5; few is about 5% or less, most about 95% "
    "or more. This is no ranking, and a {one} outside the middle half has done nothing wrong by that alone."
)
ON_CRITERIA = (
    "At Final, levels are published and single criteria are not. What rests on a criterion is left out, because a "
    "figure beside the levels could give one away."
)
PUBLISHED = (
    "Scores are published at Final, so they are compared even in a small kind. How each recommendation stands is "
    "not published, and is not compared."
)


def peers_page(submission: Submission) -> Page:
    """{title, sentences, bars, rows, notes, absent}: all but `title` may be empty; `absent` says why, and until when.

    bars: [{label, low, high, own, words}] in whole percent, `own` None without one.
    """
    kind, found = _kind(submission), figures(submission)
    page: Page = {"title": f"Among {_plural(kind)}", "sentences": [], "bars": [], "rows": [], "notes": []}
    if found is None:
        return {**page, "absent": _coming(submission, kind)}
    if found["said"] is None:
        return {**page, **_of_few(submission, kind, found)}
    bars = [_met_bar(submission, found), _score_bar(submission, found)]
    notes = [_standing(submission), APART.format(one=_one(kind)), *_final_note(submission)]
    return {
        **page,
        "title": f"{page['title']} ({found['said']} or more submitted)",
        "bars": [each for each in bars if each],
        "rows": _rows(submission, found),
        "notes": notes,
        "absent": "",
    }


def _coming(submission: Submission, kind: Kind) -> str:
    day = phrases.day(phrases.day_of(comes_at(submission.year, submission.stage)))
    return f"How {_plural(kind)} compare is worked out on {day}, a week after the deadline, from what stands then."


def _of_few(submission: Submission, kind: Kind, found: Page) -> Page:
    """Why a small kind has no figures; at Final its scores, which anybody can read."""
    bar = _score_bar(submission, found)
    if bar:
        return {"bars": [bar], "notes": [_standing(submission), PUBLISHED], "absent": ""}
    few = f"{OTHERS} others"
    if found["registered"] - 1 <= OTHERS:
        number = f"There {'is one' if found['registered'] == 1 else 'are ' + str(found['registered'])}"
        why = f"{number} of the kind this year. With fewer than {few} beside a {_one(kind)}"
    else:
        why = f"By {_day(submission)} too few had submitted. With fewer than {few} beside a {_one(kind)}"
    later = "" if submission.stage == Stage.FINAL else " At Final the published scores are compared."
    return {"absent": f"{why}, a figure could give a single one away, so none is shown.{later}"}


def _met_bar(submission: Submission, found: Page) -> Page | None:
    numbers = {each.number for each in compared(submission.year, submission.stage)}
    own = [each["status"] for each in submission.snapshot["recommendations"] if each["number"] in numbers]
    met, applying = own.count(Status.MET), len(own) - own.count(Status.NOT_APPLICABLE)
    if submission.stage == Stage.FINAL:
        return _final_met_bar(submission, found["met"], met, applying, len(numbers))
    ours = f"meets {met} of {applying} ({100 * met // applying}%)" if applying else "meets none, for none applies"
    own_percent = Fraction(100 * met, applying) if applying else None
    return _bar("Recommendations met", found["met"], own_percent, "meet", ours, submission)


def _final_met_bar(submission: Submission, half: Page | None, met: int, applying: int, of: int) -> Page | None:
    """Of those that are compared at Final, and which are not."""
    if half is None:
        return None
    one, aside = _one(_kind(submission)), "" if applying == of else f", {applying} of which apply here"
    ours = f"meets {met} ({100 * met // applying}%)" if applying else "meets none"
    words = (
        f"Of the {of} recommendations that can be compared{aside}, this {one} {ours}; the middle half meet "
        f"{_between(half)}.{_on_criteria(submission)}"
    )
    label = f"Recommendations met, of the {of} that rest on levels alone"
    return {"label": label, **_place(half, Fraction(100 * met, applying) if applying else None), "words": words}


def _on_criteria(submission: Submission) -> str:
    """Which recommendations are not compared, and why, after a space; empty where all are."""
    numbers = {each.number for each in compared(submission.year, submission.stage)}
    left = [each["number"] for each in submission.snapshot["recommendations"] if each["number"] not in numbers]
    rest = "rests on a single criterion, which is" if len(left) == 1 else "rest on single criteria, which are"
    return f" {phrases.listed(left)} {rest} not published." if left else ""


def _score_bar(submission: Submission, found: Page) -> Page | None:
    percent = submission.snapshot["score"]["percent"]
    ours = "has no score" if percent is None else f"scores {percent}%"
    return _bar("IG Toolkit score", found["scores"], percent, "score", ours, submission)


def _bar(
    label: str, half: Page | None, own: Fraction | int | None, they: str, ours: str, submission: Submission
) -> Page | None:
    if half is None:
        return None
    words = f"The middle half {they} {_between(half)}; this {_one(_kind(submission))} {ours}."
    return {"label": label, **_place(half, own), "words": words}


def _place(half: Page, own: Fraction | int | None) -> Page:
    return {"low": half["from"], "high": half["to"], "own": None if own is None else int(own)}


def _between(half: Page) -> str:
    """70% to 85%; about 75%; 80% to 95% or more"""
    low, high = half["from"], half["to"]
    first = f"{STEP}% or less" if low == STEP else f"{low}%"
    last = f"{high}% or more" if high == 100 - STEP else f"{high}%"
    if low == high:
        return first if low == STEP else last if high == 100 - STEP else f"about {low}%"
    return f"{first} to {last}"


def _rows(submission: Submission, found: Page) -> list[Page]:
    shares = found["recommendations"]
    return [
        {
            "number": each["number"],
            "summary": each["summary"],
            "own": each["status"],
            "share": _share(shares[str(each["number"])]) if str(each["number"]) in shares else NOT_COMPARED,
        }
        for each in submission.snapshot["recommendations"]
    ]


def _share(share: int | str | None) -> str:
    return f"About {share}%" if isinstance(share, int) else SHARES[share]


def _standing(submission: Submission) -> str:
    return (
        f"Made once, from what stood at the end of {_day(submission)}, a week after the deadline: a later submission "
        "or correction does not change it."
    )


def _final_note(submission: Submission) -> list[str]:
    return [ON_CRITERIA] if submission.stage == Stage.FINAL else []


def _day(submission: Submission) -> str:
    deadline = framework_for(submission.year).calendar(submission.year).deadline(Stage(submission.stage))
    return phrases.day(deadline + AFTER)


def _kind(submission: Submission) -> Kind:
    return framework_for(submission.year).kind(submission.kind)


def _plural(kind: Kind) -> str:
    return kind.plural[:1].lower() + kind.plural[1:]


def _one(kind: Kind) -> str:
    """trust: what one of them is called in a sentence"""
    return kind.name.split()[-1].lower()
