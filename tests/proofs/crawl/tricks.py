"""The old tricks with an address: everything a request can carry that might lead to another answer than it should."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

Trick = tuple[str, str, dict[str, Any]]
ACCEPTED = ("application/json", "text/html", "*/*", "application/pdf", "text/csv;q=1", "\x01;;,q=x")
AWAY = "rival.example"


def tricks(path: str, own_code: str, foreign_code: str, etag: str) -> Iterator[Trick]:
    """(method, address, what goes with it) of each trick with an address of somebody else's."""
    yield from _other_methods(path)
    yield from _other_spellings(path, own_code, foreign_code)
    for each in ACCEPTED:
        yield "GET", path, {"headers": {"Accept": each}}
    for name, value in _told(path, etag):
        yield "GET", path, {"headers": {name: value}}


def _other_methods(path: str) -> Iterator[Trick]:
    for method in ("GET", "PUT", "DELETE"):
        for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            yield "POST", path, {"headers": {header: method}}
        yield "POST", path, {"data": {"_method": method}}
        yield "GET", f"{path}?_method={method}", {}
    yield "TRACE", path, {}


def _other_spellings(path: str, own: str, foreign: str) -> Iterator[Trick]:
    doubled = "&".join(f"{name}={code}" for name in ("code", "organisation", "q") for code in (own, foreign))
    twice_quoted = quote(quote(foreign[:1] + "/" + foreign[1:], safe=""), safe="")
    changed = [
        *(path.rstrip("/"), f"{path}/", path.replace("/", "//"), path.upper(), path.lower(), path.swapcase()),
        *(path.replace(foreign, foreign.lower()), path.replace(foreign, f"{own}/../{foreign}")),
        *(path.replace(foreign, f"{own}%2F..%2F{foreign}"), path.replace(foreign, twice_quoted)),
        *(path.replace(foreign, f"{foreign}%00"), path.replace(foreign, f"{foreign};{own}"), f"/.{path}"),
        *(path.replace(foreign, f"%20{foreign}%20"), path.replace(foreign, f"{foreign}%0a"), f"/static/..{path}"),
        *(f"{path}?{doubled}", f"{path}?format=json", f"{path}.json", f"{path}?next=//{AWAY}/"),
    ]
    for each in changed:
        yield "GET", each, {}


def _told(path: str, etag: str) -> Iterator[tuple[str, str]]:
    """Headers by which somebody may claim to be elsewhere, to have it already, or to want a part."""
    yield from (("Range", "bytes=0-99"), ("If-Range", etag), ("If-None-Match", etag), ("If-None-Match", "*"))
    yield from (("If-Match", etag), ("If-Modified-Since", "Fri, 01 Jan 2038 00:00:00 GMT"))
    yield from (("X-Forwarded-Host", AWAY), ("Forwarded", f"host={AWAY}"), ("X-Forwarded-For", "127.0.0.1"))
    yield from (("X-Original-URL", path), ("X-Rewrite-URL", path), ("X-Forwarded-Prefix", f"//{AWAY}"))
    yield from (("X-Requested-With", "fetch"), ("Authorization", "Basic YWRhOmFkYQ=="), ("Host", AWAY))
    yield from (("Authorization", "Bearer igt_none"), ("Accept-Encoding", "gzip"), ("Content-Type", "text/x"))
