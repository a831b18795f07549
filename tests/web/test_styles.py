"""Styles and pages agree: a name that no stylesheet knows does nothing for whoever reads the page."""

import re
from pathlib import Path

import igtoolkit.web

ROOM = Path(igtoolkit.web.__file__).parent
NAME = re.compile(r"(?<![\w-])igt-[a-z0-9]+(?:__[a-z0-9-]+)?(?:--[a-z0-9-]+)?(?![\w{-])")


def names(kind: str, text: "re.Pattern[str] | None" = None) -> dict[str, str]:
    """{name: a file in which it stands}; text: in which parts of a file to look."""
    found = {}
    for path in sorted(ROOM.rglob(f"*.{kind}")):
        parts = text.findall(path.read_text("utf-8")) if text else [path.read_text("utf-8")]
        found |= {name: path.name for part in parts for name in NAME.findall(part) if "vendor" not in path.parts}
    return found


def test_each_name_on_a_page_is_styled_or_used_by_a_script():
    used = names("jinja", re.compile(r'class="([^"]*)"'))
    known = set(names("css") | names("js"))
    known |= {name.partition("--")[0] for name in known}  # what a modified part is a part of
    assert len(used) > 200
    assert {name: where for name, where in used.items() if name not in known} == {}
