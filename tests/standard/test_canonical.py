"""A record has one way of being written, so that its digest can be worked out again by anyone."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest

from igtoolkit.standard.canonical import canonical, digest
from igtoolkit.standard.words import Stage, Status


def test_keys_are_sorted_at_every_depth_and_nothing_is_spaced() -> None:
    value = {"b": [1, {"z": None, "a": True}], "a": "x"}
    assert canonical(value) == '{"a":"x","b":[1,{"a":true,"z":null}]}'


def test_the_order_in_which_a_record_was_filled_is_of_no_account() -> None:
    assert canonical({"level": 2, "code": "13-202"}) == canonical({"code": "13-202", "level": 2})


def test_the_order_of_a_list_counts() -> None:
    assert canonical(["2a", "1a"]) != canonical(["1a", "2a"])


def test_words_of_other_languages_are_written_as_they_are() -> None:
    assert canonical({"name": "Ymddiriedolaeth Iechyd Môn – “ŵyr” 日本 🏥"}) == (
        '{"name":"Ymddiriedolaeth Iechyd Môn – “ŵyr” 日本 🏥"}'
    )


def test_quotes_line_ends_and_control_characters_are_escaped_in_one_way() -> None:
    assert canonical('say "no"\\ \n\t\x01\x7f') == '"say \\"no\\"\\\\ \\n\\t\\u0001\x7f"'


@pytest.mark.parametrize(
    "value", [1.0, 0.5, float("nan"), {"share": 55.0}, [1, [2, 3.5]], ({"deep": [{"er": 1e9}]},)], ids=repr
)
def test_a_float_is_refused_wherever_it_hides(value: object) -> None:
    with pytest.raises(TypeError, match="never a float"):
        canonical(value)


@pytest.mark.parametrize("value", [Decimal("1"), date(2015, 7, 31), {"1a"}, b"bytes", object], ids=repr)
def test_what_has_no_one_way_of_being_written_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


@pytest.mark.parametrize("key", [1, None, True, ("a", "b")], ids=repr)
def test_a_key_that_is_no_word_is_refused(key: object) -> None:
    """Otherwise 1 and "1" would be written alike, and two records have one digest."""
    with pytest.raises(TypeError):
        canonical({"inner": {key: "x"}})


def test_codes_are_written_as_their_words() -> None:
    assert canonical({"stage": Stage.FINAL, "status": Status.PARTLY_MET}) == '{"stage":"final","status":"partly_met"}'


def test_true_and_one_are_two_things() -> None:
    assert canonical([True, 1, "1", None]) == '[true,1,"1",null]'


def test_what_is_written_reads_back_the_same() -> None:
    value = {"requirements": {"13-202": {"level": 2, "ticked": ["1a", "2c"], "target": None, "late": False}}}
    assert json.loads(canonical(value)) == value


def test_the_digest_is_sha_256_over_the_utf_8_bytes() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("Môn") == hashlib.sha256(b"M\xc3\xb4n").hexdigest()


def test_one_changed_letter_changes_the_digest() -> None:
    assert digest(canonical({"level": 2})) != digest(canonical({"level": 3}))
