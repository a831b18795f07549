"""People: the list, an invitation and the link in it, and changes."""

import json
import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from igtoolkit.actions.managing import change_person, deactivate_person
from igtoolkit.actions.second_factors import take_factors_away
from igtoolkit.config.places import SignInService
from igtoolkit.records.models import Person
from igtoolkit.web.links import FORGOTTEN
from tests.conftest import PASSWORD, make_organisation, make_person, with_password
from tests.web.reading import form_of, title, words

NEW = {"name": "Una  Marsh", "login": "Una@Trust.example ", "role": "contributor"}
LINK = re.compile(r"https?://[^/]+(/sign-in/invited/\S+)")


@pytest.fixture(autouse=True)
def nine(time_machine):
    """The machine's clock stands: pages that are compared say until when one stays signed in."""
    time_machine.move_to(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False)


@pytest.fixture
def ada(client, cast):
    """An administrator's browser."""
    client.force_login(cast.ada)
    return client


@pytest.fixture
def sam(client, cast):
    """The service team's."""
    client.force_login(cast.sam)
    return client


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def page_of(person: Person) -> str:
    return f"/people/{person.pk}/"


def press(client, person: Person, then: str):
    return press_at(client, page_of(person), then)


def press_at(client, address: str, then: str):
    version = form_of(client.get(address), "version")["version"]
    return client.post(address, {"version": version, "then": then})


def address_of(client, login: str) -> str:
    """Where the list leads for this login."""
    html = client.get("/people/").content.decode()
    return re.findall(r'href="(/people/[^"]+)"', html[: html.index(f"<bdi>{login}")])[-1]


def bare(page, login: str) -> tuple[int, str, str]:
    """An answer without what differs between any two logins: the login, the address, tokens and the time taken."""
    html = page.content.decode().replace(login, "LOGIN")
    html = re.sub(r"/people/invited/\w+/", "ADDRESS", html)
    html = re.sub(r'(name="(?:csrfmiddlewaretoken|version)" value=)"\w+"', r"\1", html)
    return page.status_code, page.headers.get("Location", ""), re.sub(r"took \d+\.\d\d", "", html)


# The list


def test_an_administrator_sees_their_own_people_and_nobody_elses(ada, cast):
    page = ada.get("/people/")
    told = words(page)
    assert all(each in told for each in ("Ada (you)", "ben@example.org", "Reviewer", "Active"))
    assert "Cleo" not in told
    assert "Nia" not in told


def test_states_are_words(ada, cast):
    ada.post("/people/invite/", NEW)
    deactivate_person(cast.ben, by=cast.ada)
    told = words(ada.get("/people/"))
    assert "Una Marsh Loginuna@trust.example RoleContributor StateInvited Last signed inNot yet" in told
    assert "Ben Loginben@example.org RoleViewer StateDeactivated" in told


def test_the_list_takes_as_many_queries_for_20_people_as_for_2(ada, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        ada.get("/people/")
    for n in range(20):
        make_person(f"person{n}", cast.ada.organisation, "viewer")
    with django_assert_max_num_queries(12) as many:
        ada.get("/people/")
    assert len(few) == len(many)


def test_a_long_list_has_pages_and_any_number_asked_for_is_one_of_them(ada, cast):
    for n in range(60):
        make_person(f"person{n:02}", cast.ada.organisation, "viewer")
    assert "Page 1 of 2" in words(ada.get("/people/"))
    assert "Person59" in words(ada.get("/people/?page=2"))
    for asked in ("0", "99", "x", "-1", "\0"):
        assert ada.get("/people/", {"page": asked}).status_code == 200


def test_another_organisations_list_and_an_invented_one_are_twins(ada, cast):
    answers = [ada.get("/people/", {"organisation": each}) for each in ("DMA002", "ZZZ", "DMA001\0", "..")]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert ada.get("/people/?organisation=dma001").status_code == 200
    assert ada.post("/people/invite/?organisation=DMA002", NEW).content == answers[0].content


def test_the_service_team_finds_an_organisation_and_invites_its_first_administrator(sam, cast):
    make_organisation("DMA009", name="Saltmarsh Trust")
    found = sam.get("/people/?q=saltmarsh")
    assert "Saltmarsh Trust CodeDMA009 People0 AdministratorsNone yet" in words(found)
    assert "Nobody can sign in for this organisation yet" in words(sam.get("/people/?organisation=DMA009"))
    sent = sam.post("/people/invite/?organisation=DMA009", {**NEW, "role": "administrator"})
    assert (sent.status_code, sent.url) == (302, "/people/invite/?organisation=DMA009")
    una = Person.objects.get(email="una@trust.example")
    assert (una.role, una.organisation.code) == ("administrator", "DMA009")
    assert sam.get("/people/?organisation=NOWHERE").status_code == 404
    assert sam.get("/people/invite/").url == "/people/"
    assert "No organisation has “xyzzy”" in words(sam.get("/people/?q=xyzzy"))


# Inviting


def test_an_invitation_is_mailed_and_its_link_sets_a_password_once(ada, cast):
    sent = ada.post("/people/invite/", NEW)
    assert sent.status_code == 302
    shown = ada.get(sent.url)
    assert "If una@trust.example has no account yet, an invitation was sent there." in words(shown)
    assert title(shown).startswith("Sent: Invite somebody")
    [letter] = mail.outbox
    assert letter.to == ["una@trust.example"]
    assert "Ada has made you an account" in letter.body
    assert "as contributor for Trust DMA001 (DMA001)" in letter.body
    link = LINK.search(letter.body)[1]
    una = Client()
    page = una.get(link, follow=True)
    set_at = page.redirect_chain[-1][0]
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert una.post(set_at, chosen).status_code == 302
    assert "This link no longer works" in words(Client().get(link, follow=True))
    una.post("/sign-in/", {"login": "una@trust.example", "password": PASSWORD})
    assert una.get("/organisations/DMA001/2015-16/").status_code == 200
    assert una.get("/people/").status_code == 403


def test_the_answer_is_the_same_for_a_login_that_has_an_account_elsewhere(ada, cast):
    before = Person.objects.count()
    answers = []
    for login in ("cleo@example.org", "nobody@example.org"):
        sent = ada.post("/people/invite/", {**NEW, "login": login})
        shown = words(ada.get(sent.url)).replace(login, "LOGIN")
        answers.append((sent.status_code, sent.url, re.sub(r"took \d+\.\d\d", "", shown)))
    assert answers[0] == answers[1]
    assert Person.objects.count() == before + 1
    told = {each.to[0]: each.body for each in mail.outbox}
    assert "nothing was changed" in told["cleo@example.org"]
    assert "/sign-in/invited/" not in told["cleo@example.org"]
    assert now(cast.cleo).organisation == cast.cleo.organisation


def test_an_invitation_withheld_and_one_sent_are_the_same_bytes_from_list_to_activation(ada, cast):
    answers: list[list[tuple[int, str, str]]] = [[], []]
    for seen, login in zip(answers, ("cleo@example.org", "nobody@example.org"), strict=True):
        person = {**NEW, "login": login}
        ada.post("/people/invite/", person)
        ada.get("/people/invite/")
        seen.append(bare(ada.post("/people/invite/", person), login))
        address = address_of(ada, login)
        seen.append(bare(ada.get(address), login))
        for then in ("invite", "deactivate", "invite", "activate"):
            seen.append(bare(press_at(ada, address, then), login))
            seen.append(bare(ada.get("/people/invite/"), login))
        typed = {**form_of(ada.get(address), "name"), "name": "Una", "role": "viewer"}
        seen += [bare(ada.post(address, each), login) for each in ({**typed, "role": "x"}, typed)]
        seen.append(bare(ada.post(address, {**typed, "name": "Una Bell"}), login))
        told = words(ada.get("/people/"))
        assert f"Una Login{login} RoleViewer StateInvited Last signed inNot yet" in told
    assert answers[0] == answers[1]
    assert [each[0] for each in answers[0]] == [422, 200, 302, 200, 302, 200, 422, 200, 302, 200, 422, 302, 409]
    assert "is invited already: Una Marsh, Contributor at Trust DMA001" in answers[0][0][2]
    assert {each.to[0] for each in mail.outbox} == {"cleo@example.org", "nobody@example.org"}
    assert (now(cast.cleo).name, now(cast.cleo).is_active) == ("Cleo", True)


@pytest.mark.parametrize("then", ["sign_out", "take_factors"])
def test_what_the_page_of_an_invitation_does_not_offer_is_answered_alike_too(ada, cast, then):
    answers = []
    for login in ("cleo@example.org", "nobody@example.org"):
        ada.post("/people/invite/", {**NEW, "login": login})
        ada.get("/people/invite/")
        answers.append(bare(press_at(ada, address_of(ada, login), then), login))
    assert answers[0] == answers[1]


def test_who_has_set_no_password_is_not_found_by_number_but_by_the_service_team(ada, cast):
    ada.post("/people/invite/", NEW)
    ada.post("/people/invite/", {**NEW, "login": "cleo@example.org"})
    una = Person.objects.get(email="una@trust.example")
    mark = address_of(ada, "una@trust.example")
    assert ada.get(page_of(una)).status_code == 404
    una.set_password(PASSWORD)
    una.save()
    assert ada.get(page_of(una)).status_code == ada.get(mark).status_code == 200
    stands_in = address_of(ada, "cleo@example.org")
    ada.force_login(cast.sam)
    assert ada.get(page_of(una)).status_code == 200
    assert ada.get(stands_in).status_code == 404
    assert "cleo@example.org" not in words(ada.get("/people/?organisation=DMA001"))
    ada.force_login(cast.dev)
    assert ada.get(stands_in).status_code == 404


def test_the_list_takes_as_many_queries_with_invitations_withheld(ada, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        ada.get("/people/")
    for n in range(20):
        make_person(f"elsewhere{n}", cast.cleo.organisation, "viewer")
        ada.post("/people/invite/", {**NEW, "login": f"elsewhere{n}@example.org"})
    ada.get("/people/invite/")
    with django_assert_max_num_queries(12) as many:
        told = words(ada.get("/people/"))
    assert told.count("StateInvited") == 20
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"login": "una"}, "login", "does not look like an e-mail address"),
        ({"login": "x" * 2_000}, "login", "does not look like an e-mail address"),
        ({"login": "ben@example.org"}, "login", "ben@example.org has an account already: Ben, Viewer"),
        ({"name": ""}, "name", "Enter the person's name"),
        ({"name": "x" * 101}, "name", "Name must be 100 characters or fewer; it has 101"),
        ({"name": "Una, see https://evil.example"}, "name", "Name holds a web address"),
        ({"name": "Una \u202e"}, "name", "Name holds a character that cannot be seen"),
        ({"role": "king"}, "role", "The role must be one of"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(ada, given, field, said):
    page = ada.post("/people/invite/", {**NEW, **given})
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert f'<a href="#{field}">' in page.content.decode()
    assert said in words(page)
    sent = form_of(page, "login")
    assert sent["name"] == [" ".join(given.get("name", NEW["name"]).split())]
    assert sent["login"] == [given.get("login", NEW["login"]).strip()[:1_000]]
    assert mail.outbox == []


def test_a_mail_server_that_is_down_is_said_the_same_for_both(ada, cast, monkeypatch):
    def down(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    for login in ("cleo@example.org", "nobody@example.org"):
        shown = ada.get(ada.post("/people/invite/", {**NEW, "login": login}).url)
        assert f"The mail server takes no mail for {login} just now." in words(shown)
        assert title(shown).startswith("Not sent yet: ")


def test_a_new_invitation_goes_to_who_has_set_no_password(ada, cast):
    ada.post("/people/invite/", NEW)
    address = address_of(ada, "una@trust.example")
    assert press_at(ada, address, "invite").status_code == 302
    assert [each.to for each in mail.outbox] == [["una@trust.example"]] * 2
    assert "Send a new invitation" not in words(ada.get(page_of(cast.ben)))
    refused = ada.post(page_of(cast.ben), {"then": "invite"})
    assert refused.status_code == 422
    assert "Ben has set a password" in words(refused)
    assert len(mail.outbox) == 2


# Changing


def test_a_name_and_role_are_changed(ada, cast):
    typed = {**form_of(ada.get(page_of(cast.ben)), "version"), "name": " Benedict <b> ", "role": "reviewer"}
    told = ada.post(page_of(cast.ben), typed)
    assert (told.status_code, told.url) == (302, "/people/?organisation=DMA001")
    assert (now(cast.ben).name, now(cast.ben).role) == ("Benedict <b>", "reviewer")
    assert "Saved: Benedict <b> is reviewer." in words(ada.get(told.url))


def test_a_change_of_role_acts_on_the_very_next_request(ada, cast):
    ben = Client()
    ben.force_login(cast.ben)
    start = "/organisations/DMA001/2015-16/start/"
    assert ben.post(start).status_code == 403
    for role, then in (("administrator", 302), ("viewer", 403)):
        change_person(cast.ben, name="Ben", role=role, by=cast.ada)
        assert ben.post(start).url.startswith("/sign-in/?next=")
        ben.force_login(now(cast.ben))
        assert ben.post(start).status_code == then


def test_somebody_deactivated_is_out_on_the_very_next_request_and_in_again_once_activated(ada, cast):
    ben = Client()
    ben.post("/sign-in/", {"login": with_password(cast.ben).email, "password": PASSWORD})
    own = "/organisations/DMA001/2015-16/"
    assert ben.get(own).status_code == 200
    assert press(ada, cast.ben, "deactivate").status_code == 302
    assert ben.get(own).url == f"/sign-in/?next={own}"
    assert press(ada, cast.ben, "activate").status_code == 302
    assert ben.post("/sign-in/", {"login": cast.ben.email, "password": PASSWORD}).status_code == 302
    assert ben.get(own).status_code == 200


def test_people_of_others_and_people_who_are_not_there_are_twins(ada, cast):
    strangers = [cast.cleo.pk, cast.nia.pk, cast.sam.pk, 0, 10**6, 10**30]
    for method in ("get", "post"):
        answers = [getattr(ada, method)(f"/people/{pk}/", {"then": "deactivate"}) for pk in strangers]
        assert {each.status_code for each in answers} == {404}
        assert len({each.content for each in answers}) == 1
    assert now(cast.cleo).is_active


def test_the_last_administrator_is_told_why_they_must_stay(ada, cast):
    page = ada.get(page_of(cast.ada))
    assert "You are the only active administrator here who has set a password" in words(page)
    assert "disabled" in page.content.decode()
    version = form_of(page, "version")["version"]
    for given in ({"then": "deactivate"}, {"name": "Ada", "role": "viewer"}):
        refused = ada.post(page_of(cast.ada), {"version": version, **given})
        assert refused.status_code == 422
        assert "Make somebody else an administrator first" in words(refused)
    assert (now(cast.ada).role, now(cast.ada).is_active) == ("administrator", True)


def test_who_puts_themselves_aside_goes_home(ada, cast):
    make_person("olga", cast.ada.organisation, "administrator")
    typed = {**form_of(ada.get(page_of(cast.ada)), "version"), "role": "viewer"}
    assert ada.post(page_of(cast.ada), typed).url == "/"
    assert ada.get("/people/").url == "/sign-in/?next=/people/"
    ada.force_login(now(cast.ada))
    assert ada.get("/people/").status_code == 403


def test_an_old_form_is_told_what_stands_and_keeps_what_was_typed(ada, cast):
    mine = form_of(ada.get(page_of(cast.ben)), "version")
    other = make_person("olga", cast.ada.organisation, "administrator")
    change_person(cast.ben, name="Ben", role="reviewer", by=other)
    page = ada.post(page_of(cast.ben), {**mine, "name": "Benny"})
    assert page.status_code == 409
    assert "Recorded now: Ben, reviewer, active." in words(page)
    sent = form_of(page, "name")
    assert (sent["name"], sent["role"]) == (["Benny"], ["viewer"])
    assert now(cast.ben).role == "reviewer"
    assert ada.post(page_of(cast.ben), sent).status_code == 302
    assert (now(cast.ben).name, now(cast.ben).role) == ("Benny", "viewer")
    gone = ada.post(page_of(cast.ben), {"version": mine["version"], "then": "deactivate"})
    assert gone.status_code == 409
    assert now(cast.ben).is_active


@pytest.mark.parametrize("who", ["rex", "con", "ben", "nia"])
def test_nobody_else_comes_in(client, cast, who):
    client.force_login(getattr(cast, who))
    for path in ("/people/", "/people/invite/", page_of(cast.ben), "/people/0/"):
        assert client.get(path).status_code == 403
        assert client.get(path + "?organisation=ZZZ").status_code == 403
    assert "/people/" not in client.get("/help/").content.decode()


def test_a_visitor_is_sent_to_sign_in(db, client):
    assert client.get("/people/7/").url == "/sign-in/?next=/people/7/"


def test_an_administrator_and_the_service_team_find_the_page_in_the_menu(ada, cast):
    assert '<a class="igt-header__link" href="/people/">People</a>' in ada.get("/help/").content.decode()
    assert 'href="/plans/"' not in ada.get("/help/").content.decode()
    ada.force_login(cast.sam)
    menu = ada.get("/help/").content.decode()
    assert 'href="/people/">People</a>' in menu
    assert 'href="/plans/">Improvement plans</a>' in menu


# An identity at another sign-in service


@pytest.fixture
def known_elsewhere(cast, settings):
    """Ben, who has connected one."""
    settings.OIDC = SignInService("https://login.care.example", "igtoolkit", "secret", "Care Login")
    SocialAccount.objects.create(user=cast.ben, provider=settings.OIDC.key, uid="ben-there", extra_data={})
    return cast.ben


def test_an_identity_is_shown_and_taken_away_where_there_is_no_second_factor(ada, known_elsewhere):
    assert "Connected: can sign in with Care Login" in words(ada.get(page_of(known_elsewhere)))
    assert press(ada, known_elsewhere, "take_factors").status_code == 302
    assert not SocialAccount.objects.exists()
    event = known_elsewhere.organisation.events.get(event="identity_disconnected")
    assert event.by == "ada@example.org"
    assert json.loads(event.facts) == {"person": "ben@example.org", "before": {"service": "Care Login"}}
    assert "any identity at another sign-in service" in mail.outbox[-1].body
    assert "Care Login" not in words(ada.get(page_of(known_elsewhere)))


def test_an_identity_goes_with_the_second_factors(cast, known_elsewhere):
    Authenticator.objects.create(user=known_elsewhere, type="totp", data={"secret": ""})
    take_factors_away(known_elsewhere, by=None)
    assert not SocialAccount.objects.exists()


def test_an_identity_goes_with_a_password_that_a_link_sets(client, known_elsewhere):
    link = FORGOTTEN.made_for(with_password(known_elsewhere)).removeprefix("http://127.0.0.1:8000")
    page = client.get(link, follow=True)
    new = {"password1": "lantern gravel otter", "password2": "lantern gravel otter"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert not SocialAccount.objects.exists()
    assert "an identity at another sign-in service" in mail.outbox[-1].body
