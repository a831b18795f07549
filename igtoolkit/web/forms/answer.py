"""The form of one requirement: everything on it as typed, and as the action takes it."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from igtoolkit.actions.said import Said, tidy
from igtoolkit.records.models import Answer
from igtoolkit.web.forms.dates import NO_DATE, TypedDate, Unreadable
from igtoolkit.web.forms.evidence import EvidenceRow, beside, merged, next_index, posted_rows, recorded_rows

MARKS = {"complete": True, "not_complete": False}
NO_VERSION = -1  # a form that names none is older than any


@dataclass(frozen=True)
class AnswerForm:
    """What stands on the page: as recorded, or as typed. `then` names the button pressed."""

    ticked: frozenset[str] = frozenset()
    not_yet: bool = False
    not_relevant: bool = False
    reason: str = ""
    comment: str = ""
    target_level: str = ""
    target_date: TypedDate = NO_DATE
    owner: str = ""
    rows: tuple[EvidenceRow, ...] = ()
    version: int = 0
    then: str = ""
    add: str = ""

    @classmethod
    def of(cls, answer: Answer) -> "AnswerForm":
        """As recorded."""
        return cls(
            ticked=frozenset(answer.ticked),
            not_yet=answer.not_yet,
            not_relevant=answer.not_relevant,
            reason=answer.reason,
            comment=answer.comment,
            target_level=str(answer.target_level or ""),
            target_date=TypedDate.of(answer.target_date),
            owner=answer.owner,
            rows=tuple(recorded_rows(answer.evidence_list())),
            version=answer.version,
        )

    @classmethod
    def posted(cls, post: QueryDict) -> "AnswerForm":
        """As typed."""
        return cls(
            ticked=frozenset(post.getlist("ticked")),
            not_yet="not_yet" in post,
            not_relevant="not_relevant" in post,
            reason=post.get("reason", ""),
            comment=tidy(post.get("comment", "")),
            target_level=post.get("target_level", "").strip(),
            target_date=TypedDate.posted(post, "target_date"),
            owner=post.get("owner", ""),
            rows=tuple(posted_rows(post)),
            version=_version(post.get("version", "")),
            then=post.get("then", ""),
            add=post.get("add", ""),
        )

    def said(self) -> Said:
        """For the action: blank rows and removed ones left out, what cannot be read named with words."""
        unreadable: dict[str, str] = {}
        evidence = tuple(row.said(unreadable) for row in self.rows if not row.is_blank and not row.removed)
        return Said(
            ticked=self.ticked,
            not_yet=self.not_yet,
            not_relevant=self.not_relevant,
            reason=tidy(self.reason).strip(),
            comment=self.comment,
            target_level=self._target_level(unreadable),
            target_date=self._target_date(unreadable),
            owner=tidy(self.owner).strip(),
            evidence=evidence,
            complete=MARKS.get(self.then),
            unreadable=unreadable,
        )

    def _target_level(self, unreadable: dict[str, str]) -> int | None:
        if self.target_level in ("", "1", "2", "3"):
            return int(self.target_level) if self.target_level else None
        unreadable["target_level"] = "Target level must be 1, 2 or 3"
        return None

    def _target_date(self, unreadable: dict[str, str]) -> date | None:
        try:
            return self.target_date.read("Target date")
        except Unreadable as words:
            unreadable["target_date"] = str(words)
            return None

    def with_room(self, criteria: tuple[str, ...]) -> "AnswerForm":
        """With a row for new evidence under each criterion that has none, and one more where another was asked for."""
        rows = list(self.rows)
        for code in criteria:
            if code == self.add or not any(row.criterion == code and not row.pk for row in rows):
                rows.append(EvidenceRow(code, next_index(rows, code)))
        return replace(self, rows=tuple(rows))

    def beside(self, answer: Answer) -> "AnswerForm":
        """As typed, each row of evidence knowing the piece it stands for."""
        return replace(self, rows=tuple(beside(self.rows, answer.evidence_list())))

    def again(self, theirs: Answer) -> "AnswerForm":
        """As typed, ready to be saved over what somebody else recorded since."""
        return replace(self, rows=tuple(merged(self.rows, theirs.evidence_list())), version=theirs.version)


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NO_VERSION
