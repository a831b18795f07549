"""The API's door: who asks, by token or session, and refusals that programs can read.

What they may read is decided where the pages decide it: by `access.gate.allow`. The API only reads, so nothing a
browser can be tricked into sending with its session changes anything, and no form protection is needed.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from igtoolkit.actions.tokens import bearer
from igtoolkit.api.description import is_closed
from igtoolkit.api.problems import CONTENT_TYPE, problem, turned_into_problem

Handler = Callable[[HttpRequest], HttpResponse]
ROOT = "/api/v1/"
REALM = 'Bearer realm="Information Governance Toolkit"'
ANYBODYS = "public, no-cache"  # kept by any cache, asked about each time
IN_CLEAR = "Ask over https. Others may have read what was sent: revoke its token at /account/tokens/, and make another."


def problems(handler: Handler) -> Handler:
    """Every refusal below the API's address is a problem document, wherever it was made."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        refused = request.path.startswith(ROOT) and response.status_code >= 400
        if refused and response.headers["Content-Type"] != CONTENT_TYPE:
            response = turned_into_problem(response)
        return response

    return handle


def door(handler: Handler) -> Handler:
    """Know a program by its token, and let no visitor ask about an organisation or the nation, real or invented.

    A token is good for the API alone. An answer to anybody may be kept by caches, all others by none.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return handler(request)
        response = _refused(request) or handler(request)
        anybodys = getattr(response, "is_anybodys", False)
        response.headers["Cache-Control"] = ANYBODYS if anybodys else "no-store, private"
        return response

    return handle


def _refused(request: HttpRequest) -> HttpResponse | None:
    """401 for a token that is not good, and for a visitor where they may not ask. Puts the token's person in place.

    403 for what comes in the clear to a service that is reached over https. It is not sent on to https: a program would
    follow, and nobody would notice that its token goes about readable.
    """
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return problem(403, words=IN_CLEAR)
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        person = bearer(text.strip())
        if person is None:
            return _unauthorised(f'{REALM}, error="invalid_token"')
        request.user = person
        return None
    closed = is_closed(request.path.removeprefix(ROOT))
    return _unauthorised(REALM) if closed and not request.user.is_authenticated else None


def _unauthorised(challenge: str) -> HttpResponse:
    response = problem(401)
    response.headers["WWW-Authenticate"] = challenge
    return response
