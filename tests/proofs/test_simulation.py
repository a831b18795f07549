"""A whole life of the service, drawn from one number: after each step the records are what a simple model says.

People of three trusts, the NDG's reader and the service team use the real views; requests break at a write or a
commit, are sent twice, lose their answer. Play a failure again with the seed that is printed.
"""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from igtoolkit.actions.register import codes, lives
from igtoolkit.actions.said import Invalid
from igtoolkit.records import clock
from igtoolkit.reports.verify import verify
from igtoolkit.standard.calendar import london_day, year_of
from tests.proofs import full, report
from tests.proofs.quick import quick_database
from tests.proofs.seeds import announce, dice, seed
from tests.proofs.simulated_faults import FAULTS, broken
from tests.proofs.simulated_looking import look
from tests.proofs.simulated_model import CODES, FIRST_LATE, STAGES, Asked, Draft, World, foresee
from tests.proofs.simulated_service import FIRST_DAY, STAFF, YEARS, Service, counted, frozen, observed, recounted
from tests.proofs.small_service import three_requirements

SEED = seed(1)
LIVES, STEPS = full((4, 15), (105, 100))
CANNOT_NOW = 503
LAST_DAY = datetime(2017, 5, 1, tzinfo=UTC)
EVENTS = (
    *("assessment_started", "answer_saved", "answer_confirmed", "confirmation_withdrawn", "senior_people_named"),
    *("stage_submitted", "final_reopened", "person_changed", "person_deactivated", "person_activated"),
    *("organisation_renamed", "organisation_closed", "code_changed"),
)
NUMBERS = st.sampled_from((1, 1, 1, 2, 2, 3))
PEOPLE = st.sampled_from([f"{name}{number}" for number in (1, 1, 2, 3) for name in STAFF] + ["nia", "sam"])
HEADS = st.sampled_from(
    [f"{name}{number}" for number in (1, 1, 2, 3) for name in ("ada", "ada", "bea")] + ["rex1", "sam"]
)
REVIEWERS = st.sampled_from(
    [f"{name}{number}" for number in (1, 1, 2) for name in ("rex", "rex", "ada", "con")] + ["nia"]
)
EDITORS = st.sampled_from([f"{name}{number}" for number in (1, 1, 2) for name in ("con", "con", "rex", "ada", "ben")])
ELSEWHERE = st.sampled_from((0,) * 12 + (1, 2))  # how many trusts further than one's own
BEHIND = st.sampled_from((0, 0, 0, 0, 1, 2))  # how many saves a form is behind
FRESH = st.sampled_from((True, True, True, False))
total: Counter[str] = Counter()


class Life(RuleBasedStateMachine):
    """One life, from an empty database on."""

    template: str

    def __init__(self) -> None:
        super().__init__()
        self.held = ExitStack()
        self.held.enter_context(quick_database(self.template))
        self.held.enter_context(three_requirements())
        self.held.enter_context(patch.object(clock, "now", lambda: self.now))
        self.now, self.marks = FIRST_DAY, 0
        self.service = Service()
        self.world = observed(self.service, World())
        self.world.told = Counter({(number, each): 0 for number in (1, 2, 3) for each in EVENTS})
        self.frozen: dict[int, str] = {}
        total["lives"] += 1
        self.dice = dice(f"{SEED} {total['lives']}")  # faults come evenly, which Hypothesis does not draw
        for number in (1, 2):
            self.ask(f"ada{number}", 0, "start", whole=True)

    def teardown(self) -> None:
        self.held.close()

    # What people do

    @rule(who=HEADS, elsewhere=ELSEWHERE)
    def start(self, who: str, elsewhere: int) -> None:
        self.ask(who, elsewhere, "start")

    @rule(
        who=EDITORS,
        elsewhere=ELSEWHERE,
        code=st.sampled_from(CODES),
        ticked=st.sampled_from("01223"),
        then=st.sampled_from(("save", "save", "complete")),
        behind=BEHIND,
        same=st.booleans(),
    )
    def save(
        self,
        who: str,
        elsewhere: int,
        code: str,
        ticked: str,
        then: str,
        behind: int,
        same: bool,
    ) -> None:
        said = self.draft(who, elsewhere).said(code)
        again = same and said.version
        text, ticked = (said.comment, said.ticked) if again else (self.mark(who), ticked)
        facts = {"code": code, "comment": text, "ticked": ticked, "then": then, "version": said.version - behind}
        self.ask(who, elsewhere, "save", **facts)

    @rule(
        who=REVIEWERS,
        elsewhere=ELSEWHERE,
        code=st.sampled_from(CODES),
        then=st.sampled_from(("confirm", "confirm", "withdraw")),
        behind=BEHIND,
    )
    def confirm(self, who: str, elsewhere: int, code: str, then: str, behind: int) -> None:
        version = self.draft(who, elsewhere).said(code).version - behind
        self.ask(who, elsewhere, "confirm", code=code, then=then, version=version)

    @rule(who=EDITORS, elsewhere=ELSEWHERE, fresh=FRESH)
    def name_people(self, who: str, elsewhere: int, fresh: bool) -> None:
        self.marks += 1
        self.ask(who, elsewhere, "people", fresh=fresh, name=f"Person number {self.marks}")

    @rule(
        number=NUMBERS,
        who=st.sampled_from(("ada", "ada", "ada", "bea", "rex")),
        elsewhere=ELSEWHERE,
        stage=st.sampled_from(STAGES),
        fresh=FRESH,
        reason=st.sampled_from(("", "A figure was wrong")),
        again=st.sampled_from((False, False, False, True)),
    )
    def submit(
        self,
        number: int,
        who: str,
        elsewhere: int,
        stage: str,
        fresh: bool,
        reason: str,
        again: bool,
    ) -> None:
        self.marks += 1
        made = self.draft(f"{who}{number}", elsewhere).made
        key = made[-1].key if again and made else f"a-key-of-the-simulation-{self.marks}"
        facts = {"stage": stage, "key": key, "fresh": fresh, "reason": reason, "assured": self.marks % 4 > 0}
        self.ask(f"{who}{number}", elsewhere, "submit", **facts)

    @rule(who=HEADS, elsewhere=ELSEWHERE)
    def reopen(self, who: str, elsewhere: int) -> None:
        self.ask(who, elsewhere, "reopen")

    @rule(number=NUMBERS, level=st.sampled_from("123"))
    def bring_to_final(self, number: int, level: str) -> None:
        """A trust does all that Final asks for, and submits it."""
        self.ask(f"ada{number}", 0, "start", whole=True)
        for code in CODES:
            said = self.draft(f"con{number}", 0).said(code)
            facts = {"code": code, "comment": self.mark(f"con{number}"), "ticked": level, "version": said.version}
            self.ask(f"con{number}", 0, "save", whole=True, then="complete", **facts)
            self.ask(f"rex{number}", 0, "confirm", whole=True, code=code, then="confirm", version=said.version + 1)
        self.ask(f"ada{number}", 0, "people", whole=True, fresh=True, name=f"Person number {self.marks}")
        facts = {"stage": "final", "key": f"a-key-of-the-simulation-{self.marks}", "fresh": True, "assured": True}
        self.ask(f"ada{number}", 0, "submit", reason="Brought up to date", **facts)

    @rule(
        by=st.sampled_from(("ada1", "ada1", "ada2", "bea1", "sam", "rex1", "nia")),
        login=st.sampled_from([f"{name}{number}" for number in (1, 1, 2) for name in STAFF]),
        what=st.sampled_from(("role", "deactivate", "activate", "activate")),
        role=st.sampled_from(tuple(STAFF.values())),
        fresh=FRESH,
    )
    def change_person(self, by: str, login: str, what: str, role: str, fresh: bool) -> None:
        facts = {"role": role} if what == "role" else {}
        self.ask(by, 0, what, login=login, fresh=fresh, **facts)

    @rule(by=st.sampled_from(("sam",)), number=NUMBERS)
    def put_back(self, by: str, number: int) -> None:
        """The service team gives everybody of a trust their first role back, so that life goes on."""
        for name, role in STAFF.items():
            self.ask(by, 0, "activate", whole=True, login=f"{name}{number}", fresh=True)
            self.ask(by, 0, "role", whole=True, login=f"{name}{number}", fresh=True, role=role)

    @rule(who=PEOPLE)
    def sign_out_and_in(self, who: str) -> None:
        client = self.service.clients[who]
        client.post("/sign-out/")
        assert client.get("/organisations/DMA001/2015-16/").status_code == 302
        self.service.clients[who] = self.service.signed_in(who)

    # What becomes of organisations, and of time

    @rule(number=NUMBERS, what=st.sampled_from(("rename", "rename", "code", "close", "merge")))
    def operate(self, number: int, what: str) -> None:
        self.marks += 1
        code, name, closed = self.world.organisations[number]
        today, other = london_day(self.now), self.world.organisations[number % 3 + 1][0]
        try:
            if what == "rename":
                name = lives.rename(code, f"Trust renamed {self.marks}", on=today, year=self.year).name
            elif what == "code":
                code = codes.change_code(code, f"R{self.marks}", on=today).code
            else:
                lives.close(code, on=today, successors=(other,) if what == "merge" else ())
                what, closed = ("close", True) if not closed else ("nothing", True)
        except Invalid:
            return
        self.world.organisations[number] = code, name, closed
        event = {"rename": "organisation_renamed", "code": "code_changed", "close": "organisation_closed"}.get(what)
        if event:
            self.world.tell(number, event)

    @rule(step=st.sampled_from(("day", "before", "at", "at", "weeks")))
    def wait(self, step: str) -> None:
        """Time goes on: a day, six weeks, or to the next deadline, a second before it or on it."""
        year = int(self.year[:4])
        ends = (datetime(year + y, month, day, hour, tzinfo=UTC) for y, month, day, hour in FIRST_LATE.values())
        coming = min((each for each in ends if each > self.now), default=self.now)
        after = {"day": self.now + timedelta(days=1), "weeks": self.now + timedelta(weeks=6), "at": coming}
        self.now = min(after.get(step, max(self.now, coming - timedelta(seconds=1))), LAST_DAY)
        total["deadlines met"] += step in ("before", "at")

    # How it is asked and judged

    @property
    def year(self) -> str:
        """After the last year that the organisations are registered in, that year goes on, late."""
        return min(year_of(london_day(self.now)), YEARS[-1]) if self.now.year > 2015 else "2015-16"

    def place(self, who: str, elsewhere: int) -> int:
        own = self.world.people[who].organisation or 1
        return (own - 1 + elsewhere) % 3 + 1

    def draft(self, who: str, elsewhere: int) -> Draft:
        return self.world.drafts.get((self.place(who, elsewhere), self.year)) or Draft()

    def mark(self, who: str) -> str:
        self.marks += 1
        return f"SECRET-{self.world.people[who].organisation}-{self.marks}"

    def ask(self, who: str, elsewhere: int, what: str, *, whole: bool = False, **facts: Any) -> None:
        """Send one form, perhaps with something breaking; afterwards it was taken wholly or not at all."""
        self.now += timedelta(microseconds=1)
        asked = Asked(who, self.place(who, elsewhere), self.year, what, facts, self.now)
        below, fields = self.service.form_of(asked)
        code = self.service.codes(asked.organisation)[-1]
        address = below if below.startswith("/") else f"/organisations/{code}/{asked.year}/{below}"
        sort, nth = ("none", 0) if whole else (self.dice.choice(FAULTS), self.dice.randint(1, 6))
        after = self.world.copy()
        expected = foresee(after, asked)
        with broken(sort, nth if sort == "write" else 1 + nth % 2) as broke:
            answer = self.service.clients[who].post(address, fields)
        total["requests"] += 1
        total[f"fault {sort}"] += 1
        if broke.happened:
            total[f"broken at {sort}"] += 1
            if answer.status_code == CANNOT_NOW:
                after = self.taken_or_not(after)
            else:  # what broke was beside the matter, as that the person was seen: all was taken
                self.answered(answer, expected, asked)
        else:
            self.answered(answer, expected, asked)
        self.settle(after)
        if broke.happened or sort in ("twice", "lost"):
            total["sent again"] += 1
            after = self.world.copy()
            expected = foresee(after, asked)
            self.answered(self.service.clients[who].post(address, fields), expected, asked)
            self.settle(after)

    def taken_or_not(self, after: World) -> World:
        """The world after a fault: all of what was asked, or nothing of it."""
        seen = observed(self.service, self.world)
        done, undone = seen.unlike(after), seen.unlike(self.world)
        assert not (done and undone), f"done in part: {done}; undone in part: {undone}"
        return after if not done else self.world.copy()

    def answered(self, answer: Any, expected: int, asked: Asked) -> None:
        assert answer.status_code == expected, f"{asked}: {answer.status_code}, and not {expected}"
        to_sign_in = answer.headers.get("Location", "").startswith("/sign-in/")
        assert to_sign_in == (not self.world.people[asked.by].active)
        total[f"answered {expected}"] += 1

    def settle(self, after: World) -> None:
        """Go on from there; whoever's rights changed signs in again."""
        changed = [name for name, who in after.people.items() if who != self.world.people[name]]
        self.world = after
        for name in changed:
            self.service.clients[name] = self.service.signed_in(name)

    # What holds after every step

    @invariant()
    def the_records_are_what_the_model_says(self) -> None:
        assert observed(self.service, self.world).unlike(self.world) == []

    @invariant()
    def every_check_of_the_product_says_that_all_is_well(self) -> None:
        assert list(verify(Counter())) == []
        assert counted() == recounted(self.world)

    @invariant()
    def what_was_submitted_stays_as_it_was(self) -> None:
        now = frozen()
        assert self.frozen.items() <= now.items()
        self.frozen = now

    @invariant()
    def nobody_sees_what_is_not_theirs(self) -> None:
        total["steps"] += 1
        for _ in range(2):
            look(self.service, self.world, self.dice)
            total["looks"] += 1


def test_a_whole_life_drawn_from_a_seed(template: str, django_db_blocker) -> None:
    announce(SEED, "test_simulation.py")
    Life.template = template
    total.clear()
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(
        max_examples=LIVES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=quiet,
        phases=(Phase.generate,),  # a seed plays a failure again as it was; to shrink it takes hours
    )
    with django_db_blocker.unblock():
        run_state_machine_as_test(seeded(SEED)(Life), settings=how)
    told = ", ".join(f"{n:,} {what}" for what, n in sorted(total.items()))
    report(f"simulation on {connection.vendor}", f"seed {SEED}: {told}; every step as the model says")
