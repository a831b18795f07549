"""`igtoolkit access-table`: the policy as a table, which docs/access.md holds."""

from pathlib import Path

import click

from igtoolkit.config.commands.terminal import start, write


@click.command("access-table")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write: docs/access.md.")
def access_table(out: Path | None) -> None:
    """Print who may do what, made from the policy."""
    start()
    from igtoolkit.access.table import markdown

    if out:
        write(out, markdown().encode())
    else:
        click.echo(markdown(), nl=False)
