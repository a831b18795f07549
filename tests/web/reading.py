"""Reading a page as a browser would: its words, and what its form would send."""

import re
from html.parser import HTMLParser

from django.http import HttpResponse

INLINE = {"a", "b", "bdi", "button", "label", "span", "strong"}


class _Reader(HTMLParser):
    """Gathers the text, and the fields of every form by its id or its place on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.forms: list[dict[str, list[str]]] = []
        self.field: str | None = None
        self.typed: list[str] = []
        self.select: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.text.append(" ")
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self.forms and facts.get("name"):
            if facts.get("type") not in ("checkbox", "radio") or "checked" in facts:
                self._add(facts["name"], facts.get("value", "on"))
        elif tag == "textarea" and facts.get("name"):
            self.field, self.typed = facts["name"], []
        elif tag == "select":
            self.select = (facts["name"], [])
        elif tag == "option" and self.select and "selected" in facts:
            self.select[1].append(facts.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.field:
            self._add(self.field, "".join(self.typed).removeprefix("\n"))
            self.field = None
        elif tag == "select" and self.select:
            self._add(self.select[0], (self.select[1] or [""])[0])
            self.select = None

    def handle_data(self, data: str) -> None:
        (self.typed if self.field else self.text).append(data)

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)


def _read(response: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def words(response: HttpResponse) -> str:
    """The page's text on one line, without what stands in its fields."""
    return " ".join("".join(_read(response).text).split())


def reading_ease(html: str) -> float:
    """How easily words are read, by Flesch's formula: 60 and more is plain English. Syllables are counted by vowels."""
    text = re.sub(r"<[^>]+>", "", re.sub(r"</(?:li|p|dt|dd)>", ".", html))
    sentences = [each for each in re.split(r"[.:?!]\s|\.", text) if re.search("[A-Za-z]", each)]
    found = re.findall(r"[A-Za-z][A-Za-z'’-]*|[0-9]+", text)
    syllables = sum(_syllables(each.lower()) for each in found)
    return 206.835 - 1.015 * len(found) / len(sentences) - 84.6 * syllables / len(found)


def _syllables(word: str) -> int:
    """An e at the end, or before a d or an s there, is mostly silent."""
    vowels = len(re.findall("[aeiouy]+", word))
    is_silent = re.search("[^aeiouyl]e$|[^aeioutd]ed$|[^aeiousczxh]es$", word)
    return max(1, vowels - bool(is_silent))


def title(response: HttpResponse) -> str:
    html = response.content.decode()
    return html[html.index("<title>") + 7 : html.index("</title>")]


def form_of(response: HttpResponse, field: str) -> dict[str, list[str]]:
    """What the form that has this field would send, buttons aside: {name: values}."""
    return next(each for each in _read(response).forms if field in each)
