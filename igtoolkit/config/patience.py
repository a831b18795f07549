"""How long a page waits for PostgreSQL before it says that it cannot do it now. Commands and the worker have no limit.

A web server that waits without end has soon no thread left even to say so. What the address in IGTOOLKIT_DATABASE
says itself (`?connect_timeout=10`) stands. SQLite waits 20 seconds for its lock, whoever asks (config/places.py).
"""

from typing import Any

from django.db import connections
from django.db.backends.signals import connection_created

# Seconds to be let in; milliseconds and seconds after which a silent network counts as broken.
CONNECTING = {
    "connect_timeout": "3",
    "tcp_user_timeout": "5000",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}
STATEMENT, LOCK, IDLE_WITHIN = "20s", "10s", "60s"
_LIMIT = (
    "SELECT set_config('statement_timeout', %s, false), set_config('lock_timeout', %s, false), "
    "set_config('idle_in_transaction_session_timeout', %s, false)"
)


def hurry() -> None:
    """From now on this process gives up early. A web server says so as it starts."""
    for each in connections.all():
        if each.vendor == "postgresql":
            options = each.settings_dict["OPTIONS"]
            options.update({**CONNECTING, **options})
    connection_created.connect(_limit, dispatch_uid="igtoolkit.config.patience")


def _limit(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            cursor.execute(_LIMIT, [STATEMENT, LOCK, IDLE_WITHIN])
