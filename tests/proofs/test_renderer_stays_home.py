"""Whatever stands in a name or a comment, drawing a paper opens no connection and reads no file but its own.

The process that draws is watched by strace: what it connects to, and what it opens from the first paper on.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.proofs import full, report
from tests.reports.board_page_example import ordinary
from tests.reports.pack_example import pack_of
from tests.reports.test_national_pdf import nation, paper_of

CANARY = "kept-to-itself-7f3a9c"
HOSTILE = (
    "<img src=http://169.254.169.254/latest/meta-data/>",
    '#import "FILE"',
    '#read("FILE")',
    '#image("FILE")',
    "@import url(http://169.254.169.254/x.css);",
    "file://FILE",
    "\\input{FILE}",
    '<!ENTITY x SYSTEM "file://FILE">&x;',
    "{% include 'FILE' %}",
    '=WEBSERVICE("http://169.254.169.254/")',
    "<svg><image href='http://169.254.169.254/x.png'/></svg>",
    "[x](http://169.254.169.254/)",
)
WORDY = (
    "name",
    "summary",
    "title",
    "words",
    "owner",
    "says",
    "comment",
    "note",
    "about_questions",
    "headline",
    "heading",
)


def can_watch() -> bool:
    """Whether strace is here, and this machine lets it look at a process."""
    tried = ["strace", "-o", os.devnull, "true"]
    return bool(shutil.which("strace")) and not subprocess.run(tried, capture_output=True, check=False).returncode


pytestmark = pytest.mark.skipif(not can_watch(), reason="strace, which watches, is not here or may not")


def hostile(value: Any, text: str, key: str = "") -> Any:
    """The same words, each name and text among them with the hostile one behind it."""
    if isinstance(value, dict):
        return {name: hostile(each, text, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, text, key) for each in value]
    return f"{value} {text}" if isinstance(value, str) and value and key in WORDY else value


def watched(tmp_path: Path, words: dict[str, Any]) -> list[str]:
    """The calls that the process made once it drew: connect, and every file opened."""
    (tmp_path / "words.json").write_text(json.dumps(words), "utf-8")
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-s", "300", "-e", "trace=connect,sendto,open,openat", "-o", str(trace)]
    command = [sys.executable, "-m", "tests.proofs.renders", str(tmp_path / "words.json"), str(tmp_path)]
    env = {**os.environ, "HOME": str(tmp_path)}  # else it is looked for in /etc/passwd
    subprocess.run([*strace, *command], check=True, capture_output=True, cwd=Path(__file__).parents[2], env=env)
    told = trace.read_text("utf-8", "replace").splitlines()
    begun = next(n for n, line in enumerate(told) if f"{tmp_path}/begin" in line)
    return told[begun + 1 :]


def read_back(tmp_path: Path) -> str:
    """All that the papers say."""
    pdfs = [
        subprocess.run(["pdftotext", str(tmp_path / name), "-"], capture_output=True, check=True).stdout.decode()
        for name in ("board.pdf", "pack.pdf", "national.pdf")
    ]
    with ZipFile(tmp_path / "pack.docx") as word:
        return "".join(pdfs) + "".join(word.read(name).decode("utf-8", "replace") for name in word.namelist())


@pytest.mark.django_db
def test_drawing_a_paper_connects_to_nothing_and_reads_nobodys_file(tmp_path):
    secret = tmp_path / "secret.typ"
    secret.write_text(CANARY, "utf-8")
    texts = [each.replace("FILE", str(secret)) for each in HOSTILE]
    rounds = [" ".join(texts)] if not full(False, True) else texts
    papers = {"board": ordinary(), "pack": pack_of(ordinary()), "national": paper_of(nation(3, 2, 1))}
    calls: list[str] = []
    for text in rounds:
        calls += watched(tmp_path, hostile(papers, text))
        assert CANARY not in read_back(tmp_path)
    connected = [line for line in calls if re.search(r"(connect|sendto)\(.*AF_(INET|INET6|UNIX)", line)]
    assert connected == []
    assert [line for line in calls if "secret.typ" in line or "/etc/passwd" in line or "169.254" in line] == []
    report(
        "renderer stays home",
        f"{4 * len(rounds)} papers with {len(HOSTILE)} hostile texts, 0 connections, 0 foreign files",
    )
