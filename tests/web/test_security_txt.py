"""Whom to tell of a hole, and until when that holds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from igtoolkit.web.views.security_txt import EXPIRES


def test_security_txt_says_whom_to_tell(db, client):
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@igtoolkit.example"
    assert fields["Expires"] == EXPIRES.isoformat().replace("+00:00", "Z")
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_security_txt_is_renewed_a_month_before_it_ends_and_holds_for_less_than_a_year():
    left = EXPIRES - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365), "set EXPIRES in web/views/security_txt.py, and SECURITY.md"


def test_security_md_says_the_same():
    words = (Path(__file__).parents[2] / "SECURITY.md").read_text("utf-8")
    assert "security@igtoolkit.example" in words
    assert "two working days" in words
