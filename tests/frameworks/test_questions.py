"""The questions for a board: every recommendation has them, and a fault in the file is told with its line."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from igtoolkit.config.commands.framework import check as framework_check
from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.framework import Framework
from igtoolkit.standard.loading import load
from tests.frameworks.small_files import FILES, line_of, write
from tests.frameworks.test_loader import problems

QUESTIONS = """\
crosswalk: small-1
basis: our_reading
recommendations:
  - number: 1
    weak:
      ask: ['Who sees to it?', 'By when?']
      good: A name and a date.
    met:
      ask: When was it last checked?
      good: A recent date.
"""
SECOND = QUESTIONS[QUESTIONS.index("  - number: 1") :]


def with_questions(text: str) -> dict[str, str]:
    return FILES | {"questions.yaml": text}


def test_every_recommendation_has_questions(igt_13: Framework) -> None:
    assert set(igt_13.questions) == {each.number for each in igt_13.crosswalk.recommendations}
    assert {each.number for each in igt_13.recommendations} <= set(igt_13.questions)


def test_a_question_is_one_and_a_good_answer_is_a_line(igt_13: Framework) -> None:
    for number, held in igt_13.questions.items():
        assert 2 <= len(held.weak.ask) <= 3, number
        assert len(held.met.ask) == 1, number
        assert all(each.endswith("?") and len(each) <= 110 for each in (*held.weak.ask, *held.met.ask)), number
        assert all(each.good.endswith(".") and len(each.good) <= 110 for each in (held.weak, held.met)), number


def test_no_question_is_asked_twice(igt_13: Framework) -> None:
    every = [ask for held in igt_13.questions.values() for ask in (*held.weak.ask, *held.met.ask)]
    assert len(every) == len(set(every))


def test_the_digests_are_not_over_the_questions(igt_13: Framework, tmp_path: Path) -> None:
    """A better question changes no report: both digests are the same without the file."""
    folder = shutil.copytree(FOLDER / "igt-13", tmp_path / "igt-13")
    (folder / "questions.yaml").unlink()
    without = load(folder)
    assert without.questions == {}
    assert (without.digest, without.crosswalk.digest) == (igt_13.digest, igt_13.crosswalk.digest)


def test_a_framework_may_do_without(igt_11: Framework) -> None:
    assert igt_11.questions == {}


def test_a_sound_file_is_taken(tmp_path: Path) -> None:
    found = load(write(tmp_path, with_questions(QUESTIONS))).questions
    assert found[1].weak.ask == ("Who sees to it?", "By when?")
    assert found[1].met.good == "A recent date."


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        (QUESTIONS.replace("    met:", "    mett:\n      ask: x\n    met:"), "mett:", "this key is not known here."),
        (QUESTIONS.replace("      good: A name and a date.\n", ""), "weak:", "this key is missing."),
        (QUESTIONS.replace("['Who sees to it?', 'By when?']", "['Who sees to it?']"), "ask: [", "at least 2 items"),
        (QUESTIONS.replace("our_reading", "hearsay"), "basis:", "basis: input should be"),
        (QUESTIONS + SECOND.replace("number: 1", "number: 9"), "number: 9", "small-1 has no recommendation 9."),
        (QUESTIONS.replace("small-1", "small-2"), "crosswalk:", "but the crosswalk in use is small-1."),
        (QUESTIONS.replace("number: 1", "number: 2"), "recommendations:", "recommendation 1 is reported, and has no"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, at: str, says: str) -> None:
    (found,) = problems(write(tmp_path, with_questions(text)))
    assert found.startswith(f"questions.yaml:{line_of(text, at)}: ")
    assert says in found


def test_a_recommendation_given_twice_is_told_where_it_stands_again(tmp_path: Path) -> None:
    text = QUESTIONS + SECOND
    (found,) = problems(write(tmp_path, with_questions(text)))
    assert found == f"questions.yaml:{line_of(text, 'number: 1', 2)}: recommendation 1 is given twice."


def test_questions_need_a_crosswalk(tmp_path: Path) -> None:
    without = {name: text for name, text in with_questions(QUESTIONS).items() if not name.startswith("crosswalk")}
    without["framework.yaml"] = FILES["framework.yaml"].replace("crosswalk: small-1\n", "").replace("true", "false")
    (found,) = problems(write(tmp_path, without))
    assert found == "questions.yaml:1: the questions are for small-1, but the crosswalk in use is none."


@pytest.mark.parametrize(("name", "says"), [("igt-13", "about 26 recommendations"), ("igt-11", "none")])
def test_the_check_counts_them(name: str, says: str) -> None:
    told = CliRunner().invoke(framework_check, [str(FOLDER / name)])
    assert f"Questions for a board: {says}.\n" in told.output
