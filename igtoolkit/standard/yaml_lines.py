"""YAML that remembers on which line each part stood, so that an error can point at it."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import ReaderError

Step = str | int
Way = tuple[Step, ...]


@dataclass(frozen=True)
class Problem:
    """Something wrong in a framework file, and where."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class FrameworkError(ValueError):
    """A framework that cannot be used; `problems` lists all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(each) for each in problems))


@dataclass
class Source:
    """One read file: its data, and the line of each part by the way to it."""

    path: Path
    data: object = None
    lines: dict[Way, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, way: Way, message: str) -> None:
        """Note a problem at the deepest part of `way` that exists in the file."""
        known = way
        while known and known not in self.lines:
            known = known[:-1]
        self.problems.append(Problem(self.path, self.lines.get(known, 1), message))


def read(path: Path) -> Source:
    """Read one file. A syntax error, an unreadable value or a key given twice becomes a problem of the source."""
    source = Source(path)
    node = _composed(source)
    if node is None:
        return source
    try:
        source.data = _value(node, (), source)
    except RecursionError:
        source.problem((), "holds a part that refers to itself, or is nested too deeply.")
    return source


def _composed(source: Source) -> yaml.Node | None:
    """The file as YAML nodes, which know their lines; None, and a problem noted, when it cannot be had."""
    text = ""
    try:
        text = source.path.read_text("utf-8")
        node = _parsed(text)
    except OSError as error:
        source.problem((), f"cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        source.problem((), "is not UTF-8 text.")
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        source.problems.append(Problem(source.path, line, f"is not YAML: {error.reason}."))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        source.problems.append(Problem(source.path, line, f"is not YAML: {error.problem}."))
    else:
        if node is None:
            source.problem((), "is empty.")
        return node
    return None


def _parsed(text: str) -> yaml.Node | None:
    """By the loader in C where there is one, seven times as quick; what it refuses is told in the other's words."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _value(node: yaml.Node, way: Way, source: Source) -> object:
    source.lines[way] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, way, source)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*way, i), source) for i, each in enumerate(node.value)]
    return _scalar(node, source)


def _mapping(node: yaml.MappingNode, way: Way, source: Source) -> dict[Hashable, object]:
    found: dict[Hashable, object] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node, source)
        if key in found:
            source.problems.append(Problem(source.path, key_node.start_mark.line + 1, f"“{key}” is given twice."))
        found[key] = _value(value_node, (*way, key if isinstance(key, (str, int)) else str(key)), source)
        # A key's own line is the useful one: the value of a folded text starts a line below it.
        source.lines[(*way, key if isinstance(key, (str, int)) else str(key))] = key_node.start_mark.line + 1
    return found


def _scalar(node: yaml.Node, source: Source) -> Hashable:
    """A word, number or date. One that cannot be had (30 February, a key that is a list) is a problem, and None."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode):
        source.problems.append(Problem(source.path, line, "a key must be one word or number."))
        return None
    try:
        value: Hashable = SafeConstructor().construct_object(node)
    except (yaml.MarkedYAMLError, ValueError, AttributeError, LookupError) as error:
        words = getattr(error, "problem", None) or str(error)
        source.problems.append(Problem(source.path, line, f"“{node.value}” cannot be read: {words}."))
        return None
    return value
