"""The national report's sentences: every figure with what it is taken of."""

from fractions import Fraction

from igtoolkit.reports.national_moved import Moved
from igtoolkit.reports.national_page import Page, Row
from igtoolkit.reports.phrases import day, listed

NAMED = 3
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def headline(page: Page) -> str:
    """The story in one sentence: how many recommendations are met, how that moved, which is weakest."""
    if not page.total.registered:
        return f"No trusts are registered for {page.year}"
    if not page.total.submitted:
        return f"No trust has submitted its {page.stage.words} {'yet' if page.is_open else f'for {page.year}'}"
    return "; ".join(filter(None, [f"{_met(page)}{_since(page)}", _otherwise(page), _weakest(page.weakest)]))


def story(page: Page) -> tuple[str, ...]:
    """The sentences under the headline: who submitted, the exact averages and what they are taken of."""
    if not page.total.registered:
        return ("Load the year's organisations to see who has submitted.",)
    found = [_submitted(page), _deadline(page)]
    if page.total.submitted:
        found.append(f"On average {decimal(page.average)} of {len(page.rows)} recommendations are met.")
    if page.moved and page.moved.both:
        found.append(_moved(page, page.moved))
    return tuple(found)


def trusts(n: int) -> str:
    """1 trust, 2 trusts"""
    return f"{n:,} trust{'' if n == 1 else 's'}"


def small(n: int) -> str:
    """A number in a sentence: in letters below ten."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"


def whole(number: Fraction) -> int:
    """The nearest whole number, halves up."""
    return int(number + Fraction(1, 2))


def decimal(number: Fraction) -> str:
    """To one decimal place, halves up: 9.4"""
    tenths = whole(number * 10)
    return f"{tenths // 10}.{tenths % 10}"


def change_words(change: int | None) -> str:
    """14 more, 3 fewer, no change; empty where there is nothing to compare with."""
    if change is None:
        return ""
    return f"{abs(change):,} {'more' if change > 0 else 'fewer'}" if change else "no change"


def _met(page: Page) -> str:
    average = f"{whole(page.average)} of {len(page.rows)} recommendations"
    if page.total.submitted == 1:
        return f"The one trust that has submitted meets {average}"
    return f"{'So far, trusts' if page.is_open else 'Trusts'} meet {average} on average"


def _since(page: Page) -> str:
    """`, up from 7 at Baseline`: only where the whole number shown is also that of those compared."""
    if not page.moved or not page.moved.both or not page.before or not _comparable(page, page.moved):
        return ""
    then, stage = whole(page.moved.then), page.before.words
    if page.moved.now == page.moved.then:
        return f", the same as at {stage}"
    if whole(page.moved.now) == then:
        return f", much as at {stage}"
    return f", {_direction(page.moved)} from {then} at {stage}"


def _otherwise(page: Page) -> str:
    """Where new submissions pull the average elsewhere, the change among those compared, told apart."""
    if not page.moved or not page.moved.both or not page.before or _comparable(page, page.moved):
        return ""
    then, now = whole(page.moved.then), whole(page.moved.now)
    told = f"stayed at {now}" if then == now else f"went {_direction(page.moved)} from {then} to {now}"
    return f"those that also submitted their {page.before.words} {told}"


def _comparable(page: Page, moved: Moved) -> bool:
    return whole(page.average) == whole(moved.now)


def _direction(moved: Moved) -> str:
    return "up" if moved.now > moved.then else "down"


def _weakest(rows: tuple[Row, ...]) -> str:
    if not rows:
        return "every recommendation is met wherever it applies"
    if len(rows) == 1:
        return f"“{rows[0].recommendation.summary}” (recommendation {rows[0].number}) is the weakest"
    if len(rows) <= NAMED:
        return f"recommendations {listed(sorted(each.number for each in rows))} are the weakest"
    return f"{small(len(rows))} recommendations are equally weak"


def _submitted(page: Page) -> str:
    total = page.total
    told = f"{total.submitted:,} of {trusts(total.registered)} {'has' if total.submitted == 1 else 'have'} submitted"
    if not total.missing:
        told = (
            f"All {trusts(total.registered)} have submitted" if total.registered > 1 else "The one trust has submitted"
        )
    elif total.submitted:
        told += f"; {small(total.missing)} {'has' if total.missing == 1 else 'have'} not"
    return f"{told}{_late(total.late, total.submitted)}."


def _late(late: int, submitted: int) -> str:
    if not submitted:
        return ""
    return f", and {small(late)} submitted late" if late else ", and none was late"


def _deadline(page: Page) -> str:
    return f"The deadline {'is' if page.is_open else 'was'} {day(page.calendar.deadline(page.stage))}."


def _moved(page: Page, moved: Moved) -> str:
    stage = page.before.words if page.before else ""
    who = "the one trust" if moved.both == 1 else f"the {trusts(moved.both)}"
    average = f"from {decimal(moved.then)} to {decimal(moved.now)}"
    counts = f"{small(moved.rose)} meet more, {small(moved.same)} as many, {small(moved.fell)} fewer"
    return f"In {who} that also submitted at {stage} the average went {average}: {counts}."
