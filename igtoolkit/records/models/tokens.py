"""Tokens with which a person's programs use the API."""

from django.db import models
from django.db.models import Q

from igtoolkit.records.models.people import Person


class ApiToken(models.Model):
    """One token of one person: the token itself is shown once and never kept, only its digest."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100, help_text="What it is for, in the person's words.")
    begins = models.CharField(max_length=12, help_text="How the token begins, to tell one from another.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    created_at = models.DateTimeField()
    used_on = models.DateField(null=True, help_text="The last day it was used.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_token_has_a_name")]

    def __str__(self) -> str:
        return f"{self.begins}… {self.name}"
