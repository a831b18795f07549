"""The year's assessment: starting it, and seeing how far it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, may
from igtoolkit.actions import assessments
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.support import tell_look
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment
from igtoolkit.web.pages.assessment import AssessmentPage, administrators
from igtoolkit.web.pages.rows import Show
from igtoolkit.web.pages.stages import last_day_told
from igtoolkit.web.signed_in import SignedIn


@allow(Action.VIEW_ASSESSMENT)
def assessment(request: SignedIn, record: Assessment) -> HttpResponse:
    tell_look(record, address=request.path, by=request.user)
    if not record.is_started:
        return _not_started(request, record)
    page = AssessmentPage(record, request.user, clock.now(), Show.asked(request.GET.get("show", "")))
    return render(request, "assessment/assessment.jinja", {"page": page, "record": record})


@allow(Action.START_ASSESSMENT, methods=(), post=Action.START_ASSESSMENT)
def start_assessment(request: SignedIn, record: Assessment) -> HttpResponse:
    try:
        started = assessments.start_assessment(record, by=request.user)
    except Invalid as invalid:
        return _not_started(request, record, errors=invalid.errors, status=422)
    messages.success(request, f"The assessment of {started.year} is started.")
    return redirect(reverse("assessment", kwargs={"code": record.organisation.code, "year": record.year}))


def _not_started(
    request: SignedIn, record: Assessment, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "record": record,
        "errors": errors or {},
        "may_start": may(request.user, Action.START_ASSESSMENT, record),
        "administrators": administrators(record),
        "kind": record.framework.kind(record.kind) if record.kind else None,
        "last_day": last_day_told(record.organisation, request.arrived),
    }
    return render(request, "assessment/not_started.jinja", facts, status=status)
