"""What was typed into a form whose page cannot be made: given back to be read, and to be sent once more.

Passwords, codes and files are never given back, and nothing that another site's page sent in a person's name.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

MOST = 200_000  # bytes: a requirement with every comment and piece of evidence at its longest has less
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a field's name)
SECRET = re.compile(r"password|passcode|passphrase|secret|otp|credential|recovery", re.IGNORECASE)
ONCE = re.compile(r"code|token")  # where people sign in, these are worth as much as a password
SIGNING_IN = ("/sign-in/", "/sign-out/", "/account/")
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sent:
    """A posted form. fields: (name, value) in order, repeats kept; files: their names as the sender had them.

    has_secrets: a password or a code was in it, and is left out. is_too_much: over 200 kB, so that none is kept.
    """

    fields: Fields = ()
    files: tuple[str, ...] = ()
    has_secrets: bool = False
    is_too_much: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether sending `fields` again is sending the same again."""
        return not (self.files or self.has_secrets or self.is_too_much)


NOTHING = Sent()


def typed(request: HttpRequest) -> Fields:
    """The fields of a POST that may be given back: () for another method, another site's form, or too much."""
    return sent(request).fields


def sent(request: HttpRequest) -> Sent:
    """What a POST carried. It asks neither the database nor the session, and raises nothing."""
    if request.method != "POST" or not is_ours(request):
        return NOTHING
    try:
        told = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
        files = tuple(str(each.name) for _, several in request.FILES.lists() for each in several)
    except UNREADABLE:
        return NOTHING
    kept = tuple(each for each in told if not is_secret(request, each[0]))
    if sum(len(name.encode()) + len(value.encode()) for name, value in kept) > MOST:
        return Sent((), files, len(kept) < len(told), is_too_much=True)
    return Sent(kept, files, len(kept) < len(told))


def is_secret(request: HttpRequest, name: str) -> bool:
    """Whether a field holds what proves who somebody is."""
    return bool(SECRET.search(name) or (request.path.startswith(SIGNING_IN) and ONCE.search(name)))


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this service, or says nothing at all.

    A page that gave another site's form back with a fresh token would only need a press of its button.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    return site in ("same-origin", "none") and (not origin or urlsplit(origin).netloc == request.META.get("HTTP_HOST"))
