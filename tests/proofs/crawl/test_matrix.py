"""Every address of the service, by everybody, by every method, about organisations in every state."""

from collections import defaultdict
from random import Random

from tests.access.pages import PAGES
from tests.proofs import PROVING, report
from tests.proofs.crawl.addresses import routes
from tests.proofs.crawl.questions import Question, dangerous, questions
from tests.proofs.crawl.world import NOWHERE

SAMPLE = 300  # questions beside one GET of each route by each of the dangerous


def test_every_route_is_crawled_and_has_its_row():
    assert sorted(routes()) == sorted(PAGES), "a route needs its row in tests/access/pages.py to be crawled"


def test_nobody_is_shown_what_is_anothers(crawl, addresses, dice):
    asked = list(questions(crawl.world.viewers, addresses))
    if not PROVING:
        asked = _some_of(asked, dice)
    for each in asked:
        viewer = crawl.world.viewers[each.who]
        token = each.token and viewer.place != NOWHERE
        crawl.ask(viewer, each.method, each.path, each.route, token=token)
    told = f"{len(crawl.routes)} routes, {crawl.requests:,} requests, {crawl.searched:,} bytes searched"
    report("canary crawl", f"{told}, {len(crawl.world.canaries.known)} canaries, {len(crawl.leaks)} leaks")
    assert not crawl.leaks, "\n".join(crawl.leaks[:40])
    assert crawl.routes == set(routes())
    assert crawl.faults == []


def _some_of(asked: list[Question], dice: Random) -> list[Question]:
    """One GET of every route by each of the dangerous, and a few of all the others."""
    found = defaultdict(list)
    for each in asked:
        if each.method == "GET" and each.who in dangerous():
            found[each.who, each.route].append(each)
    return [*(dice.choice(each) for each in found.values()), *dice.sample(asked, SAMPLE)]
