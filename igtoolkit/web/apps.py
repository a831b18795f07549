from django.apps import AppConfig


class Web(AppConfig):
    """How people see the service."""

    name = "igtoolkit.web"
    label = "web"
