"""Passkeys in a real browser, with Chromium's own make-believe device."""

import pytest
from playwright.sync_api import Page, expect

from igtoolkit.actions.second_factors import factors
from igtoolkit.records.sessions import end_rows
from tests.conftest import PASSWORD
from tests.journeys.conftest import SIZES

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def by_name(service) -> str:
    """The service at a name: passkeys are bound to one, and no number will do."""
    return service.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def asked(settings):
    settings.SECOND_FACTOR = True


def with_device(page: Page, **other: object) -> None:
    """Give the window a device that holds passkeys, and whose owner is always at hand."""
    wires = page.context.new_cdp_session(page)
    wires.send("WebAuthn.enable")
    wires.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, **other}})


def test_a_passkey_is_made_and_lets_in_after_the_password_and_in_its_place(
    service, window, by_name, asked, monkeypatch
):
    ada, watched = service.cast.ada, window()
    watched.address = by_name
    with_device(watched.page)
    page = watched.sign_in_by_hand(ada)
    page.goto(by_name + "/account/tokens/")
    watched.titled("Set up a second factor")
    watched.check_accessible()
    page.click("text=Make a passkey")
    watched.titled("Make a passkey")
    watched.check_accessible()
    page.fill("[name=name]", "Work laptop")
    page.click("main button[type=submit]")
    watched.titled("Your recovery codes")
    watched.check_accessible()
    page.click("text=I have kept them")
    watched.titled("Your tokens")
    page.goto(by_name + "/account/")
    watched.titled("Your account")
    expect(page.locator("main")).to_contain_text("Passkey “Work laptop”")
    watched.check_accessible()

    watched.sign_out()
    watched.open("/sign-in/")
    page.fill("[name=login]", ada.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button:text-is('Sign in')")
    watched.titled("Your second factor")
    watched.check_accessible()
    page.click("text=Use your passkey")
    page.wait_for_url(lambda address: "/sign-in/" not in address)

    watched.sign_out()
    watched.open("/sign-in/?next=/account/tokens/")
    watched.check_accessible()
    page.click("text=Sign in with a passkey")
    watched.titled("Your tokens")
    monkeypatch.setattr("igtoolkit.web.sessions.FRESH", 0)
    watched.open("/account/second-factor/app/")
    watched.titled("Sign in again")
    watched.check_accessible()
    monkeypatch.undo()
    page.click("text=Use your passkey")
    watched.titled("Set up an app")
    assert [each.last_used_at is not None for each in factors(ada)] == [True]


def test_a_device_that_does_not_check_whose_it_is_makes_none(service, window, by_name, asked):
    watched = window()
    watched.address = by_name
    with_device(watched.page, isUserVerified=False)
    page = watched.sign_in(service.cast.cleo)
    page.goto(by_name + "/account/second-factor/passkey/")
    page.fill("[name=name]", "Anybody's")
    page.click("main button[type=submit]")
    expect(page.locator("[data-igt-told]")).to_contain_text("Nothing was shown")
    assert factors(service.cast.cleo) == []


def test_a_passkey_that_is_nobodys_lets_nobody_in(service, window, by_name, asked):
    """Its owner removed it here, and the device still holds it."""
    ben, watched = service.cast.ben, window()
    watched.address = by_name
    with_device(watched.page)
    page = watched.sign_in(ben)
    page.goto(by_name + "/account/second-factor/passkey/")
    page.fill("[name=name]", "Phone")
    page.click("main button[type=submit]")
    watched.titled("Your recovery codes")
    factors(ben)[0].delete()
    end_rows(ben)
    watched.open("/sign-in/")
    page.click("text=Sign in with a passkey")
    expect(page.locator("main")).to_contain_text("This passkey is not known here")


@pytest.mark.parametrize("size", SIZES)
def test_without_javascript_an_app_is_set_up_and_used_and_passkeys_say_what_they_need(
    service, window, asked, size, settings
):
    from tests.web.test_second_factor import code

    person = {"phone": service.cast.rex, "desk": service.cast.con}[size]
    watched = window(size, javascript=False)
    page = watched.sign_in_by_hand(person)
    watched.open("/account/second-factor/passkey/")
    expect(page.locator("main")).to_contain_text("Passkeys need JavaScript")
    expect(page.locator("main button")).to_be_hidden()
    watched.open("/account/second-factor/app/")
    secret = page.locator(".igt-secret").inner_text().replace(" ", "")
    page.fill("[name=code]", code(secret))
    page.click("main button[type=submit]")
    watched.titled("Your recovery codes")
    watched.sign_out()
    watched.open("/sign-in/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button:visible").first.click()
    watched.titled("Your second factor")
    page.fill("[name=code]", code(secret, later=1))
    page.locator("main button:visible").first.click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_setting_up_an_app_is_accessible(service, window, asked):
    watched = window(refusals=(422,))
    page = watched.sign_in(service.cast.sam)
    watched.open("/account/second-factor/app/")
    watched.check_accessible()
    page.fill("[name=code]", "1")
    page.click("main button[type=submit]")
    watched.titled("Error: Set up an app")
    watched.check_accessible()
