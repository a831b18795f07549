"""Changing one's own password: the one in use is asked for, and every other session ends."""

from allauth.account.forms import ResetPasswordKeyForm
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.http import HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.passwords import set_password
from igtoolkit.actions.tries import Limit
from igtoolkit.records.models import Person
from igtoolkit.web.guesses import count_or_refuse, waiting
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.passwords import LONGEST
from igtoolkit.web.signed_in import SignedIn
from igtoolkit.web.views.accounts import problems

CHANGED = "Your password is changed. Everywhere else you are signed out, and your tokens for the API are revoked."


class Changing(ResetPasswordKeyForm):  # type: ignore[misc]
    """The password in use, and the new one twice."""

    field_order = ("current", "password1", "password2")
    current = CharField(max_length=LONGEST, strip=False, error_messages={"required": "Enter the password you use now"})


@allow(Action.VIEW_OWN_ACCOUNT, post=Action.VIEW_OWN_ACCOUNT)
def own_password(request: SignedIn) -> HttpResponse:
    form = Changing(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return _change(request, form.cleaned_data["current"], form.cleaned_data["password1"])
        except ValidationError as refused:
            form.add_error("current", refused)
    facts = {"errors": problems(form) if form.is_bound else {}}
    return waiting(request, render(request, "account/password.jinja", facts, status=422 if facts["errors"] else 200))


def _change(request: SignedIn, current: str, password: str) -> HttpResponse:
    """Raises ValidationError when the password in use is another, or was guessed at too often."""
    count_or_refuse(request, [Limit("own password", str(request.user.pk), 10, 300, pause=30)])
    if not set_password(request.user, password, still=lambda now: now.check_password(current)):
        raise ValidationError("That is not the password you use now")
    person = Person.objects.get(pk=request.user.pk)
    update_session_auth_hash(request, person)
    tell_of_change(person, "You changed your password. If it was not you, set a new one at once.")
    messages.success(request, CHANGED)
    return redirect("account")
