"""The forms and links of a page, as a browser would find them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

Fields = dict[str, list[str]]


@dataclass
class Form:
    """What a form sends, and where. Fields that are not chosen are in it too, with what could be chosen."""

    method: str
    action: str
    fields: Fields


def forms(response: Any, path: str) -> Iterator[Form]:
    """Every form of a page, filled in as it stands, and every link with a question as the form it might be."""
    page = html.fromstring(response.content or b"<p>")
    for each in page.iter("form"):
        yield Form(each.get("method", "get").upper(), urljoin(path, each.get("action") or path), _fields(each))
    for link in page.iter("a"):
        there = urlsplit(urljoin(path, link.get("href") or ""))
        if there.query and not there.netloc:
            yield Form("GET", there.path, {key: [value] for key, value in parse_qsl(there.query)})


def _fields(form: Any) -> Fields:
    found: Fields = {}
    for each in form.iter("input", "textarea", "select", "button"):
        if name := each.get("name"):
            found.setdefault(name, [])
            if value := _value(each):
                found[name].append(value)
    return found


def _value(field: Any) -> str:
    if field.tag == "textarea":
        return field.text or ""
    if field.tag == "select":
        options = field.xpath(".//option[@selected]") or field.xpath(".//option")
        return options[0].get("value", "") if options else ""
    if field.get("type") in ("checkbox", "radio") and field.get("checked") is None:
        return ""
    return field.get("value") or ""
