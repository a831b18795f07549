"""Each filter, condition and clause of the rules of access is taken away in turn: a fact of access must then fail.

The facts are those of tests/access/test_who*.py and the table of docs/access.md, asked again in this process with the
changed code in the place of the running one.
"""

import copy
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from igtoolkit.access.table import markdown
from tests.access import test_who, test_who_at_the_door, test_who_by_code, test_who_may, test_who_of_the_nation
from tests.access.nation import nation  # noqa: F401 (a fixture)
from tests.proofs import full, report
from tests.proofs.alike import ALIKE
from tests.proofs.mutants import Mutant, mutants

SEED = int(os.environ.get("IGTOOLKIT_SEED", "5"))
FILES = (test_who, test_who_may, test_who_by_code, test_who_of_the_nation, test_who_at_the_door)
FACTS = [fact for file in FILES for name, fact in vars(file).items() if name.startswith("test_")]


class Undone(Exception):
    """Thrown to roll a fact's rows back."""


def holds(fact: Callable[..., None], *given: Any) -> bool:
    """Whether a fact of the service still is one. What it wrote is rolled back."""
    cache.clear()
    try:
        with transaction.atomic():
            fact(*copy.deepcopy(given))
            raise Undone
    except Undone:
        return True
    except (Exception, pytest.fail.Exception):  # the second: nothing was raised that should be
        return False


def is_seen(mutant: Mutant, cast: Any, nation: Any, table: str) -> bool:  # noqa: F811
    with mutant.applied():
        return not holds(lambda: _same(table)) or any(not holds(fact, cast, nation) for fact in FACTS)


def _same(table: str) -> None:
    assert markdown() == table


def test_every_change_is_seen(cast, nation):  # noqa: F811
    table = markdown()
    assert [fact.__name__ for fact in FACTS if not holds(fact, cast, nation)] == [], "though nothing was changed"
    tried = [each for each in mutants() if each.words not in ALIKE]
    chosen = random.Random(SEED).sample(tried, full(6, len(tried)))
    alive = [each.words for each in chosen if not is_seen(each, cast, nation, table)]
    seen = len(chosen) - len(alive)
    report("scope mutations", f"{len(chosen)} changes (seed {SEED}), {seen} seen; {len(ALIKE)} more change nothing")
    assert alive == []


def test_what_is_said_to_change_nothing_is_still_there():
    assert set(ALIKE) <= {each.words for each in mutants()}
    assert all(ALIKE.values())
