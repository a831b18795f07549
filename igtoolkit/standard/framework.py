"""A framework as the rules see it: frozen, already checked, without files or Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from igtoolkit.standard.calendar import Calendar
from igtoolkit.standard.words import Basis, Theme

MAX_LEVEL = 3


class UnknownRequirement(LookupError):
    """A requirement code that the framework, or an organisation's set of it, does not have."""


@dataclass(frozen=True)
class Initiative:
    """A hundred of requirement numbers under one name: 101-199 Information Governance Management."""

    code: str
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Kind:
    """A kind of organisation: acute, mental_health, ambulance, …

    `group` names the texts it reads (a trust and a company read different words under one number);
    empty, it has no requirement set in this framework. `reported`: a Caldicott2 report exists for it.
    `simplified`: a small body, where one person answers everything and submits Final alone.
    """

    code: str
    name: str
    plural: str
    group: str
    reported: bool
    size: int
    basis: Basis
    simplified: bool = False


@dataclass(frozen=True)
class Criterion:
    """One thing that can be ticked. `code` is level and letter: 2c."""

    code: str
    level: int
    text: str
    evidence: tuple[str, ...]
    maintenance: bool
    basis: Basis


@dataclass(frozen=True)
class Requirement:
    """One numbered requirement as one group of kinds reads it. `code` is version and number: 13-202."""

    code: str
    number: int
    initiative: str
    group: str
    title: str
    statement: str
    why: str
    not_relevant: str
    kinds: frozenset[str]
    summaries: Mapping[int, str]
    criteria: tuple[Criterion, ...]
    basis: Basis
    kinds_basis: Basis
    words_basis: Basis
    source: str

    @cached_property
    def criterion_codes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.criteria)

    def criterion(self, code: str) -> Criterion:
        """Raises LookupError for a criterion this requirement does not have."""
        for each in self.criteria:
            if each.code == code:
                return each
        raise LookupError(f"{self.code} has no criterion {code}.")

    def at_level(self, level: int) -> tuple[Criterion, ...]:
        return tuple(each for each in self.criteria if each.level == level)


@dataclass(frozen=True)
class Condition:
    """What a recommendation asks of one requirement: a level needed, or a criterion ticked."""

    requirement: str
    level: int | None
    criterion: str | None
    source: str
    basis: Basis


@dataclass(frozen=True)
class Recommendation:
    """One recommendation of the Caldicott2 review; without conditions it is not in the trusts' report."""

    number: int
    summary: str
    text: str
    theme: Theme | None
    falls_on: tuple[str, ...]
    conditions: tuple[Condition, ...]
    basis: Basis
    source: str


@dataclass(frozen=True)
class Crosswalk:
    """How recommendations rest on requirements. `digest` is over the file, so that a version is one text."""

    code: str
    name: str
    digest: str
    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True)
class Asking:
    """Questions to ask, and what a good answer sounds like."""

    ask: tuple[str, ...]
    good: str


@dataclass(frozen=True)
class Questions:
    """What a non-executive may ask about a recommendation: when it is weak, and when it is met. Our reading."""

    weak: Asking
    met: Asking


@dataclass(frozen=True)
class Framework:
    """A version of the standard; `for_kind` narrows it to the requirement set of one kind.

    `assurance` is what an administrator accepts when submitting Final. `questions` are about the
    recommendations, by number; no result rests on them, and no digest is over them.
    """

    code: str
    version: int
    name: str
    digest: str
    initiatives: tuple[Initiative, ...]
    kinds: tuple[Kind, ...]
    kind_words: Mapping[str, str]
    assurance: str
    requirements: tuple[Requirement, ...]
    crosswalk: Crosswalk
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    questions: Mapping[int, Questions] = field(default_factory=dict)

    @cached_property
    def _by_code(self) -> dict[str, Requirement]:
        return {each.code: each for each in self.requirements}

    def requirement(self, code: str) -> Requirement:
        """Raises UnknownRequirement. Ask a framework narrowed by `for_kind`: texts differ between groups."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownRequirement(f"{self.code} has no requirement {code}.") from None

    def has(self, code: str) -> bool:
        return code in self._by_code

    def kind(self, code: str) -> Kind:
        """Raises LookupError for a kind the framework does not name."""
        for each in self.kinds:
            if each.code == code:
                return each
        raise LookupError(f"{self.code} has no kind {code}.")

    @cached_property
    def reported_kinds(self) -> tuple[Kind, ...]:
        return tuple(each for each in self.kinds if each.reported)

    @cached_property
    def _narrowed(self) -> dict[str, "Framework"]:
        return {}

    def for_kind(self, code: str) -> "Framework":
        """The same framework for one kind: its requirement set alone, and no recommendation where it has no report."""
        if code not in self._narrowed:
            kind = self.kind(code)
            kept = tuple(each for each in self.requirements if code in each.kinds and each.group == kind.group)
            crosswalk = self.crosswalk if kind.reported else replace(self.crosswalk, recommendations=())
            self._narrowed[code] = replace(self, requirements=kept, crosswalk=crosswalk)
        return self._narrowed[code]

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """Those with conditions, in report order."""
        return tuple(each for each in self.crosswalk.recommendations if each.conditions)

    def recommendation(self, number: int) -> Recommendation:
        """Raises LookupError for a number that is not in the crosswalk."""
        for each in self.crosswalk.recommendations:
            if each.number == number:
                return each
        raise LookupError(f"{self.crosswalk.code} has no recommendation {number}.")

    def initiative(self, code: str) -> Initiative:
        return next(each for each in self.initiatives if each.code == code)

    def calendar(self, year: str) -> Calendar:
        """Raises LookupError for a year this framework does not cover."""
        try:
            return self.calendars[year]
        except KeyError:
            raise LookupError(f"{self.code} has no calendar for {year}.") from None
