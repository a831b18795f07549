"""What must be true before Final can be submitted.

Source: frameworks/igt-13/SOURCES.md, "Final".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from igtoolkit.standard.framework import Framework


class Lack(StrEnum):
    """What can still be missing, in the order in which it is put right."""

    UNSCORED = "unscored"
    INCOMPLETE = "incomplete"
    UNCONFIRMED = "unconfirmed"
    UNNAMED = "unnamed"
    NOT_ALONE = "not_alone"


@dataclass(frozen=True)
class Mark:
    """How far one requirement is: scored, marked complete by one person, confirmed by another."""

    scored: bool = False
    complete: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class Path:
    """What a body's way to Final asks for: marks of completion, a second person, and which posts are named.

    `alone`: it was declared that one person answers. `editors`: how many people can in truth.
    """

    completes: bool
    confirms: bool
    posts: tuple[str, ...]
    alone: bool = False
    editors: int = 1


@dataclass(frozen=True)
class Blocker:
    """One thing that keeps Final from being submitted, and the requirements or posts it is about."""

    lack: Lack
    subjects: tuple[str, ...] = ()


def blockers(
    framework: Framework, marks: Mapping[str, Mark], named: Collection[str], path: Path
) -> tuple[Blocker, ...]:
    """What keeps Final from being submitted, in the order of Lack; empty when nothing does.

    framework: narrowed to one kind. marks: {requirement code: Mark}; an unanswered one is absent.
    named: the posts somebody is named for.
    """
    found: dict[Lack, tuple[str, ...]] = dict.fromkeys(Lack, ())
    for each in framework.requirements:
        lack = _lack(marks.get(each.code, Mark()), path)
        if lack:
            found[lack] += (each.code,)
    found[Lack.UNNAMED] = tuple(post for post in path.posts if post not in named)
    waiting = [Blocker(lack, subjects) for lack, subjects in found.items() if subjects]
    if path.alone and path.editors > 1:
        waiting.append(Blocker(Lack.NOT_ALONE))
    return tuple(waiting)


def _lack(mark: Mark, path: Path) -> Lack | None:
    if not mark.scored:
        return Lack.UNSCORED
    if path.completes and not mark.complete:
        return Lack.INCOMPLETE
    if path.confirms and not mark.confirmed:
        return Lack.UNCONFIRMED
    return None
