"""What each organisation of the world did this year, by the same actions as everybody's."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.urls import reverse

from igtoolkit.access import scope
from igtoolkit.actions import files, plans, reviews, second_looks, views
from igtoolkit.actions.answers import save_answer
from igtoolkit.actions.assessments import name_senior_people, start_assessment
from igtoolkit.actions.confirming import confirm_answer
from igtoolkit.actions.finals import reopen_final
from igtoolkit.actions.said import EvidenceSaid, Said
from igtoolkit.actions.submissions import submit
from igtoolkit.records import clock
from igtoolkit.records.models import Answer, Person, Role, SeniorPerson, SupportAccess
from igtoolkit.standard.words import Stage
from tests.conftest import YEAR, stand_ready, up_to
from tests.proofs.crawl.world import (
    BASELINE,
    CORRECTED,
    FINAL,
    FULL,
    LOOKED_AT,
    NDG,
    PRACTICE,
    SERVICE,
    STATES,
    UPDATE,
    World,
    peopled,
)

STAGES = {
    BASELINE: (Stage.BASELINE,),
    UPDATE: (Stage.BASELINE, Stage.UPDATE),
    FINAL: tuple(Stage),
    CORRECTED: tuple(Stage),
    PRACTICE: (Stage.FINAL,),
}
WRITTEN = 3  # requirements about which everything is said; at level 1, so that a plan is needed
DUE = date(2036, 9, 30)


def build() -> World:
    """The whole world, written to the database at hand."""
    world = peopled()
    for place in (*STATES[1:], PRACTICE):
        _live(world, place)
    _at_the_desk(world)
    _print(world)
    Person.objects.filter(pk=world.person(FULL, "deactivated").pk).update(is_active=False)
    return world


def _live(world: World, place: str) -> None:
    """What an organisation did, as far as it came."""
    start_assessment(world.assessment(place), by=world.person(place))
    _record(world, place)
    for stage in STAGES.get(place, ()):
        _submit(world, place, stage)
    if place in (FINAL, CORRECTED):
        _plan(world, place)
    if place == CORRECTED:
        reopen_final(world.assessment(place), by=world.person(place))
        _submit(world, place, Stage.FINAL, again=True)
        _plan(world, place)
    _support(world, place)


def _submit(world: World, place: str, stage: Stage, *, again: bool = False) -> None:
    facts = {"key": f"{place} {stage} {again}", "reason": world.mark(place, "correction_reason") if again else ""}
    submit(world.assessment(place), stage, arrived=clock.now(), by=world.person(place), assured=True, **facts)


def _record(world: World, place: str) -> None:
    """Something said about every requirement, complete and confirmed; everything about a few."""
    contributor, reviewer = world.person(place, Role.CONTRIBUTOR), world.person(place, Role.REVIEWER)
    assessment = world.assessment(place)
    stand_ready(assessment, SimpleNamespace(con=contributor, rex=reviewer))
    assessment.answers.update(comment=f"The same comment {world.mark(place, 'comment')}", version=1)
    posts = SeniorPerson.Post.values
    named = {each: (world.mark(place, "senior_name"), world.mark(place, "senior_title")) for each in posts}
    name_senior_people(world.assessment(place), named, by=world.person(place))
    requirements = assessment.framework.requirements
    spared = next((each.code for each in requirements if each.not_relevant), "")
    written = [each.code for each in requirements if each.code != spared][:WRITTEN]
    for code in filter(None, (*written, spared)):
        said = _said(world, place, code, not_relevant=code == spared)
        answer = save_answer(world.assessment(place), code, said, version=1, by=contributor)
        if world.assessment(place).confirms:
            confirm_answer(world.assessment(place), code, version=answer.version, by=reviewer)


def _said(world: World, place: str, code: str, *, not_relevant: bool) -> Said:
    ticked = sorted(up_to(world.assessment(place), code, 1))
    evidence = EvidenceSaid(ticked[0], note=world.mark(place, "note"), dated=date(2015, 6, 1))
    link = f"https://{world.mark(place, 'link')}.example/{world.mark(place, 'link')}"
    return Said(
        ticked=frozenset(() if not_relevant else ticked),
        not_relevant=not_relevant,
        reason=world.mark(place, "reason") if not_relevant else "",
        comment=world.mark(place, "comment"),
        target_level=None if not_relevant else 2,
        target_date=None if not_relevant else DUE,
        owner=world.mark(place, "owner"),
        evidence=() if not_relevant else (evidence, EvidenceSaid(ticked[0], link=link, dated=date(2015, 6, 2))),
        complete=True,
    )


def _plan(world: World, place: str) -> None:
    """A plan for what falls short, sent, and decided on by the service team."""
    assessment = world.assessment(place)
    short = Answer.unscoped.filter(assessment=assessment, level__lt=2, not_relevant=False)
    said = {
        each: plans.Planned(world.mark(place, "plan_action"), world.mark(place, "plan_owner"), DUE)
        for each in short.values_list("requirement", flat=True)
    }
    plans.save_plan(assessment, said, by=world.person(place, Role.CONTRIBUTOR))
    sent = plans.send_plan(world.assessment(place), by=world.person(place))
    reason = world.mark(place, "review_reason")
    reviews.review_plan(sent, accepted=True, reason=reason, by=world.person(SERVICE, SERVICE))


def _support(world: World, place: str) -> None:
    """A look that was granted to the service team: it stands at one trust, and is long over everywhere else."""
    begun = clock.now() - timedelta(minutes=5) if place == LOOKED_AT else clock.now() - timedelta(days=3)
    SupportAccess.unscoped.create(
        organisation=world.organisations[place],
        reason=world.mark(place, "support_reason"),
        granted_by=world.person(place),
        granted_at=begun,
        hours=24,
        until=begun + timedelta(hours=24),
    )


def _print(world: World) -> None:
    """Every board report is opened once, so that it is kept."""
    reader = world.viewers[NDG, NDG].client
    for place, stages in STAGES.items():
        for stage in stages if place != PRACTICE else ():
            address = {"code": world.organisations[place].code, "year": YEAR, "stage": stage.value}
            reader.get(reverse("board_pdf", kwargs=address))


def _at_the_desk(world: World) -> None:
    """What the National Data Guardian's readers keep: an answer to a question, a view, a file."""
    reader = world.person(NDG, NDG)
    code = world.organisations[FULL].code
    asked = scope.find_submission(reader, code, YEAR, Stage.FINAL)
    reason = world.mark(FULL, "dismissal_reason")
    second_looks.dismiss_second_look(asked, "same_comment", reason=reason, by=reader)
    kept = {
        "name": world.mark(NDG, "view"),
        "note": world.mark(NDG, "view_note"),
        "query": f"q={world.mark(NDG, 'view')}",
    }
    views.save_view(year=YEAR, stage=Stage.FINAL, by=reader, **kept)
    for person in (reader, world.person(NDG, "another")):
        made = files.request_file("national_csv", YEAR, Stage.FINAL, by=person)
        begun = files.begin_file(made.pk)
        marks = [world.mark(NDG, "file", person.email) for _ in range(2)]
        files.finish_file(begun, f"{marks[0]}.csv", marks[1].encode())
        failed = files.request_file("national_xlsx", YEAR, Stage.FINAL, by=person)
        files.give_up_file(failed.pk, world.mark(NDG, "file", person.email))
