"""The rules of the standard on thousands of small frameworks and records: everyday runs try some in tests/standard."""

import pytest

from tests.proofs import PROVING

pytestmark = pytest.mark.sqlite_only  # it meets no database: once is enough

if PROVING:
    from tests.standard.conftest import acute, igt_13  # noqa: F401 (fixtures)
    from tests.standard.test_cheapest import *  # noqa: F403
    from tests.standard.test_properties import *  # noqa: F403
