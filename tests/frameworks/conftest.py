import pytest

from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.loading import load


@pytest.fixture(scope="session")
def igt_13() -> Framework:
    """The real framework."""
    return load(FOLDER / "igt-13")
