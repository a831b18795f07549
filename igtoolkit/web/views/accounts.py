"""Signing in and out, and a forgotten password: the sign-in library's views behind our door and in our words."""

from typing import Any

from allauth.account import views
from allauth.account.forms import ResetPasswordForm
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action

LOGIN_SHAPE = "Enter your login in full: it looks like an e-mail address"
WORDS: dict[tuple[str, str | None], str] = {
    ("login", "required"): "Enter your login",
    ("login", "invalid"): LOGIN_SHAPE,
    ("password", "required"): "Enter your password",
    ("email", "required"): "Enter your login",
    ("email", "invalid"): LOGIN_SHAPE,
    ("password1", "required"): "Enter a new password",
    ("password1", "password_too_short"): "Use at least 12 characters",
    ("password1", "password_too_common"): "Choose a password that fewer people use",
    ("password1", "password_too_similar"): "Choose a password less like your login",
    ("password2", "required"): "Enter the new password again",
    ("password2", None): "Enter the same password both times",
}


def problems(form: Form) -> dict[str, str]:
    """{field: what is wrong, in our words}. What is wrong with the form as a whole stands at its first field."""
    first = next(iter(form.fields))
    return {
        first if field == "__all__" else field: ". ".join(_words(field, each) for each in found)
        for field, found in form.errors.as_data().items()
    }


def _words(field: str, error: ValidationError) -> str:
    return WORDS.get((field, error.code)) or " ".join(error.messages).rstrip(".")


class Explained:
    """Gives the page of a form its `errors`."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "errors": {} if context.get("token_fail") else problems(context["form"])}


class Forgotten(ResetPasswordForm):
    """A login nobody has gets no mail: its owner, if there is one, did not ask for any."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        return super().save(request, **kwargs) if self.users else self.cleaned_data["email"]


class SignIn(Explained, views.LoginView):
    pass


class ForgottenPassword(Explained, views.PasswordResetView):
    form_class = Forgotten


class NewPassword(Explained, views.PasswordResetFromKeyView):
    pass


_sign_in = SignIn.as_view()
_forgotten = ForgottenPassword.as_view()
_new_password = NewPassword.as_view()


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def sign_in(request: HttpRequest) -> HttpResponse:
    return _sign_in(request)


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST does."""
    return views.logout(request)


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def forgotten(request: HttpRequest) -> HttpResponse:
    return _forgotten(request)


@allow(Action.VIEW_PUBLIC_PAGE)
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    return views.password_reset_done(request)


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def new_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """The page behind the link in the mail."""
    return _new_password(request, uidb36=uidb36, key=key)


@allow(Action.VIEW_PUBLIC_PAGE)
def new_password_set(request: HttpRequest) -> HttpResponse:
    return views.password_reset_from_key_done(request)


@allow(Action.VIEW_PUBLIC_PAGE)
def inactive(request: HttpRequest) -> HttpResponse:
    return views.account_inactive(request)
