"""An organisation's levels as a file: a row for each requirement of each stage submitted. Source: docs/forms.md."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from igtoolkit.records.frameworks import framework
from igtoolkit.records.models import Submission
from igtoolkit.reports.phrases import day_of
from igtoolkit.standard.score_files import LEVEL_COLUMNS
from igtoolkit.standard.words import Stage


def scores_csv(submissions: Iterable[Submission]) -> bytes:
    """The latest submission of each stage, by year and stage; a requirement without a level has no row.

    UTF-8 with a line feed after each row, as the files it takes come: what was imported comes back byte for byte.
    """
    latest = {(each.year, each.stage): each for each in sorted(submissions, key=_order)}
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(LEVEL_COLUMNS)
    for each in latest.values():
        writer.writerows(_rows(each))
    return out.getvalue().encode()


def _order(submission: Submission) -> tuple[str, int, int]:
    return submission.year, list(Stage).index(Stage(submission.stage)), submission.number


def _rows(submission: Submission) -> Iterator[tuple[object, ...]]:
    snapshot = submission.snapshot
    version = framework(snapshot["framework"]).version
    day = day_of(submission.submitted_at).isoformat()
    for each in snapshot["answers"]:
        if each["level"] is not None:
            yield Stage(submission.stage).words, version, day, each["requirement"], each["level"]
