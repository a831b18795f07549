"""The lists of people whom an administrator or the service team manages.

Of somebody who has set no password yet an administrator's pages say nothing else than of an invitation withheld
(actions/withheld.py): both are in the list, at addresses that are made from the login.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from igtoolkit.access import scope
from igtoolkit.actions.withheld import withheld
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
    address: str

    @property
    def is_pending(self) -> bool:
        """Whether no password was ever set."""
        return not self.person.has_usable_password()

    @property
    def state(self) -> str:
        if not self.person.is_active:
            return "Deactivated"
        return "Invited" if self.is_pending else "Active"


@dataclass(frozen=True)
class PlaceRow:
    """One organisation of the service team's search, with how many people it has."""

    organisation: Organisation
    people: int
    administrators: int


def page_of_people(by: Person, organisation: Organisation, asked: str) -> Page:
    """One page of an organisation's people, the active first, by name. asked: the page's number as typed."""
    rows = sorted(_all(by, organisation), key=lambda each: (not each.is_active, each.name.casefold(), each.email))
    return Paginator(rows, A_PAGE).get_page(asked)


def find_person(by: Person, pk: int) -> Person | None:
    """Somebody whom `by` manages. Not who has set no password yet: the number would tell that there is an account."""
    found: Person | None = scope.people(by).filter(pk=pk).first()
    return found if found and (by.serves or found.has_usable_password()) else None


def find_invited(by: Person, mark: str) -> Person | None:
    """Who is at the address of an invitation, or the stand-in of one withheld."""
    everybody = _all(by, by.organisation) if by.organisation else []
    return next((each for each in everybody if constant_time_compare(_mark(each), mark)), None)


def row(person: Person, by: Person) -> PersonRow:
    known = by.serves or person.has_usable_password()
    address = reverse("person", args=[person.pk]) if known else reverse("invited", args=[_mark(person)])
    return PersonRow(person, last_seen(person), is_own=person.pk == by.pk, address=address)


def _all(by: Person, organisation: Organisation) -> list[Person]:
    """Everybody of an organisation; for its administrators the stand-ins of invitations withheld too."""
    found = list(scope.people(by).filter(organisation=organisation))
    return found if by.serves else found + withheld(organisation)


def _mark(person: Person) -> str:
    """Names a login of an organisation in an address, and tells nobody which."""
    return salted_hmac("igtoolkit.invited", f"{person.organisation_id} {person.email}", algorithm="sha256").hexdigest()


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
