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
    """told(organisation) -> [(event, by, facts)] of its chain, oldest first."""

    def read(organisation) -> list[tuple[str, str, dict]]:
        return [(each.event, each.by, json.loads(each.facts)) for each in organisation.events.order_by("number")]

    return read
