"""How the board report is made to fit one page: first set more closely, then cut, the least needed first."""

from typing import Any, NamedTuple

from igtoolkit.reports.pdf.printable import breakable, clipped, shortened


class Density(NamedTuple):
    """How closely the page is set, in points (`leading`, the space between lines, in ems).

    `name` and `headline` are points above the type size; `card`, `status`, `change` and `rests` are
    widths of columns. due_apart: the due date has its own column, and a step is one paragraph.
    """

    size: float
    small: float
    gap: float
    padding: float
    margin: float
    name: float
    headline: float
    leading: float = 0.55
    card: float = 184
    status: float = 83
    change: float = 100
    rests: float = 190
    due_apart: bool = False


class Attempt(NamedTuple):
    """One way to set the page; rows, others: how far texts may go from their least room (0) to their most (1)."""

    density: Density
    others: float = 1
    rows: float = 1


ROOMY = Density(size=9.5, small=9, gap=8, padding=4, margin=27, name=5.5, headline=10, status=88, change=112)
NORMAL = Density(size=9, small=8, gap=8, padding=4, margin=27, name=5.5, headline=10)
TIGHTER = Density(size=8.5, small=8, gap=6.5, padding=3, margin=25, name=4.5, headline=8)
TIGHTEST = Density(
    size=8, small=8, gap=4, padding=2, margin=22, name=3, headline=5, leading=0.45, status=72, change=98, due_apart=True
)


# For cut rows: the columns of set phrases are wide enough for the longest of them on one line.
ONE_LINE = TIGHTEST._replace(status=75, change=111)


class Place(NamedTuple):
    """The room for one kind of text, in ems: the most it may take, the least it is cut to, its widest word."""

    most: float
    least: float
    word: float = 14


ANYWHERE = Place(60, 16)
PLACES = {
    "organisation.name": Place(130, 130),
    "submitted": Place(60, 30),
    "notes": Place(330, 60),
    "headline": Place(60, 36),
    "story": Place(300, 70),
    "score.percent": Place(6, 3),
    "score.grade": Place(30, 20),
    "score.note": Place(60, 20),
    "score_absent": Place(80, 30),
    "themes.name": Place(24, 12, word=7.5),
    "themes.words": Place(14, 7),
    "previous_stage": Place(20, 10, word=9),
    "rows.summary": Place(80, 19),
    "rows.rests_on": Place(90, 11.5, word=10),
    "rows.status_words": Place(16, 6.9, word=6.9),
    "rows.change_words": Place(24, 12.4, word=9),
    "rows.due": Place(14, 6, word=6),
    "steps.title": Place(110, 28),
    "steps.result": Place(110, 28),
    "steps_absent": Place(110, 40),
    "people.post": Place(24, 9.5, word=9.5),
    "people.name": Place(90, 18),
    "digest": Place(50, 50, word=50),
    "check_address": Place(90, 50),
    "feedback_address": Place(60, 30, word=50),
    "basis": Place(140, 90),
    "key": Place(60, 30),
}


def attempts(words: dict[str, Any]) -> list[Attempt]:
    """The ways to set this page, best first; an ordinary page fits at the first."""
    return list(dict.fromkeys([
        Attempt(_eased(words)),
        Attempt(NORMAL),
        Attempt(TIGHTER),
        Attempt(TIGHTEST._replace(padding=3.5)),
        Attempt(TIGHTEST),
        Attempt(TIGHTEST._replace(padding=3.2), others=0.4),
        Attempt(TIGHTEST, others=0.4),
        Attempt(TIGHTEST, others=0.1),
        Attempt(TIGHTEST, others=0),
        Attempt(ONE_LINE, others=0, rows=0.5),
        Attempt(ONE_LINE, others=0, rows=0.25),
        Attempt(ONE_LINE, others=0, rows=0.1),
        Attempt(ONE_LINE._replace(padding=3.6), others=0, rows=0),
        Attempt(ONE_LINE, others=0, rows=0),
    ]))  # fmt: skip


def _eased(words: dict[str, Any]) -> Density:
    """The normal density with more room around each row the fewer lines there are: a first guess.

    Counted on the samples: 39 lines of 11 points fill the page; six tenths of the room left go to the rows.
    """
    rows = words["rows"]
    wrapped = sum(bool(row["due"]) or len(row["summary"]) > 48 or len(row["rests_on"]) > 26 for row in rows)
    lines = len(rows) + wrapped + 2 * len(words["steps"]) + len(words["notes"]) + len(words["story"]) // 60
    padding = NORMAL.padding + 0.6 * 11 * (39 - lines) / (2 * len(rows) + 2)
    return NORMAL._replace(padding=min(6.2, max(NORMAL.padding, padding)))


def cut_to_fit(value: Any, attempt: Attempt, path: str = "") -> Any:
    """The value with each text in it cut to the room its place (`path`, as in PLACES) has in this attempt."""
    match value:
        case str():
            return _fitted(value, path, attempt.rows if path.startswith("rows.") else attempt.others)
        case dict():
            return {key: cut_to_fit(each, attempt, f"{path}.{key}".lstrip(".")) for key, each in value.items()}
        case list():
            return [cut_to_fit(each, attempt, path) for each in value]
    return value


def _fitted(text: str, path: str, share: float) -> str:
    place = PLACES.get(path, ANYWHERE)
    room = place.least + (place.most - place.least) * share
    cut = shortened if path == "rows.rests_on" else clipped
    return breakable(cut(text, room), place.word)
