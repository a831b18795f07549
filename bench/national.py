"""The rows over a nation of 65,000 reported organisations, three stages, three years: `python -m bench --national`."""

import gc
from collections.abc import Iterator

from django.db import connection
from django.test import Client

from bench import nation, register
from bench.measures import ORDINARY, signed_in
from bench.timing import Row, at_most, once, queries, stopwatch, times
from igtoolkit.access import scope
from igtoolkit.actions.assessments import start_assessment
from igtoolkit.records import clock
from igtoolkit.records.models import Person
from igtoolkit.reports.national_counts import counted
from igtoolkit.reports.national_figures import national_figures
from igtoolkit.reports.national_page import Page, page_of
from igtoolkit.reports.national_rows import PAGE

YEAR = "2015-16"
LOGIN = "ndg@bench.example"
NATIONAL = f"/national/{YEAR}/update/caldicott2/"
FILTERED = "recommendation=11&status=not_met&region=London&sort=name&page=3"
LAST = -(-register.SIZE // PAGE)
NATION = {
    "national page, whole": NATIONAL,
    "its last page of organisations": f"{NATIONAL}?page={LAST}",
    "sorted by recommendations met": f"{NATIONAL}?sort=met&direction=desc",
    "not met in 11, London, by name, page 3": f"{NATIONAL}?{FILTERED}",
    "a word in the name": f"{NATIONAL}?q=organisation+64",
    "who has not submitted": f"{NATIONAL}?submitted=no",
}
PAGES = {
    "finder, one found": ("", "/?q=organisation+64999"),
    "finder, by code": ("", "/?q=B6499"),
    "finder, thousands found": ("", "/?q=organisation"),
    "assessment list": ("administrator@b00000.example", f"/organisations/B00000/{YEAR}/"),
    "kinds page": ("service@bench.example", f"/register/{YEAR}/kinds/?show=all"),
    "API, first page": ("service@bench.example", "/api/v1/organisations/"),
    "API, a page at the end": ("service@bench.example", "/api/v1/organisations/?after=B64000&limit=100"),
}


def all_rows() -> Iterator[Row]:
    """The register is built, then each page is asked for as the person who may."""
    with stopwatch() as building:
        register.build(reported=register.SIZE)
        nation.submit_everything(register.YEARS, results_of=YEAR)
    with connection.cursor() as cursor:
        # as a database in service has long done by itself
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    gc.collect()
    gc.freeze()  # what building left behind is no part of a server, and must not be looked through while measuring
    yield once(f"a nation of {register.SIZE:,} is built", building.seconds, bar=240)
    yield at_most("the national page's figures alone", times(lambda _: _figures(), 20), p50=50)
    yield at_most("figures over the years, 3 years, 3 stages", times(lambda _: national_figures(), 20), p50=50)
    person = Person.objects.get(email="administrator@b00000.example")
    start_assessment(scope.find_assessment(person, nation.BEGINNER, YEAR), by=person)
    counts = {}
    client = signed_in(LOGIN)
    for what, address in NATION.items():
        taken = times(lambda _, address=address: client.get(address), 10)
        counts[what] = queries(lambda address=address: client.get(address))
        yield at_most(f"{what} ({counts[what]} queries)", taken, p50=150)
    for what, (login, address) in PAGES.items():
        client = signed_in(login) if login else Client()
        taken = times(lambda _, client=client, address=address: client.get(address), 50, warm=5)
        yield at_most(what, taken, p50=ORDINARY[connection.vendor], p99=50)
        counts[what] = queries(lambda client=client, address=address: client.get(address))
    most = max(counts, key=lambda what: counts[what])
    yield Row("queries on any of these", "≤ 12", f"{counts[most]} at most ({most})", counts[most] <= 12)


def _figures() -> Page:
    """Everything the page counts: all but the names and the table."""
    return page_of(counted(YEAR, "update"), clock.now(), (), ())
