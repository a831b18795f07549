"""What the address of “What if” supposes: read kindly, so that what cannot be tried is left out and said."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from igtoolkit.reports.ground import Ground
from igtoolkit.reports.what_if import TICK, criteria_offered, levels_offered
from igtoolkit.standard.cheapest import OPEN
from igtoolkit.standard.framework import Requirement

PICK = "pick"
TOLD = 5  # more that is left out is counted: a long address is nobody's typing
SHOWN = 20  # characters of what was written


@dataclass
class Supposed:
    """levels: {requirement code: level to raise it to}; ticks: {code: criteria}; picked: recommendation numbers."""

    levels: dict[str, int] = field(default_factory=dict)
    ticks: dict[str, set[str]] = field(default_factory=dict)
    picked: set[int] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)

    @property
    def raises(self) -> bool:
        return bool(self.levels or self.ticks)

    @property
    def left_out_words(self) -> list[str]:
        """Why each is left out, the first few by name."""
        more = len(self.left_out) - TOLD
        return self.left_out[:TOLD] + ([f"And {more} more."] if more > 0 else [])


def supposed(ground: Ground, given: Iterable[tuple[str, str]]) -> Supposed:
    """given: the address's pairs in order: (13-202, 3), (tick, 13-206.3b), (pick, 8). Empty values say nothing."""
    found = Supposed()
    for name, value in dict.fromkeys(given):
        if not value:
            continue
        if name == PICK:
            _pick(ground, found, value)
        elif name == TICK:
            _tick(ground, found, value)
        else:
            _raise(ground, found, name, value)
    return found


def _pick(ground: Ground, found: Supposed, value: str) -> None:
    status = {str(each.number): each.status for each in ground.performance}.get(value)
    if status in OPEN:
        found.picked.add(int(value))
    elif status:
        found.left_out.append(f"Recommendation {value} is {status.words.lower()}: there is nothing to turn.")
    else:
        found.left_out.append(f"There is no recommendation {_short(value)} in this report.")


def _tick(ground: Ground, found: Supposed, value: str) -> None:
    code, _, criterion = value.partition(".")
    requirement = _named(ground, code)
    if requirement is None:
        found.left_out.append(_unknown(code))
    elif criterion in criteria_offered(ground, requirement):
        found.ticks.setdefault(code, set()).add(criterion)
    elif criterion in ground.standing(code).ticked:
        found.left_out.append(f"{code} {criterion} is ticked already.")
    else:
        found.left_out.append(
            f"{code} {_short(criterion)} cannot be ticked by itself: raise {code} to a level instead."
        )


def _raise(ground: Ground, found: Supposed, code: str, value: str) -> None:
    requirement = _named(ground, code)
    if requirement is None:
        found.left_out.append(_unknown(code))
    elif value in map(str, levels_offered(ground, requirement)):
        found.levels[code] = max(int(value), found.levels.get(code, 0))
    else:
        at = ground.standing(code).level
        found.left_out.append(
            f"{code} stands at level {at} and can only be raised: level {_short(value)} was left out."
        )


def _named(ground: Ground, code: str) -> Requirement | None:
    return next((each for each in ground.named if each.code == code), None)


def _unknown(code: str) -> str:
    return f"{_short(code)} is not a requirement behind these recommendations."


def _short(text: str) -> str:
    return f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”"
