"""Signing in and out: the sign-in library's views behind our door and in our words."""

from typing import Any

from allauth.account import views
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.web import kept
from igtoolkit.web.guesses import waiting

LOGIN_SHAPE = "Enter your login in full: it looks like an e-mail address"
WORDS: dict[tuple[str, str | None], str] = {
    ("login", "required"): "Enter your login",
    ("login", "invalid"): LOGIN_SHAPE,
    ("password", "required"): "Enter your password",
    ("email", "required"): "Enter your login",
    ("email", "invalid"): LOGIN_SHAPE,
    ("password1", "required"): "Enter a new password",
    ("password1", "password_too_common"): "Choose a password that fewer people use",
    ("password1", "password_too_similar"): "Choose a password less like your login",
    ("password2", "required"): "Enter the new password again",
    ("password2", None): "Enter the same password both times",
}


def problems(form: Form) -> dict[str, str]:
    """{field: what is wrong first, in our words}. What is wrong with the form as a whole stands at its first field."""
    first = next(iter(form.fields))
    return {
        first if field == "__all__" else field: _words(field, found[0])
        for field, found in form.errors.as_data().items()
    }


def _words(field: str, error: ValidationError) -> str:
    return WORDS.get((field, error.code)) or " ".join(error.messages).rstrip(".")


class Explained:
    """Gives the page of a form its `errors`."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "errors": {} if context.get("token_fail") else problems(context["form"])}


class SignIn(Explained, views.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **kept.for_sign_in(self.request)}


_sign_in = SignIn.as_view()


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def sign_in(request: HttpRequest) -> HttpResponse:
    return waiting(request, _sign_in(request))


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST does, and has the browser forget what our scripts kept there."""
    response: HttpResponse = views.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


@allow(Action.VIEW_PUBLIC_PAGE)
def inactive(request: HttpRequest) -> HttpResponse:
    return views.account_inactive(request)
