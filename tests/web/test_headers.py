"""What a browser may do with an answer stands on every one: pages, files, refusals, faults, redirects."""

import json
import os
import shutil
import subprocess
import sys
from io import BytesIO

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.access.conftest import bring_to
from tests.access.pages import BASELINE, PAGES
from tests.conftest import YEAR

PATHS = ["/nowhere/", "/nowhere", "/static/igtoolkit.css", "/static/none.css", "/livez", "/readyz", "/api/v1/nowhere/"]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def lacking(response) -> list[str]:
    """What is wrong with the headers of an answer."""
    found = [name for name, value in EXACT.items() if response.headers.get(name) != value]
    if set(response.headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
        found.append("Content-Security-Policy")
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    return found


def kept_by_none(response) -> bool:
    return response.headers.get("Cache-Control") == "no-store, private"


def fail(*args, **kwargs):
    raise RuntimeError("broken")


@pytest.mark.parametrize("who", ["visitor", "ada", "nia"])
def test_every_route_carries_them_by_every_method(cast, who):
    bring_to(BASELINE, cast)
    wrong = []
    client = Client(raise_request_exception=False)
    if who != "visitor":
        client.force_login(getattr(cast, who))
    for name, page in PAGES.items():
        address = reverse(name, kwargs=page.address)
        for method in ("get", "delete"):
            response = getattr(client, method)(address)
            wrong += [(name, method, response.status_code, each) for each in lacking(response)]
            if who != "visitor" and not address.startswith("/api/") and not kept_by_none(response):
                wrong.append((name, method, response.status_code, "Cache-Control"))
    assert wrong == []


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_for_carries_them(db, client, path):
    assert lacking(client.get(path)) == []


def broken(monkeypatch):
    monkeypatch.setattr("igtoolkit.web.views.public.find", fail)
    return Client(raise_request_exception=False).get("/")


FAULTS = {
    400: lambda monkeypatch: Client().get("/", headers={"Host": "elsewhere.example"}),
    403: lambda monkeypatch: Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "x"}),
    404: lambda monkeypatch: Client().get("/nowhere/"),
    405: lambda monkeypatch: Client().post("/help/"),
    413: lambda monkeypatch: Client().post("/sign-in/", {"file": BytesIO(b"x" * 3_000_000)}),
    500: broken,
}


@pytest.mark.parametrize("status", FAULTS)
def test_every_refusal_and_fault_carries_them(db, monkeypatch, status):
    response = FAULTS[status](monkeypatch)
    assert response.status_code == status
    assert lacking(response) == []
    assert kept_by_none(response)
    assert "Set-Cookie" not in response.headers


def test_too_many_fields_are_refused_with_a_page(db, client):
    response = client.post("/sign-in/", {f"f{n}": "" for n in range(2_001)})
    assert response.status_code == 400
    assert lacking(response) == []
    assert "had more fields than any form of ours" in response.content.decode()


def test_a_service_behind_https_says_so_for_a_year(db):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        for path in ("/", "/nowhere/", "/static/igtoolkit.css"):
            response = Client().get(path, secure=True)
            assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
            assert "Strict-Transport-Security" not in Client().get(path).headers


def test_the_policy_lets_no_inline_code_and_no_other_host_in(db, client):
    told = client.get("/").headers["Content-Security-Policy"]
    for weak in ("unsafe", "data:", "http:", "https:", "*", "blob:", "nonce"):
        assert weak not in told


def test_a_page_names_no_other_host_and_no_data_address(db, client):
    for path in ("/", "/help/", "/sign-in/", "/caldicott2/", f"/published/DMA001/{YEAR}/"):
        page = client.get(path).content.decode()
        assert 'src="http' not in page
        assert "data:image" not in page


def test_the_check_of_a_real_services_settings_finds_nothing(tmp_path):
    told = {
        "IGTOOLKIT_HOME": str(tmp_path),
        "IGTOOLKIT_HTTPS": "1",
        "IGTOOLKIT_SECRET": "x1-" * 20 + "".join(chr(ord("A") + n) for n in range(26)),
        "IGTOOLKIT_HOSTS": "igtoolkit.example",
        "IGTOOLKIT_ADDRESS": "https://igtoolkit.example",
        "IGTOOLKIT_MAIL": "smtp+tls://mail.example",
        "DJANGO_SETTINGS_MODULE": "igtoolkit.config.settings",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IGTOOLKIT_", "DJANGO_"))}
    words = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    found = subprocess.run(words, env=kept | told, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_without_a_mail_server_a_real_service_prints_no_link_into_its_log():
    from igtoolkit.config.places import mail

    assert mail(None, real=True) == {"EMAIL_BACKEND": "igtoolkit.web.mail_server.NoServer"}
    assert "console" in mail(None)["EMAIL_BACKEND"]


SIGNING_IN = """
import django, json
django.setup()
from django.contrib import messages
from django.http import HttpResponse
from django.test import Client
from igtoolkit.records import clock
from igtoolkit.records.models import Person
person = Person(email="sam@example.org", name="Sam", serves=True, created=clock.now())
person.set_password("lantern gravel otter")
person.save()
client = Client(headers={"Host": "igtoolkit.example", "X-Forwarded-Proto": "https"})
client.get("/sign-in/")
client.post("/sign-in/", {"login": person.email, "password": "lantern gravel otter"})
request = client.get("/account/").wsgi_request
messages.success(request, "Saved")
answer = HttpResponse()
request._messages.update(answer)
client.cookies.update(answer.cookies)
print(json.dumps({name: {**each, "value": each.value} for name, each in client.cookies.items()}))
"""


@pytest.mark.sqlite_only
def test_a_real_services_cookies_are_the_hosts_own_and_go_over_https_alone(template, tmp_path):
    shutil.copy(template, tmp_path / "igtoolkit.sqlite3")
    told = {"IGTOOLKIT_HOME": str(tmp_path), "IGTOOLKIT_HTTPS": "1", "IGTOOLKIT_HOSTS": "igtoolkit.example"}
    told |= {"DJANGO_SETTINGS_MODULE": "igtoolkit.config.settings", "IGTOOLKIT_PLAIN_STATIC": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IGTOOLKIT_", "DJANGO_"))}
    made = subprocess.run(
        [sys.executable, "-c", SIGNING_IN], env=kept | told, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    cookies = json.loads(made.stdout)
    assert set(cookies) == {"__Host-session", "__Host-csrf", "__Host-whose", "__Host-told"}
    for each in cookies.values():
        assert (each["secure"], each["httponly"], each["samesite"]) == (True, True, "Lax")
        assert (each["path"], each["domain"]) == ("/", "")
        assert len(each["value"]) < 200


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example"])
def test_no_answer_lets_another_origin_read_it(cast, client, origin):
    client.force_login(cast.ada)
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    for path in (
        "/",
        "/account/",
        "/api/v1/organisations/",
        "/api/v1/published/",
        "/static/igtoolkit.css",
        "/nowhere/",
    ):
        for method in (client.get, client.options):
            told = [name for name in method(path, headers=asked).headers if name.startswith("Access-Control-")]
            assert told == [], path
