"""The day on which the changes of these tests are made, and what the audit trail says of them."""

import json
from datetime import UTC, datetime

import pytest

from igtoolkit.records import clock

SUMMER = datetime(2015, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def summer(monkeypatch) -> datetime:
    """1 July 2015, before any deadline of the year."""
    monkeypatch.setattr(clock, "now", lambda: SUMMER)
    return SUMMER


@pytest.fixture
def told():
    """told(organisation) -> [(event, by, facts)] of its chain, oldest first; without the salt, which is random."""

    def read(organisation) -> list[tuple[str, str, dict]]:
        rows = organisation.events.order_by("number")
        return [(each.event, each.by, _unsalted(json.loads(each.facts))) for each in rows]

    return read


def _unsalted(facts: dict) -> dict:
    return {name: each for name, each in facts.items() if name != "salt"}
