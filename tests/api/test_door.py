"""Who is let in, by token or session, and what refusals look like."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from igtoolkit.actions.tokens import revoke_token
from igtoolkit.records.models import ApiToken
from tests.api.conftest import NATION, PUBLISHED, TRUST, program_of

CLOSED = [
    "/api/v1/organisations/",
    "/api/v1/organisations/DMA001/",
    TRUST + "assessment/",
    TRUST + "baseline/submission/",
    TRUST + "baseline/1/submission/",
    TRUST + "baseline/caldicott2/",
    TRUST + "baseline/1/caldicott2/",
    NATION,
]
OPEN = ["/api/v1/years/", "/api/v1/published/", "/api/v1/openapi.json"]
NOT_TOLD = ("Date",)


def whole(response):
    headers = {name: value for name, value in response.headers.items() if name not in NOT_TOLD}
    return response.status_code, response.content, headers


def problem_of(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert told["status"] == response.status_code
    return told


@pytest.mark.parametrize("path", CLOSED)
def test_a_visitor_is_asked_for_a_token_at_real_and_invented_addresses_alike(path, baseline):
    asked = whole(Client().get(path))
    assert asked[0] == 401
    assert asked[2]["WWW-Authenticate"].startswith("Bearer ")
    assert asked[2]["Cache-Control"] == "no-store, private"
    assert asked == whole(Client().get("/api/v1/organisations/ZZZ/1999-00/nothing/at/all"))
    assert whole(Client().post(path)) == asked
    assert "/account/tokens/" in problem_of(Client().get(path))["detail"]


def test_a_token_reads_what_its_person_may(cast, baseline):
    assert program_of(cast.ada).read(TRUST + "assessment/")["organisation"]["code"] == "DMA001"
    assert program_of(cast.nia).read(NATION)["report"] == "national"
    assert program_of(cast.ben).get(NATION).status_code == 403
    assert program_of(cast.cleo).get(TRUST + "assessment/").status_code == 404


def test_rights_are_those_of_the_moment(cast, baseline):
    program = program_of(cast.nia)
    assert program.get(NATION).status_code == 200
    cast.nia.reads_for_ndg, cast.nia.serves = False, True
    cast.nia.save()
    assert program.get(NATION).status_code == 403


@pytest.mark.parametrize("path", [*CLOSED, *OPEN, "/api/v1/", "/api/v1/nothing/"])
def test_a_token_that_is_not_good_is_refused_everywhere_in_the_same_words(path, cast, baseline):
    program, gone = program_of(cast.ada), program_of(cast.rex)
    revoke_token(ApiToken.objects.get(person=cast.ada), by=cast.ada)
    cast.rex.is_active = False
    cast.rex.save()
    refusals = [whole(program.get(path)), whole(gone.get(path))]
    for text in ("igt_unknown", "", "igt_" + "x" * 10_000, "\u00ff\u00fe", "a b c"):
        refusals.append(whole(Client().get(path, headers={"Authorization": f"Bearer {text}"})))
    assert refusals[0][0] == 401
    assert all(each == refusals[0] for each in refusals)


def test_a_token_is_told_from_others_in_one_look_up_whatever_it_is(cast):
    good, revoked = program_of(cast.ada), program_of(cast.rex)
    revoke_token(ApiToken.objects.get(person=cast.rex), by=cast.rex)
    good.get("/api/v1/years/")  # notes the day
    for text in (good.token, revoked.token, "igt_unknown"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Client().get("/api/v1/years/", headers={"Authorization": f"Bearer {text}"})
        assert len(asked) == 1, text


def test_a_token_opens_no_page(cast, baseline):
    program = program_of(cast.ada)
    assert program.get("/organisations/DMA001/2015-16/").status_code == 302
    assert program.get("/account/tokens/").status_code == 302


def test_a_token_goes_before_a_session(client, cast, baseline):
    client.force_login(cast.nia)
    headers = {"Authorization": f"Bearer {program_of(cast.ada).token}"}
    assert client.get(NATION).status_code == 200
    assert client.get(NATION, headers=headers).status_code == 403
    assert client.get(NATION, headers={"Authorization": "Bearer igt_wrong"}).status_code == 401


def test_another_scheme_is_nobodys(client, cast, baseline):
    assert client.get(NATION, headers={"Authorization": "Basic YTpi"}).status_code == 401
    assert client.get("/api/v1/years/", headers={"Authorization": "Basic YTpi"}).status_code == 200


@pytest.mark.parametrize("path", [each for each in CLOSED if "DMA001" in each])
def test_a_foreign_trust_and_an_invented_one_are_twins_in_bytes_and_work(path, cast, baseline):
    program = program_of(cast.cleo)
    program.get("/api/v1/years/")
    answers, work = [], []
    for code in ("DMA001", "dma001", "ZZZ999", "DMA001%00", "..%2F", "%F0%9F%8F%A5"):
        with CaptureQueriesContext(connection) as asked:
            answers.append(whole(program.get(path.replace("DMA001", code))))
        work.append(len(asked))
    assert answers[0][0] == 404
    assert answers == [answers[0]] * len(answers)
    assert work[0] == work[1] == work[2]


def test_a_refusal_tells_nothing_of_what_was_asked(cast, baseline):
    told = program_of(cast.cleo).get(TRUST + "assessment/").content
    for telling in (b"DMA001", b"DMA002", b"2015-16", b"leo"):
        assert telling not in told


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("path", [*OPEN, "/api/v1/", "/api/v1/organisations/", NATION])
def test_only_reading_is_taken(client, method, path, cast, baseline):
    client.force_login(cast.nia)
    response = getattr(client, method)(path)
    assert problem_of(response)["status"] == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_a_session_cannot_be_tricked_into_anything_by_another_site(cast, baseline):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.nia)
    assert strict.get(NATION).status_code == 200
    assert strict.post(NATION, {"anything": "1"}).status_code == 405


def test_an_address_that_is_none_is_refused_as_data(client, cast):
    client.force_login(cast.ada)
    assert "/api/v1/organisations/" in problem_of(client.get("/api/v1/nothing/like/it/"))["detail"]
    assert problem_of(client.get("/api/v1/organisations/DMA001/2015-16/final/0x1/submission/"))["status"] == 404
    assert problem_of(client.get("/api/v1/organisations/?limit=0"))["status"] == 422


def test_a_failure_of_ours_is_told_as_data(cast, monkeypatch):
    monkeypatch.setattr("igtoolkit.api.views.register.years_covered", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/api/v1/years/")
    assert problem_of(response)["title"] == "Internal Server Error"


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_read_signed_in_is_kept_by_no_cache(path, cast, baseline):
    person = cast.nia if path == NATION else cast.ada
    assert program_of(person).get(path).headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", [*OPEN, PUBLISHED])
def test_what_is_anybodys_may_be_kept_and_sets_no_cookie(path, cast, final):
    for response in (Client().get(path), program_of(cast.cleo).get(path)):
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, no-cache"
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Set-Cookie" not in response.headers
    assert Client().get("/api/v1/published/ZZZ/2015-16/").headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", [*OPEN, *CLOSED, PUBLISHED])
def test_an_answer_held_already_is_not_sent_again(path, cast, final):
    program = program_of(cast.nia if path == NATION else cast.ada)
    first = program.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"')  # strong
    assert len(tag) == 66
    again = program.get(path, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert program.get(path, **{"If-None-Match": '"another"'}).content == first.content
    assert problem_of(program.get(path, **{"If-Match": '"another"'}))["status"] == 412


def test_head_says_what_get_would(cast, baseline):
    program = program_of(cast.ada)
    path = TRUST + "baseline/caldicott2/"
    whole_answer = program.get(path)
    head = Client().head(path, headers={"Authorization": f"Bearer {program.token}"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole_answer.headers["ETag"]
    assert head.headers["Content-Length"] == whole_answer.headers["Content-Length"]
