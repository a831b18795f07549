"""The loader takes a sound framework, and tells of everything wrong with another: file, line and what."""

from pathlib import Path
from typing import NamedTuple

import pytest

from igtoolkit.standard.canonical import digest
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.loading import load
from igtoolkit.standard.words import Basis, Stage, Theme
from igtoolkit.standard.yaml_lines import FrameworkError
from tests.frameworks.small_files import FILES, line_of, spoiled, write

TRUST_100 = "requirements/trust-100.yaml"
TRUST_200 = "requirements/trust-200.yaml"
CROSSWALK = "crosswalk-small-1.yaml"


class Spoil(NamedTuple):
    """Replace the `number`-th `old` with `new` in a file; the problem stands where `at` does, and says `says`."""

    file: str
    old: str
    new: str
    at: str
    says: str
    number: int = 1
    at_number: int = 1


SPOILS = {
    "unknown key": Spoil(
        TRUST_100,
        "    why: Why 101",
        "    wy: x\n    why: Why 101",
        "wy: x",
        "requirements.0.wy: this key is not known",
    ),
    "missing key": Spoil(
        TRUST_100, "    why: Why 105 matters.\n", "", "number: 105", "requirements.1.why: this key is"
    ),
    "missing key at the top": Spoil(
        "framework.yaml", "version: 13\n", "", "code: small-1", "version: this key is missing"
    ),
    "duplicate key": Spoil(
        TRUST_100, "    why: Why 101", "    title: Again\n    why: Why 101", "title: Again", "“title” is given twice"
    ),
    "words for a number": Spoil(TRUST_100, "number: 105", "number: one", "number: one", "should be a valid integer"),
    "a number in quotes": Spoil(
        TRUST_100, "number: 105", 'number: "105"', 'number: "105"', "should be a valid integer"
    ),
    "a number for words": Spoil(
        TRUST_100, "title: Requirement 105", "title: 105", "title: 105", "should be a valid string"
    ),
    "a list for words": Spoil(
        CROSSWALK, "summary: The second", "summary: [a]", "summary: [a]", "should be a valid string"
    ),
    "words for yes or no": Spoil(
        "framework.yaml", "reported: true", "reported: on it", "on it", "should be a valid boolean"
    ),
    "words for simplified or not": Spoil(
        "framework.yaml",
        "reported: false",
        "reported: false\n    simplified: very",
        "very",
        "should be a valid boolean",
    ),
    "a kind's key that is not known": Spoil(
        "framework.yaml",
        "reported: false",
        "reported: false\n    simple: true",
        "simple",
        "kinds.1.simple: this key is",
    ),
    "no assurance": Spoil(
        "framework.yaml", "assurance: It is true.\n", "", "code: small-1", "assurance: this key is missing"
    ),
    "an empty assurance": Spoil(
        "framework.yaml", "assurance: It is true.", "assurance: ''", "assurance", "at least 1 character"
    ),
    "a list for an assurance": Spoil(
        "framework.yaml", "assurance: It is true.", "assurance: [a]", "assurance", "should be a valid string"
    ),
    "a number for a crosswalk": Spoil(
        "framework.yaml", "crosswalk: small-1", "crosswalk: 1", "crosswalk", "should be a valid string"
    ),
    "a crosswalk that nothing names": Spoil(
        "framework.yaml", "crosswalk: small-1\n", "", "code: small-1", "but no key crosswalk that names the one in use"
    ),
    "a report without a crosswalk": Spoil(
        "framework.yaml",
        "crosswalk: small-1\n",
        "",
        "reported: true",
        "acute cannot have a report without a crosswalk",
    ),
    "empty words": Spoil(TRUST_100, "title: Requirement 105", "title: ' '", "title: ' '", "at least 1 character"),
    "a day that is none": Spoil(
        "calendar.yaml", "2016-03-31", "2016-02-30", "2016-02-30", "day is out of range for month"
    ),
    "words for a day": Spoil("calendar.yaml", "2016-03-31", "31 March", "31 March", "should be a valid date"),
    "unknown basis": Spoil(
        CROSSWALK, "basis: our_reading", "basis: hearsay", "hearsay", "'documented' or 'our_reading'"
    ),
    "unknown theme": Spoil(CROSSWALK, "theme: rights", "theme: wrongs", "theme: wrongs", "'leadership', 'sharing'"),
    "not YAML": Spoil("calendar.yaml", "    update:", "   update:", "   update:", "is not YAML"),
    "a control character": Spoil(
        "calendar.yaml", "update:", "update: \x07", "update:", "is not YAML: special characters"
    ),
    "an unknown tag": Spoil("calendar.yaml", "2016-03-31", "!x 2016-03-31", "!x", "could not determine a constructor"),
    "a merge key": Spoil("calendar.yaml", "years:", "<<: {a: 1}\nyears:", "<<", "“<<” cannot be read"),
    "a key that is a list": Spoil("calendar.yaml", "years:", "? [a]\n: 1\nyears:", "? [a]", "a key must be one word"),
    "a list for a whole file": Spoil(
        "calendar.yaml", "years:", "- years:", "- years:", "should hold keys and their values"
    ),
    "requirement given twice": Spoil(
        TRUST_100, "number: 105", "number: 101", "number: 101", "requirement 101 is given twice for trust", at_number=2
    ),
    "criterion code given twice": Spoil(
        TRUST_200, "code: 3b", "code: 3a", "code: 3a", "criterion 3a stands where 3b was expected", at_number=2
    ),
    "criterion at another level": Spoil(
        TRUST_200, "code: 2a", "code: 1b", "code: 1b", "1b stands where 2a was expected"
    ),
    "criterion code out of reach": Spoil(TRUST_200, "code: 2a", "code: 4a", "code: 4a", "should match pattern"),
    "level with a maintenance criterion alone": Spoil(
        TRUST_200,
        "          - {code: 3a, text: It is checked., basis: our_reading, evidence: [A minute]}\n          - {code: 3b",
        "          - {code: 3a",
        "      3:",
        "level 3 cannot be reached",
    ),
    "level with nothing": Spoil(
        TRUST_200,
        "criteria:\n          - {code: 2a, text: It is done., basis: our_reading, evidence: [A minute]}",
        "criteria: []",
        "      2:",
        "level 2 cannot be reached",
    ),
    "maintenance before level 3": Spoil(
        TRUST_200, "code: 2a,", "code: 2a, maintenance: true,", "code: 2a", "only the last of level 3 can be"
    ),
    "maintenance before the last": Spoil(
        TRUST_200, "code: 3a,", "code: 3a, maintenance: true,", "code: 3a", "only the last of level 3 can be"
    ),
    "a level left out": Spoil(TRUST_200, "      1:\n", "      4:\n", "levels:", "exactly the levels 1, 2 and 3"),
    "unknown kind": Spoil(
        TRUST_200, "kinds: [acute]", "kinds: [acute, hospital]", "hospital", "hospital is not a kind"
    ),
    "kind of another group": Spoil(
        TRUST_200, "kinds: [acute]", "kinds: [acute, gp]", "gp]", "gp is not a kind of the group"
    ),
    "kind named twice": Spoil(
        TRUST_200, "kinds: [acute]", "kinds: [acute, acute]", "acute, acute", "acute is given twice"
    ),
    "kind defined twice": Spoil(
        "framework.yaml", "code: gp", "code: acute", "code: acute", "kind acute is given twice", 1, 2
    ),
    "words for an unknown kind": Spoil(
        "framework.yaml", 'TRUST: ""', "TRUST: care", "TRUST: care", "care, which is not a kind"
    ),
    "words for kinds given twice": Spoil(
        "framework.yaml",
        "  CARE TRUST",
        "  Acute - large: gp\n  CARE TRUST",
        "Acute - large",
        "“acute - large” is given twice",
    ),
    "wrong size": Spoil(
        "framework.yaml", "size: 3", "size: 45", "size: 45", "acute should have 45 requirements, and has 3"
    ),
    "unknown initiative": Spoil(TRUST_200, "initiative: CDPA", "initiative: XYZ", "XYZ", "initiative XYZ is not in"),
    "number outside the initiative": Spoil(
        TRUST_100, "number: 105", "number: 205", "number: 205", "is outside IGM (100-199)"
    ),
    "no such crosswalk": Spoil(
        "framework.yaml", "crosswalk: small-1", "crosswalk: two", "crosswalk: two", "crosswalk-two.yaml"
    ),
    "crosswalk in a file of another name": Spoil(
        CROSSWALK, "code: small-1", "code: other", "code: other", "belongs in a file"
    ),
    "recommendation given twice": Spoil(
        CROSSWALK, "number: 2", "number: 1", "number: 1", "recommendation 1 is given twice", 1, 2
    ),
    "condition given twice": Spoil(
        CROSSWALK,
        "101, level: 2",
        "202, criterion: 3a",
        "202, criterion: 3a",
        "names this condition twice",
        at_number=2,
    ),
    "condition on what nobody has": Spoil(
        CROSSWALK,
        "requirement: 101",
        "requirement: 103",
        "requirement: 103",
        "no kind with a report has requirement 103",
    ),
    "condition on what only a kind without a report has": Spoil(
        CROSSWALK,
        "requirement: 101",
        "requirement: 210",
        "requirement: 210",
        "no kind with a report has requirement 210",
    ),
    "condition on level 4": Spoil(
        CROSSWALK, "level: 2", "level: 4", "level: 4", "needs level 4, which cannot be reached"
    ),
    "condition on level 0": Spoil(
        CROSSWALK, "level: 2", "level: 0", "level: 0", "needs level 0, which cannot be reached"
    ),
    "condition on a level and a criterion": Spoil(
        CROSSWALK, "level: 2", "level: 2, criterion: 2a", "level: 2, criterion", "either a level or a criterion"
    ),
    "condition on neither": Spoil(CROSSWALK, "level: 2, ", "", "requirement: 101", "either a level or a criterion"),
    "condition on no such criterion": Spoil(
        CROSSWALK, "criterion: 3a", "criterion: 3d", "3d", "202 has no criterion 3d"
    ),
    "condition on a maintenance criterion": Spoil(
        CROSSWALK, "criterion: 3a", "criterion: 3b", "criterion: 3b", "202-3b is a maintenance criterion"
    ),
    "conditions without a theme": Spoil(CROSSWALK, "    theme: rights\n", "", "number: 1", "so it needs a theme"),
    "calendar out of order": Spoil(
        "calendar.yaml", "2015-10-31", "2015-07-30", "2015-16:", "opens < baseline < update < final"
    ),
    "two deadlines on one day": Spoil(
        "calendar.yaml", "2015-10-31", "2015-07-31", "2015-16:", "opens < baseline < update"
    ),
    "a year that is none": Spoil("calendar.yaml", "2015-16", "2015-17", "2015-17:", "2015-17 is not a year"),
}


def problems(folder: Path) -> list[str]:
    """What the loader says, with file names instead of paths."""
    with pytest.raises(FrameworkError) as caught:
        load(folder)
    return [f"{each.path.relative_to(folder)}:{each.line}: {each.message}" for each in caught.value.problems]


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_one_fault_is_told_with_its_file_and_line(tmp_path: Path, spoil: Spoil) -> None:
    files = spoiled(spoil.file, spoil.old, spoil.new, spoil.number)
    found = problems(write(tmp_path, files))
    line = line_of(files[spoil.file], spoil.at, spoil.at_number)
    assert any(each.startswith(f"{spoil.file}:{line}: ") and spoil.says in each for each in found), found
    assert all("\n" not in each for each in found)


def test_the_message_names_path_and_line_as_a_compiler_does(tmp_path: Path) -> None:
    write(tmp_path, spoiled("framework.yaml", "size: 3", "size: 45"))
    with pytest.raises(FrameworkError) as caught:
        load(tmp_path)
    assert str(caught.value) == f"{tmp_path}/framework.yaml:15: acute should have 45 requirements, and has 3."


@pytest.fixture
def small(tmp_path: Path) -> Framework:
    return load(write(tmp_path, FILES))


def test_a_sound_framework_loads_as_it_is_written(small: Framework) -> None:
    assert (small.code, small.version, small.name) == ("small-1", 13, "A small framework")
    assert [each.code for each in small.for_kind("acute").requirements] == ["13-101", "13-105", "13-202"]
    assert [each.code for each in small.for_kind("gp").requirements] == ["13-210"]
    of = small.requirement("13-202")
    assert [each.code for each in of.criteria] == ["1a", "2a", "3a", "3b"]
    assert [each.maintenance for each in of.criteria] == [False, False, False, True]
    assert (of.title, of.initiative, of.statement) == ("Requirement 202", "CDPA", "What 202 requires.")
    assert (of.basis, of.words_basis, of.summaries) == (
        Basis.DOCUMENTED,
        Basis.OUR_READING,
        {1: "Planned.", 2: "Done.", 3: "Checked."},
    )


def test_the_crosswalk_loads_as_it_is_written(small: Framework) -> None:
    first = small.recommendation(1)
    assert [(each.requirement, each.level, each.criterion) for each in first.conditions] == [
        ("13-202", None, "3a"),
        ("13-101", 2, None),
    ]
    assert (first.theme, small.recommendation(2).theme, small.recommendation(2).conditions) == (Theme.RIGHTS, None, ())
    assert [each.number for each in small.recommendations] == [1]


def test_only_the_kinds_with_a_report_rest_on_conditions(small: Framework) -> None:
    assert [each.number for each in small.for_kind("acute").recommendations] == [1]
    assert small.for_kind("gp").recommendations == ()
    assert small.for_kind("gp").crosswalk.digest == small.crosswalk.digest


def test_the_assurance_and_the_path_of_small_bodies_load(tmp_path: Path, small: Framework) -> None:
    simplified = load(write(tmp_path / "b", spoiled("framework.yaml", "size: 1", "size: 1\n    simplified: true")))
    assert small.assurance == "It is true."
    assert [each.simplified for each in small.kinds] == [False, False]
    assert [each.simplified for each in simplified.kinds] == [False, True]


def test_a_framework_may_do_without_a_crosswalk(tmp_path: Path) -> None:
    files = spoiled("framework.yaml", "crosswalk: small-1\n", "")
    files["framework.yaml"] = files["framework.yaml"].replace("reported: true", "reported: false")
    loaded = load(write(tmp_path, {name: text for name, text in files.items() if name != CROSSWALK}))
    assert (loaded.crosswalk.code, loaded.crosswalk.recommendations) == ("none", ())
    assert (loaded.crosswalk.digest, loaded.recommendations) == (digest(""), ())
    assert len(loaded.for_kind("acute").requirements) == 3


def test_calendar_and_words_for_kinds_load(small: Framework) -> None:
    assert small.calendar("2015-16").deadline(Stage.UPDATE).isoformat() == "2015-10-31"
    assert small.kind_words == {"acute - large": "acute", "care trust": ""}


def test_the_digests_tell_one_text_from_another(tmp_path: Path, small: Framework) -> None:
    reworded = load(write(tmp_path / "b", spoiled(TRUST_100, "Why 101 matters", "Why 101 counts")))
    remapped = load(write(tmp_path / "c", spoiled(CROSSWALK, "level: 2", "level: 3")))
    assert small.crosswalk.digest == digest(FILES[CROSSWALK])
    assert (reworded.digest != small.digest, reworded.crosswalk.digest == small.crosswalk.digest) == (True, True)
    assert (remapped.digest == small.digest, remapped.crosswalk.digest != small.crosswalk.digest) == (True, True)
