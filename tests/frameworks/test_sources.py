"""SOURCES.md says what the data say: it is read by people who must be able to trust it."""

import re
from collections import Counter

import pytest

from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.framework import Condition, Framework
from igtoolkit.standard.words import Basis
from scripts.booklet_runs import read

TEXT = (FOLDER / "igt-13" / "SOURCES.md").read_text("utf-8")
CODE = FOLDER.parent


def section(heading: str) -> str:
    """The text under one heading."""
    return TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def rows(heading: str) -> list[list[str]]:
    """The cells of every table row under a heading, heads and rules left out."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for i, row in enumerate(cells) if not row[0].startswith("---") and not _is_head(cells, i)]


def _is_head(cells: list[list[str]], i: int) -> bool:
    return i + 1 < len(cells) and cells[i + 1][0].startswith("---")


def in_words(condition: Condition) -> str:
    return (
        f"{condition.requirement}-{condition.criterion}"
        if condition.criterion
        else (f"{condition.requirement} level {condition.level}")
    )


def test_every_heading_that_the_code_cites_is_there() -> None:
    cited = [
        heading
        for path in [*CODE.glob("standard/*.py"), *FOLDER.glob("igt-13/*.yaml")]
        for heading in re.findall(r'SOURCES\.md, "([^"]+)"', path.read_text("utf-8"))
    ]
    assert len(cited) >= 4
    assert [each for each in cited if f"\n## {each}\n" not in TEXT] == []


def test_the_crosswalk_table_is_the_crosswalk(igt_13: Framework) -> None:
    held = [
        [str(one.number), in_words(each), each.basis.words] for one in igt_13.recommendations for each in one.conditions
    ]
    assert [row[:3] for row in rows("The crosswalk")] == held
    assert all(row[3] for row in rows("The crosswalk"))


def test_the_recommendations_left_out_are_named(igt_13: Framework) -> None:
    left_out = [str(each.number) for each in igt_13.crosswalk.recommendations if not each.conditions]
    assert f"Recommendations {', '.join(left_out[:-1])} and {left_out[-1]} have no condition" in section(
        "The crosswalk"
    )


def test_the_requirement_table_is_the_requirement_set(igt_13: Framework) -> None:
    words = {
        "all three": {"acute", "mental_health", "ambulance"},
        "acute, mental health": {"acute", "mental_health"},
        "acute": {"acute"},
        "mental health": {"mental_health"},
    }
    told = {
        int(number): words[row[2]]
        for row in rows("The requirement set")
        if row[2] in words
        for number in row[1].split(", ")
    }
    assert told == {each.number: set(each.kinds) for each in igt_13.requirements}


def test_the_documented_numbers_are_listed(igt_13: Framework) -> None:
    documented = {each.number for each in igt_13.requirements if each.basis is Basis.DOCUMENTED}
    told = {
        int(number)
        for row in rows("The requirement set")
        if re.fullmatch(r"[\d, ]+", row[0])
        for number in row[0].split(", ")
    }
    assert told == documented


def test_the_counts_are_those_of_the_data(igt_13: Framework) -> None:
    of = igt_13.requirements
    criteria = Counter(each.basis for one in of for each in one.criteria)
    recommendations = Counter(each.basis for each in igt_13.crosswalk.recommendations)
    conditions = Counter(each.basis for one in igt_13.recommendations for each in one.conditions)
    for said in (
        f"{sum(each.basis is Basis.DOCUMENTED for each in of)} of {len(of)} documented",
        f"{criteria[Basis.OUR_READING]} of {criteria.total()} our reading",
        f"{recommendations[Basis.DOCUMENTED]} of {recommendations.total()} documented",
        f"{conditions[Basis.DOCUMENTED]} of {conditions.total()} conditions documented",
        f"The other {sum(each.basis is Basis.OUR_READING for each in of)} are general knowledge",
        f"Our {criteria.total()} criteria follow that shape",
        f"booklet's {len(read()):,} runs",
    ):
        assert said in TEXT.replace("\n", " "), said


def test_what_was_never_found_is_said_plainly() -> None:
    told = section("What is documented and what is our reading")
    assert "no criteria of the trust view were ever found" in told
    assert "commercial third party's** own published return" in told
    assert "**part** of the title" in section("The requirement set")


@pytest.mark.parametrize("name", ["framework.yaml", "calendar.yaml", "crosswalk-caldicott2-1.yaml", "requirements"])
def test_every_source_key_in_the_data_is_explained(name: str) -> None:
    path = FOLDER / "igt-13" / name
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    sources = [line for each in files for line in re.findall(r"^ *source: (.+)$", each.read_text("utf-8"), re.M)]
    used = {key for line in sources for key in re.findall(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)?\b", line)}
    explained = {row[0] for row in rows("Sources")}
    not_keys = {"IG", "PSN", "SIRO", "SIRI", "NHS"}
    assert used - not_keys - explained == set()
    assert sources
