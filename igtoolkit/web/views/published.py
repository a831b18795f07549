"""A published Final, for anybody: levels, score and grade."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import Submission
from igtoolkit.reports.published import published as published_result


@allow(Action.VIEW_PUBLISHED)
def published(request: HttpRequest, record: Submission) -> HttpResponse:
    report = published_result(record)
    kind = framework(report["framework"]).kind(report["organisation"]["kind"])
    return render(request, "public/published.jinja", {"report": report, "kind": kind})
