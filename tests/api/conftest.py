"""The trust with a Baseline and a published Final, and programs that ask with a token."""

import json
from dataclasses import dataclass

from django.test import Client

from igtoolkit.actions.tokens import make_token
from tests.access.conftest import bring_to
from tests.access.pages import BASELINE, CLOSED
from tests.worlds import world

TRUST = "/api/v1/organisations/DMA001/2015-16/"
NATION = "/api/v1/national/2015-16/baseline/caldicott2/"
PUBLISHED = "/api/v1/published/DMA001/2015-16/"


@dataclass(frozen=True)
class Program:
    """Something that asks with a token and no session."""

    token: str

    def get(self, path, **headers):
        return Client().get(path, headers={"Authorization": f"Bearer {self.token}", **headers})

    def read(self, path):
        response = self.get(path)
        assert response.status_code == 200, (path, response.content)
        return json.loads(response.content)


def program_of(person, name="a program") -> Program:
    return Program(make_token(name, by=person)[1])


@world
def baseline(cast):
    """DMA001 has submitted its Baseline."""
    return bring_to(BASELINE, cast)


@world
def final(cast):
    """DMA001 has submitted its Baseline and its Final."""
    return bring_to(CLOSED, cast)
