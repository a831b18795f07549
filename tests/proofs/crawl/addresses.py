"""Every address of the service, filled in for one organisation as far as it names something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

from django.urls import URLPattern, get_resolver, reverse

from igtoolkit.records.models import ApiToken, RequestedFile, SavedView, Submission, SupportAccess
from tests.access.pages import PAGES
from tests.conftest import YEAR
from tests.proofs.crawl.world import NDG, World

STAGES = ("baseline", "update", "final")
A_FEW = ("1", "2", "3", "7")  # of a number that no rule below knows


@dataclass(frozen=True)
class Address:
    """One way of filling in one route."""

    route: str
    path: str


def routes() -> dict[str, URLPattern]:
    """{name: pattern} of every address that the service answers at."""
    return {each.name: each for each in _patterns(get_resolver())}


def _patterns(resolver: object) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:  # type: ignore[attr-defined]
        yield from _patterns(each) if hasattr(each, "url_patterns") else [each]


class Addresses:
    """How each part of an address is filled in for a place of the world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = {place: self._of(place) for place in world.organisations}

    def _of(self, place: str) -> dict[str, tuple[str, ...]]:
        organisation = self.world.organisations[place]
        digests = Submission.unscoped.filter(organisation=organisation).values_list("digest", flat=True)
        return {
            "code": (organisation.code,),
            "year": (YEAR,),
            "stage": STAGES,
            "number": ("1", "2"),
            "requirement": ("13-101",),
            "digest": (*digests, "0" * 64)[:2],
            "rule": ("same_comment",),
            "person.pk": _keys(organisation.people.all()),
            "token": _keys(ApiToken.objects.filter(person__organisation=organisation)),
            "support": _keys(SupportAccess.unscoped.filter(organisation=organisation)),
            "saved_view.pk": _keys(SavedView.objects.all()),
            "file.pk": _keys(RequestedFile.objects.filter(asked_by=self.world.person(NDG, NDG))),
        }

    def of(self, route: str, place: str) -> list[Address]:
        """Every way to fill a route in for a place: the first is the likeliest to be there."""
        names = list(PAGES[route].address)
        values = [self._values(route, name, place) for name in names]
        found = []
        for chosen in product(*values):
            found.append(Address(route, reverse(route, kwargs=dict(zip(names, chosen, strict=True)))))
        return found

    def renamed(self, route: str, place: str, **changed: str) -> str:
        """A route filled in for a place, but that some parts are other words, whether or not they fit there."""
        names = {name: self._values(route, name, place)[0] for name in PAGES[route].address}
        stand_ins = {name: f"98765432{n}" for n, name in enumerate(changed)}
        path = reverse(route, kwargs=names | stand_ins)
        for name, stand_in in stand_ins.items():
            path = path.replace(stand_in, quote(changed[name], safe="%"))
        return path

    def _values(self, route: str, name: str, place: str) -> tuple[str, ...]:
        known = self.known[place]
        short = re.sub(r"^(edit|delete)_|_download$", "", route)
        found = known.get(f"{short}.{name}") or known.get(name)
        if found:
            return found
        given = PAGES[route].address[name]
        return (given, *A_FEW) if given.isdigit() else (given,)


def _keys(rows: object) -> tuple[str, ...]:
    return tuple(str(each) for each in rows.values_list("pk", flat=True))[:3] or ("0",)  # type: ignore[attr-defined]
