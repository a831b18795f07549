"""Reading a framework's folder, strictly: every problem at once, each with its file and line."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from igtoolkit.standard.calendar import Calendar
from igtoolkit.standard.canonical import digest
from igtoolkit.standard.framework import (
    Condition,
    Criterion,
    Crosswalk,
    Framework,
    Initiative,
    Kind,
    Recommendation,
    Requirement,
)
from igtoolkit.standard.questions import QUESTIONS, QuestionsShape, questions
from igtoolkit.standard.shapes import (
    CalendarShape,
    CrosswalkShape,
    FrameworkShape,
    RecommendationShape,
    RequirementShape,
    RequirementsShape,
)
from igtoolkit.standard.soundness import check
from igtoolkit.standard.words import Stage
from igtoolkit.standard.yaml_lines import FrameworkError, Problem, Source, read

Form = TypeVar("Form", bound=BaseModel)
NO_CROSSWALK = Crosswalk(code="none", name="No crosswalk", digest=digest(""), recommendations=())


@cache
def load(folder: Path) -> Framework:
    """The framework in a folder. Raises FrameworkError with every problem, file and line."""
    sources = _sources(folder)
    shaped = {name: None if source.problems else _shape(name, source) for name, source in sources.items()}
    problems: list[Problem] = [each for source in sources.values() for each in source.problems]
    if problems:
        raise FrameworkError(problems)
    problems = check({name: (sources[name], shape) for name, shape in shaped.items()})
    if problems:
        raise FrameworkError(problems)
    return _framework(sources, shaped)


def _sources(folder: Path) -> dict[str, Source]:
    """Every file that makes up the framework, by name; a missing one is a problem."""
    names = ["framework.yaml", "calendar.yaml"]
    names += [QUESTIONS] if (folder / QUESTIONS).exists() else []
    names += sorted(path.name for path in folder.glob("crosswalk-*.yaml"))
    names += sorted(f"requirements/{path.name}" for path in (folder / "requirements").glob("*.yaml"))
    if not any(name.startswith("requirements/") for name in names):
        names.append("requirements/trust-100.yaml")
    return {name: read(folder / name) for name in names}


def _form(name: str) -> type[BaseModel]:
    if name.startswith("requirements/"):
        return RequirementsShape
    if name.startswith("crosswalk-"):
        return CrosswalkShape
    if name == QUESTIONS:
        return QuestionsShape
    return FrameworkShape if name == "framework.yaml" else CalendarShape


def _shape(name: str, source: Source) -> BaseModel | None:
    try:
        return _form(name).model_validate(source.data)
    except ValidationError as error:
        for each in error.errors():
            way = tuple(part for part in each["loc"] if part != "[key]")
            source.problem(way, f"{_where(way)}{_words(each['type'], each['msg'])}")
        return None


def _where(way: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in way) + ": " if way else ""


def _words(kind: str, message: str) -> str:
    known = {
        "extra_forbidden": "this key is not known here",
        "missing": "this key is missing",
        "model_type": "this should hold keys and their values",
    }
    return known.get(kind, message[:1].lower() + message[1:]) + "."


def _only(shaped: dict[str, BaseModel | None], form: type[Form]) -> Iterator[Form]:
    return (each for each in shaped.values() if isinstance(each, form))


def _framework(sources: dict[str, Source], shaped: dict[str, BaseModel | None]) -> Framework:
    head = next(_only(shaped, FrameworkShape))
    bytes_of = {name: source.path.read_text("utf-8") for name, source in sources.items()}
    words = "".join(text for name, text in sorted(bytes_of.items()) if not name.startswith(("crosswalk-", QUESTIONS)))
    return Framework(
        code=head.code,
        version=head.version,
        name=head.name,
        digest=digest(words),
        initiatives=tuple(Initiative(each.code, each.name, each.first, each.last) for each in head.initiatives),
        kinds=tuple(Kind(**each.model_dump(exclude={"size", "source"}), size=each.size or 0) for each in head.kinds),
        kind_words={word.casefold(): kind for word, kind in head.kind_words.items()},
        assurance=head.assurance,
        requirements=tuple(
            _requirement(head.version, file, each)
            for file in _only(shaped, RequirementsShape)
            for each in file.requirements
        ),
        crosswalk=_crosswalk(head, _only(shaped, CrosswalkShape), bytes_of),
        calendars=_calendars(next(_only(shaped, CalendarShape))),
        questions=questions(_only(shaped, QuestionsShape)),
    )


def _requirement(version: int, file: RequirementsShape, shape: RequirementShape) -> Requirement:
    return Requirement(
        code=f"{version}-{shape.number}",
        number=shape.number,
        initiative=file.initiative,
        group=file.group,
        title=shape.title,
        statement=shape.statement,
        why=shape.why,
        not_relevant=shape.not_relevant.strip(),
        kinds=frozenset(shape.kinds),
        summaries={level: each.summary for level, each in shape.levels.items()},
        criteria=tuple(
            Criterion(each.code, level, each.text, tuple(each.evidence), each.maintenance, each.basis)
            for level, at_level in sorted(shape.levels.items())
            for each in at_level.criteria
        ),
        basis=shape.basis,
        kinds_basis=shape.kinds_basis,
        words_basis=shape.words_basis,
        source=shape.source,
    )


def _crosswalk(head: FrameworkShape, shapes: Iterator[CrosswalkShape], bytes_of: Mapping[str, str]) -> Crosswalk:
    """The crosswalk in use; one without code or recommendations where the framework names none."""
    if head.crosswalk is None:
        return NO_CROSSWALK
    shape = next(each for each in shapes if each.code == head.crosswalk)
    return Crosswalk(
        code=shape.code,
        name=shape.name,
        digest=digest(bytes_of[f"crosswalk-{shape.code}.yaml"]),
        recommendations=tuple(_recommendation(head.version, each) for each in shape.recommendations),
    )


def _recommendation(version: int, shape: RecommendationShape) -> Recommendation:
    return Recommendation(
        number=shape.number,
        summary=shape.summary,
        text=shape.text,
        theme=shape.theme,
        falls_on=tuple(shape.falls_on),
        conditions=tuple(
            Condition(f"{version}-{each.requirement}", each.level, each.criterion, each.source, each.basis)
            for each in shape.conditions
        ),
        basis=shape.basis,
        source=shape.source,
    )


def _calendars(shape: CalendarShape) -> dict[str, Calendar]:
    return {
        year: Calendar(
            year, each.opens, {Stage.BASELINE: each.baseline, Stage.UPDATE: each.update, Stage.FINAL: each.final}
        )
        for year, each in shape.years.items()
    }
