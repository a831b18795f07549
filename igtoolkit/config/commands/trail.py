"""`igtoolkit trail export` and `igtoolkit witness`: what others need to check the audit trail for themselves."""

from pathlib import Path

import click

from igtoolkit.config.commands.terminal import BadInput, check_migrated, with_records

LINES_AT_ONCE = 5000


@click.group()
def trail() -> None:
    """The audit trail."""


@trail.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--organisation", "code", metavar="CODE", help="This organisation's trail alone.")
@click.option("--with-papers", is_flag=True, help="What is in the stored papers too, not their SHA-256 alone.")
@with_records
def export(out: Path, code: str | None, with_papers: bool) -> None:
    """Write chains, submissions and the digests of stored papers as lines of JSON.

    docs/verifier/verify_export.py checks such a file without this program.
    """
    from django.db import transaction

    from igtoolkit.actions.audit import audit
    from igtoolkit.config.commands.people import find_organisation
    from igtoolkit.reports.trail_export import export_all
    from igtoolkit.reports.verify import one_moment

    check_migrated()
    organisation = find_organisation(code) if code is not None else None
    with transaction.atomic():
        audit(organisation, "trail_exported", by=None, papers=with_papers)
    lines = 0
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file, one_moment():
            for line in export_all(organisation, papers=with_papers):
                file.write(f"{line}\n")
                lines += 1
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"{lines:,} lines written to {out}, {out.stat().st_size:,} bytes.")


@click.command()
@click.option("--key", is_flag=True, help="Print the public key, and write nothing.")
@with_records
def witness(key: bool) -> None:
    """Write the heads of all audit chains into a signed file, and mail it where IGTOOLKIT_WITNESS_MAIL says.

    The worker does so once a day. Keep the folder where the service cannot reach it: IGTOOLKIT_WITNESS names it.
    """
    from igtoolkit.actions.witnessing import public_key
    from igtoolkit.config.witnessing import witness_and_mail

    try:
        if key:
            click.echo(public_key(), nl=False)
            return
        check_migrated()
        made = witness_and_mail()
    except (OSError, ValueError) as error:
        raise BadInput(f"The heads cannot be witnessed: {error}") from error
    size = made.path.stat().st_size
    click.echo(f"{made.chains:,} heads written to {made.path}, {size:,} bytes, SHA-256 {made.sha256}.")
