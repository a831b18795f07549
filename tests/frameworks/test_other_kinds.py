"""Version 13 for the kinds that are no trusts: sets of their own, marked as what they are, and no report."""

import re

import pytest

from igtoolkit.frameworks import FOLDER
from igtoolkit.standard.crosswalk import performance
from igtoolkit.standard.framework import Framework, Requirement
from igtoolkit.standard.scoring import Standing
from igtoolkit.standard.words import Basis

SETS = {
    "commercial_third_party": ("ctp", 17, Basis.DOCUMENTED),
    "ccg": ("ccg", 28, Basis.DOCUMENTED),
    "gp": ("practice", 13, Basis.OUR_READING),
    "pharmacy": ("pharmacy", 13, Basis.OUR_READING),
    "community_provider": ("trust", 39, Basis.OUR_READING),
}
OWN = [kind for kind, (group, _, _) in SETS.items() if group != "trust"]
LARGE = {"acute", "mental_health", "ambulance", "community_provider", "csu", "ccg", "nhs_england", "hscic", "phe"}
LARGE |= {"local_authority", "dsco"}
# The invented nation, the organisation of the table of who may do what, and an example in the API's description.
SAMPLES = re.compile(r"config/demonstration/|access/table\.py$|api/shapes/shared\.py$")


@pytest.mark.parametrize("kind", SETS)
def test_the_set_has_the_size_it_states(igt_13: Framework, kind: str) -> None:
    group, size, basis = SETS[kind]
    held = igt_13.for_kind(kind).requirements
    assert len(held) == len({each.code for each in held}) == size == igt_13.kind(kind).size
    assert (igt_13.kind(kind).group, igt_13.kind(kind).basis) == (group, basis)


def test_every_kind_without_a_set_states_no_size(igt_13: Framework) -> None:
    without = [each for each in igt_13.kinds if not igt_13.for_kind(each.code).requirements]
    assert {(each.group, each.size) for each in without} == {("", 0)}
    assert {each.code for each in igt_13.kinds} - {each.code for each in without} == {
        "acute",
        "mental_health",
        "ambulance",
        *SETS,
    }


@pytest.mark.parametrize("kind", SETS)
def test_a_kind_without_a_report_is_measured_against_no_recommendation(igt_13: Framework, kind: str) -> None:
    narrowed = igt_13.for_kind(kind)
    everything = {each.code: Standing(3, each.criterion_codes) for each in narrowed.requirements}
    assert not igt_13.kind(kind).reported
    assert performance(narrowed, everything) == ()
    assert narrowed.crosswalk.code == igt_13.crosswalk.code


def test_the_small_bodies_are_those_of_the_simplified_guides(igt_13: Framework) -> None:
    assert {each.code for each in igt_13.kinds if not each.simplified} == LARGE
    assert not any(each.simplified and each.reported for each in igt_13.kinds)


@pytest.mark.parametrize("kind", OWN)
def test_each_requirement_can_be_worked_through(igt_13: Framework, kind: str) -> None:
    for each in igt_13.for_kind(kind).requirements:
        codes = [one.code for one in each.criteria]
        assert 4 <= len(codes) <= 9, each.code
        assert [one.code for one in each.criteria if one.maintenance] == codes[-1:], each.code
        assert each.criteria[-1].text.startswith("Having reached level 3 last year, the "), each.code
        assert all(one.evidence for one in each.criteria), each.code
        assert len(each.title) <= 110, each.code


def words_of(of: Requirement) -> str:
    return " ".join([of.title, of.statement, of.why, *of.summaries.values(), *(each.text for each in of.criteria)])


def documented(requirement: Requirement) -> set[Basis]:
    return {each.basis for each in requirement.criteria}


def test_what_was_read_of_other_kinds_is_marked_and_the_rest_is_ours(igt_13: Framework) -> None:
    read = {
        kind: [each.number for each in igt_13.for_kind(kind).requirements if each.basis is Basis.DOCUMENTED]
        for kind in OWN
    }
    assert len(read.pop("commercial_third_party")) == 17
    assert read == {"ccg": [203, 232, 235], "gp": [], "pharmacy": [319]}
    for kind in read:
        assert all(documented(each) == {Basis.OUR_READING} for each in igt_13.for_kind(kind).requirements)


def test_each_group_has_words_of_its_own(igt_13: Framework) -> None:
    for group, word in (("ctp", "company"), ("ccg", "CCG"), ("practice", "practice"), ("pharmacy", "pharmacy")):
        held = [each for each in igt_13.requirements if each.group == group]
        assert [each.code for each in held if word not in words_of(each)] == []
        assert [each.code for each in held if re.search(r"\b[Tt]he trust\b", words_of(each))] == []


def test_one_number_reads_differently_for_a_company_and_a_trust(igt_13: Framework) -> None:
    company, trust = (igt_13.for_kind(kind) for kind in ("commercial_third_party", "acute"))
    shared = {each.code for each in company.requirements} & {each.code for each in trust.requirements}
    assert shared == {f"13-{number}" for number in (202, 206, 209, 210, 305, 313, 314, 323)}
    assert all(company.requirement(code).statement != trust.requirement(code).statement for code in shared)


def test_a_community_provider_reads_the_words_for_trusts(igt_13: Framework) -> None:
    community, acute = (igt_13.for_kind(kind) for kind in ("community_provider", "acute"))
    assert [each.code for each in community.requirements if each not in acute.requirements] == []


def test_no_kind_is_named_in_code(igt_13: Framework) -> None:
    """What differs between kinds is data. Samples alone may name one: nothing is decided by it."""
    kinds = "|".join(each.code for each in igt_13.kinds)
    named = [
        f"{path.relative_to(FOLDER.parent)}: {found}"
        for path in sorted(FOLDER.parent.rglob("*.py"))
        if not SAMPLES.match(str(path.relative_to(FOLDER.parent)))
        for found in re.findall(rf"""["'](?:{kinds})["']""", path.read_text("utf-8"))
    ]
    assert named == []
