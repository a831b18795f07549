"""Draws papers from the words in a JSON file, in a process of its own that is watched: `renders.py WORDS FOLDER`."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
AT = datetime(2015, 11, 5, 9, tzinfo=UTC)


def main(words: Path, folder: Path) -> None:
    import django

    django.setup()
    from igtoolkit.reports.pack.word import pack_docx
    from igtoolkit.reports.pdf.board import board_pdf
    from igtoolkit.reports.pdf.national import national_pdf
    from igtoolkit.reports.pdf.pack import pack_pdf

    told = json.loads(words.read_text("utf-8"))
    (folder / "begin").write_bytes(b"")  # from here on it is watched
    (folder / "board.pdf").write_bytes(board_pdf(told["board"], at=AT))
    (folder / "pack.pdf").write_bytes(pack_pdf(told["pack"], at=AT))
    (folder / "pack.docx").write_bytes(pack_docx(told["pack"], at=AT))
    (folder / "national.pdf").write_bytes(national_pdf(told["national"], at=AT))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
