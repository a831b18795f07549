"""The page on which people make and revoke their own tokens."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from igtoolkit.actions.managing import change_person, deactivate_person
from igtoolkit.actions.second_factors import take_factors_away
from igtoolkit.actions.sessions import end_sessions_of
from igtoolkit.actions.tokens import MOST, live_tokens, make_token
from igtoolkit.web.invitations import password_link
from tests.conftest import PASSWORD
from tests.web.reading import form_of, title, words

PAGE = "/account/tokens/"


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return client


def test_a_token_is_made_by_a_plain_form_and_shown_once(ada, cast):
    assert "You have no tokens." in words(ada.get(PAGE))
    sent = {**form_of(ada.get(PAGE), "name"), "name": "monthly spreadsheet"}
    page = ada.post(PAGE, sent)
    text = re.search(r"igt_[\w-]{43}", page.content.decode())[0]
    assert title(page).startswith("Token made: ")
    assert page.headers["Cache-Control"] == "no-store, private"
    answer = Client().get("/api/v1/organisations/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200
    later = ada.get(PAGE)
    assert text not in later.content.decode()
    assert f"monthly spreadsheet {text[:12]}…" in words(later)
    assert "Not used yet" not in words(later)


def test_sending_the_form_again_makes_no_second_one(ada, cast):
    for status in (200, 422):
        assert ada.post(PAGE, {"name": "monthly spreadsheet"}).status_code == status
    assert len(live_tokens(cast.ada)) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name that says"),
        ("x" * 101, "it has 101"),
        ("a\0b", "cannot be kept"),
        ("a\u202eb", "cannot be seen"),
    ],
)
def test_what_is_wrong_is_said_beside_the_name_and_what_was_typed_stays(ada, cast, name, said):
    page = ada.post(PAGE, {"name": name})
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert '<a href="#name">' in page.content.decode()
    assert said in words(page)
    if "\0" not in name:
        assert form_of(page, "name")["name"] == [name]
    assert live_tokens(cast.ada) == []


def test_a_token_is_revoked_by_a_button(ada, cast):
    made, text = make_token("old program", by=cast.ada)
    told = ada.post(f"{PAGE}{made.pk}/revoke/", follow=True)
    assert "“old program” is revoked" in words(told)
    assert "You have no tokens." in words(told)
    assert Client().get("/api/v1/organisations/", headers={"Authorization": f"Bearer {text}"}).status_code == 401
    assert ada.post(f"{PAGE}{made.pk}/revoke/").status_code == 302


def test_a_new_password_revokes_every_token_and_the_trail_says_so(ada, cast):
    texts = [make_token(name, by=cast.ada)[1] for name in ("one", "two")]
    kept = make_token("theirs", by=cast.rex)[1]
    assert "Setting a new password with “Forgotten password” revokes them all" in words(ada.get(PAGE))
    link = password_link(cast.ada).partition("/sign-in/")[2]
    visitor = Client()
    page = visitor.get(f"/sign-in/{link}", follow=True)
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert visitor.post(page.redirect_chain[-1][0], chosen).status_code == 302
    statuses = [
        Client().get("/api/v1/organisations/", headers={"Authorization": f"Bearer {text}"}).status_code
        for text in (*texts, kept)
    ]
    assert statuses == [401, 401, 200]
    assert live_tokens(cast.ada) == []
    events = cast.ada.organisation.events.filter(event="token_revoked", by="ada@example.org")
    assert sorted(json.loads(each.facts)["before"]["name"] for each in events) == ["one", "two"]


@pytest.mark.parametrize(
    "ends",
    [
        lambda cast: deactivate_person(cast.con, by=cast.ada),
        lambda cast: end_sessions_of(cast.con, by=cast.ada),
        lambda cast: change_person(cast.con, name="Con", role="administrator", by=cast.ada),
        lambda cast: (
            Authenticator.objects.create(user=cast.con, type="totp", data={"secret": ""})
            and take_factors_away(cast.con, by=cast.ada)
        ),
    ],
    ids=["deactivated", "signed out", "needs a second factor", "second factors taken away"],
)
def test_what_ends_sessions_revokes_every_token(cast, ends):
    make_token("on a lost laptop", by=cast.con)
    make_token("another's", by=cast.ada)
    ends(cast)
    assert (live_tokens(cast.con), len(live_tokens(cast.ada))) == ([], 1)
    assert cast.ada.organisation.events.filter(event="token_revoked", by="ada@example.org").count() == 1


def test_a_role_that_needs_no_second_factor_leaves_tokens(cast):
    make_token("monthly", by=cast.con)
    change_person(cast.con, name="Con", role="viewer", by=cast.ada)
    assert len(live_tokens(cast.con)) == 1


def test_anothers_token_and_one_that_is_none_are_twins(ada, cast):
    made, _ = make_token("theirs", by=cast.rex)
    answers = [ada.post(f"{PAGE}{pk}/revoke/") for pk in (made.pk, 999_999, 10**30)]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert len(live_tokens(cast.rex)) == 1
    assert "theirs" not in words(ada.get(PAGE))


def test_with_ten_the_page_says_to_revoke_one(ada, cast):
    for n in range(MOST):
        make_token(f"program {n}", by=cast.ada)
    page = ada.get(PAGE)
    assert "Revoke one you no longer use to make another." in words(page)
    assert 'name="name"' not in page.content.decode()
    refused = ada.post(PAGE, {"name": "one more"})
    assert refused.status_code == 422
    assert form_of(refused, "name")["name"] == ["one more"]


def test_the_page_costs_the_same_with_ten_tokens(ada, cast, django_assert_max_num_queries):
    for n in range(MOST):
        make_token(f"<b>program</b> {n}", by=cast.ada)
    with django_assert_max_num_queries(5):
        page = ada.get(PAGE)
    assert "<b>program" not in page.content.decode()


def test_a_visitor_is_sent_to_sign_in(client, cast):
    response = client.get(PAGE)
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={PAGE}")
    assert client.post(f"{PAGE}1/revoke/").status_code == 302


def test_everybody_with_a_login_has_the_page(client, cast):
    for person in vars(cast).values():
        client.force_login(person)
        assert client.get(PAGE).status_code == 200
