"""Links by which a person sets a password: signed, for a while, once, and the newest alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from igtoolkit.actions.links import is_left, is_newest, remember_link
from igtoolkit.records.models import Person

LARGEST = 2**63 - 1  # the largest number that a database keeps for a person
NAMELESS = 0  # stands for nobody where the work for somebody is done all the same


class _Keys(PasswordResetTokenGenerator):
    """A key dies with the password, the login, and a sign-in; one kind of link opens nothing of another."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.key_salt = f"igtoolkit.web.links.{kind}"

    def state(self, person: Person) -> str:
        """Changes with all that a key dies with."""
        return self._make_token_with_timestamp(person, 0, self.secret)  # type: ignore[attr-defined,no-any-return]

    def age(self, key: str) -> timedelta:
        """How old a key says it is, by the machine's clock."""
        made = base36_to_int(key.partition("-")[0])
        return timedelta(seconds=self._num_seconds(self._now()) - made)


@dataclass(frozen=True)
class Link:
    """A kind of link. page: the name of its address; life: for how long it works."""

    kind: str
    page: str
    life: timedelta

    @property
    def keys(self) -> Any:
        return _Keys(self.kind)

    def made_for(self, person: Person, *, works: bool = True) -> str:
        """The address for a mail, whole: ours as set, never the host that a request claims. Older ones die.

        works: else as much work is done for one that never does, and an older one lives.
        """
        key = self.keys.make_token(person)
        if works:
            remember_link(self.kind, person.email, key, self.life, self.keys.state(person))
        return f"{settings.SITE_ADDRESS}{self.address(int_to_base36(person.pk or NAMELESS), key)}"

    def is_new(self, person: Person, age: timedelta) -> bool:
        """Whether one younger than so was made for this person, and not been used."""
        return is_left(self.kind, person.email, self.keys.state(person), self.life - age)

    def address(self, who: str, key: str) -> str:
        return reverse(self.page, kwargs={"uidb36": who, "key": key})

    def holder(self, who: str, key: str) -> Person | None:
        """Whom a link lets set a password; None for one that does not work, or not any more."""
        try:
            number = base36_to_int(who)
        except ValueError:
            return None
        person: Person | None = Person.objects.filter(pk=number).first() if number <= LARGEST else None
        return person if person and self.lets(person, key) else None

    def lets(self, person: Person, key: str) -> bool:
        """Whether the key is this person's as they are now, young enough, and the newest. It never is when
        they are deactivated."""
        keys = self.keys
        if not (person.is_active and keys.check_token(person, key) and keys.age(key) <= self.life):
            return False
        return is_newest(self.kind, person.email, key)


FORGOTTEN = Link("forgotten", "account_reset_password_from_key", timedelta(hours=1))
INVITED = Link("invited", "account_invited", timedelta(hours=72))
EACH = (FORGOTTEN, INVITED)
