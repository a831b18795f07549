"""The national report's sentences: every figure with what it is taken of."""

from fractions import Fraction

from igtoolkit.reports.national_moved import Moved
from igtoolkit.reports.national_page import Page, Row
from igtoolkit.reports.phrases import day, listed
from igtoolkit.standard.words import Status

NAMED = 3
SLIGHT = Fraction(1, 2)


def headline(page: Page) -> str:
    """The story in one sentence: how many recommendations are met, how that moved, which is weakest."""
    if not page.total.registered:
        return f"No trusts are registered for {page.year}"
    if not page.total.submitted:
        return f"No trust has submitted its {page.stage.words} {'yet' if page.is_open else f'for {page.year}'}"
    return f"{_met(page)}{_since(page)}; {_weakest(page.weakest)}"


def story(page: Page) -> tuple[str, ...]:
    """The paragraphs under the headline: who submitted, then the exact averages and what they are taken of."""
    if not page.total.registered:
        return ("Once the year's organisations are loaded, this report says who has submitted.",)
    found = [f"{_submitted(page)} The deadline {'is' if page.is_open else 'was'} {_deadline(page)}."]
    if page.total.submitted:
        found.append(" ".join(filter(None, [_average(page), _moved(page), _not_applicable(page)])))
    return tuple(found)


def trusts(n: int) -> str:
    """1 trust, 2 trusts"""
    return f"{n:,} trust{'' if n == 1 else 's'}"


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


def movement(moved: Moved) -> str:
    """26 meet more, 7 as many, 18 fewer"""
    return f"{moved.rose:,} {'meets' if moved.rose == 1 else 'meet'} more, {moved.same:,} as many, {moved.fell:,} fewer"


def _met(page: Page) -> str:
    average = f"{_figure(page, page.average)} of {len(page.rows)} recommendations"
    if page.total.submitted == 1:
        return f"The one trust that has submitted meets {average}"
    return f"{'So far, trusts' if page.is_open else 'Trusts'} meet {average} on average"


def _since(page: Page) -> str:
    """`, up from 7.0 at Baseline`, measured in those that submitted both.

    The earlier figure is named only where both, to one decimal, are also those shown for all, now here and then
    on that stage's page: otherwise who submitted, and not what they did, would be in the difference.
    """
    moved, before = page.moved, page.before
    if moved is None or before is None or not moved.both:
        return ""
    then, now = decimal(moved.then), decimal(moved.now)
    shown = (decimal(page.average_before), decimal(page.average)) if page.average_before is not None else None
    if (then, now) == shown and then != now:
        return f", {_direction(moved)} from {_figure(page, moved.then)} at {before.words}"
    if moved.now == moved.then:
        return f", the same as at {before.words}"
    slightly = "slightly " if abs(moved.now - moved.then) < SLIGHT else ""
    return f", {slightly}{_direction(moved)} since {before.words}"


def _figure(page: Page, number: Fraction) -> str:
    """To one decimal place, as the story has it; the count itself where there is one trust alone."""
    return str(whole(number)) if page.total.submitted == 1 else decimal(number)


def _direction(moved: Moved) -> str:
    return "up" if moved.now > moved.then else "down"


def _weakest(rows: tuple[Row, ...]) -> str:
    if not rows:
        return "every recommendation is met wherever it applies"
    if len(rows) == 1:
        return f"“{rows[0].recommendation.summary}” (recommendation {rows[0].number}) is the weakest"
    if len(rows) <= NAMED:
        return f"recommendations {listed(sorted(each.number for each in rows))} are the weakest"
    return f"{len(rows)} recommendations are equally weak"


def _submitted(page: Page) -> str:
    total = page.total
    if not total.missing:
        everybody = "The one trust" if total.registered == 1 else f"All {trusts(total.registered)}"
        return f"{everybody} {_have(total.registered)} submitted{_late(total.late)}."
    told = f"{total.submitted:,} of {trusts(total.registered)} {_have(total.submitted)} submitted"
    return f"{told}{_late(total.late) if total.submitted else ''}; {total.missing:,} {_have(total.missing)} not."


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def _late(late: int) -> str:
    return f", {late:,} of them late" if late else ", none of them late"


def _deadline(page: Page) -> str:
    return day(page.calendar.deadline(page.stage))


def _average(page: Page) -> str:
    return f"On average {decimal(page.average)} of {len(page.rows)} recommendations are met."


def _moved(page: Page) -> str:
    moved, before = page.moved, page.before
    if moved is None or before is None or not moved.both:
        return ""
    who = "the one trust" if moved.both == 1 else f"the {trusts(moved.both)}"
    average = f"from {decimal(moved.then)} to {decimal(moved.now)}"
    return f"In {who} that also submitted at {before.words} it went {average}: {movement(moved)}."


def _not_applicable(page: Page) -> str:
    if not any(each.total.counts[Status.NOT_APPLICABLE] for each in page.rows):
        return ""
    return "What does not apply to a trust is not counted as met."
