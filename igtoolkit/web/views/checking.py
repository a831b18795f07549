"""Checking a copy: is there such a submission, is this file what was made here, do these figures agree?

Anybody may ask, and everybody is told the same: nothing that a submission says is ever shown here.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from igtoolkit.access import scope
from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.actions.tries import seconds_to_wait
from igtoolkit.reports.checking import agrees, is_ours
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages import checking
from igtoolkit.web.tries import network

NOT_WHOLE = "A digest has 64 characters, figures and the letters a to f: copy all of it"


@allow(Action.VIEW_PUBLIC_PAGE)
def check_copy(request: HttpRequest) -> HttpResponse:
    """Where a digest is typed; a whole one leads to its page."""
    written = request.GET.get("digest")
    if written is None:
        return render(request, "public/check_copy.jinja", {"errors": {}})
    digest = checking.digest_in(written)
    if digest is None:
        words = NOT_WHOLE if written.strip() else "Type the digest that stands on the paper"
        return render(request, "public/check_copy.jinja", {"written": written, "errors": {"digest": words}}, status=422)
    return redirect(reverse("check", kwargs={"digest": digest}))


@allow(Action.VIEW_PUBLIC_PAGE, post=Action.VIEW_PUBLIC_PAGE)
def check(request: HttpRequest, digest: str) -> HttpResponse:
    """Whether a submission with this digest was made; a POST asks whether a copy of its report is true."""
    whole = checking.digest_in(digest)
    if whole is None:
        return render(request, "public/check.jinja", {"whole": False}, status=404)
    if not scope.digest_exists(whole):
        return render(request, "public/check.jinja", {"whole": True, "digest": whole}, status=404)
    if request.method != "POST":
        return _page(request, whole)
    return _figures(request, whole) if request.POST.get("how") == "figures" else _file(request, whole)


def _file(request: HttpRequest, digest: str) -> HttpResponse:
    given = request.FILES.get("file")
    if given is None or not given.size:
        return _page(request, digest, errors={"file": "Choose the file to check"}, status=422)
    if given.size > checking.LARGEST:
        words = "It is over 2 MB, so it was not made here: no report is that large"
        return _page(request, digest, errors={"file": words}, status=422)
    wait = seconds_to_wait(checking.file_limits(network(request)))
    if wait:
        words = f"Too many files were checked from your network: choose the file again {checking.wait_words(wait)}"
        return _too_often(request, wait, {"errors": {"file": words}, **_known(digest)})
    return _page(request, digest, file_agrees=is_ours(digest, given.chunks()))


def _figures(request: HttpRequest, digest: str) -> HttpResponse:
    said = checking.typed(request.POST)
    printed, errors = checking.read(said)
    if printed is None:
        return _page(request, digest, said=said, errors=errors, status=422)
    wait = seconds_to_wait(checking.figure_limits(network(request), digest))
    if wait:
        words = f"Too many figures were tried: try again {checking.wait_words(wait)}. What you typed is kept."
        return _too_often(request, wait, {"errors": {"code": words}, "said": said, **_known(digest)})
    return _page(request, digest, said=said, figures_agree=agrees(digest, printed))


def _known(digest: str) -> dict[str, Any]:
    stages = [(each.value, each.words) for each in Stage]
    return {"known": True, "whole": True, "digest": digest, "stages": stages}


def _page(request: HttpRequest, digest: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    return render(request, "public/check.jinja", {"errors": {}, **_known(digest), **facts}, status=status)


def _too_often(request: HttpRequest, wait: int, facts: dict[str, Any]) -> HttpResponse:
    response = render(request, "public/check.jinja", facts, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
