"""Whom to tell of a hole: /.well-known/security.txt, as RFC 9116 asks."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action

EXPIRES = datetime(2027, 10, 31, tzinfo=UTC)  # renewed with a release; a test fails a month before


@allow(Action.VIEW_PUBLIC_PAGE)
def security_txt(request: HttpRequest) -> HttpResponse:
    lines = (
        f"Contact: mailto:{settings.SECURITY_ADDRESS}",
        f"Expires: {EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_ADDRESS}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
