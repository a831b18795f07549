"""Results worth a second look, over the nation: which trusts each rule noticed, never what they wrote."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from igtoolkit.access.scope import national_submissions
from igtoolkit.reports.national import Report
from igtoolkit.reports.national_words import trusts
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage

NOTICED = {
    Rule.RISEN_WITHOUT_EVIDENCE: "rose two levels or more in four or more requirements with no new evidence",
    Rule.SAME_COMMENT: "gave the same comment to five or more requirements",
    Rule.ALL_AT_LEVEL_2: "stood at exactly level 2 in every requirement that counts",
}


@dataclass(frozen=True)
class Asked:
    """A rule, and {code: name} of the trusts whose latest submission it noticed, in code order."""

    rule: Rule
    trusts: Mapping[str, str]

    @property
    def noticed(self) -> str:
        """3 trusts gave the same comment to five or more requirements"""
        return f"{trusts(len(self.trusts)) if self.trusts else 'No trust'} {NOTICED[self.rule]}"


def national_second_look(report: Report) -> tuple[Asked, ...]:
    """Every rule that can apply at the report's stage, those that noticed nobody too, in one query.

    Latest submissions only: what a correction put right is not asked any more.
    """
    rows = national_submissions(report["year"], report["stage"])
    rows = rows.filter(kind__in=report["kinds"], second_looks__isnull=False).order_by("year_code")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, name, rule in rows.values_list("year_code", "name", "second_looks__rule"):
        found[rule][code] = name
    compared = bool(Stage(report["stage"]).earlier)
    return tuple(Asked(each, found[each]) for each in Rule if compared or each is not Rule.RISEN_WITHOUT_EVIDENCE)
