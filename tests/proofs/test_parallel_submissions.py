"""Fifty presses of one button are one submission, and everybody who pressed comes to the same receipt."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from igtoolkit.access import scope
from igtoolkit.records.models import AuditEvent, Submission
from igtoolkit.reports.verify import verify
from tests.conftest import Cast, make_cast, stand_ready, started
from tests.proofs import full, report
from tests.proofs.quick import quick_database

PARALLEL = 50
HANDS = 16  # more than any web server process has
REFUSED = full(HANDS, PARALLEL)  # presses of which none may be taken
PLACE = "/organisations/DMA001/2015-16"
HELD = re.compile(r'name="(key|draft)" value="([^"]+)"')
ALREADY = (409, "was submitted")
CLOSED = (422, "Final has been submitted")
WHY = "the proof counts what fifty presses came to"


@dataclass
class Trust:
    """One trust ready to submit a stage, and what its administrator sends."""

    cast: Cast
    stage: str
    sent: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        return f"{PLACE}/{self.stage}/submit/"

    @property
    def receipt(self) -> str:
        return f"{PLACE}/{self.stage}/submitted/"

    def client(self) -> Client:
        client = Client()
        client.force_login(self.cast.ada)
        return client

    def form(self, client: Client, reason: str = "") -> dict[str, str]:
        """The form as the preview gives it, with everything accepted."""
        held = dict(HELD.findall(client.get(self.page).content.decode()))
        return {**held, "assurance": "accepted", "reason": reason}

    def press(self, forms: list[dict[str, str]]) -> list[tuple[int, str, str]]:
        """Send all forms at once. Returns for each the status, where it leads, and the page."""
        session = self.client()

        def send(form: dict[str, str]) -> tuple[int, str, str]:
            client = Client()
            client.cookies = session.cookies
            try:
                answer = client.post(self.page, form)
                return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()
            finally:
                connection.close()

        with ThreadPoolExecutor(HANDS) as pool:
            return list(pool.map(send, forms))

    def made(self) -> list[tuple[str, int, str]]:
        rows = scope.everything(Submission, reason=WHY).order_by("pk")
        return [(each.stage, each.number, each.snapshot["correction_reason"] or "") for each in rows]

    def events(self) -> int:
        return scope.everything(AuditEvent, reason=WHY).filter(event="stage_submitted").count()


@pytest.fixture(params=["baseline", "final"])
def trust(request, template: str, django_db_blocker) -> Iterator[Trust]:
    with django_db_blocker.unblock(), quick_database(template):
        cast = make_cast()
        stand_ready(started(cast.ada), cast)
        yield Trust(cast, request.param)


def many(form: dict[str, str], times: int = PARALLEL) -> list[dict[str, str]]:
    """The same form from fifty previews: each has a key of its own."""
    return [{**form, "key": f"a key of one preview {n:02d}".replace(" ", "-")} for n in range(times)]


def test_fifty_presses_of_one_form_are_one_submission_with_one_receipt(trust: Trust) -> None:
    client = trust.client()
    form = trust.form(client)
    answers = trust.press([form] * PARALLEL)
    assert {each[:2] for each in answers} == {(302, trust.receipt)}
    assert trust.made() == [(trust.stage, 1, "")]
    assert trust.events() == 1
    assert mail.outbox == []  # the receipt is a page: no mail is sent, so none is sent twice
    made = scope.everything(Submission, reason=WHY).get()
    assert all(made.digest in client.get(trust.receipt).content.decode() for _ in range(3))
    again = client.post(trust.page, form)  # back, and pressed once more
    assert (again.status_code, again.headers["Location"]) == (302, trust.receipt)
    assert (len(trust.made()), trust.events(), list(verify(Counter()))) == (1, 1, [])
    report(
        f"50 presses of {trust.stage} on {connection.vendor}",
        "1 submission, 1 event, 50 answers to one receipt, 0 mails",
    )


def test_fifty_previews_sent_at_once_are_one_submission_and_49_words_about_it(trust: Trust) -> None:
    answers = trust.press(many(trust.form(trust.client())))
    refused, words = CLOSED if trust.stage == "final" else ALREADY
    assert Counter(each[0] for each in answers) == {302: 1, refused: PARALLEL - 1}
    assert all(words in page for status, _, page in answers if status != 302)
    assert (trust.made(), trust.events(), list(verify(Counter()))) == ([(trust.stage, 1, "")], 1, [])


def test_fifty_corrections_at_once_are_none_without_a_reason_and_one_with(trust: Trust) -> None:
    client = trust.client()
    client.post(trust.page, trust.form(client))
    if trust.stage == "final":  # closed until it is opened again: then nothing at all is taken
        shut = trust.press(many({"draft": "", "assurance": "accepted", "reason": "A figure was wrong"}, REFUSED))
        assert {each[0] for each in shut} == {422}
        assert client.post(f"{PLACE}/reopen/").status_code == 302
    refused = trust.press(many(trust.form(client), REFUSED))
    assert {each[0] for each in refused} == {422}
    assert all("Give the reason for this correction" in each[2] for each in refused)
    assert trust.made() == [(trust.stage, 1, "")]
    taken = trust.press(many(trust.form(client, "A figure was wrong")))
    refused_now = CLOSED[0] if trust.stage == "final" else ALREADY[0]  # a corrected Final is closed again
    assert Counter(each[0] for each in taken) == {302: 1, refused_now: PARALLEL - 1}
    assert trust.made() == [(trust.stage, 1, ""), (trust.stage, 2, "A figure was wrong")]
    assert (trust.events(), list(verify(Counter()))) == (2, [])


def test_a_stage_corrected_in_one_window_is_not_submitted_from_an_older_one(trust: Trust) -> None:
    client = trust.client()
    form, other = trust.form(client), trust.form(client)
    assert client.post(trust.page, form).status_code == 302
    assert client.post(trust.page, other).status_code in (409, 422)
    assert client.post(trust.page, form).headers["Location"] == trust.receipt
    assert len(trust.made()) == trust.events() == 1
