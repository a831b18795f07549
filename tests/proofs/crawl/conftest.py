"""One world for all of the crawl, in a database of its own; each request is undone after it."""

import random
from collections.abc import Iterator

import pytest

from tests import databases
from tests.proofs import seeds
from tests.proofs.crawl import lives
from tests.proofs.crawl.addresses import Addresses
from tests.proofs.crawl.asking import Crawl, all_logged
from tests.proofs.crawl.world import World


@pytest.fixture(scope="package")
def world(template, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("crawl")
    with django_db_blocker.unblock(), databases.used(databases.copy_of(template, folder)):
        yield lives.build()


@pytest.fixture
def crawl(world) -> Iterator[Crawl]:
    with all_logged() as log:
        yield Crawl(world, log)


@pytest.fixture
def dice() -> random.Random:
    """What the short form asks is drawn with these: another part of the crawl each time, told to be played again."""
    number = seeds.seed(random.SystemRandom().randrange(10**9))
    seeds.announce(number, "crawl")
    return random.Random(number)


@pytest.fixture(scope="package")
def addresses(world) -> Addresses:
    return Addresses(world)
