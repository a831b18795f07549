"""The list of all that a rule noticed at one stage, a page at a time."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator

from igtoolkit.reports.national import NoSuchReport
from igtoolkit.reports.national_second_look import NOTICED, noticed_by, read, rules
from igtoolkit.standard.plausibility import Rule
from igtoolkit.standard.words import Stage

A_PAGE = 100


def list_page(year: str, stage: str, rule: Rule, given: Mapping[str, str]) -> dict[str, Any] | None:
    """What the list shows, in two queries; None where there is no such report, or the rule cannot apply to it.

    given: the query of the address: `answered=yes` asks for those that are answered, `page` for a page.
    """
    answered = given.get("answered") == "yes"
    try:
        rows = noticed_by(year, stage, rule, answered=answered)
    except NoSuchReport:
        return None
    if rule not in rules(stage):
        return None
    page = Paginator(rows, A_PAGE).get_page(given.get("page", ""))
    return {
        "page": page,
        "rows": read(year, stage, list(page)),
        "year": year,
        "stage": Stage(stage),
        "rule": rule,
        "noticed": NOTICED[rule],
        "answered": answered,
    }
