"""`igtoolkit people add`."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import resolve

from igtoolkit.records.models import Person
from igtoolkit.web.links import INVITED
from tests.conftest import make_organisation

LINK = re.compile(rf"To set a password, open: {settings.SITE_ADDRESS}(/\S+)\n")


@pytest.fixture(autouse=True)
def trusts(db) -> None:
    for code in ("RWR", "RWX", "TAD"):
        make_organisation(code)


def test_a_person_is_added_and_a_link_for_setting_a_password_is_printed(run):
    result = run(
        "people", "add", "Ada@RWR.example", "--organisation", "rwr", "--role", "Administrator", "--name", "Ada"
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Added ada@rwr.example: Administrator at Trust RWR (RWR).\n")
    ada = Person.objects.get()
    assert (ada.email, ada.role, ada.name, ada.organisation.code) == ("ada@rwr.example", "administrator", "Ada", "RWR")
    assert mail.outbox == []


def test_the_link_opens_that_persons_own_page_and_works_until_a_password_is_set(run):
    address = LINK.search(run("people", "add", "nia@ndg.example", "--ndg").stdout)[1]
    page = resolve(address)
    assert page.url_name == "account_invited"
    nia, (who, key) = Person.objects.get(), page.kwargs.values()
    assert INVITED.holder(who, key) == nia
    nia.set_password("a password of her own")
    nia.save()
    assert INVITED.holder(who, key) is None


def test_a_password_can_be_given_on_standard_input(run):
    words = ("people", "add", "sam@service.example", "--service", "--password-stdin")
    result = run(*words, typed="a password of his own\n")
    assert (result.exit_code, result.stdout) == (0, "Added sam@service.example: Service team.\n")
    sam = Person.objects.get()
    assert sam.check_password("a password of his own")
    assert sam.serves


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x", "--ndg"), "'x' does not look like an e-mail address"),
        (("a@b.example", "--organisation", "RWZ", "--role", "viewer"), "no organisation 'RWZ'. Nearest: RWX, RWR."),
        (("a@b.example", "--organisation", "RWR", "--role", "viewr"), "no role 'viewr'. Nearest: viewer, reviewer."),
        (("a@b.example", "--organisation", "RWR"), "Say the person's role"),
        (("a@b.example", "--role", "viewer"), "Say one place"),
        (("a@b.example",), "Say one place"),
        (("a@b.example", "--ndg", "--service"), "Say one place"),
        (("a@b.example", "--ndg", "--role", "viewer"), "Only somebody of an organisation has a role"),
        (("a@b.example", "--ndg", "--name", "\x1b[2J"), "a character that cannot be kept"),
        (("a@b.example", "--ndg", "--password-stdin"), "Use at least 12 characters. Use words"),
    ],
)
def test_what_cannot_be_added_is_exit_2_and_says_what_to_do(run, words, said):
    result = run("people", "add", *words, typed="short\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not Person.objects.exists()


def test_a_login_that_is_taken_is_exit_2(run):
    run("people", "add", "ada@rwr.example", "--ndg")
    again = run("people", "add", "ADA@rwr.example", "--service")
    assert again.exit_code == 2
    assert again.stderr == "Error: There is already somebody with the login ada@rwr.example.\n"
