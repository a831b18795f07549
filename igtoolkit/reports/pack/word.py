"""The board pack as a Word file: what the PDF says, in real headings, lists and tables that can be edited."""

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx.document import Document as Word

from igtoolkit.reports.pack.word_annex import annex
from igtoolkit.reports.pack.word_look import blank
from igtoolkit.reports.pack.word_parts import head_and_foot
from igtoolkit.reports.pack.word_report import report
from igtoolkit.reports.pack.word_text import all_holdable

Pack = dict[str, Any]
PICTURE = "/docProps/thumbnail.jpeg"  # of the library's own empty template


def pack_docx(pack: Mapping[str, object], *, at: datetime) -> bytes:
    """The pack as a Word file, in British English; the same pack and instant give the same bytes.

    pack: the words (`reports.pack.pack`). at: the submission's instant, aware, written as that of its making.
    No macro, no picture, no link but the check address.
    """
    words = all_holdable(pack)
    word = blank()
    _name(word, words, at)
    head_and_foot(word, words["page"])
    report(word, words["page"])
    annex(word, words)
    return _fixed(word, at)


def _name(word: Word, words: Pack, at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("the instant of a Word file needs a time zone")
    told, instant = word.core_properties, at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.title, told.subject = words["title"][:255], "Caldicott2 performance report for the board"
    told.author = told.last_modified_by = "Information Governance Toolkit"
    told.language, told.comments, told.keywords, told.category = "en-GB", "", "", ""
    told.created = told.modified = instant
    told.revision = 1


def _fixed(word: Word, at: datetime) -> bytes:
    """The file with one date on all its parts, so that what is the same has the same bytes."""
    made, out = BytesIO(), BytesIO()
    _without_picture(word)
    word.save(made)
    day = at.astimezone(UTC)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, day.hour, day.minute, day.second))
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, parts.read(name))
    return out.getvalue()


def _without_picture(word: Word) -> None:
    links = word.part.package.rels
    for name in [name for name, each in links.items() if not each.is_external and each.target_part.partname == PICTURE]:
        del links[name]
