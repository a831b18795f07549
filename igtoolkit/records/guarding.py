"""Rows that belong to one organisation are reached through scope, never by an open query."""

from typing import Any

from django.db import models


class Unscoped(RuntimeError):
    """Somebody asked for tenant rows without saying for whom."""


class GuardedManager(models.Manager[Any]):
    """Refuses open queries; `organisation.assessments` and the like go through, for the owner was scoped.

    access/ starts from `Model.unscoped`. A test holds every other room to that.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        if getattr(self, "instance", None) is None:
            raise Unscoped(
                f"{self.model.__name__} rows belong to an organisation: ask igtoolkit.access.scope for them."
            )
        return super().get_queryset()


class Tenant(models.Model):
    """A row that belongs to one organisation."""

    objects = GuardedManager()
    unscoped = models.Manager()  # noqa: DJ012 (a manager, which the rule takes for a field)

    class Meta:
        abstract = True
