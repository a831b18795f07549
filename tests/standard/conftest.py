import pytest

from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.loading import load


@pytest.fixture(scope="session")
def igt_13() -> Framework:
    """The real framework: a test that names it needs its requirement files."""
    return load(FOLDER / "igt-13")


@pytest.fixture
def acute(igt_13: Framework) -> Framework:
    """The 45 requirements of an acute trust."""
    return igt_13.for_kind("acute")
