"""The line of marks of a board report: how each recommendation stood, from last year's Final up to this stage.

A column is one earlier stage. Where the framework or the crosswalk is another than at the stage before, the line
breaks there: what stands on its two sides was not judged by the same rule, and is not compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from igtoolkit.standard.words import Stage, Status

Document = dict[str, Any]

RISING = (Status.NOT_MET, Status.PARTLY_MET, Status.MET)
CHANGES = {"up": "up from {}", "down": "down from {}", "same": "no change", "none": ""}
LETTERS = {Stage.BASELINE: "B", Stage.UPDATE: "U", Stage.FINAL: "F"}
MARKS = {each.value: each.mark for each in Status} | {Status.NOT_SUBMITTED.value: "·"}
NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True)
class Column:
    """An earlier stage. `broken`: what changed since the one before it, empty where the two can be compared.

    `statuses` is {recommendation number, as text: status}, None for a stage that was not submitted.
    """

    words: str
    short: str
    broken: str
    statuses: Mapping[str, str] | None

    def mark(self, number: int) -> Document:
        """{status, mark, words} of one recommendation; an empty status: this stage did not report on it."""
        statuses = self.statuses
        status = Status.NOT_SUBMITTED.value if statuses is None else statuses.get(str(number)) or ""
        return {
            "status": status,
            "mark": MARKS.get(status, ""),
            "words": Status(status).words if status else "Not reported",
        }


@dataclass(frozen=True)
class Line:
    """The earlier stages of one report. `now`: the stage it is about; `broken`: what changed since the last one."""

    columns: tuple[Column, ...]
    now: Stage
    broken: str

    def marks(self, number: int) -> list[Document]:
        return [each.mark(number) for each in self.columns]

    def words(self, recommendation: Document) -> str:
        """“Baseline: not met. Performance Update: met. Now: met, no change.”; empty without columns."""
        if not self.columns:
            return ""
        number = recommendation["number"]
        then = [(each.broken, f"{each.words}: {each.mark(number)['words'].lower()}") for each in self.columns]
        said = [*then, (self.broken, f"Now: {self._now(recommendation)}")]
        return " ".join(f"{_aside(why)}{words}." for why, words in said)

    @property
    def last(self) -> Column | None:
        """The last stage submitted before this one, from which changes are measured."""
        return next((each for each in reversed(self.columns) if each.statuses is not None), None)

    @property
    def last_year(self) -> Column | None:
        """Last year's Final; None where there is none, or anything broke the line since."""
        if not self.columns or self.broken or any(each.broken for each in self.columns[1:]):
            return None
        first = self.columns[0]
        return first if first.short == first.words and first.statuses is not None else None

    def before(self, number: int) -> str:
        """The status of a recommendation at that stage; empty where there is none, or it cannot be compared."""
        return "" if self.last is None or self.broken else str(self.last.mark(number)["status"])

    def change(self, recommendation: Document) -> str:
        """up, down, same since then; none where one of the two does not apply, or the line breaks between them."""
        return change(recommendation["status"], self.before(recommendation["number"]))

    @property
    def breaks(self) -> list[str]:
        """Each place where the line breaks: “framework changed before Baseline: not comparable”."""
        places = [*((each.broken, each.words) for each in self.columns), (self.broken, self.now.words)]
        return [f"{why} before {words}: {NOT_COMPARABLE}" for why, words in places if why]

    def _now(self, recommendation: Document) -> str:
        status, before = Status(recommendation["status"]), self.before(recommendation["number"])
        since = CHANGES[change(status, before)].format(Status(before).words.lower()) if before else ""
        return ", ".join(filter(None, [status.words.lower(), since]))


def line(document: Document) -> Line:
    """The line of a report. document: the snapshot, or a draft in its form.

    Last year has a column if its Final was judged by a crosswalk; where nothing was submitted there is no column.
    """
    now, said = Stage(document.get("ahead") or document["stage"]), _earlier(document)
    found: list[Column] = []
    last: Document | None = None
    for year, stage in _places(document["year"], now, said):
        each = said.get((year, stage))
        found.append(_column(year, stage, each, _broken(last, each), own=year == document["year"]))
        last = each or last
    return Line(tuple(found), now, _broken(last, document))


def change(now: str, before: str) -> str:
    """up, down, same; none where there is no earlier status, or one of the two does not apply."""
    if now == before:
        return "same"
    if now not in RISING or before not in RISING:
        return "none"
    return "up" if RISING.index(Status(now)) > RISING.index(Status(before)) else "down"


def _places(year: str, now: Stage, said: Mapping[tuple[str, Stage], Document]) -> list[tuple[str, Stage]]:
    """The stages the line has a place for, whether submitted or not; none where none was."""
    before = [each for each in said if each[0] != year]
    return [*before, *((year, stage) for stage in now.earlier)] if said else []


def _earlier(document: Document) -> dict[tuple[str, Stage], Document]:
    """{(year, stage): what it said}; a snapshot from before this was kept knows the stage it is compared with."""
    compared = document["compared_with"]
    said = document.get("earlier") or ([_compared(document, compared)] if compared else [])
    return {(each["year"], Stage(each["stage"])): each for each in said if each["statuses"]}


def _compared(document: Document, compared: Document) -> Document:
    return {
        "year": document["year"],
        "stage": compared["stage"],
        "framework": compared.get("framework", document.get("framework")),
        "crosswalk": compared.get("crosswalk", document.get("crosswalk")),
        "statuses": {str(each["number"]): each["previous_status"] for each in document["recommendations"]},
    }


def _column(year: str, stage: Stage, said: Document | None, why: str, *, own: bool) -> Column:
    return Column(
        words=stage.words if own else f"{year} {stage.words}",
        short=LETTERS[stage] if own else f"{year} {stage.words}",
        broken=why,
        statuses=said["statuses"] if said else None,
    )


def _broken(one: Document | None, other: Document | None) -> str:
    """“framework changed” between two neighbours, or nothing where they can be compared."""
    if one is None or other is None:
        return ""
    differing = [name for name in ("framework", "crosswalk") if _differs(one, other, name)]
    return f"{' and '.join(differing)} changed" if differing else ""


def _differs(one: Document, other: Document, name: str) -> bool:
    digests = {one.get(f"{name}_digest"), other.get(f"{name}_digest")} - {None}
    return one.get(name) != other.get(name) or len(digests) > 1


def _aside(why: str) -> str:
    return f"{why.capitalize()}: {NOT_COMPARABLE}. " if why else ""
