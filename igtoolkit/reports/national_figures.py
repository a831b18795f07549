"""National figures over the years: how many organisations stood where, at every stage, from the roll-ups alone."""

from collections import defaultdict
from typing import Any

from django.db.models import Sum

from igtoolkit.records.frameworks import framework_for, years
from igtoolkit.records.models import RollUp
from igtoolkit.standard.words import Stage, Status

Figures = list[dict[str, Any]]
COUNTED = tuple(each.value for each in Status if each is not Status.NOT_SUBMITTED)


def national_figures() -> Figures:
    """[{year, stage, framework, crosswalk, recommendations: [{number, counts: {kind: {status: n}}}]}], oldest first.

    One entry for each stage of which something was submitted, in one query however many organisations there are.
    """
    found: dict[tuple[str, str], dict[int, dict[str, dict[str, int]]]] = defaultdict(_by_recommendation)
    rows = RollUp.objects.filter(n__gt=0).values_list("year", "stage", "recommendation", "kind", "status")
    for year, stage, number, kind, status, n in rows.order_by().annotate(total=Sum("n")):
        found[year, stage][number].setdefault(kind, dict.fromkeys(COUNTED, 0))[status] = n
    order = [(year, stage.value) for year in years() for stage in Stage]
    return [_entry(year, stage, found[year, stage]) for year, stage in order if (year, stage) in found]


def _by_recommendation() -> dict[int, dict[str, dict[str, int]]]:
    return defaultdict(dict)


def _entry(year: str, stage: str, counted: dict[int, dict[str, dict[str, int]]]) -> dict[str, Any]:
    framework = framework_for(year)
    return {
        "year": year,
        "stage": stage,
        "framework": framework.code,
        "crosswalk": framework.crosswalk.code,
        "recommendations": [{"number": number, "counts": counted[number]} for number in sorted(counted)],
    }
