"""How a file that somebody asked for stands, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from igtoolkit.records.models import RequestedFile
from igtoolkit.records.models.desk import KEPT
from igtoolkit.standard.words import Stage

State = Literal["waiting", "begun", "ready", "failed"]

LONG = timedelta(minutes=1)  # without anything taking it up
WORDS: dict[State, str] = {
    "waiting": "Waiting to be made",
    "begun": "Being made",
    "ready": "Ready",
    "failed": "Could not be made",
}
COLOURS: dict[State, str] = {"waiting": "grey", "begun": "blue", "ready": "green", "failed": "red"}
QUARTERS = ("Being made", "A quarter is made", "Half is made", "Three quarters are made", "All parts are made")


@dataclass(frozen=True)
class Standing:
    """A file as its page and the list show it, at an (aware) instant. size: in bytes, None unless it is ready."""

    file: RequestedFile
    at: datetime
    size: int | None = None

    @property
    def what(self) -> str:
        return RequestedFile.What(self.file.what).label

    @property
    def of(self) -> str:
        return f"{Stage(self.file.stage).words} {self.file.year}"

    @property
    def state(self) -> State:
        if self.file.finished_at:
            return "failed" if self.file.failed else "ready"
        return "begun" if self.file.begun_at else "waiting"

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def is_over(self) -> bool:
        return self.file.finished_at is not None

    @property
    def waits_long(self) -> bool:
        """Whether nothing has taken it up for so long that the reader should be told."""
        return self.state == "waiting" and self.at - self.file.asked_at > LONG

    @property
    def says(self) -> str:
        """What is read out when it changes: the state, and each quarter of the parts."""
        if self.state == "begun" and self.file.total:
            return QUARTERS[self.file.done * 4 // self.file.total]
        return self.words

    @property
    def kept_until(self) -> datetime:
        return self.file.asked_at + KEPT

    @property
    def size_words(self) -> str:
        """13.4 MB, or 820 KB."""
        if self.size is None:
            return ""
        return f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{max(1, round(self.size / 1e3))} KB"
