"""The last sheet: what the workbook is made from, what every column and word means, and where it comes from."""

from collections.abc import Iterator, Sequence

from igtoolkit.records.frameworks import framework_for
from igtoolkit.reports.national import Report, framework_of
from igtoolkit.reports.national_made import Made, words
from igtoolkit.reports.national_meanings import MEANINGS, SELF_ASSESSED, SHARE, rests_on
from igtoolkit.reports.national_page import Page
from igtoolkit.reports.national_snapshots import Read, Versions
from igtoolkit.reports.national_xlsx import conditions, summary, table
from igtoolkit.reports.national_xlsx.sheet import DEMONSTRATION, Book, Column
from igtoolkit.standard.framework import Framework, Recommendation

NAME = "Notes"
DICTIONARY = "Every column and key of every file is explained at /help/data/ of the service this came from."
COLUMNS = (Column("About", 24, ""), Column("What", 44, ""), Column("Meaning", 110, "", "wrapped"))
LOOKS = [each.look for each in COLUMNS]
Note = tuple[str, str, str]


def write(book: Book, report: Report, read: Read) -> None:
    framework = framework_of(report)
    sheet = book.sheet(NAME, COLUMNS)
    heading = sheet.headings(COLUMNS)
    for each in (*made_of(book.page, book.made), *_versions(framework, read), *_words(framework)):
        sheet.line(each, LOOKS)
    sheet.filtered(heading, COLUMNS, frozen=0)


def made_of(page: Page, made: Made) -> Iterator[Note]:
    """What this copy is made from, so that it can be held against the record."""
    about = "This copy"
    if made.demonstration:
        yield about, "Demonstration", DEMONSTRATION
    yield about, "Made from", words(page, made)
    yield about, "SHA-256 of the JSON", f"{made.sha256}: the report's JSON file of the same records has this digest."
    yield about, "Rests on", rests_on(framework_for(page.year))
    yield about, "Self-assessed", SELF_ASSESSED
    yield about, "What the files say", DICTIONARY
    yield about, "Shares and changes", SHARE


def _versions(framework: Framework, read: Read) -> Iterator[Note]:
    in_force = Versions(framework.code, framework.digest, framework.crosswalk.code, framework.crosswalk.digest)
    for each in sorted(read.versions.keys() | {in_force}):
        n = read.versions[each]
        made = f"{n:,} submission{'' if n == 1 else 's'} worked out with it; SHA-256 "
        yield "Versions", f"Framework {each.framework}", made + each.framework_digest
        yield "Versions", f"Crosswalk {each.crosswalk}", made + each.crosswalk_digest


def _words(framework: Framework) -> Iterator[Note]:
    for status, meaning in MEANINGS.items():
        yield "Status", status.words, meaning
    columns: dict[str, Sequence[Column]] = {
        f"Sheet {summary.NAME}, who": summary.WHO,
        f"Sheet {summary.NAME}, counts": summary.COUNTS,
        f"Sheet {table.NAME}": (*table.WHO, *map(table.recommendation, framework.recommendations), *table.AFTER),
        f"Sheet {conditions.NAME}": conditions.COLUMNS,
    }
    for sheet, several in columns.items():
        yield from ((sheet, each.heading, each.meaning) for each in several)
    yield from map(_recommendation, framework.recommendations)


def _recommendation(each: Recommendation) -> Note:
    return "Sources", f"{each.number}: {each.summary}", f"{each.basis.words.capitalize()}. {each.source}"
