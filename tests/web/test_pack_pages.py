"""The board pack over the web: for the trust's own people alone, the same file each time."""

from io import BytesIO

import docx

from igtoolkit.standard.words import Stage
from tests.reports.board_example import JULY, handed_in, submitted
from tests.reports.test_board_pdf import text_of
from tests.worlds import world

REPORT = "/organisations/DMA001/2015-16/baseline/"


@world
def corrected(cast, assessment):
    """A Baseline, and a correction of it in which 13-207 has an owner."""
    handed_in(assessment, cast.ada)
    assessment.answers.filter(requirement="13-207").update(owner="Deputy Chief Nurse")
    return submitted(assessment, Stage.BASELINE, JULY, cast.ada, reason="the owner was left out")


def test_own_people_get_the_pack_as_pdf_and_word_and_nobody_else_knows_of_it(client, cast, corrected):
    client.force_login(cast.ben)
    paper, word = client.get(f"{REPORT}pack.pdf"), client.get(f"{REPORT}pack.docx")
    assert (paper.status_code, word.status_code) == (200, 200)
    assert paper["Content-Type"] == "application/pdf"
    assert word["Content-Disposition"] == 'attachment; filename="board-pack-DMA001-2015-16-baseline-2.docx"'
    assert "Deputy Chief Nurse" in text_of(paper.content)
    assert "Correction 2: the owner was left out" in text_of(paper.content)
    tables = docx.Document(BytesIO(word.content)).tables
    assert "Deputy Chief Nurse" in [row.cells[3].text for row in tables[1].rows]
    assert client.get(f"{REPORT}pack.docx").content == word.content
    assert client.get(f"{REPORT}pack.pdf", HTTP_IF_NONE_MATCH=paper["ETag"]).status_code == 304
    first = client.get(f"{REPORT}1/pack.pdf")
    assert first["Content-Disposition"] == 'inline; filename="board-pack-DMA001-2015-16-baseline.pdf"'
    assert "Deputy Chief Nurse" not in text_of(first.content)
    for other in (cast.nia, cast.cleo, cast.dev, cast.sam):
        client.force_login(other)
        assert {client.get(f"{REPORT}pack.{form}").status_code for form in ("pdf", "docx")} == {404}
