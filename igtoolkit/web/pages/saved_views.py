"""Saved views of the national report, as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import QueryDict
from django.urls import reverse

from igtoolkit.actions.said import tidy
from igtoolkit.records.frameworks import framework_for
from igtoolkit.records.models import Person, SavedView
from igtoolkit.reports.national_table import NO_REGION
from igtoolkit.standard.words import Stage, Status, Theme
from igtoolkit.web.pages.stale import NOTHING, Difference

A_PAGE = 50
LINE_MAX = 120
BESIDE = ("view", "page")  # what an address may ask that is no part of a view
ASKS = {
    "kind": "{}",
    "region": "region {}",
    "theme": "theme {}",
    "recommendation": "recommendation {}",
    "status": "{}",
    "submitted": "submitted: {}",
    "late": "late: {}",
    "q": "with “{}” in the name or code",
}
ORDERS = {
    ("code", "desc"): "by code, in reverse",
    ("name", "asc"): "by name",
    ("name", "desc"): "by name, in reverse",
    ("met", "asc"): "fewest recommendations met first",
    ("met", "desc"): "most recommendations met first",
}


@dataclass(frozen=True)
class ViewForm:
    """What is typed about a view. `version`: that of the view it was filled in from."""

    name: str = ""
    note: str = ""
    version: int = 0

    @classmethod
    def of(cls, view: SavedView) -> "ViewForm":
        return cls(view.name, view.note, view.version)

    @classmethod
    def posted(cls, post: Mapping[str, str]) -> "ViewForm":
        version = post.get("version", "")
        known = int(version) if version.isdecimal() and len(version) < 10 else 0
        return cls(post.get("name", ""), tidy(post.get("note", "")), known)

    def differences(self, theirs: SavedView) -> list[Difference]:
        """Each field that is typed otherwise than it is recorded now."""
        both = (("Name", theirs.name, self.name.strip()), ("Note", theirs.note, self.note.strip()))
        return [Difference(name, one or NOTHING, other or NOTHING) for name, one, other in both if one != other]


@dataclass(frozen=True)
class ViewRow:
    """A saved view as somebody reads it."""

    view: SavedView
    is_own: bool

    @property
    def report(self) -> str:
        """2015-16 Baseline"""
        return f"{self.view.year} {Stage(self.view.stage).words}"

    @property
    def asks(self) -> str:
        return words(self.view.year, self.view.query)

    @property
    def first_line(self) -> str:
        """Where the note begins: one line, not endless."""
        line = self.view.note.partition("\n")[0]
        if line == self.view.note and len(line) <= LINE_MAX:
            return line
        return f"{line[:LINE_MAX].rstrip(' .…')}\N{NO-BREAK SPACE}…"

    @property
    def address(self) -> str:
        """The report as it was saved, with the view's name and note above it."""
        asked = {**QueryDict(self.view.query).dict(), "view": str(self.view.pk)}
        place = {"year": self.view.year, "stage": self.view.stage}
        return f"{reverse('national', kwargs=place)}?{urlencode(asked)}"

    def is_asked_by(self, given: QueryDict) -> bool:
        """Whether an address asks what this view keeps."""
        asked = {name: value for name, value in given.dict().items() if name not in BESIDE and value}
        return asked == QueryDict(self.view.query).dict()


def page_of_views(person: Person, asked: str) -> Page:
    """One page of every reader's views, one's own first, each lot with the last changed first."""
    own = Case(When(owner=person.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = SavedView.objects.select_related("owner").order_by(own, "-changed_at", "-pk")
    return Paginator(rows, A_PAGE).get_page(asked)


def find_view(person: Any, pk: str | int) -> ViewRow | None:
    """The view with this key, as `person` reads it; every reader for the National Data Guardian may."""
    key = str(pk)
    if not isinstance(person, Person) or not (key.isdecimal() and key.isascii() and len(key) <= 18):
        return None
    found = SavedView.objects.select_related("owner").filter(pk=int(key)).first()
    return ViewRow(found, found.owner_id == person.pk) if found else None


def words(year: str, query: str) -> str:
    """What a view keeps, in words: Acute trusts, region North, most recommendations met first."""
    asked, known = QueryDict(query).dict(), _words_known(year)
    told = [ASKS[name].format(known.get(name, {}).get(asked[name], asked[name])) for name in ASKS if name in asked]
    told += filter(None, [ORDERS.get((asked.get("sort", "code"), asked.get("direction", "asc")))])
    found = ", ".join(told)
    return found[:1].upper() + found[1:] if found else "Every trust, by code"


@cache
def _words_known(year: str) -> dict[str, dict[str, Any]]:
    """{filter or order: {value: words}} of what is not free text."""
    try:
        kinds = {each.code: each.plural for each in framework_for(year).reported_kinds}
    except LookupError:
        kinds = {}
    return {
        "kind": kinds,
        "region": {NO_REGION: "not recorded"},
        "theme": {each.value: each.words for each in Theme},
        "status": {each.value: each.words for each in Status},
    }
