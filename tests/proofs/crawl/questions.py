"""What the crawl asks: every route, by everybody, about every organisation, by every method."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.proofs.crawl.addresses import Addresses, routes
from tests.proofs.crawl.world import FULL, NDG, NONE, NOWHERE, PRACTICE, SERVICE, STATES, UPDATE, Viewer

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Papers that are made anew each time: those of one's own are the same for every role, and are opened by one.
SLOW = ("pack_pdf", "pack_docx", "preview_pdf", "national_pdf", "board_pdf", "national_xlsx")
ALIKE = {(PRACTICE, "contributor"), (PRACTICE, "reviewer"), (NDG, "another")}  # another of whom asks the same


@dataclass(frozen=True)
class Question:
    """One request of the crawl. token: by a program, with the asker's token."""

    who: tuple[str, str]
    method: str
    route: str
    path: str
    token: bool = False


def dangerous() -> list[tuple[str, str]]:
    """Those who have most to find: a rival's administrator, every kind of stranger, and somebody just put out."""
    strangers = [(PRACTICE, "administrator"), (NDG, NDG), (SERVICE, SERVICE), (NOWHERE, "visitor")]
    return [(UPDATE, "administrator"), (FULL, "deactivated"), *strangers]


def targets(who: tuple[str, str]) -> list[str]:
    """The organisations somebody asks about: their own, the one with everything and their neighbour; strangers all."""
    place, _ = who
    if place not in STATES:
        return [*STATES, PRACTICE]
    after = STATES[(STATES.index(place) + 1) % len(STATES)]
    return list(dict.fromkeys([place, FULL, after if after != NONE else PRACTICE]))


def questions(viewers: dict[tuple[str, str], Viewer], addresses: Addresses) -> Iterator[Question]:
    """Every question there is."""
    for who in (each for each in viewers if each not in ALIKE):
        for route in routes():
            for place in targets(who):
                yield from _about(who, route, place, addresses)


def _about(who: tuple[str, str], route: str, place: str, addresses: Addresses) -> Iterator[Question]:
    if is_paper(route) and who[0] == place and who[1] != "administrator":
        return
    every = addresses.of(route, place)
    chosen = every if place in (who[0], FULL) else every[-1:]
    for each in chosen:
        yield Question(who, "GET", route, each.path)
        if route.startswith("api_"):
            yield Question(who, "GET", route, each.path, token=True)
    for method in METHODS[1:] if place == FULL else ("POST",):
        yield Question(who, method, route, every[-1].path)


def is_paper(route: str) -> bool:
    """Whether a route answers with a paper that takes its time to make."""
    return route.removeprefix("earlier_") in SLOW
