"""What the service is made of: every part is named, locked by its digest, and the one that runs."""

import ast
import json
import re
import sys
from datetime import UTC, date, datetime
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import django
from packaging.requirements import Requirement

from scripts import audit

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.txt").read_text("utf-8")
# What our code takes from a part that comes with one that is named.
WITH = {"fido2": "django-allauth", "requests": "django-allauth", "markupsafe": "jinja2", "pydantic-core": "pydantic"}
SUPPORTED = {(5, 2): date(2028, 4, 30)}  # releases of the framework with long-term support, and until when


def locked() -> dict[str, Requirement]:
    """{name: the part with its version} of what the lock says runs on this machine."""
    lines = re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?==[^\\\n]+)", LOCK, re.M)
    found = [Requirement(line.strip()) for line in lines]
    return {audit.plain(each.name): each for each in found if each.marker is None or each.marker.evaluate()}


def named() -> set[str]:
    text = (ROOT / "requirements.in").read_text("utf-8")
    return {
        audit.plain(Requirement(line.partition("#")[0]).name)
        for line in text.splitlines()
        if line.partition("#")[0].strip()
    }


def test_everything_that_our_code_imports_is_a_part_that_is_named():
    imported = set()
    for path in (ROOT / "igtoolkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"igtoolkit", "__future__"}
    known = packages_distributions()
    taken = {module: {audit.plain(each) for each in known[module]} for module in outside}
    assert {module for module, parts in taken.items() if not parts & (named() | set(WITH))} == set()
    for part, whole in WITH.items():
        assert part in {audit.plain(Requirement(each).name) for each in requires(whole)}


def test_every_part_is_locked_by_its_digest_and_is_the_one_that_runs():
    for part in re.split(r"\n(?=[\w])", LOCK.strip()):
        assert "--hash=sha256:" in part, part.split("\n")[0]
        assert "://" not in part
    assert {name: version(name) for name in locked()} == {
        name: next(iter(each.specifier)).version for name, each in locked().items()
    }
    served = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, each in served.items() if name and not each["integrity"].startswith("sha512-")] == []


def test_the_framework_is_a_release_that_is_still_mended():
    assert datetime.now(UTC).date() < SUPPORTED[django.VERSION[:2]]
    assert django.VERSION[:3] >= (5, 2, 19)
