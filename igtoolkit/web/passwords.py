"""How passwords are kept, and which will do."""

import re
import unicodedata
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

SHORTEST = 12  # characters
LONGEST = 4_096  # bytes, so that nobody sets the service to work on a book
FEWEST = 5  # different characters
LEFT = 6  # letters and figures that must be left when the words of this service are taken out
OWN_WORDS = (
    *("information", "governance", "igtoolkit", "toolkit", "caldicott", "guardian", "password", "passphrase"),
    *("assessment", "requirement", "administrator", "contributor", "reviewer", "viewer", "national", "data"),
    *("security", "protection", "confidential", "service", "trust", "hospital", "health", "care", "nhs"),
    *("england", "welcome", "letmein", "changeme", "spring", "summer", "autumn", "winter", "demo"),
)
APART = re.compile(r"[\W_]+")


class Argon2id(Argon2PasswordHasher):
    """argon2id with 19 MiB, two rounds, one lane: OWASP's first choice, and light enough for a deadline night."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return str(super().encode(normal(password), salt))

    def verify(self, password: str, encoded: str) -> bool:
        return bool(super().verify(normal(password), encoded))


def normal(password: str) -> str:
    """The same characters however a keyboard composes them (RFC 8265, OpaqueString): NFC, every space a plain one.

    No character is refused for what it is, none is left out, and case counts.
    """
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFC", spaced)


class Length:
    """Long enough that guessing is hopeless, short enough to be worked on."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(normal(password)) < SHORTEST:
            raise ValidationError(self.get_help_text(), code="password_too_short")
        if len(password.encode("utf-8", "replace")) > LONGEST:
            raise ValidationError("Choose a shorter password: this one is a whole text", code="password_too_long")

    def get_help_text(self) -> str:
        return f"Use at least {SHORTEST} characters"


class NotGuessed:
    """What anybody who knows the service, the organisation or the person would try first."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password.casefold())) < FEWEST:
            raise ValidationError(f"Use at least {FEWEST} different characters", code="password_repeats")
        left = APART.sub("", password.casefold())
        for word in sorted({*OWN_WORDS, *_words_of(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEFT:
            raise ValidationError(self.get_help_text(), code="password_own_words")

    def get_help_text(self) -> str:
        return "Use words that have nothing to do with this service, your organisation or your name"


def _words_of(person: Any) -> set[str]:
    """What is known of a person: the parts of their login and name, and their organisation's code and name."""
    organisation = getattr(person, "organisation", None)
    texts = [getattr(person, "email", ""), getattr(person, "name", "")]
    texts += [organisation.code, organisation.name] if organisation else []
    return {part for text in texts for part in APART.split(text.casefold()) if len(part) > 2}
