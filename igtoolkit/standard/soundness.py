"""What a framework must keep beyond the shape of its files: nothing twice, nothing out of reach."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from igtoolkit.standard.questions import QuestionsShape, check_questions
from igtoolkit.standard.shapes import (
    CalendarShape,
    CrosswalkShape,
    FrameworkShape,
    LevelShape,
    RequirementShape,
    RequirementsShape,
)
from igtoolkit.standard.yaml_lines import Problem, Source, Way

Code = TypeVar("Code", str, int)
Files = Mapping[str, tuple[Source, BaseModel | None]]
LEVELS = {1, 2, 3}


def check(files: Files) -> list[Problem]:
    """Every problem between and within the files of one framework."""
    head_source, head = next((source, shape) for source, shape in files.values() if isinstance(shape, FrameworkShape))
    _check_head(head_source, head)
    seen: dict[tuple[str, int], str] = {}
    for source, shape in files.values():
        if isinstance(shape, RequirementsShape):
            _check_requirements(source, shape, head, seen)
    _check_sizes(head_source, head, files)
    _check_crosswalk_named(head_source, head, [each.code for each in _crosswalks(files)])
    for source, shape in files.values():
        if isinstance(shape, CrosswalkShape):
            _check_crosswalk(source, shape, _reported(head, files))
        if isinstance(shape, CalendarShape):
            _check_calendar(source, shape)
        if isinstance(shape, QuestionsShape):
            check_questions(
                source, shape, next((one for one in _crosswalks(files) if one.code == head.crosswalk), None)
            )
    return [each for source, _ in files.values() for each in source.problems]


def _check_head(source: Source, head: FrameworkShape) -> None:
    for part, codes in (
        ("kinds", [each.code for each in head.kinds]),
        ("initiatives", [each.code for each in head.initiatives]),
    ):
        for i, code in _repeats(codes):
            source.problem((part, i), f"{part[:-1]} {code} is given twice.")
    kinds = {each.code for each in head.kinds}
    spellings = list(head.kind_words)
    for i, word in _repeats([each.casefold() for each in spellings]):
        source.problem(("kind_words", spellings[i]), f"“{word}” is given twice: upper and lower case are the same.")
    for word, kind in head.kind_words.items():
        if kind and kind not in kinds:
            source.problem(("kind_words", word), f"“{word}” is mapped to {kind}, which is not a kind here.")


def _crosswalks(files: Files) -> Iterator[CrosswalkShape]:
    return (shape for _, shape in files.values() if isinstance(shape, CrosswalkShape))


def _check_crosswalk_named(source: Source, head: FrameworkShape, held: list[str]) -> None:
    """A framework may do without a crosswalk; then no kind has a report, and no crosswalk lies about unused."""
    if head.crosswalk is not None:
        if head.crosswalk not in held:
            source.problem(("crosswalk",), f"there is no file crosswalk-{head.crosswalk}.yaml.")
        return
    for code in held:
        source.problem((), f"there is a file crosswalk-{code}.yaml, but no key crosswalk that names the one in use.")
    for i, kind in enumerate(head.kinds):
        if kind.reported:
            source.problem(("kinds", i, "reported"), f"{kind.code} cannot have a report without a crosswalk.")


def _check_requirements(
    source: Source, file: RequirementsShape, head: FrameworkShape, seen: dict[tuple[str, int], str]
) -> None:
    initiative = next((each for each in head.initiatives if each.code == file.initiative), None)
    if initiative is None:
        source.problem(("initiative",), f"initiative {file.initiative} is not in framework.yaml.")
    kinds = {each.code for each in head.kinds if each.group == file.group}
    for i, each in enumerate(file.requirements):
        way: Way = ("requirements", i)
        if (file.group, each.number) in seen:
            where = seen[file.group, each.number]
            source.problem(
                (*way, "number"), f"requirement {each.number} is given twice for {file.group}: also in {where}."
            )
        seen[file.group, each.number] = source.path.name
        if initiative and not initiative.first <= each.number <= initiative.last:
            source.problem(
                (*way, "number"),
                f"requirement {each.number} is outside {file.initiative} ({initiative.first}-{initiative.last}).",
            )
        for j, kind in enumerate(each.kinds):
            if kind not in kinds:
                source.problem((*way, "kinds", j), f"{kind} is not a kind of the group {file.group}.")
        for j, kind in _repeats(each.kinds):
            source.problem((*way, "kinds", j), f"kind {kind} is given twice.")
        _check_levels(source, way, each)


def _check_levels(source: Source, way: Way, requirement: RequirementShape) -> None:
    name = f"requirement {requirement.number}"
    if set(requirement.levels) != LEVELS:
        source.problem((*way, "levels"), f"{name} must have exactly the levels 1, 2 and 3.")
    for level, shape in requirement.levels.items():
        at: Way = (*way, "levels", level)
        if all(each.maintenance for each in shape.criteria):
            source.problem(at, f"{name}: level {level} cannot be reached, for it has no criterion of its own.")
        for j, message in _criterion_faults(level, shape):
            source.problem((*at, "criteria", j, "code"), f"{name}: {message}")


def _criterion_faults(level: int, shape: LevelShape) -> Iterator[tuple[int, str]]:
    last = len(shape.criteria) - 1
    for j, each in enumerate(shape.criteria):
        expected = f"{level}{chr(ord('a') + j)}"
        if each.code != expected:
            yield j, f"criterion {each.code} stands where {expected} was expected (duplicate, missing or out of order)."
        if each.maintenance and (level != max(LEVELS) or j != last):
            yield j, f"criterion {each.code} is a maintenance criterion, but only the last of level 3 can be."


def _check_sizes(source: Source, head: FrameworkShape, files: Files) -> None:
    for i, kind in enumerate(head.kinds):
        count = sum(kind.code in each.kinds for _, each in _requirements(files, kind.group))
        if kind.size is not None and count != kind.size:
            source.problem(("kinds", i, "size"), f"{kind.code} should have {kind.size} requirements, and has {count}.")


def _requirements(files: Files, group: str) -> Iterator[tuple[Source, RequirementShape]]:
    for source, shape in files.values():
        if isinstance(shape, RequirementsShape) and shape.group == group:
            yield from ((source, each) for each in shape.requirements)


def _reported(head: FrameworkShape, files: Files) -> dict[int, list[RequirementShape]]:
    """The requirements that some reported kind has, by number."""
    found: dict[int, list[RequirementShape]] = {}
    for kind in head.kinds:
        if kind.reported:
            for _, each in _requirements(files, kind.group):
                if kind.code in each.kinds and each not in found.setdefault(each.number, []):
                    found[each.number].append(each)
    return found


def _check_crosswalk(source: Source, crosswalk: CrosswalkShape, reported: dict[int, list[RequirementShape]]) -> None:
    if source.path.name != f"crosswalk-{crosswalk.code}.yaml":
        source.problem(("code",), f"the crosswalk {crosswalk.code} belongs in a file crosswalk-{crosswalk.code}.yaml.")
    for i, number in _repeats([each.number for each in crosswalk.recommendations]):
        source.problem(("recommendations", i, "number"), f"recommendation {number} is given twice.")
    for i, recommendation in enumerate(crosswalk.recommendations):
        way: Way = ("recommendations", i)
        if recommendation.conditions and recommendation.theme is None:
            source.problem(way, f"recommendation {recommendation.number} has conditions, so it needs a theme.")
        named = [(each.requirement, each.level, each.criterion) for each in recommendation.conditions]
        for j, (number, level, criterion) in enumerate(named):
            at: Way = (*way, "conditions", j)
            if (number, level, criterion) in named[:j]:
                source.problem(at, f"recommendation {recommendation.number} names this condition twice.")
            fault = _condition_fault(number, level, criterion, reported)
            if fault:
                source.problem(at, f"recommendation {recommendation.number}: {fault}")


def _condition_fault(
    number: int, level: int | None, criterion: str | None, reported: dict[int, list[RequirementShape]]
) -> str:
    if number not in reported:
        return f"no kind with a report has requirement {number}."
    if (level is None) == (criterion is None):
        return f"the condition on {number} must name either a level or a criterion."
    if level is not None and level not in LEVELS:
        return f"the condition on {number} needs level {level}, which cannot be reached: levels are 1, 2 and 3."
    for requirement in reported[number] if criterion else ():
        found = [each for at in requirement.levels.values() for each in at.criteria if each.code == criterion]
        if not found:
            return f"requirement {number} has no criterion {criterion}."
        if found[0].maintenance:
            return f"criterion {number}-{criterion} is a maintenance criterion: it does not apply to everyone."
    return ""


def _check_calendar(source: Source, shape: CalendarShape) -> None:
    for year, each in shape.years.items():
        days = [each.opens, each.baseline, each.update, each.final]
        if days != sorted(set(days)):
            source.problem(("years", year), f"the days of {year} must run opens < baseline < update < final.")
        if int(year[5:]) != (int(year[2:4]) + 1) % 100:
            source.problem(("years", year), f"{year} is not a year: the second part follows the first.")


def _repeats(codes: Sequence[Code]) -> Iterator[tuple[int, Code]]:
    for i, code in enumerate(codes):
        if code in codes[:i]:
            yield i, code
