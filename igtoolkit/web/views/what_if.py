"""What if requirements were raised: nothing is saved, and the address says all of it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.drafts import draft
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.what_if import what_if as supposing


@allow(Action.EXAMINE_SUBMISSION)
def what_if(request: HttpRequest, submission: Submission) -> HttpResponse:
    stage = Stage(submission.stage).words
    context = {"preview": False, "record": submission, "stage": stage, "number": submission.number}
    return _page(request, submission.snapshot, context)


@allow(Action.VIEW_PREVIEW)
def preview_what_if(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    document = draft(assessment, request.arrived)  # type: ignore[attr-defined]
    context = {"preview": True, "record": assessment, "stage": Stage(document["ahead"]).words, "number": 1}
    return _page(request, document, context)


def _page(request: HttpRequest, document: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    page = supposing(document, _pairs(request.GET))
    return render(request, "submission/what_if.jinja", {"page": page, **context})


def _pairs(given: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in given.lists():
        yield from ((name, str(each)) for each in values)
