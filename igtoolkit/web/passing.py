"""Passing messages: said once, on the next page, and kept by the browser until then, sealed.

In the session each would be two more writes of the database, one to keep it and one to forget it, and every write waits
for the disk: whoever saves an answer in the deadline hour would wait three times.
"""

import base64
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from igtoolkit.web.kept import HOST


class Seal:
    """Stands for Django's signer. What it seals is read and made by nobody else, and in no other session."""

    def __init__(self, session: str | None) -> None:
        secret = salted_hmac("igtoolkit.told", session or "", algorithm="sha256").digest()
        self.fernet = Fernet(base64.urlsafe_b64encode(secret))

    def sign_object(self, found: object, serializer: type[Any], **kwargs: object) -> str:
        return self.fernet.encrypt(serializer().dumps(found)).decode("ascii")

    def unsign_object(self, sealed: str, serializer: type[Any]) -> Any:
        """Raises BadSignature for what was not sealed in this session."""
        try:
            return serializer().loads(self.fernet.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise BadSignature from error


class Cookie(CookieStorage):
    """Who signs in next at the same browser is told nothing that was for somebody else."""

    cookie_name = f"{HOST}told"

    def __init__(self, request: HttpRequest) -> None:
        BaseStorage.__init__(self, request)

    @property
    def signer(self) -> Seal:
        """Of the session as it is now: signing in and out change it between reading and keeping."""
        return Seal(self.request.session.session_key)


class Passing(FallbackStorage):
    """What is too long for a cookie is kept in the session."""

    storage_classes = (Cookie, SessionStorage)
