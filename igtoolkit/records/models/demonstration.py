"""The mark that a database holds the demonstration nation, and its clock."""

from django.db import models


class Demonstration(models.Model):
    """At most one row. Its presence is demonstration mode: invented data, its own clock."""

    clock_starts = models.DateTimeField(help_text="What the demonstration's clock showed when it began.")
    began = models.DateTimeField(help_text="When it began, by the real clock.")

    def __str__(self) -> str:
        return f"Demonstration from {self.clock_starts:%d %B %Y}"
