"""The board pack as a Word file, read back."""

import zipfile
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from igtoolkit.reports.pack.word import pack_docx
from igtoolkit.reports.pack.word_text import holdable
from tests.reports.board_page_example import AT, HEX, SAMPLES, ordinary
from tests.reports.pack_example import TITLE, ordinary_pack, pack_of
from tests.reports.test_board_pdf import stretched


@lru_cache
def sample() -> bytes:
    return pack_docx(ordinary_pack(), at=AT)


def read(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def styled(word: Any, style: str) -> list[str]:
    return [each.text for each in word.paragraphs if each.style.name == style]


def test_headings_are_headings_and_lists_are_lists():
    word = read(sample())
    assert styled(word, "Title") == ["Northmoor University Hospitals NHS Foundation Trust"]
    assert styled(word, "Heading 1") == [
        "9 of 16 recommendations are met, 4 partly, 3 not.", "Speaking notes", "What is owed, by whom and when",
        "Questions to ask", "What this pack rests on", "Why each status",
    ]  # fmt: skip
    assert styled(word, "Heading 2") == [
        "The recommendations", "What would move most", "Who answers for this", "How we stand", "What is owed",
        "8. What 8 is about – ■ Not met", "6. What 6 is about – ◐ Partly met",
        "8. What 8 is about – ■ Not met", "15. What 15 is about – ● Met",
    ]  # fmt: skip
    assert "What of 8?" in styled(word, "List Bullet")
    assert len(styled(word, "List Number")) == 3


def test_every_page_says_whose_it_is_its_state_and_where_to_check_it():
    (section,) = read(sample()).sections
    head, foot = section.header.paragraphs[0].text, section.footer.paragraphs[0].text
    assert head.startswith("Demonstration: an invented organisation with invented figures")
    assert "2015-16 Performance Update · Work in progress: not for publication" in head
    assert foot.startswith(f"Digest: sha256:{HEX}")
    assert "Check it at igtoolkit.example/check/ · Board pack, page " in foot
    codes = [each.text for each in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    final = read(pack_docx(pack_of(SAMPLES["perfect"]() | {"demonstration": False}), at=AT)).sections[0].header
    assert final.paragraphs[0].text == "Northmoor University Hospitals NHS Foundation Trust · 2015-16 Final"


def test_tables_have_a_style_a_caption_and_a_heading_row_that_is_repeated():
    tables = read(sample()).tables
    assert [[cell.text for cell in each.rows[0].cells] for each in tables] == [
        ["No.", "Recommendation", "Now", "Since Baseline", "Due", ordinary()["rests_on"]],
        ["Requirement", "Needs", "Holds back", "Owner", "Due"],
    ]
    for each in tables:
        assert each.style.name == "Pack table"
        assert each._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert each._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in each.rows] == [True] + [False] * (
            len(each.rows) - 1
        )
    assert [cell.text for cell in tables[1].rows[1].cells] == [
        "13-202 What 13-202 is about", "level 3", "8, 11", "M. Okafor", "31 Jan 2016",
    ]  # fmt: skip
    assert [row.cells[2].text for row in tables[0].rows[1:3]] == ["◐ Partly met", "◐ Partly met"]


def test_the_file_names_itself_its_language_and_the_instant_of_the_submission():
    word = read(sample())
    told = word.core_properties
    assert (told.title, told.language, told.author) == (TITLE, "en-GB", "Information Governance Toolkit")
    assert told.created == told.modified == AT.replace(tzinfo=told.created.tzinfo)
    languages = {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    with pytest.raises(ValueError, match="time zone"):
        pack_docx(ordinary_pack(), at=datetime(2015, 10, 29))


def test_the_same_pack_gives_the_same_bytes_and_another_instant_others():
    assert pack_docx(ordinary_pack(), at=AT) == sample()
    assert pack_docx(ordinary_pack(), at=AT + timedelta(days=1)) != sample()


def test_it_holds_no_macro_and_no_picture_and_its_one_link_is_the_check_address():
    with zipfile.ZipFile(BytesIO(sample())) as parts:
        names = parts.namelist()
        links = [each for name in names if name.endswith(".rels") for each in parts.read(name).decode().split("<")]
    assert [name for name in names if "vba" in name.lower() or "media" in name or "thumbnail" in name] == []
    outside = [each for each in links if 'TargetMode="External"' in each]
    assert len(outside) == 1
    assert f"https://igtoolkit.example/check/{HEX}/" in outside[0]


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("a\u202eb\u2066c", "a□b□c"),
        ("\x00bell\x07", "□bell□"),
        ("\ud800 \ue000", "□ □"),
        ("two\r\nlines", "two lines"),
        ("日本 Ольга 👩‍⚕️", "日本 Ольга 👩‍⚕️"),
        ("<w:t>&amp;", "<w:t>&amp;"),
    ],
)
def test_what_is_typed_is_text_and_what_xml_cannot_hold_is_a_box(typed, held):
    assert holdable(typed) == held
    pack = ordinary_pack()
    pack["owed"][0]["owner"] = typed
    word = read(pack_docx(pack, at=AT))
    assert word.tables[1].rows[1].cells[3].text == held
    assert ("□" in word.paragraphs[-1].text or any("□ stands for" in each.text for each in word.paragraphs)) == (
        "□" in held
    )


def test_ten_thousand_characters_anywhere_do_not_break_it():
    pack = ordinary_pack()
    pack["page"] = stretched(pack["page"], "W" * 10_000)
    assert read(pack_docx(pack, at=AT)).paragraphs[0].text == "W" * 10_000
