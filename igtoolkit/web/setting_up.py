"""What setting up each kind of second factor has in common."""

from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access.gate import View
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.second_factor import has_used_own, note_used
from igtoolkit.web.sessions import freshly, is_fresh
from igtoolkit.web.signed_in import SignedIn

ONWARD = "set_up_then"  # in a session: the page that led to setting one up


def changing(view: View) -> View:
    """Only somebody who has used a second factor, if they have one, and has just proved who they are."""

    @wraps(view)
    def guarded(request: SignedIn, **address: Any) -> HttpResponse:
        if not has_used_own(request):
            return render(request, "account/use_first.jinja")
        if request.method == "GET" and not is_fresh(request):
            return redirect(f"{reverse('account_reauthenticate')}?next={quote(request.path)}")
        return view(request, **address)

    return freshly(guarded)


def here(request: SignedIn) -> str:
    return request.session.session_key or ""


def added(request: SignedIn, what: str, codes: list[str]) -> HttpResponse:
    """From here on this session has used a second factor: its owner has just shown it."""
    note_used(request)
    tell_of_change(request.user, f"{what} was added to your second factors.")
    onward = request.session.pop(ONWARD, "")
    if codes:
        return render(request, "account/codes_made.jinja", {"codes": codes, "added": what, "onward": onward})
    messages.success(request, f"{what} is set up.")
    return redirect(onward or "account")
