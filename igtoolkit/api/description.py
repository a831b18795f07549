"""What the OpenAPI description says beyond the operations themselves: who may, refusals, and what is never written."""

import copy
from typing import Any

from igtoolkit.access.policy import Action
from igtoolkit.api.problems import CONTENT_TYPE

Described = dict[str, Any]

TITLE = "Information Governance Toolkit API"
WORDS = (
    "The records and reports of the Information Governance Toolkit as data. It only reads: nothing can be changed "
    "through it. Each answer is what the same person may see on the pages, at that moment. New keys may be added to "
    "an answer; none is taken away or given another meaning within version 1."
)
REGISTER, RECORDED, REPORTS, PUBLISHED = SUBJECTS = (
    "Register and years",
    "Assessments and submissions",
    "Caldicott2 reports",
    "Published results",
)
CLOSED: list[Described] = [{"token": []}, {"session": []}]
OPEN: list[Described] = [{}]
SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of yours from /account/tokens/. It reads what you may read, until you revoke it.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "The session of somebody signed in.",
    },
}
PROBLEM = {
    "title": "Problem",
    "description": "A refusal (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do."},
        "errors": {
            "type": "array",
            "description": "With status 422: each parameter that cannot be used, and what it must be.",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
REFUSED = {
    401: "No token, or one that is unknown or revoked; or nobody is signed in.",
    403: "Your login does not allow this.",
    404: "Nothing is there, or nothing that you may read.",
    422: "A parameter cannot be used.",
}
ETAG = {"description": "The SHA-256 of the answer's bytes, in quotation marks.", "schema": {"type": "string"}}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of the answer you hold: 304 and no content while it is still good.",
}


def is_closed(path: str) -> bool:
    """Whether no visitor may ask here."""
    return path.startswith(("organisations/", "national/"))


def refusals(path: str, action: Action, *, queried: bool) -> Described:
    """The parameters and answers that operations share, as far as this one has them."""
    told = {401: True, 403: action is Action.VIEW_NATIONAL_REPORT, 404: "{" in path, 422: queried}
    refused: Described = {str(status): _refusal(status) for status, has in told.items() if has}
    if not is_closed(path):
        refused["401"]["description"] = "A token was sent that is unknown or revoked."
    unchanged = {"304": {"description": "What you hold is still good."}}
    return {"parameters": [dict(IF_NONE_MATCH)], "responses": {**unchanged, **refused}}


def described(schema: Described) -> Described:
    """The description as it is served: HEAD goes without saying, refusals have a shape, answers an ETag."""
    found = copy.deepcopy(dict(schema))
    for path in found["paths"].values():
        path.pop("head", None)
        for operation in path.values():
            operation["parameters"] = [_parameter(each) for each in operation["parameters"]]
            operation["responses"] = {str(status): each for status, each in operation["responses"].items()}
            operation["responses"]["200"]["headers"] = {"ETag": ETAG}
            operation["responses"]["200"]["description"] = "The answer"
    shapes = found["components"]["schemas"]
    shapes.pop("PageAsked", None)  # told as parameters
    shapes["Problem"] = PROBLEM
    found["tags"] = [{"name": each} for each in SUBJECTS]
    found["components"]["securitySchemes"] = SCHEMES
    found["servers"] = [{"url": "/"}]
    return found


def _parameter(told: Described) -> Described:
    """A parameter with its one example where OpenAPI wants it."""
    examples = told.pop("examples", told["schema"].pop("examples", []))
    return {**told, "example": examples[0]} if examples else told


def _refusal(status: int) -> Described:
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": REFUSED[status], "content": {CONTENT_TYPE: shape}}
