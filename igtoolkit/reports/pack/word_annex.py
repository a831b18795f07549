"""What follows the board report in the Word pack: notes, what is owed, questions, reasons and sources."""

from typing import Any

from docx.document import Document as Word

from igtoolkit.reports.pack.word_look import QUIETER, linked
from igtoolkit.reports.pack.word_parts import labelled, marked, stated, table
from igtoolkit.reports.pdf.printable import REPLACEMENT

Pack = dict[str, Any]


def annex(word: Word, words: Pack) -> None:
    """The sheets behind the report, in the order of the PDF."""
    for part in (_notes, _owed, _questions, _sources, _reasons):
        part(word, words)


def _notes(word: Word, words: Pack) -> None:
    word.add_heading("Speaking notes", level=1).paragraph_format.page_break_before = True
    word.add_paragraph("About a minute, from what was submitted and nothing else.", style=QUIETER)
    for note in words["speaking_notes"]:
        word.add_heading(note["heading"], level=2)
        for sentence in note["says"]:
            word.add_paragraph(sentence)


def _owed(word: Word, words: Pack) -> None:
    if not words["owed"]:
        return
    word.add_heading("What is owed, by whom and when", level=1)
    columns = {"Requirement": 70.0, "Needs": 16.0, "Holds back": 22.0, "Owner": 36.0, "Due": 30.0}
    rows = [_owed_row(each) for each in words["owed"]]
    table(word, columns, rows, about="Each requirement that holds a recommendation back, the soonest due first")


def _owed_row(each: Pack) -> list[str]:
    due = each["due_words"] or (f"{each['short_of']} only" if each["short_of"] else "no date")
    numbers = ", ".join(map(str, each["numbers"]))
    about, owner = f"{each['requirement']} {each['title']}", each["owner"] or "no owner"
    return [about, f"level {each['level']}", numbers, owner, due]


def _questions(word: Word, words: Pack) -> None:
    word.add_heading("Questions to ask", level=1).paragraph_format.page_break_before = bool(words["owed"])
    word.add_paragraph(words["about_questions"], style=QUIETER)
    for each in words["questions"]:
        heading = word.add_heading(f"{each['number']}. {each['summary']} – ", level=2)
        marked(heading, each["status"], each["status_words"])
        word.add_paragraph(each["why"], style=QUIETER)
        for question in each["ask"]:
            word.add_paragraph(question, style="List Bullet")
        labelled(word, "A good answer:", each["good"])


def _sources(word: Word, words: Pack) -> None:
    word.add_heading("What this pack rests on", level=1)
    for each in words["sources"]:
        word.add_paragraph(each)
    page = words["page"]
    checked = labelled(word, "Check this copy:", "")
    linked(checked, page["check_link"], page["check_address"])
    if REPLACEMENT in str(words):
        word.add_paragraph(f"{REPLACEMENT} stands for a character that a document cannot hold; the record keeps it.")


def _reasons(word: Word, words: Pack) -> None:
    word.add_heading("Why each status", level=1).paragraph_format.page_break_before = True
    for each in words["reasons"]:
        heading = word.add_heading(f"{each['number']}. {each['summary']} – ", level=2)
        marked(heading, each["status"], each["status_words"])
        share = f" Share: {each['arithmetic']}." if each["arithmetic"] else ""
        word.add_paragraph(f"{each['because']}{share}", style=QUIETER)
        for condition in each["conditions"]:
            _condition(word, condition)


def _condition(word: Word, condition: Pack) -> None:
    paragraph = labelled(word, condition["requirement"], f"{condition['title']}. ", style="List Bullet")
    stated(paragraph, condition["state"], f"{condition['state_words']}: {condition['stands']}")
    source = " (documented)." if condition["documented"] else "."
    missing = f" Still to tick: {condition['missing']}." if condition["missing"] else ""
    owed = f" {condition['owed']}." if condition["owed"] else ""
    paragraph.add_run(f"{source}{missing}{owed}")
