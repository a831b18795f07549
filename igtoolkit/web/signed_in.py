"""A request as it reaches an organisation's page: the gate let a person in, and arrival was noted."""

from datetime import datetime

from django.http import HttpRequest

from igtoolkit.records.models import Person


class SignedIn(HttpRequest):
    """For typing alone: no request is made of this class."""

    user: Person
    arrived: datetime
