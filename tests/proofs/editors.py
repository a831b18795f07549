"""Several people, and several windows of one, at one requirement: what each request must come to, by a simple model."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from igtoolkit.records.models import Person

VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass
class Window:
    """One window of one person, with the version of the form that stands in it."""

    person: Person
    client: Client = field(default_factory=Client)
    version: int = -1

    def __post_init__(self) -> None:
        self.client.force_login(self.person)

    def open(self, address: str) -> int:
        """Read the page. Returns the version of its form."""
        page = self.client.get(address)
        assert page.status_code == 200
        found = VERSION.search(page.content.decode())
        assert found
        self.version = int(found[1])
        return self.version

    def save(self, address: str, text: str, then: str = "save") -> Any:
        """Send the form that stands in the window with another text."""
        return self.client.post(address, {"version": self.version, "comment": text, "ticked": ["1a"], "then": then})

    def confirm(self, address: str) -> Any:
        return self.client.post(f"{address}confirm/", {"version": self.version, "then": "confirm"})


@dataclass
class Standing:
    """One requirement as the model has it, and what was accepted in the present race, oldest first."""

    address: str
    version: int = 0
    text: str = ""
    changed_by: int = 0
    completed_by: int = 0
    confirmed: bool = False
    accepted: list[str] = field(default_factory=list)
    confirmations: list[int] = field(default_factory=list)  # the versions that were confirmed

    def saved(self, window: Window, text: str, then: str, answer: Any) -> bool:
        """Judge the answer to a save. Returns whether the save had to be accepted."""
        if window.version != self.version:
            assert answer.status_code == 409, f"an old form was answered with {answer.status_code}"
            shows(answer, self.text, text)
            return False
        assert answer.status_code == 302, f"the newest form was answered with {answer.status_code}"
        self.take(window, text, then)
        return True

    def take(self, window: Window, text: str, then: str = "save") -> None:
        self.version, self.text, self.changed_by = self.version + 1, text, window.person.pk
        self.completed_by = window.person.pk if then == "complete" else 0
        self.confirmed = False
        self.accepted.append(text)

    def was_confirmed(self, window: Window, answer: Any) -> None:
        """A reviewer stands behind what another completed, at the version they read; nobody behind anything else."""
        may = window.person.role in ("reviewer", "administrator")
        assert answer.status_code == (302 if may else 403)
        own = window.person.pk in (self.completed_by, self.changed_by)
        if may and self.completed_by and not own and not self.confirmed and window.version == self.version:
            self.confirmed = True
            self.confirmations.append(self.version)


def shows(answer: Any, *texts: str) -> None:
    """The page of who came second shows what stands, and what they typed."""
    page = html.unescape(answer.content.decode())
    missing = [each for each in texts if each and each not in page]
    assert not missing, f"not on the page of who came second: {missing}"
