"""The years, and the organisations of the register that a person may read."""

from collections.abc import Mapping
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query

from igtoolkit.access import scope
from igtoolkit.access.gate import NotTheirs
from igtoolkit.access.policy import Action
from igtoolkit.api.answers import answer
from igtoolkit.api.description import REGISTER
from igtoolkit.api.paging import PageAsked, page_of, written
from igtoolkit.api.service import reads
from igtoolkit.api.shapes.register import OrganisationPage, RegisteredOrganisation, Years
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.frameworks import years as years_covered
from igtoolkit.records.models import Organisation
from igtoolkit.standard.words import Stage


@reads("years/", Action.VIEW_PUBLIC_PAGE, Years, about=REGISTER)
def years(request: HttpRequest) -> HttpResponse:
    """Years, frameworks and deadlines.

    For anybody.
    """
    return answer(request, {"items": [_year(each) for each in years_covered()]}, anybodys=True)


@reads("organisations/", Action.VIEW_REGISTER, OrganisationPage, about=REGISTER)
def organisations(request: HttpRequest, *, asked: PageAsked = Query()) -> HttpResponse:  # type: ignore[type-arg]  # noqa: B008
    """Organisations you may read.

    For an organisation's people their own; for the National Data Guardian's reader every one of a kind that has a
    Caldicott2 report; for the service team all.
    """
    page = page_of(scope.organisations(request.user), asked)
    return answer(request, written("api_organisations", _told(page.rows), page.after, asked))


@reads("organisations/{code}/", Action.VIEW_REGISTER, RegisteredOrganisation, about=REGISTER)
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation.

    Found by its code, or by one that it had before.
    """
    found = scope.find_organisation(request.user, code)
    if found is None:
        raise NotTheirs
    return answer(request, _told([found])[0])


def _year(year: str) -> dict[str, Any]:
    framework = framework_for(year)
    calendar = framework.calendar(year)
    return {
        "year": year,
        "framework": framework.code,
        "crosswalk": framework.crosswalk.code,
        "opens": calendar.opens.isoformat(),
        "stages": [{"stage": each.value, "deadline": calendar.deadline(each).isoformat()} for each in Stage],
    }


def _told(rows: list[Organisation]) -> list[dict[str, Any]]:
    """The organisations as values, in two queries more."""
    prefetch_related_objects(rows, "registrations")
    published = scope.published_years(rows)
    return [_organisation(each, published.get(each.pk, {})) for each in rows]


def _organisation(each: Organisation, published: Mapping[str, str]) -> dict[str, Any]:
    registered = sorted(each.registrations.all(), key=lambda one: one.year)
    return {
        "code": each.code,
        "name": each.name,
        "opened": each.opened.isoformat() if each.opened else None,
        "closed": each.closed.isoformat() if each.closed else None,
        "registrations": [
            {
                **{name: getattr(one, name) for name in ("year", "code", "name", "kind", "region")},
                "published": published_at(published[one.year], one.year) if one.year in published else None,
            }
            for one in registered
        ],
    }


def published_at(code: str, year: str) -> str:
    """The address of a published result."""
    return reverse("api_published", kwargs={"code": code, "year": year})
