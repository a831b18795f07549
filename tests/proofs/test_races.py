"""Two to five people race at one requirement: nobody's text is lost, and nobody confirms what they have not read."""

import json
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from igtoolkit.access import scope
from igtoolkit.records.models import Answer, AuditEvent
from igtoolkit.reports.verify import verify
from tests.conftest import make_cast, make_person, started
from tests.proofs import full, report
from tests.proofs.editors import Standing, Window, shows
from tests.proofs.quick import quick_database
from tests.proofs.seeds import announce, dice, seed

SEED = seed(4)
RACES = full(50, 1_000)
AT_ONCE = 4  # one race in so many ends with everybody pressing save at the same moment
PLACE = "/organisations/DMA001/2015-16/requirements/"
CODES = ("13-101", "13-105", "13-110", "13-202")
WHY = "the proof reads the trail of what was raced for"


class Races:
    """One race after another between the same windows, of people in every role that records."""

    def __init__(self, dice: random.Random) -> None:
        cast = make_cast()
        started(cast.ada)
        people = [cast.con, cast.con, cast.con, cast.rex, cast.rex, cast.ada]
        people.append(make_person("una", cast.ada.organisation, "reviewer"))
        self.windows = [Window(each) for each in people]
        self.standing = {code: Standing(f"{PLACE}{code}/") for code in CODES}
        self.dice = dice
        self.counted: Counter[str] = Counter()

    def play(self, number: int) -> None:
        """One race: in turns as the dice say, and in some with everybody at once at the end. Then it is judged."""
        code = self.dice.choice(CODES)
        race, before = self.standing[code], last_number()
        windows = self.dice.sample(self.windows, self.dice.randint(2, 5))
        for each in windows:
            each.open(race.address)
        for turn in range(self.dice.randint(3, 7)):
            self.turn(race, self.dice.choice(windows), f"race {number} turn {turn} {self.dice.getrandbits(32):08x}")
        if number % AT_ONCE == 0:
            self.all_at_once(race, windows, f"race {number}")
        self.judge(code, race, before)

    def turn(self, race: Standing, window: Window, text: str) -> None:
        """One request of one window."""
        what = self.dice.choices(("open", "save", "complete", "confirm"), (2, 4, 2, 2))[0]
        if what == "open":
            assert window.open(race.address) == race.version
        elif what == "confirm":
            race.was_confirmed(window, window.confirm(race.address))
        else:
            taken = race.saved(window, text, what, window.save(race.address, text, what))
            self.counted["accepted" if taken else "refused with both texts"] += 1

    def all_at_once(self, race: Standing, windows: list[Window], name: str) -> None:
        """Everybody reads the same form, then presses save at the same moment: one is accepted."""
        texts = [f"{name} at once {n} {self.dice.getrandbits(32):08x}" for n in range(len(windows))]
        for each in windows:
            each.open(race.address)
        barrier = threading.Barrier(len(windows))

        def press(n: int):
            barrier.wait(30)
            try:
                return windows[n].save(race.address, texts[n])
            finally:
                connection.close()

        with ThreadPoolExecutor(len(windows)) as pool:
            answers = list(pool.map(press, range(len(windows))))
        won = [n for n, each in enumerate(answers) if each.status_code == 302]
        assert len(won) == 1, f"{len(won)} of {len(windows)} forms of one version were accepted"
        race.take(windows[won[0]], texts[won[0]])
        for n in set(range(len(windows))) - set(won):
            assert answers[n].status_code == 409
            shows(answers[n], race.text, texts[n])
        self.counted["refused with both texts"] += len(windows) - 1
        self.counted["accepted"] += 1

    def judge(self, code: str, race: Standing, before: int) -> None:
        """The trail holds every accepted text in its order and nothing else; versions run on; the last one stands."""
        saved, confirmed = trail(code, before)
        assert [each["comment"] for each in saved] == race.accepted
        last = race.version
        assert [each["version"] for each in saved] == list(range(last - len(saved) + 1, last + 1))
        assert confirmed == race.confirmations
        answer = scope.everything(Answer, reason=WHY).filter(requirement=code).first()
        if answer is not None:
            standing = (answer.version, answer.comment, answer.is_complete, answer.is_confirmed)
            assert standing == (last, race.text, bool(race.completed_by), race.confirmed)
        race.accepted, race.confirmations = [], []


def last_number() -> int:
    event = scope.everything(AuditEvent, reason=WHY).filter(chain="DMA001").order_by("-number").first()
    return event.number if event else 0


def trail(code: str, after: int) -> tuple[list[dict], list[int]]:
    """(what was recorded of a requirement since an event, the versions confirmed since), in order."""
    rows = scope.everything(AuditEvent, reason=WHY).filter(chain="DMA001", number__gt=after).order_by("number")
    told = [(each.event, json.loads(each.facts)["after"]) for each in rows if each.event.startswith("answer_")]
    saved = [facts for event, facts in told if event == "answer_saved" and facts["requirement"] == code]
    return saved, [facts["version"] for event, facts in told if event == "answer_confirmed"]


def test_nobodys_text_is_lost_in_any_race(template: str, django_db_blocker) -> None:
    announce(SEED, "test_races.py")
    with django_db_blocker.unblock(), quick_database(template):
        run_races()


def run_races() -> None:
    races = Races(dice(SEED))
    for number in range(RACES):
        races.play(number)
    assert list(verify(Counter())) == []
    assert races.counted["refused with both texts"] > RACES / 2
    told = ", ".join(f"{n} {what}" for what, n in sorted(races.counted.items()))
    report(f"races on {connection.vendor}", f"{RACES} races of 2-5 windows, seed {SEED}: saves {told}; 0 texts lost")
