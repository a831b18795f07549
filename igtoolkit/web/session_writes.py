"""The session written at the end of a request, and what holds when that alone fails."""

import logging

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse

from igtoolkit.web.keeping import has_kept
from igtoolkit.web.unable import READS

log = logging.getLogger(__name__)


class Sessions(SessionMiddleware):
    """A page that only reads stays up, and a change that is in the database is answered as kept, though the session's
    own row could not be written: only a passing message is lost with it. Otherwise the fault is told."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Error as error:
            if request.method not in READS and not has_kept(request):
                raise
            log.warning("A session could not be written: %s", type(error).__name__)
            return response
