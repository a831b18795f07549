"""A register of 65,000 organisations with their roll-ups, made in bulk: invented codes, no names of anybody."""

from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Organisation, Person, Registration, Role, RollUp
from igtoolkit.standard.words import Stage, Status

SIZE = 65_000
YEARS = ("2014-15", "2015-16", "2016-17")
REGIONS = ("North", "Midlands and East", "London", "South")
PASSWORD = "a password for the bench"  # noqa: S105 (nobody's: the database is thrown away)
MADE = datetime(2014, 6, 1, tzinfo=UTC)
IN_ONE_GO = 2_000
TRUSTS = 1_000  # the rest are of kinds without a report, as in the real register


def code(number: int) -> str:
    """B00001 and on."""
    return f"B{number:05d}"


def build(size: int = SIZE) -> None:
    """Organisations, their registrations and roll-ups of three years, and an administrator for each trust."""
    made = Organisation.objects.bulk_create(
        (Organisation(code=code(n), name=f"Bench organisation {n} of {size}") for n in range(size)), IN_ONE_GO
    )
    for year in YEARS:
        rows = (_registration(each, n, year) for n, each in enumerate(made))
        Registration.objects.bulk_create(rows, IN_ONE_GO)
    RollUp.objects.bulk_create(_rolled_up(size), IN_ONE_GO)
    _people(made)


def kind_of(number: int) -> str:
    """A reported kind for the first thousand, others by turns."""
    kinds = framework_for(YEARS[1]).kinds
    own = [each.code for each in kinds if each.reported is (number < TRUSTS)]
    return own[number % len(own)]


def _registration(organisation: Organisation, number: int, year: str) -> Registration:
    facts = {"kind": kind_of(number), "region": REGIONS[number % len(REGIONS)], "source": "bench"}
    return Registration(organisation=organisation, year=year, code=organisation.code, name=organisation.name, **facts)


def _rolled_up(size: int) -> list[RollUp]:
    """As though every organisation of the register had submitted every stage of every year."""
    counted = [each for each in Status if each is not Status.NOT_SUBMITTED]
    return [
        RollUp(year=year, stage=stage, kind=kind.code, region=region, recommendation=each.number, status=status, n=n)
        for year in YEARS
        for stage in Stage
        for kind in framework_for(year).reported_kinds
        for region in REGIONS
        for each in framework_for(year).recommendations
        for n, status in enumerate(counted, start=size // 1_000)
    ]


def _people(organisations: list[Organisation]) -> None:
    kept = {"password": make_password(PASSWORD), "created": MADE, "role": Role.ADMINISTRATOR}
    people = [
        Person(email=f"administrator@{each.code.lower()}.example", name="Bench", organisation=each, **kept)
        for each in organisations[:TRUSTS]
    ]
    reader = Person(email="ndg@bench.example", name="Reader", reads_for_ndg=True, created=MADE)
    service = Person(email="service@bench.example", name="Service", serves=True, created=MADE)
    Person.objects.bulk_create([*people, reader, service], IN_ONE_GO)
