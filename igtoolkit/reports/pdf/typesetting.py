"""Typst, set up once per process: only the fonts beside this file, no network, PDF/UA-1 mode.

Nothing is compiled or loaded on import: a process forked after its parent has compiled once would
wait for ever. `compiled` is therefore called by the process that needs the PDF, never before a fork.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

import typst

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"

# A Typst compiler serves one caller at a time.
_one_at_a_time = Lock()


@lru_cache(maxsize=4)
def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(HERE / template), root=str(HERE), font_paths=fonts)


def compiled(template: str, inputs: Mapping[str, object], *, at: datetime) -> bytes:
    """The template as PDF bytes; the same inputs and the same `at` give the same bytes.

    inputs: JSON-ready values by name, which the template reads from `sys.inputs`; data never becomes
    Typst source. at: an aware instant, written as the PDF's creation time.
    Raises ValueError for an `at` without a time zone, and typst.TypstError when the template fails,
    for one on a character that no font has.
    """
    if at.tzinfo is None:
        raise ValueError("the instant of a PDF needs a time zone")
    as_json = {name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()}
    with _one_at_a_time:
        made = _compiler(template).compile(
            format="pdf", sys_inputs=as_json, pdf_standards="ua-1", timestamp=at.astimezone(UTC).replace(microsecond=0)
        )
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: Typst gave {type(made).__name__}, not one PDF")
    return made
