"""The API's own page, made from its description, and the description itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from igtoolkit.access.gate import allow
from igtoolkit.access.policy import Action
from igtoolkit.api import service
from igtoolkit.api.answers import answer

Schema = dict[str, Any]
EXAMPLES = {"code": "DMA001", "year": "2015-16", "stage": "baseline", "number": "1"}
HEADER = '-H "Authorization: Bearer $TOKEN" '
TYPES = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object"}
FORMATS = {"date": "date", "date-time": "instant in UTC"}


@dataclass(frozen=True)
class Key:
    """A parameter, or one key of an answer: its type in words, which may end with another shape's name."""

    name: str
    type: str
    shape: str
    words: str
    required: bool = True


@dataclass(frozen=True)
class Operation:
    """One operation as the page describes it."""

    name: str
    path: str
    summary: str
    words: str
    shape: str
    is_closed: bool
    parameters: tuple[Key, ...]
    answers: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True)
class Shape:
    """An object that answers are made of."""

    name: str
    words: str
    keys: tuple[Key, ...]


@allow(Action.VIEW_PUBLIC_PAGE)
def reference(request: HttpRequest) -> HttpResponse:
    """What the API answers and how to ask, for people."""
    schema = service.openapi()
    facts = {"subjects": _subjects(schema), "shapes": tuple(_shapes(schema)), "site": settings.SITE_ADDRESS}
    return render(request, "api/reference.jinja", facts)


@allow(Action.VIEW_PUBLIC_PAGE, anybodys=True)
def openapi(request: HttpRequest) -> HttpResponse:
    """The same for programs: OpenAPI 3.1."""
    return answer(request, service.openapi(), anybodys=True)


def _subjects(schema: Schema) -> dict[str, list[Operation]]:
    """{subject: its operations}, both in the order in which they are described."""
    found: dict[str, list[Operation]] = {each["name"]: [] for each in schema["tags"]}
    for path, methods in schema["paths"].items():
        found[methods["get"]["tags"][0]].append(_operation(path, methods["get"]))
    return found


def _operation(path: str, told: Schema) -> Operation:
    closed = "token" in told["security"][0]
    return Operation(
        name=told["operationId"].replace("_", "-"),
        path=path,
        summary=told["summary"],
        words=told.get("description", ""),
        shape=_typed(told["responses"]["200"]["content"]["application/json"]["schema"])[1],
        is_closed=closed,
        parameters=tuple(_parameter(each) for each in told["parameters"]),
        answers=tuple((status, each["description"]) for status, each in told["responses"].items()),
        example=f"{HEADER if closed else ''}{settings.SITE_ADDRESS}{_filled(path)}",
    )


def _filled(path: str) -> str:
    for name, example in EXAMPLES.items():
        path = path.replace(f"{{{name}}}", example)
    return path


def _parameter(told: Schema) -> Key:
    place = {"path": "in the address", "query": "after ?", "header": "a header"}[told["in"]]
    limits = f" {told['schema']['minimum']} to {told['schema']['maximum']}" if "maximum" in told["schema"] else ""
    usual = told["schema"].get("default")
    words = f"{told.get('description', '')}{f' If not given: {usual}.' if usual else ''}"
    return Key(told["name"], f"{_typed(told['schema'])[0]}{limits}, {place}", "", words, told["required"])


def _shapes(schema: Schema) -> Iterator[Shape]:
    for name, told in schema["components"]["schemas"].items():
        keys = tuple(_key(key, each) for key, each in told.get("properties", {}).items())
        yield Shape(name, told.get("description", ""), keys)


def _key(name: str, told: Schema) -> Key:
    words, shape = _typed(told)
    return Key(name, words, shape, told.get("description", ""))


def _typed(told: Schema) -> tuple[str, str]:
    """A type in words, and the shape it ends with, if any: ("list of ", "Answer")."""
    if "$ref" in told:
        return "", told["$ref"].rpartition("/")[2]
    if "anyOf" in told:
        return _either(told["anyOf"])
    if "enum" in told or "const" in told:
        return " or ".join(f"“{each}”" for each in told.get("enum", [told.get("const")])), ""
    if told.get("type") == "array":
        words, shape = _typed(told["items"])
        return f"list of {words}", shape
    return FORMATS.get(told.get("format", ""), TYPES.get(told.get("type", ""), "any")), ""


def _either(parts: Iterable[Schema]) -> tuple[str, str]:
    known = [_typed(each) for each in parts if each.get("type") != "null"]
    return f"null or {known[0][0]}", known[0][1]
