"""A register of 65,000 organisations, made in bulk: invented codes, no names of anybody."""

from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Organisation, Person, Registration, Role

SIZE = 65_000
YEARS = ("2014-15", "2015-16", "2016-17")
REGIONS = ("North", "Midlands and East", "London", "South")
PASSWORD = "a password for the bench"  # noqa: S105 (nobody's: the database is thrown away)
MADE = datetime(2014, 6, 1, tzinfo=UTC)
IN_ONE_GO = 2_000
TRUSTS = 1_000  # these have administrators, and unless the whole nation reports the rest are of kinds without a report


def code(number: int) -> str:
    """B00001 and on."""
    return f"B{number:05d}"


def build(size: int = SIZE, *, reported: int = TRUSTS) -> None:
    """Organisations, their registrations of three years, and administrators of the first thousand.

    reported: how many of them are of a kind with a report; the others are of other kinds, as in the real register.
    """
    made = Organisation.objects.bulk_create(
        (Organisation(code=code(n), name=f"Bench organisation {n} of {size}") for n in range(size)), IN_ONE_GO
    )
    for year in YEARS:
        rows = (_registration(each, kind_of(n, n < reported), n, year) for n, each in enumerate(made))
        Registration.objects.bulk_create(rows, IN_ONE_GO)
    _people(made)


def kind_of(number: int, reported: bool) -> str:
    """The kinds by turns: those with a report, or the others."""
    own = [each.code for each in framework_for(YEARS[1]).kinds if each.reported is reported]
    return own[number % len(own)]


def _registration(organisation: Organisation, kind: str, number: int, year: str) -> Registration:
    facts = {"kind": kind, "region": REGIONS[number % len(REGIONS)], "source": "bench"}
    return Registration(organisation=organisation, year=year, code=organisation.code, name=organisation.name, **facts)


def _people(organisations: list[Organisation]) -> None:
    kept = {"password": make_password(PASSWORD), "created": MADE, "role": Role.ADMINISTRATOR}
    people = [
        Person(email=f"administrator@{each.code.lower()}.example", name="Bench", organisation=each, **kept)
        for each in organisations[:TRUSTS]
    ]
    reader = Person(email="ndg@bench.example", name="Reader", reads_for_ndg=True, created=MADE)
    service = Person(email="service@bench.example", name="Service", serves=True, created=MADE)
    Person.objects.bulk_create([*people, reader, service], IN_ONE_GO)
