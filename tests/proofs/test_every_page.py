"""The table of who gets what and the twins of a refusal, in full: everybody, every state, every method, every code.

`make test` asks of them what stands in tests/access: everybody in the state that has most in it, and before it those
people to whom the state makes a difference.
"""

import pytest

from tests.access.conftest import browsers, sessions  # noqa: F401 (fixtures)
from tests.access.test_pages import (  # noqa: F401 (facts, asked again)
    papers_are_drawn_quickly,
    test_each_person_gets_what_the_table_says,
    test_other_methods_change_nothing_and_let_nobody_in,
)
from tests.access.test_twins import seen, submitted, test_a_foreign_trust_and_an_invented_one_are_twins  # noqa: F401
from tests.proofs import PROVING

pytestmark = pytest.mark.skipif(not PROVING, reason="in short these are asked in tests/access")
