"""Asserted and evidenced: for an organisation's own people, whose evidence it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records.models import Assessment, Submission
from igtoolkit.reports.drafts import draft
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.evidenced import evidenced_page


@allow(Action.EXAMINE_SUBMISSION)
def evidenced(request: HttpRequest, submission: Submission) -> HttpResponse:
    stage = Stage(submission.stage).words
    context = {"preview": False, "record": submission, "stage": stage, "number": submission.number}
    return _page(request, submission.snapshot, context)


@allow(Action.VIEW_PREVIEW)
def preview_evidenced(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    document = draft(assessment, request.arrived, evidence=True)  # type: ignore[attr-defined]
    context = {"preview": True, "record": assessment, "stage": Stage(document["ahead"]).words, "number": 1}
    return _page(request, document, context)


def _page(request: HttpRequest, document: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    return render(request, "submission/evidenced.jinja", {"page": evidenced_page(document), **context})
