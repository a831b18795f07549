"""Trusts that opened, closed and merged are counted in the stages they existed for: real days, and no scores."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from igtoolkit.records.models import Organisation, Registration, Succession
from igtoolkit.reports.national import national_report
from igtoolkit.reports.national_counts import counted
from igtoolkit.reports.national_named import named
from igtoolkit.reports.national_rows import table
from igtoolkit.reports.national_table import Asked
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, make_organisation
from tests.reports.small_nation import report_at
from tests.reports.small_nation import trust as registered

REGISTER = Path(__file__).parents[1] / "data/register/etr-2025-12-opened-closed.csv"
YEARS = ("2014-15", "2015-16", "2016-17")
CODE, NAME, OPENED, CLOSED = 0, 1, 10, 11
# Open throughout: RW6, which closed in September 2021, and had work taken on by R0A of October 2017 and by RM3.
THROUGHOUT = {"RW6"}
EXPECTED = {
    ("2014-15", "baseline"): {"R1G", "RBB", "RC3", "RFW", "RJX", "RLU", "RQQ", "RV8"},  # RVL closed on 1 July
    ("2014-15", "update"): {"R1G", "R1K", "RBB", "RFW", "RJX", "RLU", "RQQ"},  # RC3 and RV8 went into R1K on 1 October
    ("2014-15", "final"): {"R1G", "R1K", "RFW", "RJX", "RLU", "RQQ"},  # RBB closed on 31 January
    ("2015-16", "baseline"): {"R1G", "R1K", "RFW", "RJX", "RLU", "RQQ"},
    ("2015-16", "update"): {"R1K", "RJX", "RLU", "RQQ"},  # RFW closed on 31 August, R1G on 30 September
    ("2015-16", "final"): {"R1K", "RJX", "RLU", "RQQ"},
    ("2016-17", "baseline"): {"R1K", "RLU", "RQQ"},  # RJX closed on 30 June
    ("2016-17", "update"): {"R1K", "RLU", "RQQ"},
    ("2016-17", "final"): {
        "R1K",
        "RQQ",
    },  # RLU closed on 31 January, RQQ on the last day; R1L opened after it
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    """Each of them registered in every year, as a list of another day might have it."""
    with REGISTER.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            opened, closed = (
                datetime.strptime(row[n], "%Y%m%d").date() if row[n] else None  # noqa: DTZ007 (a day, not an instant)
                for n in (OPENED, CLOSED)
            )
            facts = {"name": row[NAME], "opened": opened, "closed": closed}
            made = Organisation.objects.create(code=row[CODE], **facts)
            facts = {"code": made.code, "name": made.name, "kind": "acute", "source": REGISTER.name}
            Registration.objects.bulk_create(Registration(organisation=made, year=year, **facts) for year in YEARS)
    gone, successor = (Organisation.objects.get(code=code) for code in ("RW6", "R0A"))
    Succession.objects.create(predecessor=gone, successor=successor, on=date(2021, 10, 1), source="tests")


@pytest.mark.parametrize(("year", "stage"), list(EXPECTED))
def test_who_has_not_submitted_was_open_on_the_last_day(register, year, stage):
    expected = sorted(EXPECTED[year, stage] | THROUGHOUT)
    report, figures = national_report(year, stage), counted(year, stage)
    assert [each["code"] for each in report["organisations"]] == expected
    assert {each["submitted"] for each in report["organisations"]} == {False}
    assert figures.registered == {"acute": len(expected)}
    _, missing = named(figures)
    assert [each["code"] for each in missing] == expected
    for asked in (Asked(), Asked(submitted="no"), Asked(status="not_submitted", sort="name")):
        page = table(figures, asked)
        assert sorted(each["code"] for part in page.sections for each in part.organisations) == expected
        assert page.matching == len(expected)


def test_one_that_submitted_and_closed_before_the_last_day_stays_counted():
    """Invented, with the days of RFW: it submitted its Update of 2015-16 early, and closed."""
    report_at(registered("DMA001"), Stage.UPDATE, 2)
    make_organisation("DMA002")
    Organisation.objects.update(opened=date(1993, 4, 1), closed=date(2015, 8, 31))
    figures = counted(YEAR, "update")
    assert (figures.registered["acute"], figures.missing_of("acute")) == (1, 0)
    page = table(figures, Asked())
    assert [(each["code"], each["submitted"]) for part in page.sections for each in part.organisations] == [
        ("DMA001", True)
    ]
    assert counted(YEAR, "final").registered["acute"] == 0
