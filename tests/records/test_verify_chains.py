"""The bytes that `verify` hashes are those of the canonical form, whatever an event says."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igtoolkit.records.models import AuditEvent
from igtoolkit.reports.verify_chains import links, reckoned
from tests.records.test_verify import make_submissions

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@settings(deadline=None)
@given(
    chain=TEXT,
    number=st.integers(0, 2**31),
    event=TEXT,
    by=TEXT,
    facts=TEXT,
    previous=TEXT,
    at=st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
)
def test_bytes_put_together_by_hand_are_the_canonical_form(at, **said):
    event = AuditEvent(at=at, **said)
    assert reckoned(at=event.told()["at"], **said) == event.reckoned_hash()


@pytest.mark.parametrize("microsecond", [0, 250, 120_000])
def test_the_database_writes_an_instant_as_the_hash_has_it(cast, microsecond, monkeypatch):
    from igtoolkit.records import clock

    monkeypatch.setattr(clock, "now", lambda: datetime(2015, 10, 25, 1, 30, 15, microsecond, tzinfo=UTC))
    make_submissions(cast)
    assert {each[3] for each in links()} == {f"2015-10-25T01:30:15.{microsecond:06}Z"}
