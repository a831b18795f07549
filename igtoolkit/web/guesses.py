"""How often a login, and a network, may be tried: enough for a whole trust on a deadline's night, no guessing.

Failures are counted by login and network together: nobody can lock a rival out from elsewhere, and the right password
from another network still works. Nothing is locked for ever: the longest wait is five minutes.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from igtoolkit.actions.tries import Limit, seconds_to_wait
from igtoolkit.web.tries import network

TOO_MANY = "Too many tries have failed. Wait {}, then try again"
ASKED_OFTEN = "A link was asked for several times. Wait {}, then ask again, or look among unwanted mail"
CODE = "too_many"
FIVE_MINUTES = 300


def sign_in_limits(request: HttpRequest, login: str) -> list[Limit]:
    """What a failed try counts against: this login from this network, and all of the network's failures."""
    place = network(request)
    return [
        Limit("sign-in", f"{login.lower()} {place}", 10, FIVE_MINUTES, pause=30),
        Limit("sign-in from", place, 200, FIVE_MINUTES, pause=30),
    ]


def link_limits(request: HttpRequest, login: str) -> list[Limit]:
    """What asking for a link counts against."""
    place = network(request)
    return [
        Limit("forgotten", f"{login.lower()} {place}", 5, FIVE_MINUTES),
        Limit("forgotten from", place, 60, FIVE_MINUTES),
    ]


def count_or_refuse(request: HttpRequest, limits: list[Limit], words: str = TOO_MANY) -> None:
    """Count a try. Raises ValidationError, saying for how long to wait, when there were too many."""
    wait = seconds_to_wait(limits)
    if wait:
        request.wait = wait  # type: ignore[attr-defined]
        raise ValidationError(words.format(spelt(wait)), code=CODE)


def waiting(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """429 with the seconds to wait, if the page says that there were too many tries."""
    wait = getattr(request, "wait", 0)
    if wait:
        response.status_code = 429
        response.headers["Retry-After"] = str(wait)
    return response


def spelt(seconds: int) -> str:
    """45 seconds, 5 minutes: rounded up."""
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
