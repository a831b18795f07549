"""Support access: an administrator lets the service team look; the service team sees where it may."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access import scope
from igtoolkit.access.gate import NotTheirs, allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import support as actions
from igtoolkit.actions.said import Invalid, tidy
from igtoolkit.records.models.support import AT_MOST
from igtoolkit.web.pages import support as pages
from igtoolkit.web.sessions import freshly
from igtoolkit.web.signed_in import SignedIn


@allow(Action.VIEW_SUPPORT, post=Action.GRANT_SUPPORT)
@freshly
def support(request: SignedIn) -> HttpResponse:
    if request.user.serves:
        return render(request, "support/looks.jinja", {"looks": pages.standing_looks(request.user)})
    if request.method != "POST":
        return _page(request)
    reason, hours = tidy(request.POST.get("reason", "")).strip(), request.POST.get("hours", "")
    try:
        made = actions.grant_support(reason=reason, hours=pages.whole(hours), by=request.user)
    except Invalid as invalid:
        return _page(request, reason=reason, hours=hours, errors=invalid.errors, status=422)
    messages.success(request, f"The service team may look until {pages.told(made.until)}.")
    return redirect("support")


@allow(Action.GRANT_SUPPORT, methods=(), post=Action.GRANT_SUPPORT)
def revoke_support(request: SignedIn, pk: int) -> HttpResponse:
    found = actions.find_look(request.user, pk)
    if found is None:
        raise NotTheirs
    actions.revoke_support(found, by=request.user)
    messages.success(request, "Taken back: the service team can no longer look.")
    return redirect("support")


def _page(request: SignedIn, *, status: int = 200, **typed: Any) -> HttpResponse:
    facts = {"reason": "", "hours": "4", "errors": {}, "most": AT_MOST, **typed}
    facts["standing"], facts["past"] = pages.granted(scope.support_accesses(request.user))
    return render(request, "support/support.jinja", facts, status=status)
