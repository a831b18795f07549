"""Version 11 as commercial third parties used it in 2013-14: the one set of which the booklet could be read in full."""

import pytest

from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.words import Basis, Stage

KIND = "commercial_third_party"
# Facts of the booklet: how many criteria levels 1, 2 and 3 have, the maintenance criterion among them.
CRITERIA = {
    114: (3, 2, 2),
    115: (2, 1, 2),
    116: (3, 1, 2),
    117: (3, 2, 3),
    202: (3, 2, 3),
    206: (3, 2, 2),
    209: (2, 2, 2),
    210: (3, 2, 3),
    211: (3, 3, 2),
    305: (2, 2, 3),
    313: (3, 2, 3),
    314: (3, 3, 3),
    316: (1, 1, 2),
    317: (2, 2, 3),
    319: (1, 2, 2),
    320: (1, 3, 3),
    323: (2, 3, 3),
}
CHANGED = {202: (2, 3, 3), 206: (3, 2, 3)}


def shape(of: Requirement) -> tuple[int, ...]:
    return tuple(len(of.at_level(level)) for level in (1, 2, 3))


def texts(of: Requirement) -> tuple[str, ...]:
    return (of.title, of.statement, of.why, *of.summaries.values(), *(each.text for each in of.criteria))


def test_the_set_is_that_of_the_booklet(igt_11: Framework) -> None:
    held = {each.number: shape(each) for each in igt_11.for_kind(KIND).requirements}
    assert held == CRITERIA
    assert sum(map(sum, held.values())) == 118
    assert [each.code for each in igt_11.requirements] == [f"11-{number}" for number in CRITERIA]


def test_version_13_changed_two_requirements_and_kept_the_rest(igt_11: Framework, igt_13: Framework) -> None:
    before = {each.number: each for each in igt_11.for_kind(KIND).requirements}
    after = {each.number: each for each in igt_13.for_kind(KIND).requirements}
    assert {number: shape(each) for number, each in after.items()} == CRITERIA | CHANGED
    assert [number for number in before if texts(before[number]) != texts(after[number])] == list(CHANGED)


def test_what_version_13_asked_anew_is_not_asked_here(igt_11: Framework, igt_13: Framework) -> None:
    company = igt_13.for_kind(KIND)
    asked = {("202", "2c"): "legal basis", ("202", "3a"): "objections", ("206", "3b"): "audit trails"}
    for (number, criterion), words in asked.items():
        assert words in company.requirement(f"13-{number}").criterion(criterion).text
        here = igt_11.requirement(f"11-{number}")
        assert [each.code for each in here.criteria if words in each.text] == []


def test_the_substance_is_documented_and_the_words_are_ours(igt_11: Framework) -> None:
    for each in igt_11.requirements:
        assert {each.basis, each.kinds_basis, *(one.basis for one in each.criteria)} == {Basis.DOCUMENTED}, each.code
        assert each.words_basis is Basis.OUR_READING
        assert [one.code for one in each.criteria if one.maintenance] == [each.criteria[-1].code]


def test_no_criterion_is_written_twice(igt_11: Framework) -> None:
    written = [each.text for one in igt_11.requirements for each in one.criteria]
    assert len(written) == len(set(written))


def test_only_processing_abroad_may_be_not_relevant(igt_11: Framework) -> None:
    assert [each.code for each in igt_11.requirements if each.not_relevant] == ["11-209"]


def test_no_kind_has_a_report_and_one_has_a_set(igt_11: Framework) -> None:
    assert igt_11.reported_kinds == igt_11.recommendations == igt_11.crosswalk.recommendations == ()
    assert [each.code for each in igt_11.kinds if igt_11.for_kind(each.code).requirements] == [KIND]
    assert igt_11.kind(KIND).size == len(CRITERIA)
    assert igt_11.kind(KIND).simplified


def test_the_kinds_go_by_the_same_names_as_in_version_13(igt_11: Framework, igt_13: Framework) -> None:
    def facts(of: Framework) -> list[tuple[str, str, str, bool]]:
        return [(each.code, each.name, each.plural, each.simplified) for each in of.kinds]

    assert facts(igt_11) == facts(igt_13)
    shared = igt_11.kind_words.keys() & igt_13.kind_words.keys()
    assert [word for word in sorted(shared) if igt_11.kind_words[word] != igt_13.kind_words[word]] == []


@pytest.mark.parametrize(
    ("stage", "day"), [(Stage.BASELINE, "2013-07-31"), (Stage.UPDATE, "2013-10-31"), (Stage.FINAL, "2014-03-31")]
)
def test_the_days_of_2013_14(igt_11: Framework, stage: Stage, day: str) -> None:
    assert list(igt_11.calendars) == ["2013-14"]
    assert igt_11.calendar("2013-14").deadline(stage).isoformat() == day
