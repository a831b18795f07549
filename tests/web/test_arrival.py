"""A request has arrived when its last byte has, and what it may not be is refused before anything is kept."""

from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from igtoolkit.records import clock
from igtoolkit.web.middleware import arrival


class Slow(BytesIO):
    """A body that notes when it is read."""

    def __init__(self, content: bytes, told: list[str]) -> None:
        super().__init__(content)
        self.told = told

    def read(self, size: int | None = -1) -> bytes:
        self.told.append("body read")
        return super().read(size)


def test_the_clock_is_read_after_the_whole_of_what_was_sent(db, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr("igtoolkit.web.middleware.clock.now", lambda: told.append("clock read"))
    request = RequestFactory().post("/", {"a": "1"})
    request._stream = request.environ["wsgi.input"] = Slow(b"a=1", told)
    arrival(lambda each: HttpResponse("kept"))(request)
    assert told.index("body read") < told.index("clock read")


def test_an_upload_nobody_asked_for_is_not_taken_in(db, client):
    response = client.post("/sign-in/", {"login": "a@b.example", "file": BytesIO(b"x" * 3_000_000)})
    assert response.status_code == 413
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "This is too large to send" in response.content.decode()
    assert "over 2.5 MB" in response.content.decode()


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/"])
def test_every_answer_says_that_no_cache_keeps_it_and_no_frame_holds_it(db, client, path):
    response = client.get(path)
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize(
    "charset", ["=base64", "=undefined", "=unicode_escape", "=utf-7", "*=utf-8''hex", "*0=he; charset*1=x"]
)
def test_another_charset_is_not_followed(db, kind, charset):
    from igtoolkit.config.wsgi import application  # which limits every connection of this process from then on

    clock.demonstration()  # asked once a process: the request closes the connection that this test is held in
    started: list[str] = []
    environ = RequestFactory().get("/livez", {"a": "b"}).environ | {"CONTENT_TYPE": f"{kind}; charset{charset}"}
    application(environ, lambda status, headers, *rest: started.append(status))
    assert started == ["200 OK"]


def test_a_mail_server_that_is_down_changes_no_answer(cast, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    cast.ada.set_password("a long password for tests")
    cast.ada.save()
    known = client.post("/sign-in/forgotten/", {"email": "ada@example.org"})
    unknown = client.post("/sign-in/forgotten/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


@pytest.mark.parametrize("path", ["/organisations/DMA001/2015-16/", "/national/2015-16/baseline/caldicott2/"])
def test_our_own_script_is_told_where_to_go_and_is_not_sent_there(db, client, path):
    sent = client.get(path)
    told = client.get(path, headers={"X-Requested-With": "fetch"})
    assert (sent.status_code, told.status_code, told.content) == (302, 204, b"")
    assert told.headers["Location"] == sent.headers["Location"]
    assert client.get("/help/", headers={"X-Requested-With": "fetch"}).status_code == 200
