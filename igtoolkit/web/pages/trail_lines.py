"""Rows as lines of CSV, one at a time: a long trail is never held whole."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO


def csv_lines(rows: Iterable[list[object]]) -> Iterator[str]:
    """Each row as RFC 4180 has it, with CRLF after it."""
    for row in rows:
        out = StringIO(newline="")
        csv.writer(out, lineterminator="\r\n").writerow(row)
        yield out.getvalue()
