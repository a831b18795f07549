"""`igtoolkit people add` and `forget-second-factors`."""

import json
import re
from collections import Counter

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from click.testing import Result
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import resolve

from igtoolkit.access.scope import everything
from igtoolkit.actions.tokens import live_tokens, make_token
from igtoolkit.records.models import AuditEvent, Organisation, Person
from igtoolkit.reports.verify import verify
from igtoolkit.web import posting
from igtoolkit.web.links import INVITED
from tests.conftest import make_organisation, make_person

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


@pytest.fixture
def ada(trusts) -> Person:
    """An administrator who has an app, and recovery codes."""
    made = make_person("ada", Organisation.objects.get(code="RWR"), "administrator")
    Authenticator.objects.create(user=made, type="totp", data={"secret": "not read here"})
    RecoveryCodes.activate(made)
    return made


def forgotten(run, login: str) -> Result:
    return run("people", "forget-second-factors", login)


def test_the_operator_takes_second_factors_away_which_ends_all_that_was_made_with_them(run, ada):
    make_token("Nightly figures", by=ada)
    browser = Client()
    browser.force_login(ada)
    assert browser.get("/account/").status_code == 200
    result = forgotten(run, " ADA@example.org ")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "Taken away: ada@example.org signs in with a password alone, then sets up a new second factor.\n"
        "They were told by mail.\n"
    )
    assert not Authenticator.objects.exists()
    assert browser.get("/account/").status_code == 302
    assert live_tokens(ada) == []


def test_the_trail_and_the_person_are_told(run, ada):
    forgotten(run, ada.email)
    event = everything(AuditEvent, reason="a test looks").get(event="second_factors_taken_away")
    assert (event.organisation, event.by) == (ada.organisation, "operator")
    assert json.loads(event.facts) == {"person": ada.email, "before": [{"kind": "app"}]}
    (told,) = mail.outbox
    assert told.to == [ada.email]
    assert "taken away by the operator of the service, because they are lost" in told.body
    assert list(verify(Counter())) == []


def test_a_mail_that_cannot_be_sent_now_is_left_to_the_running_service(run, ada, settings, tmp_path, monkeypatch):
    def away(*_):
        raise ConnectionRefusedError

    settings.HOME = tmp_path
    monkeypatch.setattr(EmailBackend, "send_messages", away)
    assert forgotten(run, ada.email).stdout.endswith("waits, and the running service sends it as soon as it can.\n")
    monkeypatch.undo()
    assert posting.send_what_waits()
    assert [each.to for each in mail.outbox] == [[ada.email]]


@pytest.mark.parametrize(
    ("login", "said"),
    [
        ("nobody@example.org", "There is nobody with the login 'nobody@example.org'."),
        ("x\x1b[2J", "There is nobody with the login 'x\\x1b[2J'."),
        ("ben@example.org", "Ben has no second factor."),
    ],
)
def test_whose_second_factors_cannot_be_taken_away_is_exit_2_and_nothing_is_changed(run, ada, login, said):
    make_person("ben", ada.organisation, "viewer")
    result = forgotten(run, login)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Error: {said}\n")
    assert Authenticator.objects.filter(user=ada).count() == 2
    assert mail.outbox == []
    assert not everything(AuditEvent, reason="a test looks").exists()
