"""Building the demonstration nation: invented organisations given a past, through the actions everybody uses."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from igtoolkit.actions.audit import audit
from igtoolkit.config.demonstration import days
from igtoolkit.config.demonstration.living import Registered, Trust, live_through
from igtoolkit.config.demonstration.names import FULL, Invented, Size, organisations
from igtoolkit.config.demonstration.people import PASSWORD, accounts, full_name
from igtoolkit.config.demonstration.practices import run_practice
from igtoolkit.config.demonstration.stories import last_year
from igtoolkit.config.demonstration.years import CLOCK_STARTS, LAST, NEXT, REGISTERED, THIS, YEARS
from igtoolkit.records import clock
from igtoolkit.records.models import Demonstration, Organisation, Person, Registration

Progress = Callable[[int, int], None]
SOURCE = "The demonstration nation"


class AlreadyInUse(RuntimeError):
    """The database holds organisations or people: a demonstration is never mixed with them."""

    def __init__(self) -> None:
        super().__init__(
            "This database already holds organisations or people, and a demonstration is never mixed with them. "
            "Name a new, empty folder in IGTOOLKIT_HOME (or an empty database in IGTOOLKIT_DATABASE) and try again."
        )


def build(progress: Progress | None = None, size: Size = FULL) -> None:
    """Fill an empty database with the demonstration nation, the same one every time, or leave it empty.

    progress: told (organisations done, organisations in all) after each. The demonstration's clock
    begins to run when this ends. Raises AlreadyInUse when anything is there already.
    """
    try:
        with transaction.atomic():
            _build(progress or (lambda done, total: None), size)
    finally:
        clock.demonstration.cache_clear()


def _build(progress: Progress, size: Size) -> None:
    if Organisation.objects.exists() or Person.objects.exists():
        raise AlreadyInUse
    mark = Demonstration.objects.create(clock_starts=CLOCK_STARTS, began=datetime.now(UTC))
    clock.demonstration.cache_clear()
    nation = organisations(size)
    rows = [Organisation(code=each.code, name=each.name) for each in nation]
    made = {each.code: each for each in Organisation.objects.bulk_create(rows)}
    registered = _register(nation, made)
    people = _open_accounts(nation, made)
    with clock.standing_at(REGISTERED):
        facts = {"organisations": len(nation), "people": len(people), "years": list(YEARS)}
        audit(None, "demonstration_built", by=None, after=facts)
    for done, each in enumerate(nation, start=1):
        if each.kind == "gp":
            run_practice(each, registered[each.code, THIS], people[f"administrator@{each.host}"])
        else:
            live_through(_trust(each, people), registered)
        progress(done, len(nation))
    Demonstration.objects.filter(pk=mark.pk).update(began=datetime.now(UTC))


def _register(nation: tuple[Invented, ...], made: dict[str, Organisation]) -> Registered:
    """Each organisation in each year that it has something to say in, with its organisation at hand."""
    rows = [
        Registration(
            organisation=made[each.code],
            year=year,
            code=each.code,
            name=each.name,
            kind=each.kind,
            kind_words=each.kind_words,
            region=each.region,
            source=SOURCE,
        )
        for each in nation
        for year in YEARS
        if _is_registered(each, year)
    ]
    return {(each.code, each.year): each for each in Registration.objects.bulk_create(rows)}


def _is_registered(each: Invented, year: str) -> bool:
    """Everybody, but for the year before the first, and for what is closed."""
    return last_year(each) is not None if year == LAST else not (year == NEXT and each.code in days.CLOSED)


def _open_accounts(nation: tuple[Invented, ...], made: dict[str, Organisation]) -> dict[str, Person]:
    """{login: person} for everybody; one password, hashed once."""
    kept = {"password": make_password(PASSWORD), "created": REGISTERED}
    rows = [
        Person(
            email=account.login,
            name=account.name,
            organisation=made[each.code],
            role=account.role,
            **kept,
        )
        for each in nation
        for account in accounts(each)
    ]
    rows.append(Person(email="ndg@demo.example", name=full_name("ndg"), reads_for_ndg=True, **kept))
    rows.append(Person(email="service@demo.example", name=full_name("service"), serves=True, **kept))
    return {each.email: each for each in Person.objects.bulk_create(rows)}


def _trust(invented: Invented, people: dict[str, Person]) -> Trust:
    administrator, reviewer, contributor = (
        people[f"{role}@{invented.host}"] for role in ("administrator", "reviewer", "contributor")
    )
    return Trust(invented, administrator, reviewer, contributor, people["service@demo.example"])
