"""Worlds that many tests begin in: built once for all tests in a row that ask for them, and never seen to change.

A world is a fixture made with `@world` from other worlds alone. Its rows stand in a transaction, within which each test
has one of its own that is undone; a test is given copies of what the world is. It goes when a test comes that does not
begin in it. A test with a database of its own (`committed`) builds its worlds anew.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction

Build = Callable[..., Any]


@dataclass(frozen=True)
class Standing:
    """One world in the database, within those before it."""

    build: Build
    value: Any
    block: transaction.Atomic


STANDING: list[Standing] = []
ALLOWED: list[bool] = []  # empty until there is a database for them
LENT = pytest.StashKey[dict[Build, Any]]()  # the copies that one test was given


def world(build: Build) -> Any:
    """A fixture of the same name, for whatever `build` makes of other worlds."""

    def fixture(request: pytest.FixtureRequest, **given: Any) -> Any:
        if "committed" not in request.fixturenames:
            request.getfixturevalue("db")
        lent = request.node.stash.get(LENT, {})
        return lent[build] if build in lent else build(**given)

    asked = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD)
    fixture.__name__, fixture.__doc__, fixture.__module__ = build.__name__, build.__doc__, build.__module__
    fixture.__signature__ = Signature([asked, *signature(build).parameters.values()])  # type: ignore[attr-defined]
    fixture.build = build  # type: ignore[attr-defined]
    return pytest.fixture(fixture)


def worlds_of(item: pytest.Item) -> dict[str, Build]:
    """{name: how it is built} of every world that a test asks for, each after those that it is made of."""
    found: dict[str, Build] = {}
    info = getattr(item, "_fixtureinfo", None)
    for name in info.names_closure if info else ():
        _add(name, info.name2fixturedefs, found)
    return found


def _add(name: str, known: dict[str, Any], found: dict[str, Build]) -> bool:
    """Whether this name is a world, which with all that it is made of is then among those found."""
    build = getattr(known[name][-1].func, "build", None) if name in known else None
    if build is None or not all(_add(each, known, found) for each in signature(build).parameters):
        return False
    found[name] = build
    return True


def order(item: pytest.Item) -> tuple[bool, tuple[str, ...]]:
    """Tests of the same worlds together, those of larger ones later; at the end those with databases of their own."""
    return _has_its_own(item), tuple(worlds_of(item))


def prepare(item: pytest.Item) -> None:
    """Let those worlds stand that a test begins in and no others, and lend it copies of what they are."""
    if _has_its_own(item):
        leave()
    elif ALLOWED and (worlds_of(item) or _asks(item)):
        wanted = list(worlds_of(item).values())
        leave(len([*_common(wanted)]))
        for build in wanted[len(STANDING) :]:
            _let_stand(build)
        item.stash[LENT] = copy.deepcopy({each.build: each.value for each in STANDING})


def is_prepared(item: pytest.Item) -> bool:
    return LENT in item.stash


@contextmanager
def may_stand() -> Iterator[None]:
    """From here on there is a database for worlds to stand in."""
    ALLOWED.append(True)
    try:
        yield
    finally:
        ALLOWED.clear()


def _has_its_own(item: pytest.Item) -> bool:
    """Whether a test brings a database."""
    names = getattr(item, "fixturenames", ())
    return "committed" in names or ("template" in names and "_django_db_helper" not in names)


def _asks(item: pytest.Item) -> bool:
    """Whether a test asks for the database that all ordinary tests share."""
    return "_django_db_helper" in getattr(item, "fixturenames", ()) or bool(item.get_closest_marker("django_db"))


def _common(wanted: list[Build]) -> Iterator[Build]:
    for each, build in zip(STANDING, wanted, strict=False):
        if each.build is not build:
            return
        yield build


def _let_stand(build: Build) -> None:
    built = {each.build.__name__: each.value for each in STANDING}
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # durable blocks of the product are the outermost in it
    block.__enter__()
    try:
        value = build(**copy.deepcopy({name: built[name] for name in signature(build).parameters}))
    except BaseException:
        _undo(block)
        raise
    STANDING.append(Standing(build, value, block))
    mail.outbox.clear()


def leave(kept: int = 0) -> None:
    """Let go of all worlds but the first so many."""
    while len(STANDING) > kept:
        _undo(STANDING.pop().block)


def _undo(block: transaction.Atomic) -> None:
    """At the very end the browser's library ends its loop, and the connection goes with it: nothing is left to undo."""
    if not connection.in_atomic_block:
        return
    transaction.set_rollback(True)
    block.__exit__(None, None, None)
