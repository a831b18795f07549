"""What is another's, what never was and what is gone cannot be told apart: not by a byte, nor by time."""

import gc
import statistics
from time import perf_counter

import pytest

from igtoolkit.records.models import ApiToken, RequestedFile
from tests.access.pages import PAGES
from tests.proofs import PROVING, report
from tests.proofs.crawl.addresses import routes
from tests.proofs.crawl.asking import undone
from tests.proofs.crawl.world import BASELINE, FULL, NDG, NONE, NOWHERE, PRACTICE, SERVICE, UPDATE

# Who asks, whose it is that they may not know of, and what it must be like: a code that nobody has, or, as the service
# team may know every organisation, that of one which has nothing yet.
ASKED = [
    ((UPDATE, "administrator"), FULL, ""),
    ((NDG, NDG), PRACTICE, ""),
    ((SERVICE, SERVICE), FULL, NONE),
    ((NOWHERE, "visitor"), BASELINE, ""),
]
NEVER = {"code": "ZQ" + "9" * 27, "pk": "7654321", "token": "7654321", "digest": "f" * 64}
MALFORMED = {"code": "..%5c", "pk": "x1", "token": "-1", "digest": "g1"}
TRIES, ATTEMPTS, APART = 200, 3, 0.10
SAMPLE = 40
REFUSED = (401, 403, 404)
CHANGING = ("X-Request-Id", "Date")


def test_the_twins_are_the_same_bytes(crawl, addresses, dice):
    told, every = [], list(_twins(crawl, addresses))
    for viewer, _, theirs, never, malformed in every if PROVING else dice.sample(every, SAMPLE):
        for method in ("get", "head", "post"):
            foreign = _answer(viewer, method, theirs)
            if foreign[0] not in REFUSED:
                continue
            others = (
                [never, malformed] if foreign[0] == 404 else [never]
            )  # what is no number has no door to be refused at
            if any(_answer(viewer, method, each) != foreign for each in others):
                told.append(f"{viewer} {method} {theirs}: {foreign[0]}")
    assert told == []


def test_what_is_gone_is_as_if_it_had_never_been(crawl, addresses):
    """Somebody's token and file, once they are deleted."""
    for who, route, rows in _deletable(crawl):
        path = addresses.of(route, FULL)[0].path
        viewer = crawl.world.viewers[who]
        foreign = _answer(viewer, "post", path)
        with undone(viewer):
            rows.delete()
            assert _answer(viewer, "post", path) == foreign


@pytest.mark.skipif(not PROVING, reason="times are taken in `make prove`")
def test_the_twins_take_the_same_time(crawl, addresses):
    apart, seen = [], set()
    for viewer, route, theirs, never, _ in _twins(crawl, addresses):
        known = (viewer.role, routes()[route].callback.action, route.startswith("api_"))
        if _answer(viewer, "get", theirs)[0] not in REFUSED or known in seen:
            continue
        seen.add(known)
        apart.append((_least(viewer, theirs, never), str(viewer), route))
    worst = max(apart)
    report("404 twins, time", f"{len(apart)} pairs of {TRIES} interleaved tries, medians at most {worst[0]:.1%} apart")
    assert [each for each in apart if each[0] > APART] == []


def _twins(crawl, addresses):
    """(who asks, route, address of another's, of what never was, of what cannot be) for all that names something."""
    for who, place, like in ASKED:
        for route in routes():
            named = [each for each in PAGES[route].address if each in NEVER]
            if named:
                never = NEVER | ({"code": crawl.world.organisations[like].code} if like else {})
                paths = [addresses.renamed(route, place, **{named[-1]: each[named[-1]]}) for each in (never, MALFORMED)]
                yield crawl.world.viewers[who], route, addresses.of(route, place)[0].path, *paths


def _answer(viewer, method, path):
    """(status, body, headers) without what differs by chance."""
    with undone(viewer):
        response = getattr(viewer.client, method)(path)
    headers = {key: value for key, value in response.headers.items() if key not in CHANGING}
    return response.status_code, response.content, headers


def _deletable(crawl):
    """What belongs to somebody else and can go without a trace: (who asks, route, its rows)."""
    reader = crawl.world.person(NDG, NDG)
    yield (UPDATE, "administrator"), "revoke_token", ApiToken.objects.filter(person=crawl.world.person(FULL, "viewer"))
    yield (NDG, "another"), "file", RequestedFile.objects.filter(asked_by=reader)
    yield (NDG, "another"), "file_download", RequestedFile.objects.filter(asked_by=reader)


def _least(viewer, theirs, never) -> float:
    """The least of a few attempts: other work on the machine makes some of them go wrong."""
    for _ in range(ATTEMPTS):
        found = _difference(viewer, theirs, never)
        if found <= APART:
            break
    return found


def _difference(viewer, theirs, never) -> float:
    """How far the medians of interleaved tries lie apart, as a share of the smaller."""
    times = {theirs: [], never: []}
    gc.disable()
    for turn in range(TRIES):
        for path in ((theirs, never), (never, theirs))[turn % 2]:
            with undone(viewer):
                begun = perf_counter()
                viewer.client.get(path)
                times[path].append(perf_counter() - begun)
    gc.enable()
    low, high = sorted(statistics.median(each) for each in times.values())
    return high / low - 1
