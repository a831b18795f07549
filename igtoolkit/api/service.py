"""The API as a whole: how an address becomes an operation, and the description made from all of them."""

from collections.abc import Callable
from functools import cache
from inspect import Parameter, Signature, getdoc, signature
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI, Path
from ninja.errors import ValidationError

from igtoolkit.access.gate import ANYBODYS, View, allow
from igtoolkit.access.policy import Action
from igtoolkit.api.description import CLOSED, OPEN, TITLE, WORDS, described, is_closed, refusals
from igtoolkit.api.problems import problem
from igtoolkit.standard.words import Stage

METHODS = ["GET", "HEAD"]
ADDRESS: dict[str, tuple[type, str, Any]] = {
    "code": (str, "An ODS code, in capitals or not.", "DMA001"),
    "year": (str, "From April to March.", "2015-16"),
    "stage": (str, "`baseline`, `update` or `final`.", Stage.BASELINE.value),
    "number": (int, "1, or 2, 3 … for a correction.", 1),
}

service = NinjaAPI(title=TITLE, version="1", description=WORDS, openapi_url=None, docs_url=None)
_actions: dict[str, Action] = {}


def reads(path: str, action: Action, gives: type, *, about: str, told: str = "") -> Callable[[View], View]:
    """Answer at an address what the view answers, to those whom the gate lets take `action`.

    The view is handed its record as a page is; keyword-only arguments are its query parameters. gives: the shape
    of the answer. about: the subject it is described under. told: as of a page. Its docstring is its description, the
    summary first.
    """

    def decorate(view: View) -> View:
        opened = allow(action, told=told, anybodys=action in ANYBODYS)(view)
        opened.__signature__ = _signature(path, view)  # type: ignore[attr-defined]
        name = f"api_{view.__name__}"
        _actions[name] = action
        summary, _, description = (getdoc(view) or "").partition("\n")
        queried = any(each.kind is Parameter.KEYWORD_ONLY for each in signature(view).parameters.values())
        service.api_operation(
            METHODS,
            f"/{path}",
            response={200: gives},
            operation_id=view.__name__,
            url_name=name,
            summary=summary.rstrip("."),
            description=" ".join(description.split()),
            tags=[about],
            openapi_extra={"security": CLOSED if is_closed(path) else OPEN, **refusals(path, action, queried=queried)},
        )(opened)
        return opened

    return decorate


def urls() -> list[URLPattern]:
    """The address of every operation, its callback saying which action it asks for, as a page's does."""
    found = [each for each in service.urls[0] if isinstance(each, URLPattern) and each.name in _actions]
    for each in found:
        each.callback.action = _actions[each.name or ""]  # type: ignore[attr-defined]
        each.callback.post_action = None  # type: ignore[attr-defined]
    return found


@cache
def openapi() -> dict[str, Any]:
    """The description of every operation, OpenAPI 3.1."""
    return described(service.get_openapi_schema(path_prefix="api/v1/"))


def _signature(path: str, view: View) -> Signature:
    """What the address and the query give: the record in their place is the gate's business."""
    named = [each for each in ADDRESS if f"{{{each}}}" in path or f":{each}}}" in path]
    places = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD)]
    for name in named:
        annotation, words, example = ADDRESS[name]
        given = Path(description=words, examples=[example])
        places.append(Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=given))
    asked = [each for each in signature(view).parameters.values() if each.kind is Parameter.KEYWORD_ONLY]
    return Signature([*places, *asked])


@service.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, [{"parameter": str(each["loc"][-1]), "detail": each["msg"]} for each in error.errors])
