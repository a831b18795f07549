from django.apps import AppConfig


class Web(AppConfig):
    """How people see the service."""

    name = "igtoolkit.web"
    label = "web"

    def ready(self) -> None:
        from igtoolkit.web import sessions  # noqa: F401 (it listens to signing in)
