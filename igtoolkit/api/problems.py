"""What a refusal of the API looks like: RFC 9457 problem details, the same bytes every time.

Like the pages' refusals they carry no path, time or name, so that an organisation that may not be seen and one
that does not exist cannot be told apart.
"""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from igtoolkit.reports.forms import json_bytes

CONTENT_TYPE = "application/problem+json"
WHAT_TO_DO = {
    400: "The request could not be read. Check its address and headers, then send it again.",
    401: "Send a token of yours that is not revoked as “Authorization: Bearer igt_…”, or sign in. "
    "You make tokens at /account/tokens/.",
    403: "Your login does not allow this. /api/v1/ says who may read what.",
    404: "There is nothing at this address, or nothing that you may read. Check the code, the year and the stage: "
    "/api/v1/organisations/ lists the organisations you may read, /api/v1/years/ the years and stages.",
    405: "The API only reads: use GET or HEAD.",
    412: "The answer is not, or no longer, the one you named in If-Match. Ask again without it.",
    413: "The request is too large. The API only reads: send no body.",
    422: "A parameter cannot be used. “errors” says which, and what it must be.",
    500: "Something went wrong here. Try again; if it goes on, write to the address on the help page.",
    503: "The service cannot do this just now. Ask again after as many seconds as Retry-After says.",
}


def problem(status: int, errors: list[dict[str, str]] | None = None, *, words: str = "") -> HttpResponse:
    """The refusal with this status. errors: for 422, each parameter and what is wrong with it. words: what to do, where
    it is not what the status says."""
    plain = errors is None and not words
    return HttpResponse(_content(status) if plain else _written(status, errors, words=words), CONTENT_TYPE, status)


def turned_into_problem(response: HttpResponse) -> HttpResponse:
    """A refusal made for people, told as one for programs: its headers stay, its words change."""
    response.content = _content(response.status_code, getattr(response, "reference", ""))
    response.headers["Content-Type"] = CONTENT_TYPE
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _content(status: int, reference: str = "") -> bytes:
    """reference: what ties a fault to its line in the log; a 403 and a 404 have none."""
    return _written(status, reference=reference) if reference else _plain(status)


@cache
def _plain(status: int) -> bytes:
    return _written(status)


def _written(status: int, errors: list[dict[str, str]] | None = None, reference: str = "", *, words: str = "") -> bytes:
    told: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    told["detail"] = words or WHAT_TO_DO.get(status, WHAT_TO_DO[400 if status < 500 else 500])
    told |= {"reference": reference} if reference else {}
    return json_bytes(told if errors is None else {**told, "errors": errors})
