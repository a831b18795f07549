"""The rows of evidence on a requirement's page: fields EVIDENCE-criterion-row-part, for example evidence-2c-0-note."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from igtoolkit.actions.said import EvidenceSaid, tidy
from igtoolkit.records.models import Evidence
from igtoolkit.web.forms.dates import NO_DATE, PARTS, TypedDate, Unreadable

FIELD = re.compile(rf"evidence-([0-9A-Za-z]{{1,5}})-([0-9]{{1,4}})-(?:note|link|pk|remove|dated-(?:{'|'.join(PARTS)}))")


@dataclass(frozen=True)
class EvidenceRow:
    """One row as typed. `pk` names a piece recorded before; empty is new. `recorded` is that piece, if still there."""

    criterion: str
    index: int
    note: str = ""
    link: str = ""
    dated: TypedDate = NO_DATE
    pk: str = ""
    removed: bool = False
    recorded: Evidence | None = None

    @property
    def field(self) -> str:
        return f"evidence-{self.criterion}-{self.index}"

    @property
    def is_blank(self) -> bool:
        return not (self.note.strip() or self.link.strip() or self.pk) and self.dated.is_blank

    @property
    def is_changed(self) -> bool:
        """Whether it says other than what is recorded."""
        return self.removed or not self.recorded or self.told != EvidenceRow.of(self.recorded, 0).told

    @property
    def told(self) -> tuple[str, str, str, TypedDate]:
        """What it says, whichever row it stands in."""
        return self.criterion, tidy(self.note).strip(), self.link.strip(), self.dated.tidied

    @classmethod
    def of(cls, recorded: Evidence, index: int) -> "EvidenceRow":
        return cls(
            criterion=recorded.criterion,
            index=index,
            note=recorded.note,
            link=recorded.link,
            dated=TypedDate.of(recorded.dated),
            pk=str(recorded.pk),
            recorded=recorded,
        )

    @classmethod
    def posted(cls, post: Mapping[str, str], criterion: str, index: int) -> "EvidenceRow":
        field = f"evidence-{criterion}-{index}"
        pk = post.get(f"{field}-pk", "")
        return cls(
            criterion=criterion,
            index=index,
            note=post.get(f"{field}-note", ""),
            link=post.get(f"{field}-link", ""),
            dated=TypedDate.posted(post, f"{field}-dated"),
            pk=pk if re.fullmatch("[0-9]{1,18}", pk) else "",
            removed=f"{field}-remove" in post,
        )

    def said(self, unreadable: dict[str, str]) -> EvidenceSaid:
        """The row for the action; a date that cannot be read adds its words to `unreadable`."""
        criterion, note, link, _ = self.told
        try:
            dated = self.dated.read("Date")
        except Unreadable as words:
            dated = None
            unreadable[f"{self.field}-dated"] = str(words)
        return EvidenceSaid(criterion, note, link, dated, int(self.pk) if self.pk else None, self.field)


def posted_rows(post: Mapping[str, str]) -> list[EvidenceRow]:
    """Every row of the form, criterion by criterion; a piece named twice is a new one the second time."""
    found = {(each[1], int(each[2])) for name in post if (each := FIELD.fullmatch(name))}
    rows, named = [], set()
    for criterion, index in sorted(found):
        row = EvidenceRow.posted(post, criterion, index)
        rows.append(replace(row, pk="") if row.pk and row.pk in named else row)
        named.add(row.pk)
    return rows


def recorded_rows(recorded: Iterable[Evidence]) -> list[EvidenceRow]:
    """A row for each piece recorded."""
    counts: dict[str, int] = {}
    rows = []
    for each in recorded:
        rows.append(EvidenceRow.of(each, counts.get(each.criterion, 0)))
        counts[each.criterion] = counts.get(each.criterion, 0) + 1
    return rows


def beside(rows: Iterable[EvidenceRow], recorded: Iterable[Evidence]) -> list[EvidenceRow]:
    """Typed rows, each knowing the piece recorded that it stands for."""
    pieces = {str(each.pk): each for each in recorded}
    return [replace(row, recorded=pieces.get(row.pk)) for row in rows]


def merged(rows: Iterable[EvidenceRow], recorded: Iterable[Evidence]) -> list[EvidenceRow]:
    """Typed rows brought up to what is recorded now, so that saving them undoes nobody's work unseen.

    A new row that says the same as a recorded piece becomes that piece; a row whose piece somebody else
    removed becomes a new one; pieces that others recorded since get rows of their own.
    """
    pieces = {str(each.pk): each for each in recorded}
    claimed = {row.pk for row in rows}
    found = []
    for row in rows:
        if row.pk not in pieces:
            if row.removed:
                continue
            same = (pk for pk, each in pieces.items() if pk not in claimed and EvidenceRow.of(each, 0).told == row.told)
            row = replace(row, pk=next(same, ""))
            claimed.add(row.pk)
        found.append(row)
    for pk, each in pieces.items():
        if pk not in claimed:
            found.append(EvidenceRow.of(each, next_index(found, each.criterion)))
    return beside(found, recorded)


def next_index(rows: Iterable[EvidenceRow], criterion: str) -> int:
    """The first index free after a criterion's rows."""
    return max((row.index for row in rows if row.criterion == criterion), default=-1) + 1
