"""What the code may not do, held by reading it."""

import ast
from functools import cache
from pathlib import Path

from igtoolkit.access.table import markdown

ROOT = Path(__file__).parents[2]
CODE = ROOT / "igtoolkit"
AROUND_THE_GUARD = {"unscoped", "_base_manager", "_default_manager", "raw", "extra"}
# Work that is nobody's in particular; each call gives its reason, and a new one is added here on purpose.
EVERYTHING = {
    "access/trail.py": 1,
    "actions/scores/importing.py": 1,
    "actions/scores/full.py": 1,
    "actions/witnessing.py": 2,
    "config/commands/report.py": 1,
    "config/commands/scores_export.py": 1,
    "config/demonstration/recording.py": 1,
    "reports/trail_export.py": 3,
    "reports/verify.py": 2,
    "reports/verify_chains.py": 1,
}


@cache
def modules() -> list[tuple[str, ast.Module]]:
    """Every module of ours by its name, read once."""
    paths = [each for each in sorted(CODE.rglob("*.py")) if "migrations" not in each.parts]
    return [(each.relative_to(CODE).as_posix(), ast.parse(each.read_text("utf-8"))) for each in paths]


def test_only_access_goes_around_the_guard_on_tenant_rows():
    found = [
        f"{name}:{node.lineno} .{node.attr}"
        for name, tree in modules()
        if not name.startswith("access/") and name != "records/guarding.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in AROUND_THE_GUARD
    ]
    assert found == []


def test_every_reach_for_everything_is_known_and_gives_its_reason():
    counted: dict[str, int] = {}
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "everything":
                assert [each.arg for each in node.keywords] == ["reason"], f"{name}:{node.lineno}"
                counted[name] = counted.get(name, 0) + 1
    assert counted == EVERYTHING


def test_docs_access_is_fresh():
    assert (ROOT / "docs" / "access.md").read_text("utf-8") == markdown(), (
        "run: python -m igtoolkit access-table --out docs/access.md"
    )


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
