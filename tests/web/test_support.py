"""The pages of support access, and of what a person can see today."""

import pytest
from django.test import Client

from igtoolkit.access.policy import Action
from igtoolkit.access.table import verdict
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import SupportAccess
from igtoolkit.standard.words import Stage
from igtoolkit.web.pages.simulator import WORDS
from tests.conftest import make_person
from tests.web.reading import words

PLACE = "/organisations/DMA001/2015-16/"
LOOK = {"reason": "The comment of 13-202 is lost", "hours": "4"}


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def granted(cast, assessment):
    assert browser(cast.ada).post("/support/", LOOK).status_code == 302
    return SupportAccess.unscoped.get()


def test_an_administrator_grants_a_look_and_everybody_of_the_trust_is_told(cast, granted):
    shown = words(browser(cast.ada).get("/support/"))
    assert "The service team may look now" in shown
    assert "The comment of 13-202 is lost" in shown
    assert "The service team may look at this assessment until" in words(browser(cast.ben).get(PLACE))


def test_the_service_team_finds_its_way_to_what_it_may_look_at(cast, granted):
    sam = browser(cast.sam)
    assert f'href="{PLACE}"' in sam.get("/support/").content.decode()
    page = sam.get(PLACE)
    assert page.status_code == 200
    assert "lets the service team" in words(page)
    assert sam.get(PLACE + "requirements/13-202/").status_code == 200
    assert sam.get(PLACE + "senior-people/").status_code == 200
    assert sam.get("/api/v1" + PLACE + "assessment/").status_code == 200


def test_a_look_gives_no_digest_with_which_a_report_could_be_checked(cast, granted):
    submit(granted.organisation.assessments.get(), Stage.BASELINE, key="k" * 20, arrived=clock.now(), by=cast.ada)
    told = browser(cast.sam).get("/api/v1" + PLACE + "assessment/").json()
    assert [each["digest"] for each in told["stages"][0]["submissions"]] == [None]
    told = browser(cast.ben).get("/api/v1" + PLACE + "assessment/").json()
    assert told["stages"][0]["submissions"][0]["digest"].startswith("sha256:")


def test_no_link_on_a_page_looked_at_leads_the_service_team_to_a_refusal(cast, granted):
    sam = browser(cast.sam)
    for page in (PLACE, PLACE + "requirements/13-202/", PLACE + "senior-people/"):
        html = sam.get(page).content.decode()
        for part in html.split('href="')[1:]:
            address = part.partition('"')[0].replace("&amp;", "&")
            if address.startswith("/") and not address.startswith("/static/"):
                assert sam.get(address).status_code == 200, (page, address)


def test_the_service_team_changes_nothing_while_it_looks(cast, granted):
    sam = browser(cast.sam)
    assert sam.post(PLACE + "requirements/13-202/", {"comment": "x", "version": "0"}).status_code == 403
    for path in ("baseline/submit/", "preview/caldicott2/", "improvement-plan/", "reopen/"):
        assert sam.get(PLACE + path).status_code in (403, 404), path


def test_the_pages_looked_at_are_in_the_trail(cast, granted):
    sam = browser(cast.sam)
    sam.get(PLACE)
    sam.get(PLACE + "requirements/13-202/")
    told = [each.facts for each in cast.ada.organisation.events.filter(event="support_looked")]
    assert len(told) == 2
    assert PLACE + "requirements/13-202/" in told[1]


def test_a_look_taken_back_closes_the_pages_at_once(cast, granted):
    sam = browser(cast.sam)
    assert browser(cast.ada).post(f"/support/{granted.pk}/revoke/").status_code == 302
    twin = sam.get("/organisations/ZZZ999/2015-16/")
    answer = sam.get(PLACE)
    assert (answer.status_code, answer.content) == (twin.status_code, twin.content) == (404, answer.content)


def test_another_trust_neither_sees_nor_ends_the_look(cast, granted):
    cleo = browser(cast.cleo)
    assert "is lost" not in cleo.get("/support/").content.decode()
    assert cleo.post(f"/support/{granted.pk}/revoke/").status_code == 404
    assert SupportAccess.unscoped.get().revoked_at is None


def test_what_was_typed_is_given_back_with_what_is_wrong(cast, assessment):
    page = browser(cast.ada).post("/support/", {"reason": "Kept <b>", "hours": "99"})
    assert page.status_code == 422
    assert "Kept &lt;b&gt;" in page.content.decode()
    assert "Enter a number of hours from 1 to 24" in words(page)


def test_support_pages_ask_few_queries(cast, granted, django_assert_max_num_queries):
    sam, ada = browser(cast.sam), browser(cast.ada)
    # A page looked at is told in the trail: that takes four more, and a lock on PostgreSQL.
    for client, path in ((sam, "/support/"), (ada, "/support/"), (sam, PLACE), (ada, f"/access/{cast.ben.pk}/")):
        client.get(path)
        with django_assert_max_num_queries(17 if client is sam and path == PLACE else 12):
            client.get(path)


def test_every_action_of_the_policy_has_words():
    assert [each for each in Action if each not in WORDS] == []


def test_an_administrator_sees_what_their_people_can_do_today(cast, assessment):
    html = browser(cast.ada).get(f"/access/{cast.ben.pk}/").content.decode()
    own = html.partition("assessment 2015-16")[2].partition("</section>")[0]
    assert "<li>Read the requirements, answers, comments and evidence</li>" in own
    assert "<li>Save what is said about a requirement" not in own
    another = html.partition("Another trust&#39;s assessment")[2].partition("</section>")[0]
    assert "Can do nothing here." in another


def test_the_simulator_says_what_the_doors_do(cast, assessment):
    """Each yes and no of the simulator, held against the policy that the gate asks."""
    html = browser(cast.ada).get(f"/access/{cast.con.pk}/").content.decode()
    own = html.partition("assessment 2015-16")[2].partition("</section>")[0]
    for action in (Action.SAVE_ANSWER, Action.SUBMIT_STAGE, Action.CONFIRM_ANSWER, Action.VIEW_PREVIEW):
        yes = f"<li>{WORDS[action]}</li>" in own
        assert yes == (verdict(cast.con, action, assessment) == "200"), action


def test_nobody_asks_about_the_people_of_another_organisation(cast, assessment):
    ada = browser(cast.ada)
    for who in (cast.cleo, cast.nia, cast.sam, cast.dev):
        assert ada.get(f"/access/{who.pk}/").status_code == 404
    assert cast.cleo.email not in ada.get("/access/?q=cleo").content.decode()
    assert ada.get("/access/?q=b%00en").status_code == 200


def test_an_account_that_was_only_invited_is_not_found_by_asking(cast, assessment):
    waiting = make_person("waiting", cast.ada.organisation, "viewer")
    waiting.set_unusable_password()
    waiting.save()
    assert browser(cast.ada).get(f"/access/{waiting.pk}/").status_code == 404


def test_the_service_team_asks_about_anybody_and_learns_no_state(cast, assessment):
    sam = browser(cast.sam)
    html = sam.get(f"/access/{cast.ada.pk}/").content.decode()
    assert "Their organisation&#39;s assessment: not started" in html
    assert "Their organisation&#39;s assessment: Final submitted" in html
    assert (
        cast.nia.email in sam.get("/access/?q=nia").content.decode()
        or "nia" in sam.get("/access/?q=nia").content.decode()
    )
    assert sam.get(f"/access/{cast.nia.pk}/").status_code == 200
