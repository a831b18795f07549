"""The trust in each state its assessment can be in, and a browser for each person."""

import pytest
from django.conf import settings
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment
from igtoolkit.standard.words import Stage
from tests.access.nation import nation  # noqa: F401 (a fixture)
from tests.access.pages import BASELINE, CLOSED, COLUMNS, NONE, REOPENED, STARTED, UPDATE
from tests.conftest import make_person, record, stand_ready, started, submit_final
from tests.worlds import world


@world
def sessions(cast) -> dict[str, str]:
    """{column letter: the session in which that person is signed in}."""
    gone = make_person("gone", cast.ada.organisation, "administrator")
    people = [cast.dev, cast.cleo, cast.ben, cast.con, cast.rex, cast.ada, cast.nia, cast.sam, gone]
    signed_in = {}
    for letter, person in zip(COLUMNS[1:], people, strict=True):
        client = Client()
        client.force_login(person)
        signed_in[letter] = client.cookies[settings.SESSION_COOKIE_NAME].value
    gone.is_active = False
    gone.save()
    return signed_in


@pytest.fixture
def browsers(sessions) -> dict[str, Client]:
    """{column letter: a client signed in as that person}."""
    clients = {letter: Client(raise_request_exception=False) for letter in COLUMNS}
    for letter, session in sessions.items():
        clients[letter].cookies[settings.SESSION_COOKIE_NAME] = session
    return clients


def bring_to(state: str, cast) -> Assessment | None:
    """DMA001's assessment in this state."""
    if state == NONE:
        return None
    assessment = started(cast.ada)
    record(assessment, {"13-202": 2, "13-206": 1, "13-101": 3}, by=cast.ada)
    stages = {
        STARTED: (),
        BASELINE: (Stage.BASELINE,),
        UPDATE: (Stage.BASELINE, Stage.UPDATE),
        CLOSED: (Stage.BASELINE,),
        REOPENED: (Stage.BASELINE,),
    }
    for stage in stages[state]:
        submit(assessment, stage, key=f"key {stage}", arrived=clock.now(), by=cast.ada)
    if state in (CLOSED, REOPENED):
        submit_final(stand_ready(assessment, cast), by=cast.ada, at=clock.now())
    if state == REOPENED:
        reopen_final(scope.find_assessment(cast.ada, "DMA001", "2015-16"), by=cast.ada)
    return scope.find_assessment(cast.ada, "DMA001", "2015-16")
