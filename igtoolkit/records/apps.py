from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class Records(AppConfig):
    """What organisations told us, and when."""

    name = "igtoolkit.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        post_migrate.connect(_wall, sender=self, dispatch_uid="igtoolkit.records.rows")


def _wall(using: str, **rest: Any) -> None:
    """Tables that any library's migration adds are opened to the web server's role, and ours stand behind walls."""
    from igtoolkit.records import rows

    if set(rows.WALLS) <= set(connections[using].introspection.table_names()):
        rows.install(connections[using])
