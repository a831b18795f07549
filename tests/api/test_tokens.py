"""Tokens are made, used and revoked by the person whose they are, and never kept."""

from datetime import UTC, datetime

import pytest
import time_machine

from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.tokens import MOST, bearer, live_tokens, make_token, revoke_token
from igtoolkit.records.models import ApiToken, AuditEvent
from igtoolkit.standard.canonical import digest


def test_a_token_is_long_random_and_kept_as_its_digest_alone(cast):
    made, text = make_token("  monthly \n spreadsheet ", by=cast.ada)
    _, other = make_token("another", by=cast.ada)
    assert text.startswith("igt_")
    assert len(text) == 4 + 43  # 32 bytes in base64url
    assert text[:12] != other[:12]
    kept = ApiToken.objects.get(pk=made.pk)
    assert kept.name == "monthly spreadsheet"
    assert kept.begins == text[:12]
    for field in ApiToken._meta.fields:
        assert text[12:] not in str(getattr(kept, field.attname))


def test_whose_a_token_is(cast):
    made, text = make_token("a program", by=cast.ada)
    assert bearer(text) == cast.ada
    for wrong in ("", text[:-1], text + " ", text.upper(), "igt_", "\ud800", "\0", "ÿ"):
        assert bearer(wrong) is None
    revoke_token(made, by=cast.ada)
    assert bearer(text) is None


def test_a_deactivated_persons_tokens_stop_at_once_and_work_again_later(cast):
    _, text = make_token("a program", by=cast.ada)
    cast.ada.is_active = False
    cast.ada.save()
    assert bearer(text) is None
    with pytest.raises(Refused):
        make_token("another", by=cast.ada)
    cast.ada.is_active = True
    cast.ada.save()
    assert bearer(text) == cast.ada


def test_the_day_of_use_is_noted_once_a_day(cast, django_assert_num_queries):
    made, text = make_token("a program", by=cast.ada)
    with time_machine.travel(datetime(2016, 5, 1, 22, 30, tzinfo=UTC), tick=False):
        with django_assert_num_queries(2):
            bearer(text)
        with django_assert_num_queries(1):
            bearer(text)
    made.refresh_from_db()
    assert made.used_on.isoformat() == "2016-05-01"
    with time_machine.travel(datetime(2016, 5, 1, 23, 30, tzinfo=UTC), tick=False), django_assert_num_queries(2):
        bearer(text)  # in London it is the next day
    made.refresh_from_db()
    assert made.used_on.isoformat() == "2016-05-02"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a name"),
        (" \u200b\n ", "Enter a name"),
        ("x" * 101, "100 characters or fewer; it has 101"),
        ("a\0b", "cannot be kept"),
        ("taken", "already"),
    ],
)
def test_a_name_must_say_something_and_be_new(cast, name, words):
    make_token("taken", by=cast.ada)
    make_token("taken", by=cast.rex)
    with pytest.raises(Invalid) as refused:
        make_token(name, by=cast.ada)
    assert words in refused.value.errors["name"]


def test_there_are_at_most_ten_live_ones(cast):
    made = [make_token(f"program {n}", by=cast.ada)[0] for n in range(MOST)]
    with pytest.raises(Invalid, match="which is the most"):
        make_token("one more", by=cast.ada)
    revoke_token(made[0], by=cast.ada)
    make_token("program 0", by=cast.ada)
    assert len(live_tokens(cast.ada)) == MOST


def test_nobody_revokes_anothers(cast):
    made, text = make_token("a program", by=cast.ada)
    with pytest.raises(ApiToken.DoesNotExist):
        revoke_token(made, by=cast.rex)
    assert bearer(text) == cast.ada


def test_making_and_revoking_are_audited_once_without_the_secret(cast):
    for person in (cast.ada, cast.nia):
        made, text = make_token("a program", by=person)
        revoke_token(made, by=person)
        revoke_token(made, by=person)
        events = scope.everything(AuditEvent, reason="tests").filter(by=person.email, event__startswith="token_")
        assert [each.event for each in events] == ["token_made", "token_revoked"]
        assert [each.organisation for each in events] == [person.organisation] * 2
        assert all(text[12:] not in each.facts for each in events)


def test_a_token_is_looked_up_once_by_its_digest_alone_right_or_wrong(cast, django_assert_num_queries):
    """No text is compared, so that the time taken tells nothing of how nearly right a token is."""
    _, right = make_token("a program", by=cast.ada)
    bearer(right)  # its first use of the day is noted apart
    asked = {}
    for text in (right, right[:-1] + "!", "igt_" + "!" * 43):
        with django_assert_num_queries(1) as queries:
            bearer(text)
        asked[text] = queries.captured_queries[0]["sql"]
        assert text not in asked[text]
    assert len({sql.replace(digest(text), "DIGEST") for text, sql in asked.items()}) == 1
    assert all(digest(text) in sql for text, sql in asked.items())
