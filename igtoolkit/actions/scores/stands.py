"""From rows to stands: which year, framework and stage each belongs to, and what is wrong with a group."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from igtoolkit.actions.said import shown
from igtoolkit.actions.scores.files import Fault, Row, WrongFile
from igtoolkit.records.frameworks import frameworks
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.words import Stage

Place = tuple[str, Stage]  # year and stage
Narrow = Callable[[Framework, str], Framework]  # the framework as the organisation's kind reads it in a year


@dataclass(frozen=True)
class Stand:
    """One stage of one year as a file gives it. framework: of its version, whole. levels: {requirement: 0-3}."""

    framework: Framework
    year: str
    stage: Stage
    day: date
    levels: Mapping[str, int]
    line: int


def stands(rows: Iterable[Row], today: date, narrow: Narrow) -> list[Stand]:
    """The stands of a file, by year and stage.

    narrow: gives the framework as the organisation reads it in a year, or raises LookupError saying why it
    reads none. Raises WrongFile for whatever cannot be taken as it is, with every fault found.
    """
    faults: list[Fault] = []
    groups: defaultdict[Place, list[tuple[Row, Framework]]] = defaultdict(list)
    for row in rows:
        try:
            framework, year = _home(row, today)
            groups[year, row.stage].append((row, framework))
        except LookupError as error:
            faults.append(Fault(row.line, str(error)))
    made = [_stand(place, groups[place], narrow, faults) for place in sorted(groups, key=_order)]
    if faults:
        raise WrongFile(faults)
    return made


def _order(place: Place) -> tuple[str, int]:
    return place[0], list(Stage).index(place[1])


def _home(row: Row, today: date) -> tuple[Framework, str]:
    """The framework and the year of a row. Raises LookupError in words."""
    if row.day > today:
        raise LookupError(f"date {row.day} lies in the future: write the day on which the stage was submitted")
    held = {each.version: each for each in frameworks().values()}
    if row.version not in held:
        raise LookupError(
            f"toolkit_version {row.version} is not held here: there are {', '.join(map(str, sorted(held)))}"
        )
    framework = held[row.version]
    year = next((year for year, calendar in framework.calendars.items() if _holds(calendar.opens, row.day)), None)
    if year is None:
        raise LookupError(
            f"version {row.version} was not in use on {row.day}: it serves {', '.join(sorted(framework.calendars))}"
        )
    return framework, year


def _holds(opens: date, day: date) -> bool:
    """Whether a day lies in the year that opened then: late submissions go on until it has been open for a year."""
    return opens <= day and (day.year, day.month, day.day) < (opens.year + 1, opens.month, opens.day)


def _stand(place: Place, rows: list[tuple[Row, Framework]], narrow: Narrow, faults: list[Fault]) -> Stand:
    year, stage = place
    first, framework = rows[0]
    faults += _mixed(place, rows)
    try:
        narrowed = narrow(framework, year)
    except LookupError as error:
        faults.append(Fault(first.line, str(error)))
    else:
        faults += _strange([row for row, of in rows if of is framework], narrowed)
    levels = {row.requirement: row.level for row, _ in rows}
    return Stand(framework, year, stage, first.day, levels, first.line)


def _mixed(place: Place, rows: list[tuple[Row, Framework]]) -> Iterator[Fault]:
    """Rows of one stage that do not belong together: another version or day than the first, or said already."""
    first = rows[0][0]
    seen: dict[str, int] = {}
    what = f"{place[1].words} {place[0]}"
    for row, _ in rows:
        if row.version != first.version:
            yield Fault(row.line, f"version {row.version}, and line {first.line} of {what} has version {first.version}")
        elif row.day != first.day:
            yield Fault(row.line, f"date {row.day}, and line {first.line} of {what} has {first.day}: a stage has one")
        if row.requirement in seen:
            yield Fault(
                row.line, f"{shown(row.requirement)} is on line {seen[row.requirement]} of {what} too: keep one"
            )
        seen.setdefault(row.requirement, row.line)


def _strange(rows: list[Row], narrowed: Framework) -> Iterator[Fault]:
    """Rows on a requirement that the organisation's set does not have."""
    codes = [each.code for each in narrowed.requirements]
    for row in rows:
        if not narrowed.has(row.requirement):
            near = get_close_matches(row.requirement, codes, n=3, cutoff=0.5)
            also = f". Nearest: {', '.join(near)}" if near else ""
            yield Fault(
                row.line, f"{shown(row.requirement)} is not in the set of this organisation in that version{also}"
            )
