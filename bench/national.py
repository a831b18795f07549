"""The rows over a register of 65,000 organisations: `python -m bench --national`."""

import gc
from collections.abc import Iterator

from django.db import connection
from django.test import Client

from bench import register
from bench.measures import ORDINARY, signed_in
from bench.timing import Row, at_most, once, queries, stopwatch, times
from igtoolkit.access import scope
from igtoolkit.actions.assessments import start_assessment
from igtoolkit.records.models import Person
from igtoolkit.reports.national_figures import national_figures

YEAR = "2015-16"
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
        register.build()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database in service has long done by itself
    gc.collect()
    gc.freeze()  # what building left behind is no part of a server, and must not be looked through while measuring
    yield once(f"a register of {register.SIZE:,} is built", building.seconds, bar=120)
    person = Person.objects.get(email="administrator@b00000.example")
    start_assessment(scope.find_assessment(person, "B00000", YEAR), by=person)
    yield at_most("national figures, 3 years, 3 stages", times(lambda _: national_figures(), 20), p50=50)
    counts = {}
    for what, (login, address) in PAGES.items():
        client = signed_in(login) if login else Client()
        taken = times(lambda _, client=client, address=address: client.get(address), 50, warm=5)
        yield at_most(what, taken, p50=ORDINARY[connection.vendor], p99=50)
        counts[what] = queries(lambda client=client, address=address: client.get(address))
    most = max(counts, key=lambda what: counts[what])
    yield Row("queries on any of these", "≤ 12", f"{counts[most]} at most ({most})", counts[most] <= 12)
