"""An answer of the API: JSON bytes under a strong ETag, which is the SHA-256 of exactly those bytes."""

import hashlib
import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date


def answer(
    request: HttpRequest, told: object, *, modified: datetime | None = None, anybodys: bool = False
) -> HttpResponse:
    """What was asked for, or 304 when the asker holds it already.

    told: plain values, or the bytes themselves. modified: when what is frozen was made; it is told, but whether a
    copy is still good goes by the ETag alone: the address of a stage may come to mean an older submission, when
    a code changes hands. anybodys: the same for everyone, so that caches may keep it.
    """
    content = told if isinstance(told, bytes) else _written(told)
    response = HttpResponse(content, content_type="application/json")
    response.headers["ETag"] = etag = f'"{hashlib.sha256(content).hexdigest()}"'
    if modified:
        response.headers["Last-Modified"] = http_date(modified.timestamp())
    found = get_conditional_response(request, etag=etag, response=response) or response
    found.is_anybodys = anybodys and found.status_code in (200, 304)  # type: ignore[attr-defined]
    return found


def _written(told: object) -> bytes:
    """UTF-8 JSON without spaces: laid out for reading, a long page takes four times as long to write."""
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
