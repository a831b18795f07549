"""One's own account: how one signs in, and what belongs to it."""

from django.http import HttpResponse
from django.shortcuts import render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.web.pages.own_account import own_account
from igtoolkit.web.signed_in import SignedIn


@allow(Action.VIEW_OWN_ACCOUNT)
def account(request: SignedIn) -> HttpResponse:
    return render(request, "account/account.jinja", {"page": own_account(request.user)})
