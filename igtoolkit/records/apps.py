from django.apps import AppConfig


class Records(AppConfig):
    """What organisations told us, and when."""

    name = "igtoolkit.records"
    label = "records"
    verbose_name = "Records"
