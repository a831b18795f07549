"""The people who answer for information governance, named for the year's assessment."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action, Refused, may
from igtoolkit.actions.assessments import StalePeople, name_senior_people
from igtoolkit.actions.assessments import senior_people as recorded_people
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.support import tell_look
from igtoolkit.records.models import Assessment, SeniorPerson
from igtoolkit.web.forms.people import PeopleForm
from igtoolkit.web.pages.lately import named_people_last
from igtoolkit.web.pages.summary import placed
from igtoolkit.web.pages.typed import closed_meanwhile, typed_people
from igtoolkit.web.signed_in import SignedIn


@allow(Action.VIEW_ASSESSMENT, post=Action.SEND_FORM)
def senior_people(request: SignedIn, record: Assessment) -> HttpResponse:
    if request.method != "POST":
        tell_look(record, address=request.path, by=request.user)
        return _page(request, record, PeopleForm.of(recorded_people(record)))
    form = PeopleForm.posted(request.POST)
    try:
        name_senior_people(record, form.named, by=request.user, seen=form.version)
    except Refused:
        record = closed_meanwhile(request.user, record)
        recorded = PeopleForm.of(recorded_people(record))
        return _page(request, record, recorded, status=409, unsaved=typed_people(form))
    except Invalid as invalid:
        return _page(request, record, form, errors=invalid.errors, status=422)
    except StalePeople as stale:
        again = PeopleForm(form.named, PeopleForm.of(stale.theirs).version)
        return _page(
            request, record, again, theirs=stale.theirs, own=named_people_last(request.user, record), status=409
        )
    messages.success(request, "The senior people are saved.", extra_tags="senior-people")
    return redirect(reverse("assessment", kwargs={"code": record.organisation.code, "year": record.year}))


def _page(
    request: SignedIn,
    record: Assessment,
    form: PeopleForm,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    facts = {
        "record": record,
        "form": form,
        "errors": errors or {},
        "summary": _summary(errors or {}),
        "posts": list(SeniorPerson.Post),
        "may_name": may(request.user, Action.NAME_SENIOR_PEOPLE, record),
        **more,
    }
    return render(request, "assessment/senior_people.jinja", facts, status=status)


def _summary(errors: dict[str, str]) -> dict[str, str]:
    """The errors as the page reads, each saying which post it is about."""
    fields = {f"{post.value}-{part}": post.label for post in SeniorPerson.Post for part in ("name", "title")}
    return {field: placed(post, errors[field]) for field, post in fields.items() if field in errors}
