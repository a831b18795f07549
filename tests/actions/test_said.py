"""What cannot be recorded is refused with words for beside the field, all of them at once."""

from datetime import date

import pytest

from igtoolkit.actions.answers import answer_to, save_answer
from igtoolkit.actions.said import EvidenceSaid, Invalid, Said, is_https
from igtoolkit.records import clock
from tests.actions.conftest import SUMMER

CODE = "13-202"

pytestmark = pytest.mark.usefixtures("summer")


def refusal(assessment, person, **said) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        save_answer(assessment, CODE, Said(**said), version=0, by=person)
    assert answer_to(assessment, CODE).pk is None
    return refused.value.errors


def evidence(**given) -> tuple[EvidenceSaid]:
    given = {"criterion": "2a", "note": "Poster", "dated": date(2015, 6, 1), "field": "evidence-2a-0", **given}
    return (EvidenceSaid(**given),)


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"ticked": frozenset({"1a", "4z"})}, "ticked", "has no criterion 4z"),
        ({"ticked": frozenset({"\x00" * 500})}, "ticked", "has no criterion"),
        ({"ticked": frozenset({"1a", "1b"}), "not_yet": True}, "not_yet", "Every criterion of level 1 is ticked"),
        ({"target_level": 4, "target_date": date(2015, 12, 1)}, "target_level", "1, 2 or 3"),
        ({"target_level": 0, "target_date": date(2015, 12, 1)}, "target_level", "1, 2 or 3"),
        ({"target_level": 2}, "target_date", "Enter the date"),
        ({"target_date": date(2015, 12, 1)}, "target_level", "Choose the level"),
        ({"target_level": 2, "target_date": date(2015, 6, 30)}, "target_date", "today or in the future"),
        ({"target_level": 2, "target_date": date(2026, 1, 1)}, "target_date", "within ten years"),
        ({"comment": "x" * 10_001}, "comment", "10,000 characters or fewer; it has 10,001"),
        ({"comment": "the minutes\x00"}, "comment", "after “the minutes”"),
        ({"comment": "\ud800"}, "comment", "at its beginning"),
        ({"reason": "x" * 2_001}, "reason", "2,000 characters or fewer"),
        ({"evidence": evidence(criterion="9z")}, "evidence-2a-0-note", "has no criterion 9z"),
        ({"evidence": evidence(note="")}, "evidence-2a-0-note", "Describe the evidence"),
        ({"evidence": evidence(note="x" * 2_001)}, "evidence-2a-0-note", "2,000 characters or fewer"),
        ({"evidence": evidence(link="javascript:alert(1)")}, "evidence-2a-0-link", "https://"),
        ({"evidence": evidence(link="https://e.example/" + "x" * 500)}, "evidence-2a-0-link", "500 characters"),
        ({"evidence": evidence(dated=None)}, "evidence-2a-0-dated", "Enter the date"),
        ({"evidence": evidence(dated=date(2015, 7, 2))}, "evidence-2a-0-dated", "in the past"),
        ({"evidence": evidence(dated=date(1989, 12, 31))}, "evidence-2a-0-dated", "1990 or later"),
        ({"unreadable": {"target_date": "Target date must be a real date"}}, "target_date", "a real date"),
    ],
)
def test_one_thing_wrong_is_said_beside_its_field(assessment, cast, said, field, words):
    errors = refusal(assessment, cast.con, **said)
    assert list(errors) == [field]
    assert words in errors[field]
    errors[field].encode()


def test_everything_wrong_is_said_at_once(assessment, cast):
    errors = refusal(
        assessment,
        cast.con,
        ticked=frozenset({"9z"}),
        comment="\x07",
        target_level=4,
        unreadable={"target_date": "Target date must be a real date"},
        evidence=evidence(link="ftp://e.example"),
    )
    assert set(errors) == {"ticked", "comment", "target_level", "target_date", "evidence-2a-0-link"}


def test_the_limits_themselves_are_kept(assessment, cast):
    said = Said(
        comment="x" * 9_998 + "\n\t",
        target_level=3,
        target_date=SUMMER.date(),
        evidence=evidence(note="n" * 2_000, link="https://e.example/" + "x" * 482, dated=SUMMER.date()),
    )
    save_answer(assessment, CODE, said, version=0, by=cast.con)
    answer = answer_to(assessment, CODE)
    assert len(answer.comment) == 10_000
    assert len(answer.evidence_list()[0].link) == 500


def test_a_target_that_has_passed_since_may_stay(assessment, cast, monkeypatch):
    said = {"target_level": 2, "target_date": date(2015, 7, 31)}
    save_answer(assessment, CODE, Said(**said), version=0, by=cast.con)
    monkeypatch.setattr(clock, "now", lambda: SUMMER.replace(month=9))
    save_answer(assessment, CODE, Said(**said, comment="Slipped."), version=1, by=cast.con)
    assert answer_to(assessment, CODE).comment == "Slipped."


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("https://intranet.example/a%20b?c=d#e", True),
        ("https://münchen.example/", True),
        ("HTTPS://INTRANET.EXAMPLE", True),
        ("http://intranet.example", False),
        ("https://", False),
        ("https:intranet.example", False),
        ("//intranet.example", False),
        ("https://intranet.example/a b", False),
        ("https://user@intranet.example", False),
        ("https://intranet.example:99999", False),
        ("https://[::1", False),
        ("https://intranet.example/\u202egnp.exe", False),
        ("data:text/html,x", False),
        (" https://intranet.example", False),
        ("https://e.example/\x00", False),
        ("https://e.example/\ud800", False),
    ],
)
def test_only_plain_https_links_are_links(link, good):
    assert is_https(link) is good
