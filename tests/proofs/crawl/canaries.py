"""Marks of 128 random bits: wherever one turns up, it says whose text that was."""

import base64
import re
import secrets
from dataclasses import dataclass

BEGINS = "zqk"  # no word has it; what follows is in letters and digits that survive any case and any typesetting
TOLD_APART = 8  # characters after it: enough to know one by, where a page cuts a long name short
FOUND = re.compile(rb"%s([a-z2-7]{%d})" % (BEGINS.encode(), TOLD_APART), re.IGNORECASE)


@dataclass(frozen=True)
class Canary:
    """One mark: whose it is (a place of the world), which sort of text it stands in, and for one login alone or all."""

    text: str
    owner: str
    sort: str
    login: str = ""


class Canaries:
    """All the marks of a world."""

    def __init__(self) -> None:
        self.known: dict[bytes, Canary] = {}

    def plant(self, owner: str, sort: str, login: str = "") -> str:
        """A new mark, 29 characters long, for a text of this sort."""
        text = BEGINS + base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
        begins = text[len(BEGINS) :][:TOLD_APART].encode()
        if begins in self.known:
            return self.plant(owner, sort, login)
        self.known[begins] = Canary(text, owner, sort, login)
        return text

    def found_in(self, content: bytes) -> set[Canary]:
        """The marks in some bytes, whole or cut short, whatever their case."""
        found = {each.lower() for each in FOUND.findall(content)}
        return {self.known[each] for each in found if each in self.known}
