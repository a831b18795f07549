"""The trust in each state its assessment can be in, and a browser for each person."""

import pytest
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment
from igtoolkit.standard.words import Stage
from tests.access.pages import BASELINE, CLOSED, COLUMNS, NONE, REOPENED, STARTED, UPDATE
from tests.conftest import make_person, record, stand_ready, started, submit_final


@pytest.fixture
def browsers(cast) -> dict[str, Client]:
    """{column letter: a client signed in as that person}."""
    gone = make_person("gone", cast.ada.organisation, "administrator")
    people = [None, cast.dev, cast.cleo, cast.ben, cast.con, cast.rex, cast.ada, cast.nia, cast.sam, gone]
    clients = {}
    for letter, person in zip(COLUMNS, people, strict=True):
        clients[letter] = Client(raise_request_exception=False)
        if person:
            clients[letter].force_login(person)
    gone.is_active = False
    gone.save()
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
