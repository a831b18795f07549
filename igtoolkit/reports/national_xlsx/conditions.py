"""The third sheet: what each recommendation rests on, and how many organisations hold it."""

from igtoolkit.reports.national import Report, framework_of
from igtoolkit.reports.national_page import Group
from igtoolkit.reports.national_snapshots import Asked, Read, asked
from igtoolkit.reports.national_xlsx.sheet import Book, Column, Value
from igtoolkit.standard.framework import Framework, UnknownRequirement
from igtoolkit.standard.words import Basis, State

NAME = "Conditions"
COLUMNS = (
    Column("Recommendation", 16, "The number of the recommendation that rests on this condition."),
    Column("Requirement", 12, "The requirement it asks about."),
    Column("Title", 44, "The requirement's title.", "wrapped"),
    Column("Needs", 14, "The level it must have reached, or the criterion that must be ticked with all below it."),
    Column("Basis", 13, "“Documented” was read in a source; “Our reading” is ours, since none says it."),
    Column("Kind", 22, "The kind of organisation counted in this row; “All trusts” adds the kinds up: filter by it."),
    Column("Holds", 9, "Organisations in whose submission the condition holds."),
    Column("Does not hold", 9, "Those in whose submission it does not."),
    Column("Not scored", 9, "Those that had not yet scored the requirement, or whose criteria are not known."),
    Column("Does not apply", 9, "Those whose set is without the requirement, or to which it is not relevant."),
    Column("Not submitted", 10, "Those that have not submitted."),
    Column("Source", 90, "Where the condition comes from, in the words of the crosswalk.", "wrapped"),
)
LOOKS = [each.look for each in COLUMNS]


def write(book: Book, report: Report, read: Read) -> None:
    framework = framework_of(report)
    sheet = book.sheet(NAME, COLUMNS)
    heading = sheet.headings(COLUMNS)
    for each in asked(read, report):
        basis, source = read.basis.get(each) or _said(framework, each)
        facts: list[Value] = [each.recommendation, each.requirement, _title(framework, each), needs(each)]
        for group in (book.page.total, *book.page.groups):
            counts = _counts(read, each, group)
            sheet.line([*facts, Basis(basis).words.capitalize(), group.words, *counts, source], LOOKS)
    sheet.filtered(heading, COLUMNS, frozen=2)


def needs(each: Asked) -> str:
    """Level 2, or Criterion 3b."""
    return f"Criterion {each.criterion}" if each.criterion else f"Level {each.needed}"


def _counts(read: Read, each: Asked, group: Group) -> list[Value]:
    """How many hold it, do not, have not scored it, are not asked; then how many have not submitted."""
    kinds = {group.code} if group.code else {kind for _, kind, _ in read.states}
    return [*(sum(read.states[each, kind, state.value] for kind in kinds) for state in State), group.missing]


def _said(framework: Framework, each: Asked) -> tuple[str, str]:
    """What the crosswalk in force says of a condition that no submission was asked yet."""
    for one in framework.recommendation(each.recommendation).conditions:
        if (one.requirement, one.criterion or "", one.level or 1) == each[1:]:
            return one.basis.value, one.source
    raise LookupError(f"{framework.crosswalk.code} has no condition {each}.")


def _title(framework: Framework, each: Asked) -> str:
    """The requirement's title as the first reported kind that has it reads it; empty where none has."""
    for kind in framework.reported_kinds:
        try:
            return framework.for_kind(kind.code).requirement(each.requirement).title
        except UnknownRequirement:
            continue
    return ""
