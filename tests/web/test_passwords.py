"""Which passwords will do, and that what is typed is what is kept."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from igtoolkit.web.passwords import LONGEST, Argon2id


@pytest.mark.parametrize(
    "password",
    [
        *(
            "lantern gravel otter",
            "x7#Kq2!mZ9pL",
            "zwölf Boxkämpfer jagen",
            "密码很长而且很难猜到的一句话",
            "🦦🌧️🪔 lantern",
        ),
        *("l" * 20 + "antern gravel", "lantern gravel otter " * 10, "abcdé " * 500, "Ada likes lanterns and gravel"),
    ],
)
def test_any_characters_will_do_and_any_reasonable_length(cast, password):
    validate_password(password, cast.ada)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("lantern ott", "password_too_short"),
        ("qwertyuiopasdf", ""),
        ("qwerty123456", "password_too_common"),
        ("ada@example.org", "password_too_similar"),
        ("aaaaaaaaaaaa", "password_repeats"),
        ("121212121212", "password_repeats"),
        ("IGToolkit2026!", "password_own_words"),
        ("Information Governance 1", "password_own_words"),
        ("caldicott-guardian", "password_own_words"),
        ("trust DMA001 trust", "password_own_words"),
        ("x" * 10 + "éabcd" * LONGEST, "password_too_long"),
    ],
)
def test_what_is_guessed_first_will_not_do(cast, password, code):
    cast.ada.organisation.name = "Trust DMA001"
    if not code:
        validate_password(password, cast.ada)
        return
    with pytest.raises(ValidationError) as refused:
        validate_password(password, cast.ada)
    assert code in [each.code for each in refused.value.error_list]


def test_a_password_is_the_same_however_a_keyboard_composes_it_and_differs_in_case():
    kept = make_password("Zo\u00eb\u00a0gravel otter", hasher="argon2")
    assert check_password("Zoe\u0308 gravel otter", kept)
    assert not check_password("zoe\u0308 gravel otter", kept)


def test_nothing_of_a_long_password_is_left_out():
    long = "lantern gravel otter " * 100
    kept = make_password(long, hasher="argon2")
    assert check_password(long, kept)
    assert not check_password(long[:-1], kept)
    assert not check_password(long[:72], kept)


def test_passwords_are_kept_by_argon2id_at_owasps_cost():
    kept = make_password("lantern gravel otter", hasher="argon2")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert not Argon2id().must_update(kept)


def test_a_password_that_is_a_whole_book_is_a_wrong_one(cast, client):
    response = client.post("/sign-in/", {"login": "ada@example.org", "password": "x" * 2_000_000})
    assert "The login or the password is wrong" in response.content.decode()


def test_a_password_can_be_pasted_and_shown_to_a_password_manager(db, client):
    page = client.get("/sign-in/").content.decode()
    assert 'type="password" autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert "onpaste" not in page
