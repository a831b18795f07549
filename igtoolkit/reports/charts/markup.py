"""SVG made fit for a page: named and described, no inline style, its own ids, as large as its place.

The content policy refuses style attributes and elements, so that each declaration becomes an attribute.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
REFERENCE = re.compile(r"(url\(#|^#)")
NUMBER = re.compile(r"-?\d+\.\d+")
SPACES = re.compile(r"\s+")
SPELLED = {"font-family": "Inter, 'DejaVu Sans', sans-serif"}
LEFT_OUT = {"metadata", "style"}
USELESS = {"clip-path", "stroke-linejoin", "stroke-linecap"}


@dataclass(frozen=True)
class Named:
    """What a picture is called. key: starts each of its ids, so that no two pictures of a page share one."""

    key: str
    title: str
    description: str


def fit_for_a_page(drawn: str, named: Named) -> str:
    """The picture as one element for a page, or, with its own namespace, a file for paper."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 (what our own drawing has just written)
    _strip(root)
    for each in root.iter():
        each.tag = each.tag.removeprefix(f"{{{SVG}}}")
        each.attrib = dict(_attributes(each.attrib, named.key))
        if each.tag != "text":
            each.text = None
        each.tail = None
    root.attrib = {"xmlns": SVG, "viewBox": root.attrib["viewBox"], **_spoken(named)}
    root[:0] = [_told("title", named), _told("desc", named)]
    return ElementTree.tostring(root, encoding="unicode")


def _spoken(named: Named) -> dict[str, str]:
    labelled = {"aria-labelledby": f"{named.key}-title", "aria-describedby": f"{named.key}-desc"}
    return {"role": "img", **labelled, "class": "igt-chart__picture"}


def _told(tag: str, named: Named) -> ElementTree.Element:
    found = ElementTree.Element(tag, {"id": f"{named.key}-{tag}"})
    found.text = named.title if tag == "title" else named.description
    return found


def _strip(parent: ElementTree.Element) -> None:
    """Leave out what a page has no use for, and groups and definitions that hold nothing but their parts."""
    kept: list[ElementTree.Element] = []
    for each in parent:
        _strip(each)
        tag = each.tag.removeprefix(f"{{{SVG}}}")
        if tag in LEFT_OUT or tag == "clipPath" or (tag == "defs" and not len(each)):
            continue
        kept.extend(each if tag == "g" else [each])
    parent[:] = kept


def _attributes(given: dict[str, str], key: str) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if name == "style":
            for declared in filter(None, (part.strip() for part in value.split(";"))):
                said, _, what = declared.partition(":")
                yield from _attribute(said.strip(), what.strip(), key)
        else:
            yield from _attribute(name, value, key)


def _attribute(name: str, value: str, key: str) -> Iterator[tuple[str, str]]:
    if name in USELESS or (name == "transform" and value.startswith("rotate(-0 ")):
        return
    if name == "id":
        yield name, f"{key}-{value}"
    elif name == HREF:
        yield "href", REFERENCE.sub(rf"\g<1>{key}-", value)
    else:
        plain = SPACES.sub(" ", NUMBER.sub(_short, SPELLED.get(name, value))).strip()
        yield name, REFERENCE.sub(rf"\g<1>{key}-", plain) if "url(" in plain else plain


def _short(found: re.Match[str]) -> str:
    """A number to two places, without idle noughts."""
    return f"{float(found.group()):.2f}".rstrip("0").rstrip(".")
