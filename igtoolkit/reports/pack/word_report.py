"""The first part of the Word pack: the board report itself."""

from typing import Any

from docx.document import Document as Word

from igtoolkit.reports.pack.word_look import QUIETER
from igtoolkit.reports.pack.word_parts import labelled, marked, table

Pack = dict[str, Any]
CHANGES = {"up": "▲ Up", "down": "▼ Down", "same": "", "none": ""}
WIDTH = 174.0  # millimetres between the margins


def report(word: Word, page: Pack) -> None:
    """What the page says, in its order."""
    _masthead(word, page)
    _headline(word, page)
    _recommendations(word, page)
    _steps(word, page)
    _people(word, page)


def _masthead(word: Word, page: Pack) -> None:
    word.add_paragraph(page["organisation"]["name"] or "–", style="Title")
    about = (page["organisation"]["code"], page["organisation"]["kind"], page["year"], page["stage"], page["submitted"])
    word.add_paragraph(" · ".join(about), style="Subtitle")
    for each in page["notes"]:
        word.add_paragraph(each, style="List Bullet")


def _headline(word: Word, page: Pack) -> None:
    word.add_heading(page["headline"], level=1)
    word.add_paragraph(page["story"])
    score = page["score"]
    if score:
        labelled(word, f"IG Toolkit score {score['percent']}, {score['grade']}.", f"{score['note']}.")
    else:
        word.add_paragraph(page["score_absent"])
    for each in page["themes"]:
        labelled(word, f"{each['name']}:", each["words"], style="List Bullet")


def _recommendations(word: Word, page: Pack) -> None:
    word.add_heading("The recommendations", level=2)
    since = {f"Since {page['previous_stage']}": 24.0} if page["previous_stage"] else {}
    columns = {"No.": 10.0, "Recommendation": 62.0, "Now": 26.0, **since, "Due": 21.0}
    columns[page["rests_on"]] = WIDTH - sum(columns.values())
    rows = [_row(each, compared=bool(since)) for each in page["rows"]]
    made = table(word, columns, rows, about="How each recommendation stands, and what it rests on")
    for row, each in zip(made.rows[1:], page["rows"], strict=True):
        marked(row.cells[2].paragraphs[0], each["status"], each["status_words"])
    only = f" Only what rose or fell since {page['previous_stage']} is marked." if since else ""
    word.add_paragraph(f"{page['key']}{only}", style=QUIETER)


def _row(row: Pack, *, compared: bool) -> list[str]:
    change = [CHANGES[row["change"]]] if compared else []
    due = "part dated" if row["part_dated"] else "no date" if row["undated"] else row["due"]
    return [str(row["number"]), row["summary"], "", *change, due, row["rests_on"]]


def _steps(word: Word, page: Pack) -> None:
    word.add_heading("What would move most", level=2)
    for each in page["steps"]:
        labelled(word, f"{each['doing']}.", f"{each['about']}. {each['result']}", style="List Number")
    if not page["steps"]:
        word.add_paragraph(page["steps_absent"])


def _people(word: Word, page: Pack) -> None:
    word.add_heading("Who answers for this", level=2)
    for each in page["people"]:
        labelled(word, f"{each['post']}:", each["name"])
    word.add_paragraph(f"{page['basis']} Feedback: {page['feedback_address']}", style=QUIETER)
