"""`igtoolkit verify`: whether the records are as they were written."""

from collections import Counter

import click

from igtoolkit.config.commands.terminal import Wrong, check_migrated, with_records


@click.command()
@with_records
def verify() -> None:
    """Check audit chains, submissions, results, counts, stored papers and triggers, and name what is wrong."""
    from igtoolkit.reports.verify import verify as faults

    check_migrated()
    counted: Counter[str] = Counter()
    wrong = 0
    for fault in faults(counted):
        click.echo(fault, err=True)
        wrong += 1
    click.echo(f"Checked: {', '.join(f'{what} {n:,}' for what, n in counted.items())}.")
    if wrong:
        raise Wrong(f"{wrong:,} thing{'s are' if wrong > 1 else ' is'} wrong.")
    click.echo("All well.")
