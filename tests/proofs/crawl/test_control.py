"""The crawl can find what it looks for: a mark in every disguise, and a door that was left open."""

import base64
import gzip
import html
import io
import zipfile
import zlib
from urllib.parse import quote

import pytest
from django.core import mail
from django.http import HttpResponse, StreamingHttpResponse

from igtoolkit.access import gate, scope
from igtoolkit.access.addresses import holding
from igtoolkit.records.models import Submission
from igtoolkit.reports.forms import csv_bytes
from tests.conftest import YEAR
from tests.proofs.crawl.world import BASELINE, FULL, UPDATE

pytestmark = pytest.mark.xdist_group("crawl")
RIVAL = (UPDATE, "administrator")


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", content)
    return out.getvalue()


def escaped(text: bytes) -> bytes:
    return "".join(f"\\u{each:04x}" for each in text).encode()


def entities(text: bytes) -> bytes:
    return "".join(f"&#{each};" for each in text).encode()


DISGUISES = {
    "as it is": lambda text: text,
    "in capitals": bytes.upper,
    "cut short": lambda text: text[:14] + "…".encode(),
    "in entities": entities,
    "escaped for scripts": escaped,
    "percent, twice": lambda text: quote("".join(f"%{each:02x}" for each in text)).encode(),
    "base64": lambda text: b"value=" + base64.urlsafe_b64encode(b"before " + text + b" after"),
    "squeezed and base64": lambda text: base64.b64encode(zlib.compress(b"before " + text + b" after")),
    "packed": gzip.compress,
    "in a file in a file": lambda text: zipped(zipped(text)),
    "in a file in a packed file": lambda text: gzip.compress(zipped(entities(text))),
}


@pytest.fixture
def mark(crawl):
    return next(each for each in crawl.world.canaries.known.values() if each.owner == FULL and each.sort == "comment")


def leaks_of(crawl, response):
    crawl._look_at(response, crawl.world.viewers[RIVAL], "asked", ("/", "home"), set())
    return crawl.leaks


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_mark_is_found_in_every_disguise(crawl, mark, disguise):
    content = DISGUISES[disguise](mark.text.encode())
    assert mark.text.encode() not in content or disguise == "as it is"
    assert leaks_of(crawl, HttpResponse(b"some words " + content if content[:1] not in b"P\x1f" else content))


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: HttpResponse("", headers={"X-Told": text}),
        lambda text: HttpResponse("", reason=text),
        lambda text: _with_cookie(text),
        lambda text: StreamingHttpResponse(iter([text[:7].encode(), text[7:].encode()])),
        lambda text: HttpResponse(csv_bytes([["a", text]])),
        lambda text: HttpResponse(html.escape(f"<p>{text}</p>"), status=500),
    ],
    ids=["header", "reason", "cookie", "streamed", "csv", "error page"],
)
def test_a_mark_is_found_in_every_part_of_an_answer(crawl, mark, answer):
    assert leaks_of(crawl, answer(mark.text))


def _with_cookie(text):
    response = HttpResponse("")
    response.set_cookie("last", text)
    return response


def test_a_mark_is_found_in_mail_and_log(crawl, mark):
    mail.EmailMessage("Told", f"It says {mark.text}", to=[crawl.world.person(BASELINE).email]).send()
    assert len(leaks_of(crawl, HttpResponse(""))) == 1
    crawl.leaks.clear()
    crawl.log.lines.append(f"igtoolkit ERROR {mark.text}")
    assert len(leaks_of(crawl, HttpResponse(""))) == 1


@pytest.mark.parametrize("form", ["/", ".pdf", ".csv", ".json"])
def test_a_door_that_was_left_open_is_found(crawl, monkeypatch, form):
    """Policy and scope forget whose the report is: a rival reads it, as page, paper and data."""
    monkeypatch.setattr(gate, "may", lambda *asked: True)
    monkeypatch.setattr(scope, "find_submission", _anybodys)
    code = crawl.world.organisations[FULL].code
    crawl.ask(crawl.world.viewers[RIVAL], "GET", f"/organisations/{code}/{YEAR}/baseline/caldicott2{form}")
    assert any(f"of {FULL}" in each for each in crawl.leaks)


def _anybodys(person, code, year, stage, number=None):
    rows = scope.everything(Submission, reason="a door left open").filter(year=year, stage=stage)
    return rows.filter(organisation=holding(code.upper(), year)).order_by("-number").first()
