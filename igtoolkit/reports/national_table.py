"""The table organisation x recommendation: what an address asks of it, and the rows that answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from igtoolkit.reports.national import Organisation, Report, framework_of, status_of
from igtoolkit.standard.framework import Kind
from igtoolkit.standard.words import Status

NO_REGION = "not-recorded"
SORTS = {"code": "Code", "name": "Name", "met": "Recommendations met"}
DIRECTIONS = {"asc": "Ascending", "desc": "Descending"}
YES_NO = {"yes": "Yes", "no": "No"}
DEFAULTS = {"sort": "code", "direction": "asc"}
SHOWN_MAX = 40


@dataclass(frozen=True)
class Asked:
    """What the address asks: a word for each filter, empty when it does not ask. `ignored`: what it asked in vain."""

    kind: str = ""
    region: str = ""
    recommendation: str = ""
    status: str = ""
    submitted: str = ""
    late: str = ""
    q: str = ""
    sort: str = DEFAULTS["sort"]
    direction: str = DEFAULTS["direction"]
    ignored: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return replace(self, sort=DEFAULTS["sort"], direction=DEFAULTS["direction"]) != Asked()

    def address(self, **change: str) -> str:
        """The query part that asks the same but for `change`; empty when nothing is asked."""
        asked = {name: getattr(self, name) for name in (*FILTERS, *DEFAULTS)} | change
        kept = {name: value for name, value in asked.items() if value and value != DEFAULTS.get(name)}
        return f"?{urlencode(kept)}" if kept else "?"


FILTERS = ("kind", "region", "recommendation", "status", "submitted", "late", "q")


@dataclass(frozen=True)
class Section:
    """The rows of one kind. `registered`: how many there are before any filter."""

    kind: Kind
    registered: int
    organisations: tuple[Organisation, ...]


def choices(report: Report) -> dict[str, dict[str, str]]:
    """{filter or order: {value: words}}: all that an address can ask for, but for the free `q`."""
    framework = framework_of(report)
    regions = sorted({each["region"] for each in report["organisations"]}, key=lambda each: (not each, each))
    return {
        "kind": {each.code: each.plural for each in framework.reported_kinds},
        "region": {each or NO_REGION: each or "Not recorded" for each in regions},
        "recommendation": {str(each.number): f"{each.number}: {each.summary}" for each in framework.recommendations},
        "status": {each.value: each.words for each in Status},
        "submitted": YES_NO,
        "late": YES_NO,
        "sort": SORTS,
        "direction": DIRECTIONS,
    }


def asked(given: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> Asked:
    """What an address asks for. An unknown value is left out and noted; an unknown name is nothing to us."""
    found = {"q": given.get("q", "").strip()}
    ignored = []
    for name, values in known.items():
        value = given.get(name, "").strip()
        if value in values:
            found[name] = value
        elif value:
            ignored.append((name, value if len(value) <= SHOWN_MAX else f"{value[:SHOWN_MAX]}…"))
    return Asked(**found, ignored=tuple(ignored))  # type: ignore[arg-type]


def sections(report: Report, asked: Asked) -> tuple[Section, ...]:
    """The organisations asked for, by kind and in the order asked for; a kind without any is left out."""
    wanted = [each for each in report["organisations"] if _matches(each, asked)]
    ordered = _ordered(wanted, asked)
    found = []
    for kind in framework_of(report).reported_kinds:
        rows = tuple(each for each in ordered if each["kind"] == kind.code)
        registered = sum(each["kind"] == kind.code for each in report["organisations"])
        if rows:
            found.append(Section(kind, registered, rows))
    return tuple(found)


def numbers_shown(report: Report, asked: Asked) -> tuple[int, ...]:
    """The recommendations that have a column: the one asked for, or all."""
    numbers = tuple(each.number for each in framework_of(report).recommendations)
    return (int(asked.recommendation),) if asked.recommendation else numbers


def met(organisation: Organisation) -> int:
    """How many recommendations it meets."""
    return sum(each == Status.MET for each in organisation["statuses"].values())


def applying(organisation: Organisation) -> int:
    """How many recommendations apply to it."""
    return sum(each != Status.NOT_APPLICABLE for each in organisation["statuses"].values())


def _matches(each: Organisation, asked: Asked) -> bool:
    tests: dict[str, Callable[[], bool]] = {
        "kind": lambda: each["kind"] == asked.kind,
        "region": lambda: (each["region"] or NO_REGION) == asked.region,
        "status": lambda: asked.status in _statuses(each, asked.recommendation),
        "submitted": lambda: each["submitted"] == (asked.submitted == "yes"),
        "late": lambda: each["late"] is (asked.late == "yes"),
        "q": lambda: any(asked.q.casefold() in each[name].casefold() for name in ("code", "name")),
    }
    return all(test() for name, test in tests.items() if getattr(asked, name))


def _statuses(each: Organisation, recommendation: str) -> set[str]:
    """Its status on the recommendation asked for, or on any."""
    if recommendation:
        return {status_of(each, int(recommendation))}
    return set(each["statuses"].values()) or {Status.NOT_SUBMITTED.value}


def _ordered(organisations: list[Organisation], asked: Asked) -> list[Organisation]:
    """In the order asked for, equals by code; who has not submitted has no number met and comes last."""
    falling = asked.direction == "desc"
    if asked.sort == "met":
        sign = -1 if falling else 1
        return sorted(organisations, key=lambda each: (not each["submitted"], sign * met(each), each["code"]))
    by_name = asked.sort == "name"
    return sorted(
        organisations,
        key=lambda each: (each["name"].casefold() if by_name else "", each["code"]),
        reverse=falling,
    )
