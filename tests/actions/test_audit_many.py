"""Telling many organisations' trails at once: the same chains as one at a time, and one writer at a time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import Telling, audit, audit_many
from igtoolkit.actions.support import _held
from igtoolkit.actions.tokens import _held as _held_person
from igtoolkit.records import clock
from igtoolkit.records.models import AuditEvent, Organisation, SavedView
from igtoolkit.reports.verify import verify
from tests.conftest import make_organisation, make_person


def chains() -> list[tuple[str, int, str]]:
    rows = everything(AuditEvent, reason="a test looks at all").order_by("chain", "number")
    return list(rows.values_list("chain", "number", "event"))


def tell(*organisations: Organisation, event: str = "organisation_added") -> None:
    audit_many([Telling(each, event, {"year": "2015-16"}) for each in organisations], by=None)


@pytest.mark.django_db
def test_new_and_old_chains_go_on_together():
    one, other = make_organisation("R1A"), make_organisation("R1B")
    audit(one, "person_added", by=None)
    tell(one, other)
    audit(other, "person_added", by=None)
    assert chains() == [
        ("R1A", 1, "person_added"),
        ("R1A", 2, "organisation_added"),
        ("R1B", 1, "organisation_added"),
        ("R1B", 2, "person_added"),
    ]
    assert list(verify(Counter())) == []


@pytest.mark.django_db
def test_bodies_that_had_one_code_get_chains_of_their_own():
    old, new = make_organisation("R1A~1"), make_organisation("R1A")
    tell(old, new)
    assert [chain for chain, *_ in chains()] == ["R1A", "R1A~2"]
    assert list(verify(Counter())) == []


@pytest.mark.django_db
def test_an_organisation_is_told_once_at_a_time():
    made = make_organisation("R1A")
    with pytest.raises(ValueError, match="One event for each organisation"):
        tell(made, made)


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_organisations(django_assert_max_num_queries):
    made = [make_organisation(f"R{number:03}") for number in range(60)]
    with django_assert_max_num_queries(5):
        tell(*made)


@pytest.mark.parametrize("hold", [_held, _held_person], ids=["their organisation", "themself"])
def test_who_holds_a_row_and_then_tells_never_waits_in_a_ring(committed, hold):
    """A row that points at what is held is written meanwhile: on PostgreSQL its key is looked at as that ends."""
    trust = make_organisation("R1A")
    ada = make_person("ada", trust, "administrator")
    held, told = Event(), Event()

    def hold_then_tell() -> None:
        try:
            with transaction.atomic():
                hold(ada)
                held.set()
                told.wait(10 if connection.vendor == "postgresql" else 0.1)  # SQLite has one writer at a time
                audit(trust, "person_changed", by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(hold_then_tell)
        held.wait(10)
        with transaction.atomic():
            tell(trust)
            if connection.vendor == "postgresql":
                SavedView.objects.create(owner=ada, name="x", created_at=clock.now(), changed_at=clock.now())
            told.set()
            sleep(0.1)  # by now the other waits for the chain
        first.result(10)
    assert len(chains()) == 2


def test_one_at_a_time_and_many_at_once_never_fork_a_chain(committed):
    made = [make_organisation(f"R{number:03}") for number in range(20)]

    def write(turn: int) -> None:
        try:
            with transaction.atomic():
                if turn % 2:
                    tell(*made, event=f"many_{turn}")
                else:
                    audit(made[turn % 20], f"one_{turn}", by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(16)))
    assert len(chains()) == 8 * 20 + 8
    assert list(verify(Counter())) == []
