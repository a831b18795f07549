"""Digests of every run of eight words in the official booklet, so that tests can tell our words from its words.

    python scripts/booklet_runs.py BOOKLET.pdf BOOKLET.csv BOOKLET.json

writes tests/data/booklet-v11-runs.bin. The booklet itself is not in the repository and cannot be read
back from the digests. A PDF is read with pdftotext (poppler-utils).
"""

import csv
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

WORDS_IN_A_RUN = 8
BYTES_OF_A_DIGEST = 8
OUT = Path(__file__).parent.parent / "tests" / "data" / "booklet-v11-runs.bin"
# What each page repeats, and the review dates that fall into the middle of a table's sentences.
FURNITURE = re.compile(
    r"Information Governance Toolkit\s+Page \d+ of \d+|Commercial Third Party \| v11|\b\d\d/\d\d/\d{4}\b|\f"
)


def words(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without punctuation, hyphens parting words."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[a-z0-9]+", re.sub("['’‘]", "", plain))


def runs(text: str) -> Iterator[str]:
    """Every run of eight words of a text, one space between words; none in a shorter text."""
    found = words(text)
    for start in range(len(found) - WORDS_IN_A_RUN + 1):
        yield " ".join(found[start : start + WORDS_IN_A_RUN])


def digest(run: str) -> bytes:
    """The first 8 bytes of the SHA-256 of one run."""
    return hashlib.sha256(run.encode()).digest()[:BYTES_OF_A_DIGEST]


def read(path: Path = OUT) -> frozenset[bytes]:
    """The stored digests."""
    held = path.read_bytes()
    return frozenset(held[at : at + BYTES_OF_A_DIGEST] for at in range(0, len(held), BYTES_OF_A_DIGEST))


def texts(path: Path) -> Iterable[str]:
    """The texts of one booklet file. Raises KeyError for a kind of file it cannot read."""
    readers = {".pdf": _texts_of_pdf, ".csv": _texts_of_csv, ".json": _texts_of_json}
    return readers[path.suffix](path)


def _texts_of_pdf(path: Path) -> list[str]:
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True, text=True)
    return [FURNITURE.sub(" ", told.stdout)]


def _texts_of_csv(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def _texts_of_json(path: Path) -> list[str]:
    return list(_strings(json.loads(path.read_text("utf-8"))))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def main(paths: list[Path]) -> None:
    digests = sorted({digest(run) for path in paths for text in texts(path) for run in runs(text)})
    OUT.write_bytes(b"".join(digests))
    print(f"{OUT}: {len(digests)} runs")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main([Path(each) for each in sys.argv[1:]])
