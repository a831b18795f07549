"""The pages around Final, on a phone and on a desk: no violation that axe can find."""

from datetime import UTC, datetime

import pytest

from igtoolkit.access import scope
from igtoolkit.actions.finals import reopen_final
from tests.conftest import mark_complete, record, register, stand_ready, started, submit_final

PLACE = "/organisations/DMA001/2015-16/"
MARCH = datetime(2016, 3, 30, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def lived(service):
    """DMA001 half way to Final, and what comes after it at DMA002: published, with the next year begun."""
    cast = service.cast
    draft = started(cast.ada)
    record(draft, {"13-101": 2, "13-105": 1, "13-202": 0}, by=cast.con)
    mark_complete(draft, ["13-101", "13-105"], by=cast.con)
    submit_final(stand_ready(started(cast.cleo), cast, 1), by=cast.cleo, at=MARCH)
    register(cast.cleo.organisation, year="2016-17")
    started(cast.cleo, "2016-17")
    return service


def test_on_the_way_to_final(lived, window):
    for person, paths in (
        (lived.cast.ada, ("", "?show=unconfirmed", "final/submit/", "one-person/")),
        (lived.cast.rex, ("requirements/13-101/",)),
    ):
        seen = window()
        seen.sign_in(person)
        for path in paths:
            seen.open(PLACE + path)
            seen.check_accessible()


def test_once_final_is_submitted(lived, window):
    other = PLACE.replace("DMA001", "DMA002")
    visitor = window()
    for path in ("/published/DMA002/2015-16/", "/?q=DMA00"):
        visitor.open(path)
        visitor.check_accessible()
    seen = window()
    seen.sign_in(lived.cast.cleo)
    following = other.replace("2015-16", "2016-17")
    for path in (other, other + "reopen/", other + "final/submitted/", following, following + "requirements/13-101/"):
        seen.open(path)
        seen.check_accessible()


def test_final_refused_without_the_assurance(lived, window):
    """The last of this file: it opens again what the others look at."""
    cleo = lived.cast.cleo
    reopen_final(scope.find_assessment(cleo, "DMA002", "2015-16"), by=cleo)
    seen = window(refusals=(422,))
    seen.sign_in(cleo)
    page = seen.open(PLACE.replace("DMA001", "DMA002") + "final/submit/")
    page.fill("[name=reason]", "A spelling")
    page.get_by_role("button", name="Submit the correction").click()
    seen.titled("Error: ")
    seen.check_accessible()
