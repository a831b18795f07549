"""One world for all of the crawl, in a database of its own; each request is undone after it."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from igtoolkit.records.sessions import ASTRAY, IDLE
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
    stay_signed_in()
    with all_logged() as log:
        yield Crawl(world, log)


def stay_signed_in() -> None:
    """Each request is undone, and that a session was used with it: half an hour on, all would be visitors."""
    Session.objects.update(expire_date=datetime.now(UTC) + IDLE + ASTRAY - timedelta(minutes=5))


@pytest.fixture
def dice() -> random.Random:
    """What is asked is drawn with these: the same in `make test`, and another part of the crawl each time in full."""
    number = seeds.seed(1903)
    seeds.announce(number, "crawl")
    return random.Random(number)


@pytest.fixture(scope="package")
def addresses(world) -> Addresses:
    return Addresses(world)
