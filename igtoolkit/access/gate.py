"""The door: every page names its action here, and is handed its record fetched through scope."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from igtoolkit.access import scope
from igtoolkit.access.policy import ON_ASSESSMENT, ON_SUBMISSION, PUBLIC, Action, Record, Refused, Visitor, knows, may
from igtoolkit.access.reach import asking_for

ANYBODYS = PUBLIC | {Action.VIEW_PUBLISHED}
View = Callable[..., HttpResponse]


class NotTheirs(Http404):
    """The address names what this person may not know of, or nothing at all: the trail is told of both alike."""


class Shown(NamedTuple):
    """A restricted report that a view answers with, for the trail to tell of once it was sent."""

    report: str
    record: Record
    address: dict[str, Any]


def allow(
    action: Action,
    *,
    post: Action | None = None,
    methods: tuple[str, ...] = ("GET", "HEAD"),
    rows: bool = True,
    anybodys: bool = False,
    told: str = "",
) -> Callable[[View], View]:
    """Open a page to those who may take `action`; `post`, when given, is what a POST to it asks for.

    The view receives its record (an assessment or a submission, fetched through scope) in place of the
    organisation, year, stage and number of the address. 404 if the person may not know it exists, 403
    if they may not do this, 405 for a method the page does not take. On PostgreSQL the database shows the page no
    other rows than this person may reach; `rows=False` is for a page that asks for none at all,
    `anybodys` for an answer that is the same for everyone: it is made as for a visitor.
    told: the restricted report that the page answers with, `board.pdf`; web/telling.py tells the trail who got it.
    """
    taken = (*methods, "POST") if post else methods

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
            # Who asks is not looked up for what is the same for all: its answer may be kept by any cache.
            with asking_for(AnonymousUser() if anybodys else request.user) if rows else nullcontext():
                try:
                    return opened(request, **address)
                except (PermissionDenied, NotTheirs):
                    request.refused = None if action in ANYBODYS else asked_for(request)  # type: ignore[attr-defined]
                    raise

        def asked_for(request: HttpRequest) -> Action:
            return post if post and request.method == "POST" else action

        def opened(request: HttpRequest, **address: Any) -> HttpResponse:
            record, rest = _let_in(request.user, asked_for(request), address)
            if request.method not in taken:
                return HttpResponseNotAllowed(taken)
            if told:
                request.shown = Shown(told, record, rest)  # type: ignore[attr-defined]
            try:
                return view(request, record, **rest) if record is not None else view(request, **rest)
            except Refused as refused:
                raise PermissionDenied from refused

        guarded.action = action  # type: ignore[attr-defined]
        guarded.post_action = post  # type: ignore[attr-defined]
        guarded.methods = taken  # type: ignore[attr-defined]
        return guarded

    return decorate


def _let_in(person: Visitor, asked: Action, address: dict[str, Any]) -> tuple[Record, dict[str, Any]]:
    """The record that an address names, and the rest of the address. Raises what the door answers to others."""
    record, rest = _record(person, asked, address)
    if not may(person, asked, record):
        if "code" in address and not knows(person, asked, record):
            raise NotTheirs  # an address that names an organisation tells nobody that it is there
        raise PermissionDenied
    return record, rest


def _record(person: Visitor, action: Action, address: dict[str, Any]) -> tuple[Record, dict[str, Any]]:
    if any("\0" in str(each) for each in address.values()):
        raise Http404  # no code holds one, and PostgreSQL refuses to look for it
    if action not in ON_ASSESSMENT | ON_SUBMISSION:
        return None, address
    rest = dict(address)
    code, year = rest.pop("code"), rest.pop("year")
    record: Record
    if action is Action.VIEW_PUBLISHED:
        record = scope.find_published(code, year)
    elif action in ON_SUBMISSION:
        record = scope.find_submission(person, code, year, rest.pop("stage"), rest.pop("number", None))
    else:
        record = scope.find_assessment(person, code, year)
    return record, rest
