"""How the board report is made to fit one page: first set more closely, then cut, the least needed first."""

from typing import Any, NamedTuple

from igtoolkit.reports.pdf.estimating import lines
from igtoolkit.reports.pdf.printable import breakable, clipped, shortened


class Density(NamedTuple):
    """How closely the page is set, in points (`leading`, the space between lines, in ems).

    `small` is the size of secondary words; `name` and `headline` are points above `size`; `side` is the
    margin left and right. Widths of columns: `card`, `status`, `due`, `rests` (`beside` the marks of earlier stages)
    and `post`. close: a step is one paragraph.
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
    due: float = 53
    rests: float = 150
    beside: float = 98
    post: float = 80
    side: float = 39.7
    close: bool = False


class Attempt(NamedTuple):
    """One way to set the page; rows, others: how far texts may go from their least room (0) to their most (1)."""

    density: Density
    others: float = 1
    rows: float = 1


# An ordinary page: nothing smaller than 9 points.
ROOMY = Density(
    size=9, small=9, gap=6.5, padding=2.6, margin=24, name=4.5, headline=8, leading=0.5,
    card=188, status=84, due=58, rests=152, beside=98, post=88, side=34,
)  # fmt: skip
CLOSE = ROOMY._replace(gap=6, padding=2.4, margin=22)
ROOMY_LEAST = 1.4  # with less room than this around each row, even CLOSE has no chance
NORMAL = Density(size=9, small=8, gap=8, padding=4, margin=27, name=5.5, headline=10)
TIGHTER = Density(size=8.5, small=8, gap=6.5, padding=3, margin=25, name=4.5, headline=8)
TIGHTEST = Density(
    size=8, small=8, gap=4, padding=2, margin=22, name=3, headline=5, leading=0.45, status=78, due=55, close=True
)


# For cut rows: the columns of set phrases are wide enough for the longest of them on one line.
ONE_LINE = TIGHTEST._replace(beside=110)


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
    "stages.short": Place(14, 9, word=7),
    "rests_on": Place(30, 12, word=10),
    "line_key": Place(60, 20),
    "breaks": Place(60, 30),
    "rows.summary": Place(80, 19),
    "rows.rests_on": Place(90, 11.5, word=10),
    "rows.status_words": Place(16, 6.9, word=6.9),
    "rows.line_words": Place(400, 400, word=400),
    "rows.due": Place(14, 6, word=6),
    "steps.doing": Place(60, 14),
    "steps.about": Place(110, 14),
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
        *map(Attempt, _eased(words)),
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
        Attempt(ONE_LINE._replace(padding=3.6), others=0, rows=0.04),
        Attempt(ONE_LINE._replace(padding=3.6), others=0, rows=0),
        Attempt(ONE_LINE, others=0, rows=0),
    ]))  # fmt: skip


def _eased(words: dict[str, Any]) -> list[Density]:
    """ROOMY with as much room around each row as the lines leave, so that one try is enough; none for a full page.

    Counted on invented reports: a line takes 11.05 points, and 630 points are there for lines and rows.
    """
    room = (630 - 11.05 * lines(words)) / (2 * len(words["rows"]) + 2)
    if room < ROOMY_LEAST:
        return []
    return [ROOMY._replace(padding=min(4.8, room))] if room >= ROOMY.padding else [CLOSE]


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
