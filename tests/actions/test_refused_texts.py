"""What cannot be kept, or says nothing, is refused with words for beside the field."""

from datetime import date

import pytest

from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.said import EVIDENCE_MAX, EvidenceSaid, Invalid, Said, says_something
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.standard.words import Stage
from tests.conftest import record


def refused(assessment, by, said, code="13-202"):
    with pytest.raises(Invalid) as caught:
        save_answer(assessment, code, said, version=0, by=by)
    return caught.value.errors


@pytest.mark.parametrize(
    "lost", ["\ufffd", "\x00", "\x1b", chr(0xD800), "\ufffe", "\uffff", "\ufdd0", "\U0001ffff"], ids=ascii
)
def test_a_character_that_cannot_be_kept_is_named(assessment, cast, lost):
    errors = refused(assessment, cast.ada, Said(not_yet=True, comment=f"before{lost}after"))
    assert "cannot be kept, after “before”" in errors["comment"]


def test_a_requirement_holds_so_many_pieces_of_evidence_that_its_form_can_still_be_sent(assessment, cast):
    piece = EvidenceSaid("1a", note="Minutes", dated=date(2015, 6, 1))
    errors = refused(assessment, cast.ada, Said(frozenset({"1a"}), evidence=(piece,) * (EVIDENCE_MAX + 1)))
    assert any(f"at most {EVIDENCE_MAX} pieces" in words for words in errors.values())


def test_a_maintenance_criterion_that_does_not_apply_cannot_be_ticked(assessment, cast):
    assert (
        "3c applies only where level 3 was reached" in refused(assessment, cast.ada, Said(frozenset({"3c"})))["ticked"]
    )


def test_a_reason_that_nobody_can_see_is_none(assessment, cast):
    record(assessment, {"13-101": 1}, by=cast.ada)
    submit(assessment, Stage.BASELINE, key="one", arrived=clock.now(), by=cast.ada)
    with pytest.raises(Invalid, match="Give the reason"):
        submit(assessment, Stage.BASELINE, key="two", arrived=clock.now(), by=cast.ada, reason="\u200b \u00a0")
    assert says_something("–") is True
    assert says_something("\u200b\u202e \n") is False
