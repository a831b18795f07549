"""`igtoolkit organisations change-code`, `rename` and `close`: what happens to an organisation between two loads."""

from datetime import date, datetime

import click

from igtoolkit.config.commands.terminal import check_year, plainly, with_records

ON = click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="2015-10-01.")


@click.command("change-code")
@click.argument("old")
@click.argument("new")
@ON
@with_records
def change_code(old: str, new: str, on: datetime) -> None:
    """Give the organisation with the code OLD the code NEW, from a day on.

    What it submitted before keeps the old code, and is found at it. A closed body that had NEW is known
    as NEW~1 from then on; its rows never show under the new holder's.
    """
    from igtoolkit.actions.register import codes

    with plainly():
        changed = codes.change_code(old, new, on=_day(on))
    click.echo(f"{changed.name} is {changed.code} from {_day(on)}.")


@click.command()
@click.argument("code")
@click.argument("name")
@ON
@click.option("--year", help="The year it is registered in under that name; by default the year of the day.")
@with_records
def rename(code: str, name: str, on: datetime, year: str | None) -> None:
    """Give the organisation CODE the name NAME, from a day on. Earlier years and submissions keep the old one."""
    from igtoolkit.actions.register import lives
    from igtoolkit.standard.calendar import year_of

    with plainly():
        renamed = lives.rename(code, name, on=_day(on), year=check_year(year or year_of(_day(on))))
    click.echo(f"{renamed.code} is {' '.join(name.split())} from {_day(on)}.")


@click.command()
@click.argument("code")
@ON
@click.option(
    "--successor", "successors", metavar="CODE", multiple=True, help="Who goes on with its work; may be several."
)
@with_records
def close(code: str, on: datetime, successors: tuple[str, ...]) -> None:
    """Record the last day of the organisation CODE, and who follows it."""
    from igtoolkit.actions.register import lives

    with plainly():
        closed = lives.close(code, on=_day(on), successors=successors)
    following = f"; {', '.join(each.strip().upper() for each in successors)} from the next day" if successors else ""
    click.echo(f"{closed.name} ({closed.code}) closed on {_day(on)}{following}.")


def _day(on: datetime) -> date:
    return on.date()
