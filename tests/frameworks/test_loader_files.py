"""What the loader says of files that cannot be read, and of many faults at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from igtoolkit.config.commands.framework import check as framework_check
from igtoolkit.frameworks import FOLDER, folders
from igtoolkit.standard.loading import load
from igtoolkit.standard.yaml_lines import FrameworkError
from tests.frameworks.small_files import FILES, REQUIREMENT, line_of, requirements, spoiled, write
from tests.frameworks.test_loader import problems


@pytest.mark.parametrize("name", ["framework.yaml", "calendar.yaml"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    files = {each: text for each, text in FILES.items() if each != name}
    assert problems(write(tmp_path, files)) == [f"{name}:1: cannot be read: No such file or directory."]


def test_a_missing_crosswalk_is_told_where_it_is_named(tmp_path: Path) -> None:
    files = {each: text for each, text in FILES.items() if not each.startswith("crosswalk")}
    line = line_of(FILES["framework.yaml"], "crosswalk: small-1")
    assert problems(write(tmp_path, files)) == [f"framework.yaml:{line}: there is no file crosswalk-small-1.yaml."]


def test_a_folder_without_requirements_is_told(tmp_path: Path) -> None:
    files = {each: text for each, text in FILES.items() if not each.startswith("requirements")}
    assert problems(write(tmp_path, files)) == [
        "requirements/trust-100.yaml:1: cannot be read: No such file or directory."
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match=r"framework\.yaml:1: cannot be read"):
        load(tmp_path / "nowhere")


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "calendar.yaml").write_bytes("# Môn\nyears: {}\n".encode("latin-1"))
    assert problems(tmp_path) == ["calendar.yaml:1: is not UTF-8 text."]


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_is_told(tmp_path: Path, text: str) -> None:
    assert problems(write(tmp_path, FILES | {"calendar.yaml": text})) == ["calendar.yaml:1: is empty."]


@pytest.mark.parametrize("text", ["~\n", "words\n", "- a\n", "12\n"])
def test_a_file_that_holds_no_keys_is_told(tmp_path: Path, text: str) -> None:
    found = problems(write(tmp_path, FILES | {"calendar.yaml": text}))
    assert found == ["calendar.yaml:1: this should hold keys and their values."]


def test_a_file_that_refers_to_itself_is_told(tmp_path: Path) -> None:
    (found,) = problems(write(tmp_path, spoiled("calendar.yaml", "years:", "x: &x [*x]\nyears:")))
    assert found.startswith("calendar.yaml:1: holds a part that refers to itself")


def test_two_documents_in_one_file_are_refused(tmp_path: Path) -> None:
    (found,) = problems(write(tmp_path, FILES | {"calendar.yaml": FILES["calendar.yaml"] + "---\nyears: {}\n"}))
    assert found.startswith("calendar.yaml:9: is not YAML")


def test_two_crosswalks_of_one_code_are_refused(tmp_path: Path) -> None:
    files = FILES | {"crosswalk-other.yaml": FILES["crosswalk-small-1.yaml"]}
    (found,) = problems(write(tmp_path, files))
    assert found.startswith("crosswalk-other.yaml:1: the crosswalk small-1 belongs in a file")


def test_the_same_requirement_in_two_files_names_both(tmp_path: Path) -> None:
    again = requirements("IGM", "trust", "acute", 110) + REQUIREMENT.format(number=101, kind="acute")
    found = problems(write(tmp_path, FILES | {"requirements/trust-110.yaml": again}))
    line = line_of(again, "number: 101")
    assert (
        f"requirements/trust-110.yaml:{line}: requirement 101 is given twice for trust: also in trust-100.yaml."
        in found
    )


def test_one_number_may_be_read_by_two_groups(tmp_path: Path) -> None:
    more = requirements("CDPA", "practice", "gp", 202)
    files = spoiled("framework.yaml", "size: 1", "size: 2") | {"requirements/practice-202.yaml": more}
    loaded = load(write(tmp_path, files))
    assert loaded.for_kind("gp").requirement("13-202").group == "practice"
    assert loaded.for_kind("acute").requirement("13-202").group == "trust"


def test_faults_in_shape_and_in_reading_are_told_together(tmp_path: Path) -> None:
    files = spoiled("framework.yaml", "version: 13", "version: x")
    files |= {"calendar.yaml": "years: [\n"}
    files |= spoiled_only(
        "requirements/trust-100.yaml", "title: Requirement 101", "title: Requirement 101\n    colour: red"
    )
    found = problems(write(tmp_path, files))
    assert [each.split(": ")[0] for each in found] == [
        "framework.yaml:2",
        "calendar.yaml:2",
        "requirements/trust-100.yaml:6",
    ]


def test_faults_between_files_are_told_together(tmp_path: Path) -> None:
    files = spoiled("framework.yaml", "size: 3", "size: 4")
    files |= spoiled_only("crosswalk-small-1.yaml", "requirement: 101", "requirement: 999")
    files |= spoiled_only("calendar.yaml", "2015-10-31", "2015-07-01")
    files |= spoiled_only("requirements/trust-200.yaml", "kinds: [acute]", "kinds: [hospital]")
    found = problems(write(tmp_path, files))
    assert [each.split(":")[0] for each in found] == [
        "framework.yaml",  # acute has 2 requirements, not 4
        "calendar.yaml",
        "crosswalk-small-1.yaml",  # 202 has no kind with a report any more
        "crosswalk-small-1.yaml",  # 999 never had one
        "requirements/trust-200.yaml",
    ]


def test_two_faults_in_one_file_are_told_in_their_places(tmp_path: Path) -> None:
    text = FILES["calendar.yaml"].replace("opens:", "open:").replace("basis: documented", "basis: rumour")
    found = problems(write(tmp_path, FILES | {"calendar.yaml": text}))
    assert sorted(each.split(": ")[0] for each in found) == ["calendar.yaml:2", "calendar.yaml:3", "calendar.yaml:7"]


def test_each_published_framework_has_its_folder() -> None:
    assert [each.name for each in folders()] == ["igt-11", "igt-13"]


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_each_published_framework_passes_its_check(folder: Path) -> None:
    told = CliRunner().invoke(framework_check, [str(folder)])
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"{folder.name}: {load(folder).name}. No problem found.")


def test_no_year_belongs_to_two_frameworks() -> None:
    years = [year for folder in folders() for year in load(folder).calendars]
    assert len(years) == len(set(years))


def test_make_check_reads_every_published_framework() -> None:
    makefile = (FOLDER.parents[1] / "Makefile").read_text("utf-8")
    assert [each.name for each in folders() if f"igtoolkit/frameworks/{each.name}" not in makefile] == []


def spoiled_only(name: str, old: str, new: str) -> dict[str, str]:
    """The one spoiled file, to be laid over others."""
    return {name: spoiled(name, old, new)[name]}
