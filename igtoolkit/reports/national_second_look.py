"""Results worth a second look, over the nation: which trusts each rule noticed, never what they wrote."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from igtoolkit.access.addresses import code_then
from igtoolkit.access.scope import national_second_looks
from igtoolkit.reports.national import reported_framework
from igtoolkit.reports.national_words import trusts
from igtoolkit.reports.second_look import Answered
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage

SHOWN = 50  # trusts of each rule on the national page; the others are a link away
NOTICED = {
    Rule.RISEN_WITHOUT_EVIDENCE: "rose two levels or more in four or more requirements with no new evidence",
    Rule.SAME_COMMENT: "gave the same comment to five or more requirements",
    Rule.ALL_AT_LEVEL_2: "stood at exactly level 2 in every requirement that counts",
}
ORDER = ("submission__organisation__code", "pk")


@dataclass(frozen=True)
class Noticed:
    """A trust that a rule noticed, and the answer the National Data Guardian's reader found, if there is one."""

    code: str
    name: str
    answered: Answered | None = None


@dataclass(frozen=True)
class Asked:
    """A rule, the trusts it asks still and those that are answered: the first `SHOWN` of each, in code order.

    `open` and `closed` are how many there are of each.
    """

    rule: Rule
    open: int = 0
    closed: int = 0
    standing: tuple[Noticed, ...] = ()
    answered: tuple[Noticed, ...] = ()

    @property
    def trusts(self) -> Mapping[str, str]:
        """{code: name} of those it asks still."""
        return {each.code: each.name for each in self.standing}

    @property
    def words(self) -> str:
        """What a trust did that it asks about: gave the same comment to five or more requirements"""
        return NOTICED[self.rule]

    @property
    def noticed(self) -> str:
        """3 trusts gave the same comment to five or more requirements; 1 is answered"""
        total = self.open + self.closed
        found = f"{trusts(total) if total else 'No trust'} {NOTICED[self.rule]}"
        if not self.closed:
            return found
        if not self.open:
            return f"{found}; {'it is' if total == 1 else 'all are'} answered"
        return f"{found}; {self.closed:,} {'is' if self.closed == 1 else 'are'} answered"


def national_second_look(year: str, stage: str) -> tuple[Asked, ...]:
    """Every rule that can apply at a stage, those that noticed nobody too: two queries, and bounded rows.

    Latest submissions only: what a correction put right is not asked any more. Raises NoSuchReport.
    """
    alike = [F("rule"), F("closed")]
    place = Window(RowNumber(), partition_by=alike, order_by=[F(each) for each in ORDER])
    rows = _rows(year, stage).annotate(place=place, n=Window(Count("*"), partition_by=alike))
    first = list(rows.filter(place__lte=SHOWN).order_by("place").values_list("rule", "closed", "pk", "n"))
    facts = _facts(year, stage, [pk for _, _, pk, _ in first])
    found: dict[tuple[str, bool], list[Noticed]] = defaultdict(list)
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    for rule, closed, pk, n in first:
        found[rule, closed].append(facts[pk])
        counts[rule, closed] = n
    return tuple(
        Asked(each, counts[each, False], counts[each, True], tuple(found[each, False]), tuple(found[each, True]))
        for each in rules(stage)
    )


def noticed_by(year: str, stage: str, rule: Rule, *, answered: bool) -> QuerySet[Any]:
    """The keys of all that a rule asks still, or that are answered, in code order, to be cut into pages for `read`.

    Raises NoSuchReport.
    """
    rows = _rows(year, stage).filter(rule=rule, closed=answered)
    return rows.order_by(*ORDER).values_list("pk", flat=True)


def read(year: str, stage: str, keys: Collection[int]) -> list[Noticed]:
    """The trusts behind some keys of `noticed_by`, in the same order, in one query."""
    facts = _facts(year, stage, keys)
    return [facts[each] for each in keys if each in facts]


def rules(stage: str) -> tuple[Rule, ...]:
    """The rules that can apply at a stage: at the first there is nothing to have risen from."""
    return tuple(each for each in Rule if Stage(stage).earlier or each is not Rule.RISEN_WITHOUT_EVIDENCE)


def _rows(year: str, stage: str) -> QuerySet[Any]:
    kinds = [each.code for each in reported_framework(year, stage).reported_kinds]
    return national_second_looks(year, stage).filter(submission__kind__in=kinds)


def _facts(year: str, stage: str, keys: Collection[int]) -> dict[int, Noticed]:
    """{key: the trust}. The code of the year is looked for only here: it takes longer than all the rest."""
    if not keys:
        return {}
    rows = national_second_looks(year, stage).filter(pk__in=keys)
    code = code_then("submission__organisation", "submission__year")
    answer = [f"answer__{each}" for each in ("dismissed_at", "reason", "dismissed_by__name", "dismissed_by__email")]
    found = {}
    for pk, code_of_year, name, at, reason, by, login in rows.values_list("pk", code, "submission__name", *answer):
        found[pk] = Noticed(code_of_year, name, Answered(at, by or login, reason) if at else None)
    return found
