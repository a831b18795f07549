"""No spreadsheet works out what somebody typed: every CSV and workbook that the service gives, and any text at all."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from igtoolkit.reports.board import board_bytes
from igtoolkit.reports.data_dictionary import dictionary_csv
from igtoolkit.reports.forms import BLANKS, FORMULA_STARTS, csv_bytes
from igtoolkit.reports.national import national_bytes
from igtoolkit.reports.national_files import national_file
from igtoolkit.reports.scores import scores_csv
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR
from tests.proofs import full, report
from tests.reports.small_nation import report_at, trust

AT = datetime(2015, 11, 5, 9, tzinfo=UTC)
EXAMPLES = full(200, 10_000)
CELL = Workbook().active["A1"]
TEN = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1", "\r=1", "\uff1d1+1", "\uff20SUM(1)"),
    *("=cmd|'/c calc'!A1", '  =HYPERLINK("http://e.example")'),
)
texts = st.one_of(
    st.text(max_size=30),
    st.builds(
        lambda blanks, start, rest: blanks + start + rest,
        st.text(BLANKS, max_size=3),
        st.sampled_from(FORMULA_STARTS),
        st.text(max_size=10),
    ),
)


def is_worked_out(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV would take a cell for a formula: as openpyxl types it, and stricter."""
    try:
        CELL.value = text.lstrip(BLANKS)
    except IllegalCharacterError:  # a control character, which no workbook holds
        return text.lstrip(BLANKS).startswith(FORMULA_STARTS)
    return CELL.data_type == "f" or text.lstrip(BLANKS).startswith(FORMULA_STARTS)


def cells_of(content: bytes) -> list[str]:
    return [cell for row in csv.reader(StringIO(content.decode(), newline="")) for cell in row]


@settings(max_examples=EXAMPLES, deadline=None)
@given(texts)
def test_no_text_is_a_formula_in_a_csv_of_ours_and_none_is_changed_otherwise(text):
    written = next(csv.reader(StringIO(csv_bytes([[text]]).decode("utf-8", "surrogatepass"), newline="")), [""])
    cell = written[0] if written else ""
    assert not is_worked_out(cell)
    assert cell in (text, f"'{text}")


def test_each_of_ten_strings_stays_words_in_every_file(db, client):
    submissions = []
    for n, text in enumerate(TEN, 1):
        ada = trust(f"DMA{n:03d}", name=text, region=text)
        ada.name = text
        ada.save()
        submissions.append(report_at(ada, Stage.BASELINE, 1))
    client.force_login(ada)
    files: dict[str, bytes] = {
        "board": b"".join(board_bytes(each, "csv") for each in submissions),
        "national": national_bytes(YEAR, "baseline", "csv"),
        "scores": scores_csv(submissions),
        "dictionary": dictionary_csv(),
        "trail": b"".join(client.get("/trail.csv").streaming_content),
    }
    for name, content in files.items():
        assert [cell for cell in cells_of(content) if is_worked_out(cell)] == [], name
    book = load_workbook(BytesIO(national_file(YEAR, "baseline", "xlsx", AT)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    words = {str(cell.value).strip() for cell in cells}
    assert {each.strip() for each in TEN} <= words
    report("formulas", f"{EXAMPLES} texts in CSV, {len(TEN)} strings in every CSV and workbook, 0 worked out")
