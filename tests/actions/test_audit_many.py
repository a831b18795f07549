"""Telling many organisations' trails at once: the same chains as one at a time, and one writer at a time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from igtoolkit.access.scope import everything
from igtoolkit.actions.audit import Telling, audit, audit_many
from igtoolkit.records.models import AuditEvent, Organisation
from igtoolkit.reports.verify import verify
from tests.conftest import make_organisation


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
