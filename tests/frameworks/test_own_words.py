"""Our texts are our own: none shares eight words in a row with the official booklet we could read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from igtoolkit.frameworks import folders
from igtoolkit.standard.framework import Framework, Recommendation, Requirement
from igtoolkit.standard.loading import load
from scripts.booklet_runs import FURNITURE, OUT, digest, read, runs, texts, words

PLANTED = "the quick brown fox jumps over lazy dogs"


@pytest.fixture(scope="module")
def booklet() -> frozenset[bytes]:
    """Digests of the booklet's runs of eight words; see tests/data/README.md."""
    return read()


def our_texts(of: Framework) -> Iterator[tuple[str, str]]:
    """Every text of the framework that a reader sees, with where it stands."""
    yield "assurance", of.assurance
    for requirement in of.requirements:
        yield from texts_of_requirement(requirement)
    for recommendation in of.crosswalk.recommendations:
        yield from texts_of_recommendation(recommendation)
    for number, held in of.questions.items():
        for text in (*held.weak.ask, held.weak.good, *held.met.ask, held.met.good):
            yield f"questions about {number}", text


def texts_of_requirement(of: Requirement) -> Iterator[tuple[str, str]]:
    for text in (of.title, of.statement, of.why, of.not_relevant, *of.summaries.values()):
        yield of.code, text
    for criterion in of.criteria:
        for text in (criterion.text, *criterion.evidence):
            yield f"{of.code}-{criterion.code}", text


def texts_of_recommendation(of: Recommendation) -> Iterator[tuple[str, str]]:
    for text in (of.summary, of.text, *(each.source for each in of.conditions)):
        yield f"recommendation {of.number}", text


def shared(text: str, held: frozenset[bytes]) -> list[str]:
    """The runs of a text that are among the held digests."""
    return [run for run in runs(text) if digest(run) in held]


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_no_text_of_ours_shares_eight_words_in_a_row_with_the_booklet(folder: Path, booklet: frozenset[bytes]) -> None:
    found = [(where, run) for where, text in our_texts(load(folder)) for run in shared(text, booklet)]
    assert found == []


def test_the_check_reads_every_text(igt_13: Framework) -> None:
    every = [text for _, text in our_texts(igt_13)]
    assert len(every) > 2_500
    assert sum(len(list(runs(text))) for text in every) > 17_000
    assert igt_13.assurance in every


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over lazy dogs.",
        "See how THE QUICK, brown fox jumps\nover lazy dogs every day",
        "“the quick-brown fox; jumps over (lazy) dog's”",
    ],
)
def test_a_planted_run_is_caught_whatever_its_letters_and_stops(booklet: frozenset[bytes], text: str) -> None:
    assert PLANTED in shared(text, booklet | {digest(PLANTED)})
    assert shared(text, booklet) == []


def test_a_run_planted_in_any_text_of_the_framework_is_caught(igt_13: Framework) -> None:
    """Were one run of each of our own texts in the booklet, the check would find that very text."""
    long_enough = [(where, text) for where, text in our_texts(igt_13) if len(words(text)) >= 8]
    for where, text in long_enough:
        planted = list(runs(text))[-1]
        assert shared(text, frozenset({digest(planted)}))[-1:] == [planted], where


def test_seven_words_are_too_few(booklet: frozenset[bytes]) -> None:
    assert shared("quick brown fox jumps over lazy dogs", booklet | {digest(PLANTED)}) == []


def test_the_stored_digests_are_those_of_the_booklet(booklet: frozenset[bytes]) -> None:
    """The title of a publication that it lists stands in it; titles are names, and may be quoted."""
    title = "HSCIC: Good Practice Guidelines in Information Governance - Information Security"
    assert len(booklet) > 30_000
    assert shared(title, booklet) == list(runs(title))


def test_the_digests_are_stored_sorted_and_once() -> None:
    assert OUT.read_bytes() == b"".join(sorted(read()))


def test_the_booklet_is_read_from_table_and_tree_alike(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text('id,text\n1,"The quick brown fox jumps\nover lazy dogs"\n', "utf-8")
    (tmp_path / "b.json").write_text('{"a": [{"text": "The quick brown fox jumps over lazy dogs", "n": 1}]}', "utf-8")
    for name in ("b.csv", "b.json"):
        assert [run for text in texts(tmp_path / name) for run in runs(text)] == [PLANTED]


def test_page_feet_and_dates_do_not_part_a_sentence_of_the_booklet() -> None:
    foot = "Information Governance Toolkit\n\nPage 5 of 167\n\nCommercial Third Party | v11\n\f"
    page = f"the quick brown 24/01/2013 fox\n\n{foot}jumps over lazy dogs"
    assert list(runs(FURNITURE.sub(" ", page))) == [PLANTED]
