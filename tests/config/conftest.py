"""Running the command as somebody at a terminal would."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from igtoolkit.config.commands import igtoolkit

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs `igtoolkit` with these words; a traceback where plain words belong fails the test."""

    def invoke(*words: str, typed: str = "") -> Result:
        result = CliRunner().invoke(igtoolkit, [str(each) for each in words], input=typed, prog_name="igtoolkit")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
