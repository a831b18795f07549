"""`igtoolkit verify`: whether the records are as they were written."""

from collections import Counter
from itertools import chain
from pathlib import Path

import click

from igtoolkit.config.commands.terminal import BadInput, Wrong, check_migrated, with_records

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--witness", type=FOLDER, help="A folder with files of witnessed heads, to hold the chains against.")
@click.option("--key", type=FILE, help="The public key of their signatures, as PEM. Without it: the service's own.")
@with_records
def verify(witness: Path | None, key: Path | None) -> None:
    """Check audit chains, submissions, results, counts, peer figures, stored papers and triggers.

    What is wrong is named. A chain whose end was cut off, or that was written anew, is found with --witness alone.
    """
    from igtoolkit.reports.verify import verify as faults
    from igtoolkit.reports.verify_chains import Heads
    from igtoolkit.reports.witnessed import read_witness

    check_migrated()
    counted: Counter[str] = Counter()
    heads: Heads = {}
    found = list(read_witness(witness, _key(key), heads, counted)) if witness else []
    wrong = 0
    for fault in chain(found, faults(counted, heads)):
        click.echo(fault, err=True)
        wrong += 1
    click.echo(f"Checked: {', '.join(f'{what} {n:,}' for what, n in counted.items())}.")
    if wrong:
        raise Wrong(f"{wrong:,} thing{'s are' if wrong > 1 else ' is'} wrong.")
    click.echo("All well.")


def _key(path: Path | None) -> str:
    from igtoolkit.actions.witnessing import public_key

    try:
        return path.read_text("ascii") if path else public_key()
    except (OSError, ValueError) as error:
        raise BadInput(f"The key cannot be used: {error}") from error
