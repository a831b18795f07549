"""The lists of people whom an administrator or the service team manages."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from igtoolkit.access import scope
from igtoolkit.records import clock
from igtoolkit.records.models import Organisation, Person, Role
from igtoolkit.web.finding import find

A_PAGE = 50


@dataclass(frozen=True)
class PersonRow:
    """One person as the list shows them."""

    person: Person
    last_seen: datetime | None
    is_own: bool

    @property
    def state(self) -> str:
        if not self.person.is_active:
            return "Deactivated"
        return "Active" if self.person.has_usable_password() else "Invited"


@dataclass(frozen=True)
class PlaceRow:
    """One organisation of the service team's search, with how many people it has."""

    organisation: Organisation
    people: int
    administrators: int


def page_of_people(by: Person, organisation: Organisation, asked: str) -> Page:
    """One page of an organisation's people, the active first, by name. asked: the page's number as typed."""
    rows = scope.people(by).filter(organisation=organisation).order_by("-is_active", "name", "email")
    return Paginator(rows, A_PAGE).get_page(asked)


def row(person: Person, by: Person) -> PersonRow:
    return PersonRow(person, last_seen(person), is_own=person.pk == by.pk)


def last_seen(person: Person) -> datetime | None:
    """When the person signed in last, by the clock of the service: as long ago as it really is."""
    return clock.now() - (datetime.now(UTC) - person.last_login) if person.last_login else None


def places(asked: str) -> tuple[str, list[PlaceRow], int]:
    """(what was looked for, the organisations found, how many there are in all), in at most three queries."""
    found = find(asked)
    active = Q(people__is_active=True)
    rows = (
        Organisation.objects.filter(code__in=[each.code for each in found.rows])
        .annotate(held=Count("people", filter=active))
        .annotate(lead=Count("people", filter=active & Q(people__role=Role.ADMINISTRATOR)))
        .values_list("pk", "code", "name", "held", "lead")
        .order_by("code")
    )
    told = [PlaceRow(Organisation(pk=pk, code=code, name=name), held, lead) for pk, code, name, held, lead in rows]
    return found.asked, told, found.total
