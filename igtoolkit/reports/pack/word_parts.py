"""The pieces of the Word pack: tables with real headings, statuses by shape and word, head and foot."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import _Row
from docx.text.paragraph import Paragraph

from igtoolkit.reports.pack.word_look import COLOURS, QUIET, TABLE, field
from igtoolkit.standard.words import State, Status

Pack = dict[str, Any]
DEMONSTRATION = "Demonstration: an invented organisation with invented figures"


def table(word: Word, columns: dict[str, float], rows: Sequence[Sequence[str]], *, about: str) -> Any:
    """A table whose first row is its heading on every page, and whose rows stay whole.

    columns: {heading: millimetres}. about: what it holds, for those who do not see it.
    """
    made = word.add_table(rows=1, cols=len(columns), style=TABLE)
    made.autofit = False
    for cell, heading in zip(made.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    _repeat(made.rows[0])
    for each in rows:
        for cell, words in zip(made.add_row().cells, each, strict=True):
            cell.text = words
    for column, width in zip(made.columns, columns.values(), strict=True):
        column.width = Mm(width)
    for row in made.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, columns.values(), strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = 0
    _describe(made, about)
    return made


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _describe(made: Any, about: str) -> None:
    """What a screen reader says of the table; and that its first row and column head the others."""
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    look.attrib.clear()
    for name, value in (("val", "06A0"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"), ("lastColumn", "0"),
                        ("noHBand", "1"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{name}"), value)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), about)
    properties.append(caption)


def marked(paragraph: Paragraph, status: str, words: str) -> None:
    """A status by shape, word and colour: ● Met"""
    run = paragraph.add_run(f"{Status(status).mark} {words}")
    run.font.bold, run.font.color.rgb = True, COLOURS.get(status, QUIET)


def stated(paragraph: Paragraph, state: str, words: str) -> None:
    """How a condition stands; what falls short stands out."""
    run = paragraph.add_run(words)
    if state in (State.DOES_NOT_HOLD, State.NOT_SCORED):
        run.font.bold, run.font.color.rgb = True, COLOURS[Status.NOT_MET]


def labelled(word: Word, label: str, words: str, style: str = "Normal") -> Paragraph:
    """A paragraph that begins with what it is about, in bold."""
    paragraph = word.add_paragraph(style=style)
    paragraph.add_run(f"{label} ").bold = True
    paragraph.add_run(words)
    return paragraph


def head_and_foot(word: Word, page: Pack) -> None:
    """On every page: whose pack, of what state; the digest, where to check it, and the page's number."""
    told = [f"{page['organisation']['name']} · {page['year']} {page['stage']}"]
    told += ["Work in progress: not for publication"] if page["work_in_progress"] else []
    head = word.sections[0].header.paragraphs[0]
    if page["demonstration"]:
        head.add_run(DEMONSTRATION).bold = True
        head.add_run().add_break()
    head.add_run(" · ".join(told))
    foot = word.sections[0].footer.paragraphs[0]
    foot.add_run(f"Digest: {page['digest']}").add_break()
    foot.add_run(f"Check it at {page['check_address'].partition('/check/')[0]}/check/ · Board pack, page ")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")
