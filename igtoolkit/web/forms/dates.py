"""A date in three fields, kept as typed until it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PARTS = ("day", "month", "year")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class Unreadable(ValueError):
    """What was typed is not a date; its words say what to do."""


@dataclass(frozen=True)
class TypedDate:
    """Day, month and year as typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: date | None) -> "TypedDate":
        return cls(str(value.day), str(value.month), str(value.year)) if value else cls()

    @classmethod
    def posted(cls, post: Mapping[str, str], name: str) -> "TypedDate":
        """From the fields NAME-day, NAME-month and NAME-year."""
        return cls(*(post.get(f"{name}-{part}", "").strip() for part in PARTS))

    @property
    def is_blank(self) -> bool:
        return not (self.day or self.month or self.year)

    @property
    def tidied(self) -> "TypedDate":
        """In figures where it can be read, so that 03 June and 3 6 say the same."""
        try:
            return TypedDate.of(self.read(""))
        except Unreadable:
            return self

    def read(self, name: str) -> date | None:
        """The date; None where nothing was typed. Raises Unreadable, its words beginning with `name`."""
        if self.is_blank:
            return None
        missing = [part for part in PARTS if not getattr(self, part)]
        if missing:
            raise Unreadable(f"{name} must include a {' and a '.join(missing)}")
        if len(self.year) != 4:
            raise Unreadable(f"{name} must have a year of four numbers")
        try:
            return date(_number(self.year), _month(self.month), _number(self.day))
        except ValueError:
            raise Unreadable(f"{name} must be a real date, for example 31 3 2016") from None


NO_DATE = TypedDate()


def _month(text: str) -> int:
    """In figures, or as a word: feb, Febr., FEBRUARY."""
    word = text.casefold().removesuffix(".")
    named = [at for at, month in enumerate(MONTHS, 1) if len(word) >= 3 and month.startswith(word)]
    return named[0] if named else _number(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError(text)
    return int(text)
