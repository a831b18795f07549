"""docs/asvs.md: a row for each requirement of ASVS 5.0 levels 1 and 2, nine in ten of those that apply held by tests
that are there."""

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
# Those of level 3 that matter to rivals' assessments in one table.
BEYOND = {"1.2.10", "2.3.5", "5.2.4", "5.2.6", "6.3.8", "7.5.3", "8.3.2", "14.2.8", "15.4.2"}
NOT_APPLICABLE, OPERATOR, IN_PART, NOT_MET = REASONS = ("Not applicable: ", "Operator: ", "In part: ", "Not met: ")
AT_LEAST = 90  # percent of the rows that apply, the operator's among them
TESTED = [how for *_, how in ROWS if "`tests/" in how and not how.startswith(REASONS)]


def test_every_requirement_has_one_row():
    numbers = [number for number, *_ in ROWS]
    usual = [number for number, level, *_ in ROWS if level in "12"]
    assert len(numbers) == len(set(numbers))
    assert {chapter: sum(each.startswith(f"{chapter}.") for each in usual) for chapter in CHAPTERS} == CHAPTERS
    assert set(numbers) - set(usual) == BEYOND


@pytest.mark.parametrize(("number", "how"), [(number, how) for number, _, _, how in ROWS])
def test_no_row_rests_on_what_is_not_there(number, how):
    named = [each for each in re.findall(r"`([^`]+)`", how) if "/" in each or each.endswith(".md")]
    assert named or how.startswith(REASONS), number
    for each in named:
        path, _, name = each.partition("::")
        assert (ROOT / path).exists(), each
        assert not path.startswith("tests/") or name in functions(path) or how.startswith(NOT_APPLICABLE), each


def test_nine_in_ten_of_what_applies_are_held_by_tests():
    applying = [how for *_, how in ROWS if not how.startswith(NOT_APPLICABLE)]
    assert 100 * len(TESTED) >= AT_LEAST * len(applying), (len(TESTED), len(applying))


def test_the_counts_at_its_head_are_true():
    counts = [sum(how.startswith(reason) for *_, how in ROWS) for reason in REASONS]
    documents = len(ROWS) - len(TESTED) - sum(counts)
    words = "{} do not apply, {} are the operator's, {} are met in part, {} not met".format(*counts)
    told = f"{len(ROWS)} rows: {len(TESTED)} rest on tests, {words}, {documents} rest on documents."
    share = 100 * len(TESTED) // (len(ROWS) - counts[0])
    assert told in TEXT
    assert f"{share} % rest on tests" in TEXT


@cache
def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
