"""What an administrator changes about people, and whom they invite."""

import threading

import pytest
from django.db import connections

from igtoolkit.access.policy import Refused
from igtoolkit.actions import inviting
from igtoolkit.actions.inviting import invite_again, invite_person
from igtoolkit.actions.managing import (
    StalePerson,
    activate_person,
    change_person,
    deactivate_person,
    person_digest,
)
from igtoolkit.actions.said import Invalid
from igtoolkit.actions.withheld import withheld
from igtoolkit.records.models import Person
from tests.conftest import make_cast, make_person

NEW = {"name": "Una Marsh", "role": "contributor"}


def invite(cast, login="una@trust.example", by=None, **facts):
    by = by or cast.ada
    return invite_person(login, organisation=cast.ada.organisation, by=by, **{**NEW, **facts})


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


# Inviting


def test_somebody_invited_has_an_account_without_a_password_and_the_trail_says_by_whom(cast, told):
    una = invite(cast, " Una@Trust.Example ")
    assert (una.email, una.name, una.role) == ("una@trust.example", "Una Marsh", "contributor")
    assert una.organisation == cast.ada.organisation
    assert not una.has_usable_password()
    after = {"login": "una@trust.example", "name": "Una Marsh", "role": "contributor"}
    assert told(cast.ada.organisation)[-1] == ("person_invited", "ada@example.org", {"after": after})


def test_a_login_that_has_an_account_elsewhere_changes_nothing_and_is_not_told(cast, told):
    before = Person.objects.count(), now(cast.cleo).role, now(cast.cleo).organisation_id
    assert invite(cast, "CLEO@example.org") is None
    assert before == (Person.objects.count(), now(cast.cleo).role, now(cast.cleo).organisation_id)
    assert told(cast.ada.organisation)[-1][0] == "invitation_withheld"
    assert told(cast.cleo.organisation) == []


def test_a_login_invited_already_is_said_in_the_same_words_whether_it_was_sent_or_withheld(cast):
    said = []
    for login in ("cleo@example.org", "nobody@example.org"):
        invite(cast, login)
        with pytest.raises(Invalid) as refused:
            invite(cast, login, name="Another Name", role="viewer")
        said.append(refused.value.errors["login"].replace(login, "LOGIN"))
    assert said[0] == said[1]
    assert said[0].startswith("LOGIN is invited already: Una Marsh, Contributor at Trust DMA001 (DMA001).")


def test_an_invitation_withheld_is_changed_by_the_audit_trail_alone(cast, told):
    invite(cast, "cleo@example.org")
    [cleo] = withheld(cast.ada.organisation)
    seen = person_digest(cleo)
    change_person(cleo, name="Cleo X", role="administrator", by=cast.ada, seen=seen)
    with pytest.raises(StalePerson):
        deactivate_person(cleo, by=cast.ada, seen=seen)
    deactivate_person(cleo, by=cast.ada)
    with pytest.raises(Invalid, match="activate the account first"):
        invite_again(cleo, by=cast.ada)
    change_person(cleo, name="Cleo Y", role="administrator", by=cast.ada)
    [cleo] = withheld(cast.ada.organisation)
    assert (cleo.name, cleo.role, cleo.is_active) == ("Cleo Y", "administrator", False)
    activate_person(cleo, by=cast.ada)
    invite_again(cleo, by=cast.ada)
    assert withheld(cast.ada.organisation)[0].is_active
    assert [each[0] for each in told(cast.ada.organisation)] == [
        "invitation_withheld",
        "withheld_person_changed",
        "withheld_person_deactivated",
        "withheld_person_changed",
        "withheld_person_activated",
        "withheld_person_invited_again",
    ]
    assert (now(cast.cleo).name, now(cast.cleo).role, now(cast.cleo).is_active) == ("Cleo", "administrator", True)
    assert told(cast.cleo.organisation) == []


def test_a_stand_in_counts_as_no_second_administrator_and_is_nobody_elses(cast):
    invite(cast, "cleo@example.org", role="administrator")
    [cleo] = withheld(cast.ada.organisation)
    with pytest.raises(Invalid, match="only active administrator"):
        deactivate_person(cast.ada, by=cast.ada)
    with pytest.raises(Refused):
        deactivate_person(cleo, by=cast.cleo)
    cleo.email = "dev@example.org"
    with pytest.raises(Refused):
        deactivate_person(cleo, by=cast.ada)


@pytest.mark.parametrize("national", ["nia", "sam"])
def test_national_people_are_not_told_of_either(cast, national):
    assert invite(cast, f"{national}@example.org") is None


def test_the_service_team_is_told_who_has_a_login(cast):
    with pytest.raises(Invalid, match="cleo@example.org has an account already: Cleo, Administrator at Trust DMA002"):
        invite(cast, "cleo@example.org", by=cast.sam)


def test_a_login_of_ones_own_organisation_is_said_to_be_there(cast):
    with pytest.raises(Invalid, match="ben@example.org has an account already: Ben, Viewer at Trust DMA001"):
        invite(cast, "ben@example.org")


def test_the_service_team_invites_the_first_administrator_of_any_organisation(cast, told):
    una = invite(cast, role="administrator", by=cast.sam)
    assert una.role == "administrator"
    assert told(cast.ada.organisation)[-1][1] == "sam@example.org"


@pytest.mark.parametrize("who", ["rex", "con", "ben", "cleo", "dev", "nia"])
def test_nobody_else_invites(cast, who):
    with pytest.raises(Refused):
        invite(cast, by=getattr(cast, who))
    assert not Person.objects.filter(email="una@trust.example").exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"login": "una"}, "login"),
        ({"login": ""}, "login"),
        ({"login": "una@trust.example\nBcc: everybody@trust.example"}, "login"),
        ({"name": " "}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "U" * 101}, "name"),
        ({"name": "Una https://evil.example"}, "name"),
        ({"name": "Una \u202e"}, "name"),
        ({"name": "U\0na"}, "name"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
    ],
)
def test_what_no_account_can_have_is_refused(cast, facts, field):
    with pytest.raises(Invalid) as refused:
        invite(cast, **facts)
    assert list(refused.value.errors) == [field]


def test_an_organisation_invites_only_so_many_within_an_hour(cast, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_AN_HOUR", 3)
    una = invite(cast)
    invite(cast, "cleo@example.org")
    invite_again(withheld(cast.ada.organisation)[0], by=cast.ada)
    with pytest.raises(Invalid, match="within an hour"):
        invite(cast, "vera@trust.example")
    with pytest.raises(Invalid, match="within an hour"):
        invite_again(una, by=cast.ada)


def test_only_who_has_set_no_password_is_invited_again(cast, told):
    una = invite(cast)
    invite_again(una, by=cast.ada)
    assert told(cast.ada.organisation)[-1][0] == "person_invited_again"
    with pytest.raises(Refused):
        invite_again(una, by=cast.cleo)
    with pytest.raises(Invalid, match="has set a password"):
        invite_again(cast.ben, by=cast.ada)
    deactivate_person(una, by=cast.ada)
    with pytest.raises(Invalid, match="activate the account first"):
        invite_again(una, by=cast.ada)


# Changing


def test_a_change_is_kept_and_told_with_what_was_before(cast, told):
    changed = change_person(cast.ben, name="Benedict", role="reviewer", by=cast.ada, seen=person_digest(cast.ben))
    assert (now(cast.ben).name, now(cast.ben).role) == (changed.name, changed.role) == ("Benedict", "reviewer")
    before = {"login": "ben@example.org", "name": "Ben", "role": "viewer"}
    facts = {"before": before, "after": {**before, "name": "Benedict", "role": "reviewer"}}
    assert told(cast.ada.organisation)[-1] == ("person_changed", "ada@example.org", facts)


def test_the_same_change_twice_is_one(cast, told):
    for _ in range(2):
        change_person(cast.ben, name="Ben", role="reviewer", by=cast.ada, seen=person_digest(cast.ben))
    assert [each[0] for each in told(cast.ada.organisation)] == ["person_changed"]


def test_somebody_deactivated_is_let_in_again_with_the_password_they_had(cast, told):
    deactivate_person(cast.ben, by=cast.ada)
    assert not now(cast.ben).is_active
    deactivate_person(cast.ben, by=cast.ada)
    activate_person(cast.ben, by=cast.ada)
    assert now(cast.ben).is_active
    assert [each[0] for each in told(cast.ada.organisation)] == ["person_deactivated", "person_activated"]


@pytest.mark.parametrize("who", ["rex", "ben", "cleo", "nia"])
@pytest.mark.parametrize(
    "act",
    [
        lambda person, by: change_person(person, name="X", role="viewer", by=by),
        lambda person, by: deactivate_person(person, by=by),
        lambda person, by: activate_person(person, by=by),
    ],
)
def test_nobody_else_changes_anybody(cast, who, act):
    with pytest.raises(Refused):
        act(cast.con, getattr(cast, who))
    assert now(cast.con).is_active
    assert now(cast.con).role == "contributor"


@pytest.mark.parametrize("national", ["nia", "sam"])
def test_national_people_are_nobodys_to_change(cast, national):
    with pytest.raises(Refused):
        deactivate_person(getattr(cast, national), by=cast.sam)


def test_an_old_form_changes_nothing_and_is_told_what_stands(cast):
    seen = person_digest(cast.ben)
    change_person(cast.ben, name="Ben", role="reviewer", by=cast.ada)
    for act in (
        lambda: change_person(cast.ben, name="Benny", role="viewer", by=cast.ada, seen=seen),
        lambda: deactivate_person(cast.ben, by=cast.ada, seen=seen),
    ):
        with pytest.raises(StalePerson) as stale:
            act()
        assert stale.value.theirs.role == "reviewer"
    assert (now(cast.ben).name, now(cast.ben).is_active) == ("Ben", True)


# The last administrator


def test_the_last_administrator_neither_leaves_nor_steps_down(cast):
    with pytest.raises(Invalid, match="only active administrator") as refused:
        change_person(cast.ada, name="Ada", role="viewer", by=cast.ada)
    assert list(refused.value.errors) == ["role"]
    with pytest.raises(Invalid, match="only active administrator"):
        deactivate_person(cast.ada, by=cast.ada)
    change_person(cast.ada, name="Ada Bell", role="administrator", by=cast.ada)
    assert now(cast.ada).name == "Ada Bell"


def test_one_who_was_invited_and_never_came_does_not_count_as_another(cast):
    invite(cast, role="administrator")
    with pytest.raises(Invalid, match="only active administrator"):
        deactivate_person(cast.ada, by=cast.ada)


def test_with_a_second_administrator_one_may_go(cast):
    change_person(cast.rex, name="Rex", role="administrator", by=cast.ada)
    deactivate_person(cast.ada, by=cast.ada)
    with pytest.raises(Refused):
        change_person(cast.rex, name="Rex", role="viewer", by=cast.ada)
    with pytest.raises(Invalid, match="only active administrator"):
        deactivate_person(cast.rex, by=cast.rex)


def test_the_service_team_may_put_aside_the_last_one(cast):
    deactivate_person(cast.ada, by=cast.sam)
    assert not now(cast.ada).is_active


def test_two_administrators_who_put_each_other_aside_at_once_leave_one(committed):
    cast = make_cast()
    other = make_person("olga", cast.ada.organisation, "administrator")
    start, outcomes = threading.Barrier(2), []

    def put_aside(by, whom):
        try:
            start.wait()
            deactivate_person(whom, by=by)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=put_aside, args=pair) for pair in ((cast.ada, other), (other, cast.ada))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert cast.ada.organisation.people.filter(role="administrator", is_active=True).count() == 1
