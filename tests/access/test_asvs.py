"""docs/asvs.md: a row for each requirement of ASVS 5.0 levels 1 and 2, and none that rests on a test that is gone."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "asvs.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.M)
# How many requirements of levels 1 and 2 a chapter has; the 17th, WebRTC, is no part of a service like this.
SIZES = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16)
CHAPTERS = dict(enumerate(SIZES, start=1))
REASONS = ("Not applicable: ", "Operator: ", "Not met: ", "Not shown")


def test_every_requirement_has_one_row():
    numbers = [number for number, *_ in ROWS]
    assert len(numbers) == len(set(numbers))
    assert {chapter: sum(each.startswith(f"{chapter}.") for each in numbers) for chapter in CHAPTERS} == CHAPTERS


@pytest.mark.parametrize(("number", "how"), [(number, how) for number, _, _, how in ROWS])
def test_no_row_rests_on_what_is_not_there(number, how):
    named = re.findall(r"`([^`]+)`", how)
    assert named or how.startswith(REASONS), number
    for each in named:
        path, _, name = each.partition("::")
        assert (ROOT / path).exists(), each
        assert not name or name in functions(path), each


def test_the_counts_at_its_head_are_true():
    tested = sum("`tests/" in how and not how.startswith(REASONS) for *_, how in ROWS)
    not_met = sum(how.startswith("Not met") for *_, how in ROWS)
    assert f"{len(ROWS)} rows: {tested} rest on tests" in TEXT
    assert f"{not_met} not met" in TEXT


@cache
def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
