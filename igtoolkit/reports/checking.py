"""Whether a copy is what was made here. The answer is yes or no: no content of a submission leaves this file."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from igtoolkit.access import scope
from igtoolkit.access.reach import reaching
from igtoolkit.records.rows import SUBMITTED
from igtoolkit.reports.board import Form, board_bytes, board_report

REMADE: tuple[Form, ...] = ("json", "csv")  # the same bytes for ever; a PDF is what was stored when it was first made


@dataclass(frozen=True)
class Printed:
    """The headline figures that somebody reads on a paper. percent: None where it says that there is no score."""

    code: str
    year: str
    stage: str
    met: int
    partly_met: int
    not_met: int
    not_applicable: int
    percent: int | None


@reaching(SUBMITTED)
def is_ours(digest: str, content: Iterable[bytes]) -> bool:
    """Whether a file is, byte for byte, one made from the submission with this digest (64 hex digits)."""
    submission, found = scope.submission_with(digest), hashlib.sha256()
    for part in content:
        found.update(part)
    if submission is None:
        return False
    if submission.documents.filter(sha256=found.hexdigest()).exists():
        return True
    return found.digest() in [hashlib.sha256(board_bytes(submission, form)).digest() for form in REMADE]


@reaching(SUBMITTED)
def agrees(digest: str, printed: Printed) -> bool:
    """Whether all of these figures are those of the submission with this digest. It never says which are not."""
    submission = scope.submission_with(digest)
    if submission is None:
        return False
    report = board_report(submission)
    told = Printed(
        code=report["organisation"]["code"].upper(),
        year=report["year"],
        stage=report["stage"],
        percent=report["score"]["percent"],
        **report["headline"],
    )
    return told == printed
