"""Every address of the API, below /api/v1/."""

from django.urls import path

from igtoolkit.api import service
from igtoolkit.api.reference import openapi, reference
from igtoolkit.api.views import published, recorded, register, reports

OPERATIONS = (register, recorded, reports, published)  # each adds its operations when it is read

urlpatterns = [
    path("", reference, name="api"),
    path("openapi.json", openapi, name="api_openapi"),
    *service.urls(),
]
