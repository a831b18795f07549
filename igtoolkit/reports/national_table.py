"""The table organisation x recommendation: what an address asks of it, and its rows by kind."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from igtoolkit.records.frameworks import framework_for
from igtoolkit.reports.national import Organisation, Report, framework_of
from igtoolkit.reports.national_trend import Place
from igtoolkit.standard.framework import Framework, Kind
from igtoolkit.standard.words import Status, Theme

NO_REGION = "not-recorded"
SORTS = {"code": "Code", "name": "Name", "met": "Recommendations met"}
DIRECTIONS = {"asc": "Ascending", "desc": "Descending"}
YES_NO = {"yes": "Yes", "no": "No"}
DEFAULTS = {"sort": "code", "direction": "asc"}
FILTERS = ("kind", "region", "theme", "recommendation", "status", "submitted", "late", "q")
SHOWN_MAX = 40
Q_MAX = 200
DIGITS_MAX = 9


@dataclass(frozen=True)
class Asked:
    """What the address asks: a word for each filter, empty when it does not ask. `ignored`: what it asked in vain.

    `page` is counted from 1, and may be beyond the last.
    """

    kind: str = ""
    region: str = ""
    theme: str = ""
    recommendation: str = ""
    status: str = ""
    submitted: str = ""
    late: str = ""
    q: str = ""
    sort: str = DEFAULTS["sort"]
    direction: str = DEFAULTS["direction"]
    page: int = 1
    ignored: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any(getattr(self, name) for name in FILTERS)

    @property
    def leaves_out(self) -> bool:
        """Whether some organisations are not asked for: a theme alone leaves out columns."""
        return replace(self, theme="", recommendation="").narrows

    @property
    def is_of_submitted(self) -> bool:
        """Whether it asks how those that submitted stand or came, so that its answer is a share of them."""
        told = self.late or (self.status and self.status != Status.NOT_SUBMITTED)
        return bool(told) and self.submitted != "no" and not self.q

    def address(self, **change: str | int) -> str:
        """The query part that asks the same but for `change`, from its first page; empty when nothing is asked."""
        asked = {name: getattr(self, name) for name in (*FILTERS, *DEFAULTS)} | change
        usual = {**DEFAULTS, "page": "1"}
        kept = {name: str(value) for name, value in asked.items() if value and str(value) != usual.get(name)}
        return f"?{urlencode(kept)}" if kept else "?"

    def theme_agrees(self, framework: Framework) -> bool:
        """Whether the recommendation asked for is of the theme asked for, where both are."""
        if not (self.theme and self.recommendation):
            return True
        return any(
            str(each.number) == self.recommendation and each.theme == self.theme for each in framework.recommendations
        )

    def numbers(self, framework: Framework) -> tuple[int, ...]:
        """The recommendations that have a column: the one asked for, those of the theme asked for, or all."""
        if self.recommendation:
            return (int(self.recommendation),)
        return tuple(each.number for each in framework.recommendations if self.theme in ("", each.theme))


@dataclass(frozen=True)
class Section:
    """The rows of one kind. `registered`: how many there are before any filter; `matching`: on all pages."""

    kind: Kind
    registered: int
    matching: int
    organisations: tuple[Organisation, ...]


def choices(report: Report) -> dict[str, dict[str, str]]:
    """{filter or order: {value: words}}: all that an address can ask for, but for the free `q` and the page."""
    return choices_of(report["year"], {each["region"] for each in report["organisations"]})


def choices_of(year: str, regions: Collection[str]) -> dict[str, dict[str, str]]:
    """The same for a year's framework and the regions there are."""
    framework = framework_for(year)
    themes = {each.theme for each in framework.recommendations}
    named = sorted(regions, key=lambda each: (not each, each))
    return {
        "kind": {each.code: each.plural for each in framework.reported_kinds},
        "region": {each or NO_REGION: each or "Not recorded" for each in named},
        "theme": {each.value: each.words for each in Theme if each in themes},
        "recommendation": {str(each.number): f"{each.number}: {each.summary}" for each in framework.recommendations},
        "status": {each.value: each.words for each in Status},
        "submitted": YES_NO,
        "late": YES_NO,
        "sort": SORTS,
        "direction": DIRECTIONS,
    }


def asked(given: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> Asked:
    """What an address asks for. An unknown value is left out and noted; an unknown name is nothing to us."""
    found = {"q": _tidy(given.get("q", ""))}
    ignored = []
    for name, values in known.items():
        value = given.get(name, "").strip()
        if value in values:
            found[name] = value
        elif value:
            ignored.append((name, _shortened(value)))
    page = given.get("page", "").strip() or "1"
    if page.isascii() and page.isdecimal() and len(page) <= DIGITS_MAX and int(page):
        return Asked(**found, page=int(page), ignored=tuple(ignored))  # type: ignore[arg-type]
    return Asked(**found, ignored=(*ignored, ("page", _shortened(page))))  # type: ignore[arg-type]


def sections(report: Report) -> tuple[Section, ...]:
    """Every organisation of a report, by kind and in code order; a kind without any is left out."""
    found = []
    for kind in framework_of(report).reported_kinds:
        rows = tuple(each for each in report["organisations"] if each["kind"] == kind.code)
        if rows:
            found.append(Section(kind, len(rows), len(rows), rows))
    return tuple(found)


def met(organisation: Organisation) -> int:
    """How many recommendations it meets."""
    return sum(each == Status.MET for each in organisation["statuses"].values())


def applying(organisation: Organisation) -> int:
    """How many recommendations apply to it."""
    return sum(each != Status.NOT_APPLICABLE for each in organisation["statuses"].values())


def ordered(organisations: Iterable[Organisation], asked: Asked) -> list[Organisation]:
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


def submitted_among(places: Iterable[Place], asked: Asked) -> int:
    """How many submitted of the kind and in the region asked for, or of all."""
    region = asked.region.replace(NO_REGION, "")
    here = (each for each in places if asked.kind in ("", each.kind))
    return sum(each.submitted for each in here if not asked.region or each.region == region)


def _tidy(words: str) -> str:
    """What was typed, on one line, composed, and without the NUL that PostgreSQL takes nowhere."""
    return " ".join(unicodedata.normalize("NFC", words.replace("\0", "")).split())[:Q_MAX]


def _shortened(value: str) -> str:
    return value if len(value) <= SHOWN_MAX else f"{value[:SHOWN_MAX]}…"
