"""`igtoolkit framework`: looking after the published standard."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from igtoolkit.config.commands.terminal import Wrong

if TYPE_CHECKING:
    from igtoolkit.standard.framework import Framework


@click.group()
def framework() -> None:
    """The published standard, as files."""


@framework.command()
@click.argument("folder", metavar="PATH", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Load the framework in the folder PATH strictly, and name every problem with its file and line."""
    from igtoolkit.standard.loading import load
    from igtoolkit.standard.yaml_lines import FrameworkError

    try:
        found = load(folder)
    except FrameworkError as error:
        for each in error.problems:
            click.echo(str(each), err=True)
        number = len(error.problems)
        raise Wrong(f"{number} problem{'s' if number > 1 else ''} in {folder}.") from error
    click.echo(summary(found))


def summary(found: "Framework") -> str:
    """What a sound framework holds, in a few lines."""
    sizes = {kind.code: len(found.for_kind(kind.code).requirements) for kind in found.kinds}
    recommendations = found.crosswalk.recommendations
    conditions = [one for each in recommendations for one in each.conditions]
    bases = Counter(each.basis.words for each in conditions)
    resting = f"{len(found.recommendations)} resting on {len(conditions)} conditions"
    lines = [
        f"{found.code}: {found.name}. No problem found.",
        f"Requirements: {', '.join(f'{code} {size}' for code, size in sizes.items() if size)}.",
        f"Crosswalk {found.crosswalk.code}: {len(recommendations)} recommendations, {resting}.",
        f"Conditions: {', '.join(f'{n} {basis}' for basis, n in bases.items()) or 'none'}.",
        _asked(found),
        f"Calendars: {', '.join(found.calendars)}.",
    ]
    return "\n".join(lines)


def _asked(found: "Framework") -> str:
    number = len(found.questions)
    return f"Questions for a board: {f'about {number} recommendations' if number else 'none'}."
