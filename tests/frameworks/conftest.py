import pytest

from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.loading import load


@pytest.fixture(scope="session")
def igt_13() -> Framework:
    """The real framework."""
    return load(FOLDER / "igt-13")


@pytest.fixture(scope="session")
def igt_11() -> Framework:
    """The real framework of 2013-14."""
    return load(FOLDER / "igt-11")


@pytest.fixture(scope="session")
def trusts(igt_13: Framework) -> tuple[Requirement, ...]:
    """The requirements of version 13 in the words for trusts."""
    return tuple(each for each in igt_13.requirements if each.group == "trust")
