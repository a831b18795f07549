"""A forgotten password, and the page behind a link in a mail at which a password is set."""

from collections.abc import Callable

from allauth.account.forms import ResetPasswordKeyForm
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.forms import EmailField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.passwords import set_password
from igtoolkit.records.models import Person
from igtoolkit.web.guesses import ASKED_OFTEN, count_or_refuse, link_limits, waiting
from igtoolkit.web.letters import send_link_later
from igtoolkit.web.links import FORGOTTEN, INVITED, Link
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.views.accounts import problems

SET = (
    "A password was set for your login with a link that we had sent you. Your tokens for the API were revoked with it, "
    "and an identity at another sign-in service, if you had connected one, was disconnected."
)
KEPT, OLD = "set", "old"  # what stands in the address in place of the key, which nobody is to read over a shoulder


class Asked(Form):
    """Whose password is forgotten."""

    email = EmailField()


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Everybody gets the same answer, with the same work done for it; who has the login gets a mail."""
    form = Asked(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["email"].lower()
        try:
            count_or_refuse(request, link_limits(request, login), ASKED_OFTEN)
        except ValidationError as refused:
            form.add_error("email", refused)
        else:
            send_link_later(login)
            return redirect("account_reset_password_done")
    facts = {"form": form, "errors": problems(form) if form.is_bound else {}}
    return waiting(request, render(request, "account/password_reset.jinja", facts))


@allow(Action.VIEW_PUBLIC_PAGE)
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset_done.jinja")


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def new_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """The page behind the link in the mail for a forgotten password."""
    return _behind(request, FORGOTTEN, uidb36, key)


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def invited(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """The page behind the link in an invitation."""
    return _behind(request, INVITED, uidb36, key)


@allow(Action.VIEW_PUBLIC_PAGE)
def new_password_set(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset_from_key_done.jinja")


def _behind(request: HttpRequest, link: Link, who: str, key: str) -> HttpResponse:
    """The key leaves the address at once, for the session: no next page is told it, and no screen shows it."""
    if key not in (KEPT, OLD):
        works = link.holder(who, key) is not None
        if works:
            request.session[_kept_as(link)] = f"{who}-{key}"
        return redirect(link.address(who, KEPT if works else OLD))
    whose, _, kept = str(request.session.get(_kept_as(link), "")).partition("-")
    person = link.holder(who, kept) if key == KEPT and whose == who else None
    if person is None:
        return _old(request, link)
    return _form(request, link, person, lambda now: link.lets(now, kept))


def _form(request: HttpRequest, link: Link, person: Person, still: Callable[[Person], bool]) -> HttpResponse:
    form = ResetPasswordKeyForm(request.POST if request.method == "POST" else None, user=person)
    if request.method == "POST" and form.is_valid():
        if not set_password(person, form.cleaned_data["password1"], still=still):
            return _old(request, link)
        logout(request)
        tell_of_change(person, SET)
        return redirect("account_reset_password_from_key_done")
    facts = {"person": person, "invited": link is INVITED, "action_url": request.path}
    return _page(request, facts | {"errors": problems(form) if form.is_bound else {}})


def _old(request: HttpRequest, link: Link) -> HttpResponse:
    return _page(request, {"is_old": True, "invited": link is INVITED, "errors": {}})


def _page(request: HttpRequest, facts: dict[str, object]) -> HttpResponse:
    return render(request, "account/password_reset_from_key.jinja", facts)


def _kept_as(link: Link) -> str:
    return f"link_{link.kind}"
