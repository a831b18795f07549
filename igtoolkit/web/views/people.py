"""People who sign in: an administrator's list of their own, and every organisation's for the service team."""

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access import scope
from igtoolkit.access.gate import NotTheirs, allow
from igtoolkit.access.policy import Action, may
from igtoolkit.actions import inviting, managing, second_factors
from igtoolkit.actions.identities import connected_to
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.sessions import end_sessions_of
from igtoolkit.records.models import Organisation, Person, Role
from igtoolkit.web.forms.person import PersonForm
from igtoolkit.web.invitations import send_invitation
from igtoolkit.web.notices import tell_of_change
from igtoolkit.web.pages import people as pages
from igtoolkit.web.posting import Posted
from igtoolkit.web.sessions import freshly
from igtoolkit.web.signed_in import SignedIn

SENT = "If {} has no account yet, an invitation was sent there. The link in it works once, and for three days."
SENT_AGAIN = "If {} has no account elsewhere, a new invitation was sent. The link in it works once, and for three days."
TAKEN_AWAY = "{}'s second factors, and any other sign-in service, are taken away. They sign in with their password."
TOLD = (
    "{} took your second factors away, because they are lost, and with them any identity at another sign-in service "
    "and your tokens for the API. Sign in with your password and set up a new one."
)
NO_MAIL = "No mail could be sent to {}: the mail server refuses it, or there is none. Check the address and try again."
MAIL_WAITS = (
    "The mail server takes no mail for {} just now. The invitation is kept, and sent as soon as it does: there is no "
    "need to send it again."
)
DONE = {"deactivate": "{} is deactivated and can no longer sign in.", "activate": "{} can sign in again."}
DONE_INVITED = {
    "deactivate": "{} is deactivated: the invitation lets nobody in any more.",
    "activate": "{} is activated: the invitation holds again.",
}


@allow(Action.MANAGE_PEOPLE)
def people(request: SignedIn) -> HttpResponse:
    organisation = _organisation(request)
    if organisation is None:
        asked, found, total = pages.places(request.GET.get("q", ""))
        return render(request, "people/places.jinja", {"asked": asked, "found": found, "total": total})
    page = pages.page_of_people(request.user, organisation, request.GET.get("page", ""))
    rows = [pages.row(each, request.user) for each in page]
    return render(request, "people/people.jinja", {"organisation": organisation, "page": page, "rows": rows})


@allow(Action.MANAGE_PEOPLE, post=Action.MANAGE_PEOPLE)
@freshly
def invite(request: SignedIn) -> HttpResponse:
    organisation = _organisation(request)
    if organisation is None:
        return redirect("people")
    if request.method != "POST":
        return _invite_page(request, organisation, PersonForm())
    form = PersonForm.posted(request.POST)
    try:
        person = inviting.invite_person(
            form.login, name=form.name, role=form.role, organisation=organisation, by=request.user
        )
    except Invalid as invalid:
        return _invite_page(request, organisation, form, errors=invalid.errors, status=422)
    login = form.login.lower()
    _tell(request, send_invitation(login, person, organisation, request.user), SENT, login)
    return redirect(f"{reverse('invite')}?organisation={organisation.code}")


@allow(Action.MANAGE_PEOPLE, post=Action.MANAGE_PEOPLE)
@freshly
def person(request: SignedIn, pk: int) -> HttpResponse:
    return _person(request, pages.find_person(request.user, pk))


@allow(Action.MANAGE_PEOPLE, post=Action.MANAGE_PEOPLE)
@freshly
def invited(request: SignedIn, mark: str) -> HttpResponse:
    return _person(request, pages.find_invited(request.user, mark))


def _person(request: SignedIn, found: Person | None) -> HttpResponse:
    if found is None:
        raise NotTheirs
    if request.method != "POST":
        return _person_page(request, found, PersonForm.of(found))
    form = PersonForm.posted(request.POST, found)
    try:
        _take(request, found, form)
    except Invalid as invalid:
        return _person_page(request, found, form, errors=invalid.errors, status=422)
    except managing.StalePerson as stale:
        again = replace(form, version=managing.person_digest(stale.theirs))
        return _person_page(request, stale.theirs, again, theirs=stale.theirs, status=409)
    return _onward(request, found)


def _take(request: SignedIn, found: Person, form: PersonForm) -> None:
    """Do what the button pressed says, and tell the next page."""
    then, by = form.then, request.user
    if then == "invite":
        inviting.invite_again(found, by=by)
        _tell(request, _send_again(found, by), SENT_AGAIN, found.email)
        return
    if then == "sign_out":
        end_sessions_of(found, by=by)
        messages.success(request, f"{found} is signed out everywhere.")
        return
    if then == "take_factors":
        second_factors.take_factors_away(found, by=by)
        tell_of_change(found, TOLD.format(by))
        messages.success(request, TAKEN_AWAY.format(found))
        return
    if then in DONE:
        act = managing.deactivate_person if then == "deactivate" else managing.activate_person
        act(found, by=by, seen=form.version)
        messages.success(request, (DONE if found.has_usable_password() else DONE_INVITED)[then].format(found))
        return
    changed = managing.change_person(found, name=form.name, role=form.role, by=by, seen=form.version)
    messages.success(request, f"Saved: {changed} is {changed.get_role_display().lower()}.")


def _send_again(found: Person, by: Person) -> Posted:
    """Of a stand-in the owner of the login is told again that they have an account."""
    return send_invitation(found.email, found if found.pk is not None else None, _place(found), by)


def _onward(request: SignedIn, found: Person) -> HttpResponse:
    """Back to the list; somebody who has just put themselves aside goes home."""
    now = Person.objects.get(pk=request.user.pk)
    if not may(now, Action.MANAGE_PEOPLE):
        return redirect("home")
    return redirect(f"{reverse('people')}?organisation={_place(found).code}")


def _place(found: Person) -> Organisation:
    """Where somebody is whom scope gave: only people of organisations are managed here."""
    return cast(Organisation, found.organisation)


def _tell(request: SignedIn, posted: Posted, words: str, login: str) -> None:
    if posted is Posted.SENT:
        messages.success(request, words.format(login))
    elif posted.waits:
        messages.warning(request, MAIL_WAITS.format(login))
    else:
        messages.error(request, NO_MAIL.format(login))


def _organisation(request: SignedIn) -> Organisation | None:
    """The organisation the address names, or one's own; None where the service team has named none."""
    code = request.GET.get("organisation", "")
    if not code:
        return request.user.organisation
    found = scope.managed(request.user, code)
    if found is None:
        raise NotTheirs
    return found


def _invite_page(
    request: SignedIn, organisation: Organisation, form: PersonForm, *, errors: Any = None, status: int = 200
) -> HttpResponse:
    facts = {"organisation": organisation, "form": form, "errors": errors or {}, "roles": list(Role)}
    return render(request, "people/invite.jinja", facts, status=status)


def _person_page(
    request: SignedIn, found: Person, form: PersonForm, *, errors: Any = None, theirs: Any = None, status: int = 200
) -> HttpResponse:
    own = found.pk == request.user.pk
    facts = {
        "row": pages.row(found, request.user),
        "form": form,
        "errors": errors or {},
        "theirs": theirs,
        "roles": list(Role),
        "why_not_again": inviting.why_not_again(found),
        "factors": None if own else len(second_factors.factors(found)),
        "identity": "" if own else connected_to(found),
        "is_last": own and managing.is_last_administrator(found),
    }
    return render(request, "people/person.jinja", facts, status=status)
