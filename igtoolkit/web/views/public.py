"""Pages that anyone may read."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from igtoolkit.access import scope
from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, Visitor
from igtoolkit.records.frameworks import framework_for, frameworks, years
from igtoolkit.records.models import Person, Registration
from igtoolkit.standard.words import Stage
from igtoolkit.web.caldicott import recommendations
from igtoolkit.web.finding import SHOWN, find
from igtoolkit.web.news import items, latest

STATEMENT_PREPARED = date(2026, 11, 22)


@allow(Action.VIEW_PUBLIC_PAGE)
def home(request: HttpRequest) -> HttpResponse:
    facts = {"found": find(request.GET.get("q", "")), "most": SHOWN, "news": latest(3)}
    return render(request, "public/home.jinja", {**facts, "shortcuts": shortcuts(request.user)})


@allow(Action.VIEW_PUBLIC_PAGE)
def caldicott2(request: HttpRequest) -> HttpResponse:
    framework = framework_for(years()[-1])
    facts = {"framework": framework, "recommendations": recommendations(framework.code)}
    return render(request, "public/caldicott2.jinja", facts)


@allow(Action.VIEW_PUBLIC_PAGE)
def help_page(request: HttpRequest) -> HttpResponse:
    calendars = [framework_for(year).calendar(year) for year in years()]
    kinds = [kind for each in frameworks().values() for kind in each.reported_kinds]
    return render(request, "public/help.jinja", {"calendars": calendars, "kinds": kinds})


@allow(Action.VIEW_PUBLIC_PAGE)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.jinja", {"prepared": STATEMENT_PREPARED})


@allow(Action.VIEW_PUBLIC_PAGE)
def news(request: HttpRequest) -> HttpResponse:
    return render(request, "public/news.jinja", {"news": items()})


def shortcuts(person: Visitor) -> list[tuple[str, str, str]]:
    """[(address, words, year)] of a signed-in person's own work, newest year first, in at most one query."""
    if not isinstance(person, Person):
        return []
    if person.organisation is not None:
        registered = sorted(person.organisation.registrations.values_list("year", flat=True), reverse=True)
        return [(_assessment(person.organisation.code, year), "Your assessment of", year) for year in registered]
    if person.serves:
        return [(reverse("kinds", kwargs={"year": year}), "Kinds of organisations in", year) for year in years()[::-1]]
    return _national_reports() if person.reads_for_ndg else []


def _assessment(code: str, year: str) -> str:
    return reverse("assessment", kwargs={"code": code, "year": year})


def _national_reports() -> list[tuple[str, str, str]]:
    reported = Registration.objects.filter(kind__in=scope.reported_kinds())
    held = sorted(reported.values_list("year", flat=True).distinct(), reverse=True)
    return [
        (reverse("national", kwargs={"year": year, "stage": stage.value}), f"National report, {stage.words} of", year)
        for year in held
        for stage in Stage
    ]
