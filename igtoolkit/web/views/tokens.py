"""A person's own tokens for the API: listed, made and revoked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions import tokens as actions
from igtoolkit.actions.said import Invalid
from igtoolkit.web.sessions import freshly
from igtoolkit.web.signed_in import SignedIn


@allow(Action.MANAGE_OWN_TOKENS, post=Action.MANAGE_OWN_TOKENS)
@freshly
def tokens(request: SignedIn) -> HttpResponse:
    """A new token is told in the answer to the form that made it, and never again."""
    if request.method != "POST":
        return _page(request)
    name = request.POST.get("name", "")
    try:
        made, text = actions.make_token(name, by=request.user)
    except Invalid as invalid:
        return _page(request, status=422, name=name, errors=invalid.errors)
    return _page(request, made=made, text=text)


@allow(Action.MANAGE_OWN_TOKENS, methods=(), post=Action.MANAGE_OWN_TOKENS)
def revoke_token(request: SignedIn, token: int) -> HttpResponse:
    found = actions.find_token(request.user, token)
    if found is None:
        raise Http404
    actions.revoke_token(found, by=request.user)
    messages.success(request, f"The token “{found.name}” is revoked: programs that use it are refused from now on.")
    return redirect("tokens")


def _page(request: SignedIn, *, status: int = 200, **more: Any) -> HttpResponse:
    live = actions.live_tokens(request.user)
    facts = {"tokens": live, "most": actions.MOST, "errors": {}, "name": "", **more}
    return render(request, "account/tokens.jinja", facts, status=status)
