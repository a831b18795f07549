"""Signing in as who one is at another service, in a real browser and with a real provider of OpenID Connect."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from igtoolkit.config.places import SignInService
from tests.oidc import CLIENT, NAME, SECRET, is_there, running


@pytest.fixture
def provider(service, settings) -> Iterator[str]:
    """The provider's address, set as an operator sets it."""
    with running(service.address) as address:
        settings.OIDC = SignInService(address, CLIENT, SECRET, NAME)
        settings.SITE_ADDRESS = service.address
        policy = settings.CONTENT_SECURITY_POLICY
        settings.CONTENT_SECURITY_POLICY = policy | {"form-action": ["'self'", settings.OIDC.origin]}
        yield address


def test_from_the_button_to_the_page_and_back_out(service, window, provider):
    is_there(provider, "ben-there")
    watched = window()
    page = watched.sign_in(service.cast.ben)
    watched.open("/account/")
    page.click(f"text=Connect {NAME}")
    watched.titled("Your account")
    expect(page.locator("main")).to_contain_text(f"Connected: you can now sign in with {NAME}")
    watched.check_accessible()
    watched.sign_out()

    watched.open("/sign-in/?next=/account/tokens/")
    watched.check_accessible()
    page.click(f"text=Sign in with {NAME}")
    watched.titled("Your tokens")
    expect(page.locator("header")).to_contain_text("Ben")
    watched.sign_out()
    watched.open("/account/tokens/")
    watched.titled("Sign in")

    watched.open("/sign-in/?next=/account/")
    page.click(f"text=Sign in with {NAME}")
    watched.titled("Your account")
    page.click("text=Disconnect")
    expect(page.locator("main")).to_contain_text("Disconnected: nobody signs in as you with")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_identity_nobody_connected_leads_to_a_page_that_says_what_to_do(service, window, provider, javascript):
    is_there(provider, "a-stranger")
    watched = window("phone", javascript=javascript, refusals=(403,))
    page = watched.open("/sign-in/")
    page.click(f"text=Sign in with {NAME}")
    watched.titled("You are not known here by this identity")
    if javascript:
        watched.check_accessible()
    page.click("main a[href='/sign-in/']")
    watched.titled("Sign in")


def test_a_browser_follows_the_form_to_that_service_alone(service, window, provider, settings):
    """What the policy in the headers is for: it is held against where a form leads on to."""
    settings.CONTENT_SECURITY_POLICY = settings.CONTENT_SECURITY_POLICY | {"form-action": ["'self'"]}
    watched = window()
    page = watched.open("/sign-in/")
    page.click(f"text=Sign in with {NAME}")
    watched.until(lambda: any("form-action" in each for each in watched.faults))
    assert page.url.startswith(service.address)
    watched.faults.clear()
