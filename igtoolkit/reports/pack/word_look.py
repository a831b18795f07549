"""How a Word file of ours looks: its styles, language, head and foot. One font that every reader has."""

from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FONT = "Arial"
INK, QUIET, BLUE = RGBColor(0x1D, 0x2A, 0x33), RGBColor(0x4A, 0x5D, 0x6A), RGBColor(0x00, 0x3A, 0x75)
COLOURS = {
    "met": RGBColor(0x00, 0x60, 0x3A),
    "partly_met": RGBColor(0x74, 0x46, 0x00),
    "not_met": RGBColor(0xA3, 0x13, 0x1F),
}
# style: points, colour, points above and below
SIZES = {
    "Normal": (10.5, INK, 0, 5),
    "Title": (22, INK, 0, 2),
    "Subtitle": (10.5, QUIET, 0, 10),
    "Heading 1": (17, BLUE, 18, 6),
    "Heading 2": (12, INK, 12, 3),
    "List Bullet": (10.5, INK, 0, 3),
    "List Number": (10.5, INK, 0, 4),
    "Header": (9, QUIET, 0, 0),
    "Footer": (8.5, QUIET, 0, 0),
}
TABLE, QUIETER = "Pack table", "Quiet"
TABLE_LOOK = """
<w:tblPr {ns}><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="C3CED5"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C3CED5"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
FIRST_ROW = """
<w:tblStylePr {ns} w:type="firstRow"><w:rPr><w:b/><w:color w:val="4A5D6A"/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1D2A33"/></w:tcBorders></w:tcPr></w:tblStylePr>"""


def blank() -> Word:
    """An empty A4 document in British English, with our styles."""
    word = Document()
    for name, (points, colour, above, below) in SIZES.items():
        _set_style(word.styles[name], points, colour, above, below)
        if f"{name} Char" in word.styles:  # the same look for words alone
            _set_font(word.styles[f"{name} Char"], points, colour)
    _add_styles(word)
    _leave_theme(word)
    _set_language(word)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(22), Mm(22)
    return word


def _set_style(style: Any, points: float, colour: RGBColor, above: float, below: float) -> None:
    _set_font(style, points, colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    for line in list(style.element.iterfind(f".//{qn('w:pBdr')}")):
        line.getparent().remove(line)


def _set_font(style: Any, points: float, colour: RGBColor) -> None:
    style.font.size, style.font.color.rgb, style.font.italic = Pt(points), colour, False
    style.element.get_or_add_rPr().get_or_add_rFonts()


def _leave_theme(word: Word) -> None:
    """Our own font and colours: Word would prefer those of the template's theme, where a style names one."""
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for colour in word.styles.element.iter(qn("w:color")):
        for theme in ("themeColor", "themeShade", "themeTint"):
            colour.attrib.pop(qn(f"w:{theme}"), None)


def _add_styles(word: Word) -> None:
    quiet = word.styles.add_style(QUIETER, WD_STYLE_TYPE.PARAGRAPH)
    quiet.base_style = word.styles["Normal"]
    quiet.font.color.rgb, quiet.font.size = QUIET, Pt(9.5)
    quiet.paragraph_format.space_after = Pt(4)
    table = word.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    table.base_style = word.styles["Normal Table"]
    table.font.size = Pt(9)
    for xml in (TABLE_LOOK, FIRST_ROW):
        table.element.append(parse_xml(xml.format(ns=nsdecls("w"))))


def _set_language(word: Word) -> None:
    """British English for the whole document, whatever the reader's Word prefers."""
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """PAGE or NUMPAGES, which Word works out; `shown` stands there until it has."""
    for kind, inner in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = inner
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = inner
            run._r.append(instruction)


def linked(paragraph: Paragraph, address: str, words: str) -> None:
    """A link, as a reader of the paper can also type it."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, HYPERLINK, is_external=True))
    run = paragraph.add_run(words)
    run.font.color.rgb, run.font.underline = BLUE, True
    link.append(run._r)
    paragraph._p.append(link)


HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
