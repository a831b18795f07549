"""SOURCES.md says what the data say: it is read by people who must be able to trust it."""

import re
from collections import Counter

import pytest

from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.framework import Condition, Framework, Requirement
from igtoolkit.standard.words import Basis
from scripts.booklet_runs import read

TEXT = (FOLDER / "igt-13" / "SOURCES.md").read_text("utf-8")
TEXT_11 = (FOLDER / "igt-11" / "SOURCES.md").read_text("utf-8")
CODE = FOLDER.parent
Set = tuple[Requirement, ...]


def section(heading: str, text: str = TEXT) -> str:
    """The text under one heading."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def rows(heading: str, text: str = TEXT) -> list[list[str]]:
    """The cells of every table row under a heading, heads and rules left out."""
    lines = [line for line in section(heading, text).splitlines() if line.startswith("|")]
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


def test_every_heading_that_version_11_cites_is_there() -> None:
    text = "".join(path.read_text("utf-8") for path in FOLDER.glob("igt-11/*.yaml"))
    cited = re.findall(r'SOURCES\.md, "([^"]+)"', text)
    assert cited
    assert [each for each in cited if f"\n## {each}\n" not in TEXT_11] == []


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


def test_the_requirement_table_is_the_requirement_set(trusts: Set) -> None:
    words = {
        "all four": {"acute", "mental_health", "ambulance", "community_provider"},
        "acute, mental health, community": {"acute", "mental_health", "community_provider"},
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
    assert told == {each.number: set(each.kinds) for each in trusts}


def test_the_table_of_other_kinds_is_what_they_hold(igt_13: Framework) -> None:
    held = []
    for kind in sorted((each for each in igt_13.kinds if each.size and not each.reported), key=lambda each: each.name):
        of = igt_13.for_kind(kind.code).requirements
        criteria = "the trusts'" if kind.group == "trust" else str(sum(len(each.criteria) for each in of))
        held.append([kind.name, f"`{kind.group}`", str(len(of)), criteria, kind.basis.words])
    told = [[*row[:4], row[4].split(":")[0]] for row in rows("The sets of the other kinds")]
    assert sorted(told) == held


def test_the_initiatives_of_version_11_are_told(igt_11: Framework) -> None:
    told = {row[0].split("(")[1].rstrip(")"): row[1].split(", ") for row in rows("The requirement set", TEXT_11)}
    held: dict[str, list[str]] = {each.code: [] for each in igt_11.initiatives}
    for each in igt_11.requirements:
        held[each.initiative].append(str(each.number))
    assert told == held


def test_the_documented_numbers_are_listed(trusts: Set) -> None:
    documented = {each.number for each in trusts if each.basis is Basis.DOCUMENTED}
    told = {
        int(number)
        for row in rows("The requirement set")
        if re.fullmatch(r"[\d, ]+", row[0])
        for number in row[0].split(", ")
    }
    assert told == documented


def test_the_counts_are_those_of_the_data(igt_13: Framework, trusts: Set) -> None:
    of = trusts
    others = [each for each in igt_13.requirements if each.group != "trust"]
    criteria = Counter(each.basis for one in of for each in one.criteria)
    recommendations = Counter(each.basis for each in igt_13.crosswalk.recommendations)
    conditions = Counter(each.basis for one in igt_13.recommendations for each in one.conditions)
    for said in (
        f"{sum(each.basis is Basis.DOCUMENTED for each in of)} of {len(of)} documented",
        f"{criteria[Basis.OUR_READING]} of {criteria.total()} our reading",
        f"{recommendations[Basis.DOCUMENTED]} of {recommendations.total()} documented",
        f"{conditions[Basis.DOCUMENTED]} of {conditions.total()} conditions documented",
        f"The other {sum(each.basis is Basis.OUR_READING for each in of)} are general knowledge",
        f"{sum(each.basis is Basis.DOCUMENTED for each in others)} of {len(others)} numbers documented",
        f"Our {criteria.total()} criteria follow that shape",
        f"booklet's {len(read()):,} runs",
    ):
        assert said in TEXT.replace("\n", " "), said


def test_what_was_never_found_is_said_plainly() -> None:
    told = section("What is documented and what is our reading")
    assert "no criteria of the trust view were ever found" in told
    assert "commercial third party's** own published return" in told
    assert "**part** of the title" in section("The requirement set")


DATA = ["framework.yaml", "calendar.yaml", "requirements"]
PLACES = [
    *(f"{folder}/{name}" for folder in ("igt-13", "igt-11") for name in DATA),
    "igt-13/crosswalk-caldicott2-1.yaml",
]


@pytest.mark.parametrize("name", PLACES)
def test_every_source_key_in_the_data_is_explained(name: str) -> None:
    path = FOLDER / name
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    sources = [line for each in files for line in re.findall(r"^ *source: (.+)$", each.read_text("utf-8"), re.M)]
    used = {key for line in sources for key in re.findall(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)?\b", line)}
    explained = {row[0] for row in rows("Sources", TEXT_11 if name.startswith("igt-11") else TEXT)}
    not_keys = {"IG", "PSN", "SIRO", "SIRI", "NHS"}
    assert used - not_keys - explained == set()
    assert sources
