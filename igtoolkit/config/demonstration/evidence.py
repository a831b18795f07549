"""The evidence beside each ticked criterion: notes and links, each with the day it is from."""

import re
from datetime import date, timedelta
from functools import cache

from igtoolkit.actions.said import EvidenceSaid
from igtoolkit.config.demonstration.comments import MONTHS
from igtoolkit.config.demonstration.dice import chance, day_between, pick, whole
from igtoolkit.config.demonstration.names import Invented
from igtoolkit.config.demonstration.people import senior_people
from igtoolkit.config.demonstration.words.everywhere import COMMITTEES
from igtoolkit.records.frameworks import framework
from igtoolkit.standard.calendar import span, year_of
from igtoolkit.standard.framework import Criterion, Requirement

A_YEAR = timedelta(days=300)  # about as far back as evidence goes
SHARE_EVIDENCED, SHARE_NEWLY, SHARE_SECOND = 0.36, 0.5, 0.1  # what was met for long, what was met since, a second piece
SHARE_KEPT_UP = 0.5  # of the requirements that reports rest on: gathered anew each year, a piece for every criterion
SHARE_LINKED, SHARE_OWN_WORDS = 0.22, 0.18
A_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
# Where it is kept or which issue, for half of it.
WHERE = ("",) * 5 + (" (IG shared drive)", " (held by the IG team)", " (v2.0)", " (latest issue)", ", pages 2-3")
OWN_WORDS = (
    "{committee} minutes, item {item}",
    "{committee} paper {item}.{part}",
    "E-mail from {guardian} to all clinical leads",
    "E-mail from {siro} agreeing this",
    "Screenshot taken by the IG team",
    "Datix report, {part} incidents in the period",
    "Staff survey results, question {item}",
    "Intranet page, last updated by {lead}",
    "Internal audit report IA/15/{item}, recommendation closed",
    "Sample of {item} checked by {lead}",
    "Team brief, {item}th edition",
    "Board paper, agenda item {item}",
    "Spreadsheet kept by the IG team, tab {part}",
    "Photograph of the notice on display",
)
LINKS = ("policies", "minutes", "evidence", "audits", "procedures")


@cache
def _reported() -> frozenset[str]:
    """The requirements that recommendations rest on."""
    found = framework("igt-13").recommendations
    return frozenset(condition.requirement for each in found for condition in each.conditions)


def evidence(
    trust: Invented,
    requirement: Requirement,
    ticked: frozenset[str],
    *,
    since: date | None = None,
    until: date,
    share: float = SHARE_NEWLY,
) -> tuple[EvidenceSaid, ...]:
    """Evidence for a share of the criteria ticked, in order, dated from `since` (or the year before) to `until`.

    Where a requirement is kept up, for all of them, and from within the year.
    """
    since = since or until - A_YEAR
    if requirement.code in _reported() and chance(SHARE_KEPT_UP, trust.code, requirement.code, "kept up"):
        since, share = max(since, span(year_of(until))[0]), 1.0
    said = []
    for code in sorted(ticked):
        question = (trust.code, requirement.code, code)
        wanted = 1 if chance(share, *question, "evidenced") else 0
        if wanted and chance(SHARE_SECOND, *question, "twice"):
            wanted = 2
        said += [_piece(trust, requirement, requirement.criterion(code), nth, since, until) for nth in range(wanted)]
    return tuple(said)


def _piece(
    trust: Invented, requirement: Requirement, criterion: Criterion, nth: int, since: date, until: date
) -> EvidenceSaid:
    question = (trust.code, requirement.code, criterion.code, nth)
    note = _note(trust, criterion, question)
    dated = _dated(note, since, until, question)
    if dated < since:  # the note names a month that lies before
        note, dated = _own_words(trust, question), day_between(since, until, *question, "dated")
    link = _link(trust, requirement, criterion, dated) if chance(SHARE_LINKED, *question, "linked") else ""
    return EvidenceSaid(criterion.code, note=note, link=link, dated=dated)


def _note(trust: Invented, criterion: Criterion, question: tuple[object, ...]) -> str:
    nth = question[-1]
    if not criterion.evidence or chance(SHARE_OWN_WORDS, *question, "own words"):
        return _own_words(trust, question)
    start = whole(0, len(criterion.evidence) - 1, *question[:-1], "example")
    example = criterion.evidence[(start + int(str(nth))) % len(criterion.evidence)]
    return example + pick(WHERE, *question, "where")


def _own_words(trust: Invented, question: tuple[object, ...]) -> str:
    return _filled(pick(OWN_WORDS, *question, "words"), trust, question)


def _filled(words: str, trust: Invented, question: tuple[object, ...]) -> str:
    named = senior_people(trust)
    return words.format(
        committee=pick(COMMITTEES, trust.code),
        guardian=named.get("caldicott_guardian", ("the Caldicott Guardian",))[0],
        siro=named.get("siro", ("the SIRO",))[0],
        lead=named.get("ig_lead", ("the IG manager",))[0],
        item=whole(4, 19, *question, "item"),
        part=whole(2, 9, *question, "part"),
    )


def _dated(note: str, since: date, until: date, question: tuple[object, ...]) -> date:
    """A day in the last month the note names, where it names one; otherwise any day from since to until."""
    named = A_MONTH.findall(note)
    if named:
        month = MONTHS.index(named[-1]) + 1
        first = date(until.year if (month, 1) < (until.month, until.day) else until.year - 1, month, 1)
        return day_between(first, min(first.replace(day=28), until), *question, "dated")
    return day_between(since, until, *question, "dated")


def _link(trust: Invented, requirement: Requirement, criterion: Criterion, dated: date) -> str:
    folder = pick(LINKS, trust.code, requirement.code, criterion.code, "folder")
    return f"https://intranet.{trust.host}/ig/{folder}/{requirement.code}-{criterion.code}-{dated:%Y-%m}"
