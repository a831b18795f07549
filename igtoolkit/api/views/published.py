"""Published results, for anybody."""

from django.http import HttpRequest, HttpResponse
from ninja import Query

from igtoolkit.access import scope
from igtoolkit.access.policy import Action
from igtoolkit.api.answers import answer
from igtoolkit.api.description import PUBLISHED
from igtoolkit.api.paging import PageAsked, page_of, written
from igtoolkit.api.service import reads
from igtoolkit.api.shapes.published import PublishedResult
from igtoolkit.api.shapes.register import PublishedPage
from igtoolkit.api.views.register import published_at
from igtoolkit.records.models import Organisation, Submission
from igtoolkit.reports.published import published as published_result


@reads("published/", Action.VIEW_PUBLIC_PAGE, PublishedPage, about=PUBLISHED)
def published_list(request: HttpRequest, *, asked: PageAsked = Query()) -> HttpResponse:  # type: ignore[type-arg]  # noqa: B008
    """Organisations with a published Final.

    For anybody, with the years there is one of.
    """
    page = page_of(scope.published_organisations(), asked)
    return answer(request, written("api_published_list", _told(page.rows), page.after, asked), anybodys=True)


@reads("published/{code}/{year}/", Action.VIEW_PUBLISHED, PublishedResult, about=PUBLISHED)
def published(request: HttpRequest, record: Submission) -> HttpResponse:
    """A published Final.

    For anybody: levels, score, grade and, once an improvement plan was accepted, the reviewed grade. Never a comment,
    never evidence.
    """
    return answer(request, published_result(record), anybodys=True)


def _told(rows: list[Organisation]) -> list[dict[str, object]]:
    """The organisations as values, each year under the code that leads to it, in one query more."""
    found = scope.published_years(rows)
    return [
        {
            "code": each.code,
            "name": each.name,
            "published": [
                {"year": year, "url": published_at(code, year)} for year, code in found.get(each.pk, {}).items()
            ],
        }
        for each in rows
    ]
