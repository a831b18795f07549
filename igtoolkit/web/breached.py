"""Passwords that were stolen elsewhere and published, looked up in a file that the operator keeps.

The file holds a SHA-1 in 40 hexadecimal digits on each line, in order, as the public lists have it; what follows on
the line (a colon and how often it was seen) is passed over. It may be larger than memory: 35 short reads find one.
"""

from hashlib import sha1
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError

DIGITS = 40


class NotBreached:
    """Refuses what stands in the operator's list; without one it refuses nothing."""

    def validate(self, password: str, user: Any = None) -> None:
        listed: Path | None = settings.BREACHED
        if listed is not None and is_listed(listed, password):
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self) -> str:
        return "Choose another password: this one was stolen elsewhere and is known to those who guess"


def is_listed(listed: Path, password: str) -> bool:
    """Whether a password is in the list. Raises OSError where that cannot be read: nothing is let through unseen."""
    sought = sha1(password.encode("utf-8", "replace"), usedforsecurity=False).hexdigest().upper().encode()
    with listed.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            found, after = _line_from(file, middle)
            if found == sought:
                return True
            if found and found < sought:
                low = after
            else:
                high = middle
    return False


def _line_from(file: IO[bytes], place: int) -> tuple[bytes, int]:
    """The digest on the first line that begins at a place or after it, b"" at the end; and where the next begins."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    line = file.readline()
    return line[:DIGITS].upper(), file.tell()
