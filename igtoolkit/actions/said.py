"""What somebody says about a requirement, and what is wrong with it, in words for beside the field."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from igtoolkit.records.models import Answer
from igtoolkit.standard.framework import MAX_LEVEL, Requirement

COMMENT_MAX = 10_000
NOTE_MAX = 2_000
REASON_MAX = 2_000
OWNER_MAX = 100
LINK_MAX = 500
EVIDENCE_MAX = 100
FILE_NAME_MAX = 200
ONE_LINE = frozenset("\n\t\u2028\u2029")  # other line ends no text may have
JOINERS = "\u200c\u200d"  # they shape words in some scripts
LOST = "\ufffd"  # what a browser or a decoder puts where a character was not readable
OLDEST = date(1990, 1, 1)


class Invalid(ValueError):
    """What was given cannot be recorded. `errors` maps each field to words that say what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("; ".join(errors.values()))


@dataclass(frozen=True)
class EvidenceSaid:
    """One piece of evidence as given. `pk` names one recorded before; None is new. `field` is its form prefix."""

    criterion: str
    note: str = ""
    link: str = ""
    dated: date | None = None
    pk: int | None = None
    field: str = "evidence"


@dataclass(frozen=True)
class Said:
    """Everything a save says about one requirement.

    complete: True marks it complete, False takes the mark off, None leaves it unless the substance changes.
    unreadable: field -> words, for what was typed and could not be read (a date that does not exist).
    """

    ticked: frozenset[str] = frozenset()
    not_yet: bool = False
    not_relevant: bool = False
    reason: str = ""
    comment: str = ""
    target_level: int | None = None
    target_date: date | None = None
    owner: str = ""
    evidence: tuple[EvidenceSaid, ...] = ()
    complete: bool | None = None
    unreadable: Mapping[str, str] = field(default_factory=dict)


def problems(
    requirement: Requirement, said: Said, before: Answer, *, level: int, today: date, maintained: bool = False
) -> dict[str, str]:
    """Field name -> what to do about it; empty when all is well.

    level: what the ticks come to. today: the day in London. maintained: it was at level 3 in last year's
    Final, so that its maintenance criterion applies; newly ticked elsewhere it is refused. A target that
    was set before and has passed since may stay; a new one may not lie in the past.
    """
    found: dict[str, str] = {} if maintained else dict(_maintenance_problems(requirement, said, before))
    for name, words in _all_problems(requirement, said, before, level, today):
        found.setdefault(name, words)
    return found


def _all_problems(
    requirement: Requirement, said: Said, before: Answer, level: int, today: date
) -> Iterator[tuple[str, str]]:
    yield from said.unreadable.items()
    yield from _tick_problems(requirement, said, level)
    yield from text_problems("comment", "Comment", said.comment, COMMENT_MAX)
    yield from read_problems("reason", "Reason", said.reason, REASON_MAX)
    yield from line_problems("owner", "Owner", said.owner, OWNER_MAX)
    yield from _target_problems(said, before, today)
    if len(said.evidence) > EVIDENCE_MAX:
        first = f"{said.evidence[-1].field}-note"
        yield first, f"A requirement holds at most {EVIDENCE_MAX} pieces of evidence: put several into one"
    for each in said.evidence:
        yield from _evidence_problems(requirement, each, today)
    if said.complete and not (said.ticked or said.not_yet or said.not_relevant):
        yield "ticked", "Tick a criterion, or choose “Not yet at level 1”, before marking this requirement complete"


def _tick_problems(requirement: Requirement, said: Said, level: int) -> Iterator[tuple[str, str]]:
    strange = sorted(said.ticked - requirement.criterion_codes)
    if strange:
        named = ", ".join(shown(each) for each in strange[:5])
        yield "ticked", f"{requirement.code} has no criterion {named}: tick only the criteria listed here"
    if said.not_yet and level:
        yield "not_yet", f"Every criterion of level {level} is ticked, so “Not yet at level 1” cannot also be chosen"
    if said.not_relevant and not requirement.not_relevant:
        yield (
            "not_relevant",
            f"{requirement.code} cannot be marked not relevant: it applies to every organisation of your kind",
        )
    if said.not_relevant and not says_something(said.reason):
        yield "reason", "Give the reason why this requirement is not relevant"


def _maintenance_problems(requirement: Requirement, said: Said, before: Answer) -> Iterator[tuple[str, str]]:
    """A maintenance criterion newly ticked where it does not apply; a tick from before may stay."""
    for each in requirement.criteria:
        if each.maintenance and each.code in said.ticked and each.code not in before.ticked:
            yield (
                "ticked",
                f"{each.code} applies only where level 3 was reached in last year's Final: leave it unticked",
            )


def _target_problems(said: Said, before: Answer, today: date) -> Iterator[tuple[str, str]]:
    if said.target_level is not None and not 1 <= said.target_level <= MAX_LEVEL:
        yield "target_level", "Target level must be 1, 2 or 3"
    if said.target_level is not None and said.target_date is None:
        yield "target_date", "Enter the date by which the target level will be reached"
    if said.target_date is not None and said.target_level is None:
        yield "target_level", "Choose the level that will be reached by the target date"
    if said.target_date and said.target_date != before.target_date:
        if said.target_date < today:
            yield "target_date", "Target date must be today or in the future"
        elif said.target_date.year > today.year + 10:
            yield "target_date", "Target date must be within ten years"


def _evidence_problems(requirement: Requirement, said: EvidenceSaid, today: date) -> Iterator[tuple[str, str]]:
    if said.criterion not in requirement.criterion_codes:
        yield f"{said.field}-note", f"{requirement.code} has no criterion {shown(said.criterion)}"
    yield from text_problems(f"{said.field}-note", "Evidence note", said.note, NOTE_MAX)
    if not said.note.strip() and not said.link:
        yield f"{said.field}-note", "Describe the evidence, or give a link to it"
    if len(said.link) > LINK_MAX:
        yield f"{said.field}-link", f"Link must be {LINK_MAX} characters or fewer; it has {len(said.link):,}"
    elif said.link and not is_https(said.link):
        yield f"{said.field}-link", "Link must be a web address that begins with https://"
    if said.dated is None:
        yield f"{said.field}-dated", "Enter the date the evidence is from"
    elif said.dated > today:
        yield f"{said.field}-dated", "The date the evidence is from must be today or in the past"
    elif said.dated < OLDEST:
        yield f"{said.field}-dated", "The date the evidence is from must be 1990 or later"


def text_problems(field: str, name: str, text: str, limit: int) -> Iterator[tuple[str, str]]:
    """Too long, or holding what no database keeps and no page shows."""
    if len(text) > limit:
        yield field, f"{name} must be {limit:,} characters or fewer; it has {len(text):,}"
    unkept = next((at for at, each in enumerate(text) if not _is_kept(each)), None)
    if unkept is not None:
        before = shown(text[:unkept].strip()[-20:])
        place = f"after “{before}”" if before else "at its beginning"
        yield field, f"{name} holds a character that cannot be kept, {place}: remove it or type it again"


def read_problems(field: str, name: str, text: str, limit: int) -> Iterator[tuple[str, str]]:
    """The same of a short text that others go by, such as a reason, which must also read as it is written."""
    yield from text_problems(field, name, text, limit)
    if holds_unseen(text):
        yield field, f"{name} holds a character that cannot be seen: type it again"


def line_problems(field: str, name: str, text: str, limit: int) -> Iterator[tuple[str, str]]:
    """The same of what somebody or something goes by, which stands on one line besides."""
    yield from read_problems(field, name, text, limit)
    if not ONE_LINE.isdisjoint(text):
        yield field, f"{name} must be on one line: remove the line end or tab in it"


def holds_unseen(text: str) -> bool:
    """Whether a character only steers how others are shown, as those do which turn the direction of what is written,
    and is no joiner inside a word. A name with one may read as another's."""
    for at, each in enumerate(text):
        beside = (text[at - 1 : at], text[at + 1 : at + 2])
        inside = all(one and unicodedata.category(one)[0] in "LM" for one in beside)
        if unicodedata.category(each) == "Cf" and not (each in JOINERS and inside):
            return True
    return False


def _is_kept(character: str) -> bool:
    """Not control characters (but for line ends and tabs), halves of pairs, what stands for one that was lost, or
    what Unicode will never make a character: no Word file may hold some of these."""
    if ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF:
        return False
    category = unicodedata.category(character)
    return category != "Cs" and character != LOST and (category != "Cc" or character in "\n\t")


def says_something(text: str) -> bool:
    """Whether there is anything to read in it: a letter, figure or sign, not only spaces and invisible characters."""
    return any(unicodedata.category(each)[0] in "LNPS" for each in text)


def is_https(link: str) -> bool:
    """Whether a link is a plain https address of reasonable length."""
    if len(link) > LINK_MAX or not link.isprintable() or any(each.isspace() for each in link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme == "https" and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False


def shown(text: str) -> str:
    """A few characters of something strange, safe to repeat in an error message."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text[:20])


def kept_name(name: str) -> str:
    """A file's name as it is kept: what cannot be printed written out (a file may be called anything), not endless."""
    return (name if name.isprintable() else ascii(name)[1:-1])[:FILE_NAME_MAX]


def tidy(text: str) -> str:
    """Line ends as one character, so that a browser's two do not count against the limit."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
