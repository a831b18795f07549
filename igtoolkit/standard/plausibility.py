"""Results worth a second look: what in a submission raises a question, by rules anyone can read.

A rule finds a pattern, never a fault: there may be a good answer, and no result is changed by it.
No source gives such rules: the patterns and their numbers are our reading.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from igtoolkit.standard.scoring import SATISFACTORY_LEVEL

Said = Mapping[str, Any]  # an answer as the snapshot has it
Answers = Sequence[Said]

ROSE_BY = 2  # levels, in one requirement: one level between stages is an ordinary season's work
ROSE_IN = 4  # requirements: fewer can be one project that was finished and not written down
SAME_IN = 5  # requirements: one policy may well answer for three or four
SAME_LENGTH = 20  # characters: “See evidence” says too little to be called copied
LEVEL_IN = 10  # requirements: few of them can all be at one level by chance


class Rule(StrEnum):
    """A pattern that raises a question."""

    RISEN_WITHOUT_EVIDENCE = "risen_without_evidence"
    SAME_COMMENT = "same_comment"
    ALL_AT_LEVEL_2 = "all_at_level_2"

    @property
    def words(self) -> str:
        """The whole rule, as a sentence."""
        return _WORDS[self]


_WORDS = {
    Rule.RISEN_WITHOUT_EVIDENCE: (
        "Four or more requirements, scored at both stages, rose by two levels or more since the stage compared with, "
        "and have no evidence that they did not have then."
    ),
    Rule.SAME_COMMENT: (
        "The same comment, of 20 characters or more, stands on five or more requirements. "
        "Capitals and spaces make no difference."
    ),
    Rule.ALL_AT_LEVEL_2: (
        "Every requirement that counts is scored, and each is at exactly level 2; "
        "asked where ten requirements or more count."
    ),
}


@dataclass(frozen=True)
class Noticed:
    """That a rule found its pattern, and the codes of the requirements it found it in. Never a comment."""

    rule: Rule
    requirements: tuple[str, ...]


def second_look(answers: Answers, before: Answers | None) -> tuple[Noticed, ...]:
    """What a submission's answers raise a question about, in the order of the rules; mostly nothing.

    answers: those of the snapshot, each {"requirement", "level", "not_relevant", "comment", "evidence", …}; one
    never touched has "requirement" and "level" alone. before: those of the submission compared with, None
    without one.
    """
    found = {
        Rule.RISEN_WITHOUT_EVIDENCE: _risen_without_evidence(answers, before or ()),
        Rule.SAME_COMMENT: _same_comment(answers),
        Rule.ALL_AT_LEVEL_2: _all_at_level_2(answers),
    }
    return tuple(Noticed(rule, codes) for rule, codes in found.items() if codes)


def _risen_without_evidence(answers: Answers, before: Answers) -> tuple[str, ...]:
    then = {each["requirement"]: each for each in before}
    risen = [each for each in answers if _rose(each, then.get(each["requirement"]))]
    bare = [each for each in risen if not _added(each, then[each["requirement"]])]
    return _codes(bare) if len(bare) >= ROSE_IN else ()


def _rose(now: Said, then: Said | None) -> bool:
    """Not scored, or not relevant, is no level: nothing rises from there. Of an imported level no evidence is known."""
    if then is None or then["level"] is None or now["level"] is None or now.get("ticked", ()) is None:
        return False
    return bool(now["level"] - then["level"] >= ROSE_BY)


def _added(now: Said, then: Said) -> bool:
    """Whether any evidence is new; reworded, or under another criterion, it counts as new."""
    return any(each not in then.get("evidence", ()) for each in now.get("evidence", ()))


def _same_comment(answers: Answers) -> tuple[str, ...]:
    """Every requirement whose comment stands on enough of them; there may be several such comments."""
    alike: dict[str, list[Said]] = defaultdict(list)
    for each in answers:
        alike[_plain(each.get("comment", ""))].append(each)
    copied = [
        each["requirement"]
        for comment, group in alike.items()
        if len(comment) >= SAME_LENGTH and len(group) >= SAME_IN
        for each in group
    ]
    return tuple(code for code in _codes(answers) if code in copied)


def _plain(comment: str) -> str:
    return " ".join(comment.split()).casefold()


def _all_at_level_2(answers: Answers) -> tuple[str, ...]:
    counting = [each for each in answers if not each.get("not_relevant", False)]
    level = all(each["level"] == SATISFACTORY_LEVEL for each in counting)
    return _codes(counting) if level and len(counting) >= LEVEL_IN else ()


def _codes(answers: Iterable[Said]) -> tuple[str, ...]:
    return tuple(each["requirement"] for each in answers)
