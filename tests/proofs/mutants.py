"""Changes to the rules of access that no test may let pass: each takes one filter, condition or clause away."""

import ast
import copy
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

ROOM = Path(__file__).parents[2] / "igtoolkit" / "access"
FILES = ("scope.py", "policy.py", "addresses.py", "gate.py")
NARROWING = {"filter", "exclude"}


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, in words and in its file's tree, and which of the changes there."""

    words: str
    path: Path
    place: int
    way: int

    @property
    def code(self) -> CodeType:
        """The changed file's code."""
        tree = ast.parse(self.path.read_text("utf-8"))
        _change(tree, self.place, self.way)
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Put the changed code in the place of the running one, in every function made from it; afterwards back."""
        changed = {each.co_qualname: each for each in _codes(self.code)}
        before = [(each, each.__code__) for each in _functions(str(self.path))]
        for each, code in before:
            each.__code__ = changed.get(code.co_qualname, code)
        try:
            yield
        finally:
            for each, code in before:
                each.__code__ = code


def _functions(file: str) -> list[FunctionType]:
    return [each for each in gc.get_objects() if isinstance(each, FunctionType) and each.__code__.co_filename == file]


@cache
def mutants() -> tuple[Mutant, ...]:
    """Every one, in the order of the files, each under words of its own."""
    met: Counter[str] = Counter()
    return tuple(_told_apart(each, met) for name in FILES for each in _of(ROOM / name))


def _told_apart(mutant: Mutant, met: Counter[str]) -> Mutant:
    met[mutant.words] += 1
    again = met[mutant.words]
    return mutant if again == 1 else replace(mutant, words=f"{mutant.words} ({again})")


def _of(path: Path) -> Iterator[Mutant]:
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        node: each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) for node in ast.walk(each)
    }
    for place, node in enumerate(ast.walk(tree)):
        for way, words in enumerate(_changes(node)):
            yield Mutant(f"{path.name}: {inside.get(node, 'module')}: {words}", path, place, way)


def _changes(node: ast.AST) -> list[str]:
    """What can be taken away at a place, in words."""
    return [words for words, _ in _ways(node)]


def _change(tree: ast.Module, place: int, n: int) -> None:
    node = list(ast.walk(tree))[place]
    replacement = _ways(node)[n][1]
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, replacement)
            elif isinstance(value, list) and node in value:
                value[value.index(node)] = replacement


def _ways(node: ast.AST) -> list[tuple[str, ast.AST]]:
    match node:
        case ast.Call(func=ast.Attribute(attr=name, value=rows), args=args, keywords=named) if name in NARROWING:
            found: list[tuple[str, ast.AST]] = [(f"without .{name}({_short(node)})", rows)]
            if len(args) + len(named) > 1:
                found += [(f"without {_short(each)}", _without(node, each)) for each in [*args, *named]]
            return found
        case ast.Call(func=ast.Attribute(attr="Q"), args=args, keywords=named) if len(args) + len(named) > 1:
            return [(f"without {_short(each)}", _without(node, each)) for each in [*args, *named]]
        case ast.Call(func=ast.Name(id="Case"), args=[_, _, *_] as args):
            return [(f"without {_short(each)}", _without(node, each)) for each in args]
        case ast.BinOp(op=ast.BitOr() | ast.BitAnd(), left=left, right=right) if "Q(" in _short(node):
            return [(f"without {_short(left)}", right), (f"without {_short(right)}", left)]
        case ast.BoolOp(op=ast.Or(), values=[value, ast.Constant() as otherwise]):
            return [(f"without {_short(otherwise)}", value)]
        case ast.If(test=test, body=[ast.Return() | ast.Raise()]):
            return [(f"never: {_short(test)}", _copied(node, test=_joined(ast.And(), test, value=False)))]
        case ast.IfExp(test=test) | ast.If(test=test):
            never, always = _joined(ast.And(), test, value=False), _joined(ast.Or(), test, value=True)
            return [
                (f"{word}: {_short(test)}", _copied(node, test=new))
                for word, new in (("never", never), ("always", always))
            ]
        case ast.BoolOp(op=op, values=values):
            neutral = isinstance(op, ast.And)
            kept = [
                [*values[:n], _joined(op, values[n], value=neutral, other=True), *values[n + 1 :]]
                for n in range(len(values))
            ]
            return [
                (f"without {_short(each)}", _copied(node, values=new)) for each, new in zip(values, kept, strict=True)
            ]
        case ast.Return(value=ast.Call() | ast.Attribute() | ast.Compare() as value) if _says_yes_or_no(value):
            return [(f"yes, whatever {_short(value)}", _copied(node, value=_joined(ast.Or(), value, value=True)))]
    return []


def _joined(op: ast.boolop, test: ast.expr, *, value: bool, other: bool = False) -> ast.BoolOp:
    """The test made to come out as `value` always; it is still worked out, so that the code reads the same names."""
    turned = (ast.Or() if value else ast.And()) if other else op
    return ast.BoolOp(op=turned, values=[copy.deepcopy(test), ast.Constant(value)])


def _says_yes_or_no(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in {"own", "may", "any", "has_support_access"}
    return isinstance(value, ast.Compare) or (
        isinstance(value, ast.Attribute) and value.attr in {"reads_for_ndg", "serves", "is_active", "is_reported"}
    )


def _without(call: ast.Call, gone: ast.AST) -> ast.Call:
    args, named = ([each for each in some if each is not gone] for some in (call.args, call.keywords))
    return _copied(call, args=args, keywords=named)


def _copied(node: ast.AST, **changed: object) -> "ast.AST":
    new = copy.copy(node)
    for name, value in changed.items():
        setattr(new, name, value)
    return new


def _short(node: ast.AST) -> str:
    return ast.unparse(node)[-90:]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)
