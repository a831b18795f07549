"""Rights are those of the moment something is written: who has lost theirs since the request began changes nothing."""

import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.test import Client

from igtoolkit import actions
from igtoolkit.access import scope
from igtoolkit.access.policy import Refused
from igtoolkit.actions import (
    answers,
    assessments,
    confirming,
    files,
    finals,
    identities,
    inviting,
    managing,
    plans,
    reviews,
    second_factors,
    second_looks,
    sessions,
    submissions,
    support,
    tokens,
    views,
)
from igtoolkit.actions.register import kinds
from igtoolkit.actions.said import Said
from igtoolkit.records import clock
from igtoolkit.records.models import Assessment, Person, Registration, Submission
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, stand_ready, started, submit_final
from tests.plan_examples import BOTH, SPRING, draft, final_of, sent_plan
from tests.reports.small_nation import report_at
from tests.web.test_second_factor import SECRET, code, with_app

Act = Callable[[Person], Any]
NOT_ALONE = {  # they take `by` and ask nothing: part of another action, an operator's command, or words about somebody
    *("confirming.why_not", "identities.forget_identities", "locking.lock", "locking.renew"),
    *("managing.hold_people", "people.save_new", "tokens.revoke_every_token", "withheld.keep", "support.find_look"),
    "support.tell_look",  # tells of a page that the door has let the service team open
    *("witnessing.witness_heads", "scores.full.import_assessment", "register.successions.record_successions"),
}


def own_assessment(cast) -> Assessment:
    return scope.find_assessment(cast.ada, "DMA001", YEAR)


def _ready(cast) -> Assessment:
    return stand_ready(started(cast.ada), cast)


def _unconfirmed(cast) -> Assessment:
    ready = _ready(cast)
    ready.answers.update(confirmed_by=None, confirmed_at=None)
    return own_assessment(cast)


def _final(cast) -> Assessment:
    started(cast.ada)
    final_of(cast, r112=1, r202=0)
    return draft(cast.ada)


def _alone(cast) -> Assessment:
    made = started(cast.ada)
    Person.objects.filter(pk__in=[cast.con.pk, cast.rex.pk]).update(is_active=False)
    return made


def _declared(cast) -> Assessment:
    finals.declare_one_person(_alone(cast), by=cast.ada)
    return own_assessment(cast)


def _asked(cast) -> Submission:
    return report_at(cast.ada, Stage.BASELINE, 2)  # everything at exactly level 2 asks a question


def _look(cast) -> SimpleNamespace:
    made = _asked(cast)
    return SimpleNamespace(of=made, pk=second_looks.dismiss_second_look(made, LOOK, reason="Why.", by=cast.nia).pk)


def _view(cast):
    return views.save_view(name="A view", note="", year=YEAR, stage="baseline", query="", by=cast.nia)


def _file(cast):
    made = files.request_file("board_pdfs", YEAR, "baseline", by=cast.nia)
    files.finish_file(files.begin_file(made.pk), "boards.zip", b"zip")
    return made


def _elsewhere(person: Person) -> None:
    client = Client()
    client.force_login(person)


def _named(login: str) -> dict[str, Any]:
    return {"login": f"{login}@example.org", "name": "Una", "role": "viewer"}


def _invited(cast) -> Person:
    return inviting.invite_person(**_named("una"), organisation=cast.ada.organisation, by=cast.ada)


def _of_con(act: Callable[..., Any], **facts: Any) -> Callable[[Any], Act]:
    return lambda cast: lambda by: act(Person.objects.get(pk=cast.con.pk), **facts, by=by)


def _with(arrange: Callable[[Any], Any], act: Callable[[Any, Person], Any]) -> Callable[[Any], Act]:
    """Arrange first, then act on what was arranged, as somebody."""

    def prepared(cast) -> Act:
        made = arrange(cast)
        return lambda by: act(made, by)

    return prepared


LOOK = "all_at_level_2"
READY = {"arrived": SPRING, "key": "k" * 20}
# {action: (who takes it, how it is prepared)}
TABLE: dict[str, tuple[str, Callable[[Any], Act]]] = {
    "answers.save_answer": (
        "con",
        _with(
            lambda cast: started(cast.ada),
            lambda made, by: answers.save_answer(made, "13-202", Said(not_yet=True), version=0, by=by),
        ),
    ),
    "assessments.start_assessment": (
        "ada",
        _with(own_assessment, lambda made, by: assessments.start_assessment(made, by=by)),
    ),
    "assessments.name_senior_people": (
        "con",
        _with(
            lambda cast: started(cast.ada),
            lambda made, by: assessments.name_senior_people(made, {"siro": ("Jo", "")}, by=by),
        ),
    ),
    "confirming.confirm_answer": (
        "rex",
        _with(_unconfirmed, lambda made, by: confirming.confirm_answer(made, "13-202", version=0, by=by)),
    ),
    "confirming.confirm_answers": (
        "rex",
        _with(_unconfirmed, lambda made, by: confirming.confirm_answers(made, {"13-202": 0}, by=by)),
    ),
    "confirming.withdraw_confirmation": (
        "rex",
        _with(_ready, lambda made, by: confirming.withdraw_confirmation(made, "13-202", by=by)),
    ),
    "submissions.submit": (
        "ada",
        _with(_ready, lambda made, by: submissions.submit(made, Stage.BASELINE, **READY, by=by)),
    ),
    "finals.reopen_final": (
        "ada",
        _with(
            lambda cast: submit_final(_ready(cast), by=cast.ada, at=SPRING),
            lambda made, by: finals.reopen_final(made.assessment, by=by),
        ),
    ),
    "finals.declare_one_person": ("ada", _with(_alone, lambda made, by: finals.declare_one_person(made, by=by))),
    "finals.withdraw_declaration": ("ada", _with(_declared, lambda made, by: finals.withdraw_declaration(made, by=by))),
    "plans.save_plan": ("con", _with(_final, lambda made, by: plans.save_plan(made, BOTH, by=by))),
    "plans.send_plan": (
        "ada",
        _with(
            lambda cast: plans.save_plan(_final(cast), BOTH, by=cast.con) and draft(cast.ada),
            lambda made, by: plans.send_plan(made, by=by),
        ),
    ),
    "reviews.review_plan": (
        "sam",
        _with(
            lambda cast: _final(cast) and sent_plan(cast),
            lambda made, by: reviews.review_plan(made, accepted=True, reason="Good.", by=by),
        ),
    ),
    "register.kinds.set_kinds": (
        "sam",
        _with(
            lambda cast: Registration.objects.get(code="DMA002", year=YEAR),
            lambda made, by: kinds.set_kinds(YEAR, [kinds.Setting(made.pk, "ambulance", "acute", "A list")], by=by),
        ),
    ),
    "second_looks.dismiss_second_look": (
        "nia",
        _with(_asked, lambda made, by: second_looks.dismiss_second_look(made, LOOK, reason="Why.", by=by)),
    ),
    "second_looks.take_up_again": (
        "nia",
        _with(_look, lambda made, by: second_looks.take_up_again(made.of, LOOK, answer=made.pk, by=by)),
    ),
    "files.request_file": ("nia", lambda cast: lambda by: files.request_file("board_pdfs", YEAR, "baseline", by=by)),
    "files.fetch_file": ("nia", _with(_file, lambda made, by: files.fetch_file(by, made.pk))),
    "views.save_view": (
        "nia",
        lambda cast: lambda by: views.save_view(name="A", note="", year=YEAR, stage="final", query="", by=by),
    ),
    "views.change_view": (
        "nia",
        _with(_view, lambda made, by: views.change_view(made, name="B", note="", version=1, by=by)),
    ),
    "views.delete_view": ("nia", _with(_view, lambda made, by: views.delete_view(made, version=1, by=by))),
    "tokens.make_token": ("con", lambda cast: lambda by: tokens.make_token("sheet", by=by)),
    "tokens.revoke_token": (
        "con",
        _with(
            lambda cast: tokens.make_token("sheet", by=cast.con)[0], lambda made, by: tokens.revoke_token(made, by=by)
        ),
    ),
    "sessions.end_own_sessions": (
        "con",
        _with(lambda cast: _elsewhere(cast.con), lambda made, by: sessions.end_own_sessions(by=by)),
    ),
    "sessions.end_sessions_of": (
        "ada",
        _with(lambda cast: _elsewhere(cast.con) or cast.con, lambda made, by: sessions.end_sessions_of(made, by=by)),
    ),
    "second_factors.add_app": ("con", lambda cast: lambda by: second_factors.add_app(SECRET, code(), by=by)),
    "second_factors.add_passkey": ("con", lambda cast: lambda by: second_factors.add_passkey("laptop", {}, by=by)),
    "second_factors.remove_factor": (
        "con",
        _with(
            lambda cast: with_app(cast.con) and Authenticator.objects.get(user=cast.con, type="totp"),
            lambda made, by: second_factors.remove_factor(made.pk, by=by),
        ),
    ),
    "second_factors.make_recovery_codes": (
        "con",
        _with(lambda cast: with_app(cast.con), lambda made, by: second_factors.make_recovery_codes(by=by)),
    ),
    "second_factors.take_factors_away": (
        "ada",
        _with(
            lambda cast: with_app(cast.con) and cast.con,
            lambda made, by: second_factors.take_factors_away(made, by=by),
        ),
    ),
    "identities.connect_identity": ("con", lambda cast: lambda by: identities.connect_identity("con-there", by=by)),
    "identities.disconnect_identity": (
        "con",
        _with(
            lambda cast: SocialAccount.objects.create(user=cast.con, provider="care", uid="con", extra_data={}),
            lambda made, by: identities.disconnect_identity(by=by),
        ),
    ),
    "inviting.invite_person": (
        "ada",
        lambda cast: lambda by: inviting.invite_person(**_named("una"), organisation=cast.ada.organisation, by=by),
    ),
    "inviting.invite_again": ("ada", _with(_invited, lambda made, by: inviting.invite_again(made, by=by))),
    "managing.change_person": ("ada", _of_con(managing.change_person, name="Constance", role="reviewer")),
    "managing.deactivate_person": ("ada", _of_con(managing.deactivate_person)),
    "managing.activate_person": (
        "ada",
        _with(
            lambda cast: managing.deactivate_person(cast.con, by=cast.ada),
            lambda made, by: managing.activate_person(made, by=by),
        ),
    ),
    "support.grant_support": ("ada", lambda cast: lambda by: support.grant_support(reason="Look", hours=1, by=by)),
    "support.revoke_support": (
        "ada",
        _with(
            lambda cast: support.grant_support(reason="Look", hours=1, by=cast.ada),
            lambda made, by: support.revoke_support(made, by=by),
        ),
    ),
}
LOSSES = {
    "deactivated": {"is_active": False},
    "a viewer elsewhere": {"role": "viewer", "reads_for_ndg": False, "serves": False},
}


def losses_of(action: str) -> list[dict[str, Any]]:
    """What somebody may have lost: what everybody with an account may do ends with the account alone."""
    anybodys = action.startswith(("tokens", "second_factors", "identities", "sessions.end_own"))
    return [LOSSES["deactivated"]] if anybodys and "away" not in action else list(LOSSES.values())


def everything_kept() -> dict[str, list[tuple[Any, ...]]]:
    """Every row there is."""
    return {
        each._meta.label: sorted(map(repr, each._base_manager.values_list()))
        for each in apps.get_models()
        if each._meta.managed and each._meta.app_label != "contenttypes"
    }


def with_by() -> set[str]:
    """Every action that is taken by somebody."""
    found = {"files.fetch_file"}  # which calls them `person`
    for each in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        module = import_module(each.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == each.name and not name.startswith("_")
            if own and "by" in inspect.signature(function).parameters:
                found.add(f"{each.name.removeprefix(f'{actions.__name__}.')}.{name}")
    return found


def test_every_action_is_in_the_table():
    assert with_by() - NOT_ALONE == set(TABLE)
    assert with_by() >= NOT_ALONE


@pytest.fixture
def spring(monkeypatch, settings):
    """After Final has been due, and with a sign-in service to connect to."""
    monkeypatch.setattr(clock, "now", lambda: SPRING)
    settings.OIDC = SimpleNamespace(key="care", name="Care Login")


@pytest.mark.parametrize("action", TABLE)
def test_who_has_lost_their_rights_since_changes_nothing(cast, spring, action):
    who, prepare = TABLE[action]
    act, person = prepare(cast), getattr(cast, who)
    rows = Person.objects.filter(pk=person.pk)
    (kept,) = rows.values("is_active", "role", "organisation", "reads_for_ndg", "serves")
    for lost in losses_of(action):
        as_loaded = rows.get()
        rows.update(**lost, **({"organisation": cast.cleo.organisation} if "role" in lost else {}))
        before = everything_kept()
        with pytest.raises(Refused):
            act(as_loaded)
        assert everything_kept() == before
        rows.update(**kept)
    before = everything_kept()
    act(rows.get())
    assert everything_kept() != before, "with their rights they may: else this shows nothing"
