"""Everything an answer can be read as: the bytes as sent, unescaped, unpacked, and the text of papers."""

import base64
import binascii
import html
import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

import pikepdf

RUN = re.compile(rb"[A-Za-z0-9+/_-]{24,}")
ESCAPED = re.compile(rb"\\u00([0-9a-fA-F]{2})")
DEEPEST = 4


def readings(response: Any) -> Iterator[tuple[str, bytes]]:
    """(what it is, its bytes) of all that an HTTP answer holds."""
    head = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    head += "\n" + response.cookies.output() + f"\n{response.reason_phrase}"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    yield from (("head", each) for each in plain(head.encode()))
    yield from (("body", each) for each in unpacked(body))


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The readings of a body, of whatever is packed in it, and of what is packed in that."""
    if content[:4] == b"%PDF":
        yield from _of_pdf(content)
    elif content[:2] == b"PK" and depth < DEEPEST:
        yield from _of_zip(content, depth)
    elif content[:2] == b"\x1f\x8b" and depth < DEEPEST:
        yield from unpacked(zlib.decompress(content, 31), depth + 1)
    else:
        yield from plain(content)


def plain(text: bytes) -> Iterator[bytes]:
    """A text as it is, and without each way of writing letters otherwise."""
    yield text
    if b"&" in text:
        yield html.unescape(text.decode("utf-8", "replace")).encode()
    if b"%" in text:
        yield unquote_to_bytes(unquote_to_bytes(text))
    if b"\\u00" in text:
        yield ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
    for run in RUN.findall(text):
        yield from _of_base64(run)


def _of_base64(run: bytes) -> Iterator[bytes]:
    """What a run of base64 says, squeezed or not; a run that is none says nothing."""
    try:
        found = base64.b64decode(run.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(run) % 4))
    except (binascii.Error, ValueError):
        return
    yield found
    if found[:1] == b"\x78":
        try:
            yield zlib.decompress(found)
        except zlib.error:
            return


@lru_cache(maxsize=256)
def _of_pdf(content: bytes) -> tuple[bytes, ...]:
    """Its words in reading order, the same without spaces (a long one is broken over lines), and all its streams."""
    arguments = ["pdftotext", "-layout", "-", "-"]
    words = subprocess.run(arguments, input=content, capture_output=True, check=True).stdout
    with pikepdf.open(io.BytesIO(content)) as paper:
        streams = [each.read_bytes() for each in paper.objects if isinstance(each, pikepdf.Stream) and _can(each)]
        told = [str(paper.docinfo).encode(), *(repr(each).encode() for each in paper.objects)]
    return (content, words, b"".join(words.split()), *streams, *told)


def _can(stream: pikepdf.Stream) -> bool:
    """Whether a stream holds anything but a picture or a font."""
    return stream.get("/Subtype") != "/Image" and "/Length1" not in stream


@lru_cache(maxsize=256)
def _of_zip(content: bytes, depth: int) -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = "\n".join(archive.namelist()).encode() + archive.comment
        inside = [each for name in archive.namelist() for each in unpacked(archive.read(name), depth + 1)]
    return (content, names, *inside)
