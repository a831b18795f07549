"""How the sign-in library is fitted to this service: nobody signs up, and people are shown by name."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from igtoolkit.records.models import Person


class Adapter(DefaultAccountAdapter):
    """Accounts are made for people by the service team or their administrator, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No “signed in as” message: the page's header says who is signed in."""


def display(person: Person) -> str:
    return str(person)
