"""Counts of what is tried too often by those who guess."""

from django.db import models


class Tries(models.Model):
    """When one thing was tried, by or on somebody: under a digest, so that nobody is named."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of what is tried, and by or on whom.")
    at = models.TextField(blank=True, help_text="When, in seconds since 1970, one after another.")
    until = models.DateTimeField(null=True, help_text="From then on none of them counts. By the machine's clock.")

    class Meta:
        verbose_name_plural = "tries"
        indexes = [models.Index("until", name="tries_by_their_end")]

    def __str__(self) -> str:
        return f"{self.key[:12]}…"
