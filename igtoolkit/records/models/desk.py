"""What the National Data Guardian's readers keep at their desk: saved views, and files made for them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from igtoolkit.records.models.people import Person

KEPT = timedelta(hours=24)  # a file that was made for somebody


class SavedView(models.Model):
    """A national report as somebody looked at it: its year, stage, filters and order, with a note. For every reader."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=100)
    note = models.TextField(blank=True, max_length=2_000)
    year = models.CharField(max_length=7)
    stage = models.CharField(max_length=10)
    query = models.CharField(blank=True, max_length=1_000, help_text="What the address asks: kind=acute&sort=met.")
    version = models.PositiveIntegerField(default=1, help_text="Counts saves; a stale form is refused.")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_view_has_a_name")]

    def __str__(self) -> str:
        return self.name


class RequestedFile(models.Model):
    """A file that takes a while to make: asked for by one person, made by the worker, fetched by them alone."""

    class What(models.TextChoices):
        NATIONAL_PDF = "national_pdf", "National report, PDF"
        NATIONAL_XLSX = "national_xlsx", "National report, Excel"
        NATIONAL_CSV = "national_csv", "National report, CSV"
        NATIONAL_JSON = "national_json", "National report, JSON"
        BOARD_PDFS = "board_pdfs", "Every board report, PDFs in one ZIP file"

    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="requested_files")
    what = models.CharField(max_length=20, choices=What.choices)
    year = models.CharField(max_length=7)
    stage = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0, help_text="How many parts are made.")
    total = models.PositiveIntegerField(default=0, help_text="How many parts there are; 0 until that is known.")
    finished_at = models.DateTimeField(null=True)
    failed = models.CharField(blank=True, max_length=300, help_text="What went wrong, in words for who asked.")
    name = models.CharField(blank=True, max_length=200, help_text="The name under which it is saved.")
    content = models.BinaryField(null=True)
    sha256 = models.CharField(blank=True, max_length=64)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.year} {self.stage}"
