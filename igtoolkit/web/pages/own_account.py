"""The page of one's own account."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from igtoolkit.access.policy import needs_second_factor
from igtoolkit.actions.codes import APP, codes_left
from igtoolkit.actions.identities import identity_of
from igtoolkit.actions.second_factors import factors, recovery
from igtoolkit.records.models import Person
from igtoolkit.web.second_factor import is_asked


@dataclass(frozen=True)
class Factor:
    """An app or a passkey, in words."""

    row: Authenticator

    @property
    def name(self) -> str:
        return "App that shows codes" if self.row.type == APP else f"Passkey “{self.row.wrap().name}”"


@dataclass(frozen=True)
class OwnAccount:
    """What the page shows. codes: how many recovery codes are left, None where there are none.

    needed: a second factor is needed for this person's work; asked: it is asked for in this service.
    """

    factors: tuple[Factor, ...]
    codes: int | None
    needed: bool
    asked: bool
    provider: str
    is_connected: bool

    @property
    def has_app(self) -> bool:
        return any(each.row.type == APP for each in self.factors)

    @property
    def is_last(self) -> bool:
        """Whether the only factor there is may not be removed."""
        return self.needed and len(self.factors) == 1


def own_account(person: Person) -> OwnAccount:
    """In at most three queries."""
    found = tuple(map(Factor, factors(person)))
    codes = recovery(person) if found else None
    provider, connected = identity_of(person)
    return OwnAccount(
        factors=found,
        codes=codes_left(codes) if codes else None,
        needed=needs_second_factor(person),
        asked=is_asked(),
        provider=provider,
        is_connected=connected,
    )
